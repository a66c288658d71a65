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
    if (first >= 'a' && first <= 'z' && view.lower(i) != "of" && view.lower(i) != "de" &&
        view.lower(i) != "bin" && view.lower(i) != "al" && view.lower(i) != "van") {
      return std::nullopt;
    }
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

}  // namespace

void find_labels(Findings& findings) {
  find_line_labels(findings);
  find_credits(findings);
  find_signed_quotations(findings);
}

void find_continuations(Findings& findings) {
  const View& view = findings.view;
  // Sayings in the order of their text, to find the last speaker.
  std::vector<Saying> spoken;
  for (const Saying& saying : findings.sayings) {
    const bool speaks = saying.how.kind == Kind::Speech && saying.source && !saying.passes_on &&
                        findings.quote_of[saying.cue.begin] < 0;
    if (speaks) spoken.push_back(saying);
  }
  std::stable_sort(spoken.begin(), spoken.end(), [](const Saying& a, const Saying& b) {
    return std::max(a.cue.end, a.content.end) < std::max(b.cue.end, b.content.end);
  });
  // How many tokens before each one are said by somebody, in words outside of quotations.
  std::vector<std::int32_t> depth(view.size() + 1, 0);
  for (const Saying& saying : findings.sayings) {
    if (saying.how.kind == Kind::Credit || findings.quote_of[saying.cue.begin] >= 0) continue;
    ++depth[saying.content.begin];
    --depth[saying.content.end];
  }
  std::vector<std::uint32_t> covered(view.size() + 1, 0);
  std::int32_t open = 0;
  for (std::uint32_t i = 0; i < view.size(); ++i) {
    open += depth[i];
    covered[i + 1] = covered[i] + (open > 0 ? 1 : 0);
  }
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
    if (view.n_words(q) < 4 || view.is_silent(q.begin) || view.zone[q.begin] == read::Zone::Title) {
      continue;
    }
    const bool taken = covered[q.end] != covered[q.begin];
    if (taken || last == nullptr) continue;
    // It stands alone: a sentence begins with it and ends with it.
    const TokenRange line = view.paragraphs[view.paragraph[q.begin]];
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
    const std::uint32_t own_line = view.paragraph[q.begin];
    if (own_line > last_line + kMaxSilence) continue;
    Saying more = *last;
    more.content = q;
    findings.sayings.push_back(more);
    last_line = own_line;
  }
}

}  // namespace detente::attribute
