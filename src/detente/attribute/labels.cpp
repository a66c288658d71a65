// Sayings told by layout: labels before a colon, picture credits, a name behind a dash, and
// quotations that go on without a word of their own.

#include <algorithm>
#include <string>
#include <unordered_map>

#include "detente/attribute/sayings.h"

namespace detente::attribute {
namespace {

constexpr std::uint32_t kMaxLabel = 7;
// A quotation goes on with a speaker of at most so many lines before.
constexpr std::uint32_t kMaxSilence = 2;
// Between a cue and the short quotation that goes on: an addressee, a place.
constexpr std::uint32_t kMaxCloseBy = 12;
// The words of a headline that name who says it.
constexpr std::uint32_t kMaxVoice = 5;

std::string joined(const View& view, TokenRange range) {
  std::string words;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (!words.empty() && view.tokens.end[i - 1] != view.tokens.begin[i]) words += ' ';
    words += view.lower(i);
  }
  return words;
}

struct LineLabel {
  TokenRange words;
  std::uint32_t colon = 0;
  TokenRange line;
  bool is_turn = false;  ///< "Q:", "A:"
};

// "Name:" at the beginning of a line, with something behind it.
std::optional<LineLabel> label_of(const View& view, TokenRange line) {
  std::uint32_t colon = line.begin;
  while (colon < line.end && colon - line.begin <= kMaxLabel && view.lower(colon) != ":") ++colon;
  if (colon >= line.end || colon - line.begin > kMaxLabel || colon == line.begin) {
    return std::nullopt;
  }
  if (view.n_words({colon + 1, line.end}) < 2) return std::nullopt;
  LineLabel label{{line.begin, colon}, colon, line, false};
  if (const Label* known = view.tables.label(joined(view, label.words))) {
    label.is_turn = *known == Label::Question || *known == Label::Answer;
    if (!label.is_turn) return std::nullopt;
    return label;
  }
  // A name: all its words are capitalised, or it is known as one.
  for (std::uint32_t i = label.words.begin; i < label.words.end; ++i) {
    if (view.is_verb(i) || !view.is_word(i)) return std::nullopt;
    const char first = view.document.text[view.tokens.begin[i]];
    const bool is_small = first >= 'a' && first <= 'z';
    if (is_small && !view.tables.is(WordUse::NameParticle, view.lower(i))) return std::nullopt;
    if (first >= '0' && first <= '9') return std::nullopt;
  }
  return label;
}

void find_line_labels(Findings& findings) {
  const View& view = findings.view;
  std::vector<LineLabel> labels;
  for (const TokenRange& line : view.paragraphs) {
    if (line.size() < 4 || view.is_silent(line.begin)) continue;
    if (const auto label = label_of(view, line)) labels.push_back(*label);
  }
  // One label alone is a heading, unless a quotation follows it; a speaker of an interview comes
  // back.
  std::unordered_map<std::string, int> n_with;
  for (const LineLabel& label : labels) ++n_with[joined(view, label.words)];
  for (const LineLabel& label : labels) {
    const int n_same = n_with[joined(view, label.words)];
    const bool before_quote = label.colon + 1 < view.size() &&
                              findings.quote_of[label.colon + 1] >= 0 &&
                              view.tokens.ent_type[label.words.begin] == parse::label("PERSON");
    const bool in_title = view.zone[label.words.begin] == read::Zone::Title;
    if (n_same < 2 && !label.is_turn && (!before_quote || in_title)) continue;
    Saying saying;
    if (!label.is_turn) saying.source = label.words;
    saying.cue = {label.words.begin, label.colon + 1};
    const TokenRange content = view.trimmed({label.colon + 1, label.line.end});
    if (view.lower(label.line.end - 1) == "?") saying.how.stance = Stance::Asks;
    if (view.n_words(content) > 0) findings.add(saying, {content});
  }
}

// "A bridge in Mostar. Image: Ana Lima."
void find_credits(Findings& findings) {
  const View& view = findings.view;
  for (std::uint32_t i = 0; i + 1 < view.size(); ++i) {
    if (view.tables.label(view.lower(i)) == nullptr) continue;
    std::uint32_t end = 0;
    for (std::uint32_t n = 1; n <= 3 && i + n < view.size(); ++n) {
      const Label* label = view.tables.label(joined(view, {i, i + n}));
      if (label == nullptr || *label != Label::Credit) continue;
      const std::string_view next = view.lower(i + n);
      if (next == ":" || view.lower(i + n - 1) == "by") end = i + n;
    }
    if (end == 0) continue;
    if (view.lower(end) == ":") ++end;
    const TokenRange line = view.paragraphs[view.paragraph[i]];
    // It ends its line, and begins a sentence or the line.
    TokenRange name = view.trimmed({end, line.end});
    while (name.end > name.begin &&
           (view.lower(name.end - 1) == "." || view.lower(name.end - 1) == ")")) {
      --name.end;
    }
    const bool begins = i == line.begin || view.lower(i - 1) == "." || view.lower(i - 1) == "(" ||
                        view.lower(i - 1) == ")";
    if (!begins && view.lower(end - 1) != ":") continue;
    if (name.size() == 0 || name.size() > 12) continue;
    const char first = view.document.text[view.tokens.begin[name.begin]];
    if (first >= 'a' && first <= 'z') continue;
    Saying saying;
    saying.how.kind = Kind::Credit;
    saying.cue = {i, end};
    saying.source = name;
    const TokenRange picture = view.trimmed({line.begin, i});
    saying.content = view.n_words(picture) > 0 ? picture : name;
    findings.sayings.push_back(saying);
  }
}

// “…” - Matthew Ingram
void find_signed_quotations(Findings& findings) {
  const View& view = findings.view;
  for (const QuotedTokens& quote : findings.quotes) {
    const std::uint32_t dash = quote.tokens.end;
    if (dash + 1 >= view.size() || view.n_words(quote.tokens) < 4) continue;
    const std::string_view mark = view.lower(dash);
    if (mark != "-" && mark != "–" && mark != "—" && mark != "--") continue;
    const TokenRange line = view.paragraphs[view.paragraph[dash]];
    const TokenRange name = view.trimmed({dash + 1, line.end});
    if (name.size() == 0 || name.size() > 8 || !view.is_name(name.begin)) continue;
    Saying saying;
    saying.cue = {dash, dash + 1};
    saying.source = name;
    findings.add(saying, {quote.tokens});
  }
}

// Whether somebody is named who can say what a headline tells: a person, a body, an office; no
// country, which a headline is about.
bool is_voice(const View& view, TokenRange words) {
  if (words.size() == 0 || words.size() > kMaxVoice) return false;
  for (std::uint32_t i = words.begin; i < words.end; ++i) {
    if (!view.is_word(i) && view.tokens.tag[i] != parse::label("POS")) return false;
  }
  const std::uint32_t head = words.end - 1;
  if (view.tables.cited(view.lemma(head)) != CitedNoun::No) return true;
  const StringId type = view.tokens.ent_type[head];
  const auto& mentions = view.resolved.mentions;
  const auto first =
      std::partition_point(mentions.begin(), mentions.end(),
                           [&](const resolve::Mention& m) { return m.tokens.begin < words.begin; });
  for (auto m = first; m != mentions.end() && m->tokens.begin < words.end; ++m) {
    if (m->tokens.end != words.end) continue;
    return m->type == resolve::MentionType::Person ||
           m->type == resolve::MentionType::Organization ||
           m->resolved_by == resolve::ResolvedBy::Metonym;
  }
  return type == parse::label("PERSON") || type == parse::label("ORG");
}

// "Minister: deal near", "Dozens killed in raid: army".
void find_headlines(Findings& findings) {
  const View& view = findings.view;
  for (const TokenRange& line : view.paragraphs) {
    if (line.size() < 4 || view.zone[line.begin] != read::Zone::Title) continue;
    const bool is_turn = std::any_of(findings.sayings.begin(), findings.sayings.end(),
                                     [&](const Saying& s) { return s.cue.begin == line.begin; });
    if (is_turn) continue;
    std::uint32_t first = line.begin;
    while (first < line.end && view.lower(first) != ":") ++first;
    if (first == line.end) continue;
    const TokenRange before{line.begin, first};
    const TokenRange behind{first + 1, line.end};
    const bool known = view.tables.label(joined(view, before)) != nullptr;
    Saying saying;
    saying.cue = {first, first + 1};
    if (is_voice(view, before) && !known && view.n_words(behind) > 1) {
      saying.source = before;
      findings.add(saying, {view.trimmed(behind)});
    } else if (is_voice(view, behind) && view.n_words(before) > 1) {
      saying.source = behind;
      findings.add(saying, {view.trimmed(before)});
    }
  }
}

}  // namespace

void find_labels(Findings& findings) {
  find_line_labels(findings);
  find_headlines(findings);
  find_credits(findings);
  find_signed_quotations(findings);
}

namespace {

// Who of those that speak outside of quotations spoke last, in the order of the text.
std::vector<Saying> spoken_in_order(const Findings& findings) {
  std::vector<Saying> spoken;
  for (const Saying& saying : findings.sayings) {
    const bool speaks = saying.how.kind == Kind::Speech && saying.source && !saying.passes_on &&
                        findings.quote_of[saying.cue.begin] < 0;
    if (speaks) spoken.push_back(saying);
  }
  std::stable_sort(spoken.begin(), spoken.end(), [](const Saying& a, const Saying& b) {
    return std::max(a.cue.end, a.content.end) < std::max(b.cue.end, b.content.end);
  });
  return spoken;
}

// How many tokens before each one are said by somebody, in words outside of quotations.
std::vector<std::uint32_t> said_before(const Findings& findings) {
  const std::uint32_t n = findings.view.size();
  std::vector<std::int32_t> depth(n + 1, 0);
  for (const Saying& saying : findings.sayings) {
    if (saying.how.kind == Kind::Credit || findings.quote_of[saying.cue.begin] >= 0) continue;
    ++depth[saying.content.begin];
    --depth[saying.content.end];
  }
  std::vector<std::uint32_t> said(n + 1, 0);
  std::int32_t open = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    open += depth[i];
    said[i + 1] = said[i] + (open > 0 ? 1 : 0);
  }
  return said;
}

// A quotation over several paragraphs is said by whoever says its last: the paragraphs before the
// cue, each opened and none closed.
void find_paragraphs_before(Findings& findings) {
  const std::vector<std::uint32_t> said = said_before(findings);
  const std::size_t n_sayings = findings.sayings.size();
  for (std::size_t n = 0; n < n_sayings; ++n) {
    const Saying saying = findings.sayings[n];
    if (saying.how.kind != Kind::Speech || saying.cue.begin < saying.content.end ||
        findings.quote_of[saying.cue.begin] >= 0) {
      continue;
    }
    const std::int32_t own = findings.quote_of[saying.content.begin];
    if (own < 0 ||
        findings.quotes[static_cast<std::size_t>(own)].tokens.begin != saying.content.begin) {
      continue;
    }
    for (auto k = static_cast<std::size_t>(own); k-- > 0 && findings.quotes[k].goes_on;) {
      const TokenRange q = findings.quotes[k].tokens;
      if (said[q.end] != said[q.begin]) break;
      findings.add(saying, {q});
    }
  }
}

}  // namespace

void find_continuations(Findings& findings) {
  find_paragraphs_before(findings);
  const View& view = findings.view;
  const std::vector<Saying> spoken = spoken_in_order(findings);
  const std::vector<std::uint32_t> said = said_before(findings);
  std::size_t next = 0;
  const Saying* last = nullptr;
  std::uint32_t last_line = 0;
  for (const QuotedTokens& quote : findings.quotes) {
    const TokenRange q = quote.tokens;
    while (next < spoken.size() &&
           std::max(spoken[next].cue.begin, spoken[next].content.begin) < q.end) {
      last = &spoken[next++];
      last_line = view.paragraph[std::max(last->cue.end, last->content.end) - 1];
    }
    if (last == nullptr || view.is_silent(q.begin) || view.zone[q.begin] == read::Zone::Title) {
      continue;
    }
    // A few words go on only right behind the cue: "I am not tired," he said. "My rivals are."
    const std::uint32_t own_line = view.paragraph[q.begin];
    const bool near = own_line == last_line && view.is_finite_in(q) &&
                      q.begin <= std::max(last->cue.end, last->content.end) + kMaxCloseBy;
    if (view.n_words(q) < 4 && !near) continue;
    if (said[q.end] != said[q.begin]) continue;
    // It stands alone: a sentence begins with it and ends with it.
    const TokenRange line = view.paragraphs[own_line];
    const auto ends_sentence = [&](std::uint32_t i) {
      const std::string_view word = view.lower(i);
      return word == "." || word == "?" || word == "!" || word == "…" || findings.quote_of[i] >= 0;
    };
    std::uint32_t before = q.begin;
    while (before > line.begin && !view.is_word(before - 1) && !ends_sentence(before - 1)) --before;
    std::uint32_t behind = q.end;
    const bool begins = before <= line.begin || ends_sentence(before - 1);
    const bool ends =
        behind >= line.end || (q.end >= 2 && ends_sentence(q.end - 2)) || ends_sentence(behind);
    if (!begins || !ends) continue;
    if (own_line > last_line + kMaxSilence) continue;
    Saying more = *last;
    more.content = q;
    findings.sayings.push_back(more);
    last_line = own_line;
  }
}

}  // namespace detente::attribute
