#include "detente/attribute/sayings.h"

#include <algorithm>
#include <array>
#include <utility>

namespace detente::attribute {
namespace {

constexpr StringId kNsubj = parse::label("nsubj");
constexpr StringId kNsubjpass = parse::label("nsubjpass");
constexpr StringId kCsubj = parse::label("csubj");
constexpr StringId kExpl = parse::label("expl");
constexpr StringId kRelcl = parse::label("relcl");

// Longer ways up the tree than this are parse errors.
constexpr int kMaxClimb = 6;
constexpr std::uint32_t kMaxWordsBefore = 30;

bool is_relative(const View& view, std::uint32_t i) {
  return view.tokens.tag[i] == parse::label("WP") || view.tokens.tag[i] == parse::label("WDT");
}

}  // namespace

Findings::Findings(const View& view_in, std::vector<QuotedTokens> quotes_in)
    : view(view_in), quotes(std::move(quotes_in)), quote_of(view_in.size(), -1) {
  for (std::size_t q = 0; q < quotes.size(); ++q) {
    for (std::uint32_t i = quotes[q].tokens.begin; i < quotes[q].tokens.end; ++i) {
      quote_of[i] = static_cast<std::int32_t>(q);
    }
  }
}

void Findings::add(const Saying& saying, const std::vector<TokenRange>& pieces) {
  for (const TokenRange& piece : pieces) {
    Saying one = saying;
    one.content = piece;
    sayings.push_back(one);
  }
}

std::vector<TokenRange> Findings::without(TokenRange range, TokenRange hole) const {
  std::vector<TokenRange> pieces;
  const auto keep = [&](TokenRange piece) {
    if (piece.begin >= piece.end) return;
    piece = view.trimmed(piece);
    if (view.n_words(piece) > 0) pieces.push_back(piece);
  };
  if (hole.end <= range.begin || range.end <= hole.begin) {
    keep(range);
  } else {
    keep({range.begin, std::max(range.begin, hole.begin)});
    keep({std::min(range.end, hole.end), range.end});
  }
  return pieces;
}

TokenRange Findings::phrase_of(std::uint32_t head, std::uint32_t cue) const {
  TokenRange range = view.within_paragraph(view.subtree(head), head);
  if (head < cue) {
    range.end = std::min(range.end, cue);
  } else if (head > cue) {
    range.begin = std::max(range.begin, cue + 1);
  }
  // A relative clause behind a comma tells more of the speaker, and is no part of the name.
  for (const std::uint32_t c : view.children.of(head)) {
    if (view.has_dep(c, kRelcl) && c > head && view.left[c] > range.begin &&
        view.lower(view.left[c] - 1) == "," && view.left[c] - 1 > head) {
      range.end = std::min(range.end, view.left[c] - 1);
    }
  }
  // Quotations beside it belong to what is said.
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (quote_of[i] < 0 || quote_of[i] == quote_of[head]) continue;
    const TokenRange quote = quotes[static_cast<std::size_t>(quote_of[i])].tokens;
    if (view.n_words(quote) < 3) continue;
    if (quote.end <= head) range.begin = std::max(range.begin, quote.end);
    if (quote.begin > head) range.end = std::min(range.end, quote.begin);
  }
  range = view.trimmed(range);
  return range.begin < range.end ? range : TokenRange{head, head + 1};
}

std::uint32_t Findings::clause_of(std::uint32_t i) const {
  constexpr std::array kClauses{
      parse::label("ROOT"),      parse::label("ccomp"), parse::label("advcl"),
      parse::label("parataxis"), parse::label("relcl"), parse::label("acl"),
      parse::label("pcomp"),     parse::label("csubj"), parse::label("conj")};
  const auto is_clause = [&](std::uint32_t t) {
    return (view.is_verb(t) || view.tokens.tag[t] == parse::label("MD")) &&
           std::find(kClauses.begin(), kClauses.end(), view.tokens.dep[t]) != kClauses.end();
  };
  while (!is_clause(i) && view.tokens.head[i] != i) i = view.tokens.head[i];
  return i;
}

bool is_passive(const View& view, std::uint32_t verb) {
  return view.child(verb, parse::label("auxpass")).has_value() ||
         view.child(verb, kNsubjpass).has_value();
}

bool has_negation(const View& view, std::uint32_t verb) {
  return view.child(verb, parse::label("neg")).has_value();
}

Stance negated(Stance stance) {
  switch (stance) {
    case Stance::Asserts:
      return Stance::Denies;
    case Stance::Denies:
    case Stance::Doubts:
    case Stance::Asks:
      break;
  }
  return Stance::Doubts;
}

bool is_finite_clause(const View& view, std::uint32_t head) {
  bool has_subject = false;
  bool has_to = false;
  bool has_finite = false;
  bool has_mark = false;
  for (const std::uint32_t c : view.children.of(head)) {
    const StringId dep = view.tokens.dep[c];
    const StringId tag = view.tokens.tag[c];
    has_subject |= dep == kNsubj || dep == kNsubjpass || dep == kCsubj || dep == kExpl;
    has_to |= tag == parse::label("TO");
    has_mark |= dep == parse::label("mark");
    has_finite |= tag == parse::label("MD") || tag == parse::label("VBZ") ||
                  tag == parse::label("VBD") || tag == parse::label("VBP");
  }
  const StringId tag = view.tokens.tag[head];
  has_finite |= tag == parse::label("VBZ") || tag == parse::label("VBD") ||
                tag == parse::label("VBP") || tag == parse::label("MD");
  if (has_to && !has_finite) return false;
  return (has_subject || has_mark) &&
         (has_finite || has_mark || tag == parse::label("VBN") || tag == parse::label("VB"));
}

std::optional<Subject> find_agent(const Findings& findings, std::uint32_t verb) {
  const View& view = findings.view;
  for (const std::uint32_t by : view.children.of(verb)) {
    if (!view.has_dep(by, parse::label("agent")) &&
        !(view.has_dep(by, parse::label("prep")) && view.lower(by) == "by")) {
      continue;
    }
    if (const auto who = view.child(by, parse::label("pobj"))) {
      return Subject{findings.phrase_of(*who, by), *who};
    }
  }
  return std::nullopt;
}

namespace {

std::optional<Subject> subject_in_tree(const Findings& findings, std::uint32_t verb) {
  const View& view = findings.view;
  std::uint32_t at = verb;
  for (int step = 0; step < kMaxClimb; ++step) {
    for (const std::uint32_t c : view.children.of(at)) {
      if (!view.has_dep(c, kNsubj) && !view.has_dep(c, kNsubjpass)) continue;
      if (view.paragraph[c] != view.paragraph[verb]) continue;
      if (is_relative(view, c) && view.tokens.dep[at] == kRelcl) {
        const std::uint32_t antecedent = view.tokens.head[at];
        const TokenRange words =
            view.within_paragraph({view.left[antecedent], std::max(antecedent, c) + 1}, antecedent);
        return Subject{view.trimmed(words), antecedent};
      }
      return Subject{findings.phrase_of(c, verb), c};
    }
    const StringId dep = view.tokens.dep[at];
    const std::uint32_t head = view.tokens.head[at];
    if (head == at || view.child(at, kCsubj)) return std::nullopt;
    if (dep == parse::label("acl") && view.is_noun(head)) {
      const bool set_off = view.left[at] > 0 && view.lower(view.left[at] - 1) == ",";
      // "issued a statement saying": who issued it says so.
      const std::uint32_t governor = view.tokens.head[head];
      const bool carried = view.has_dep(head, parse::label("dobj")) && view.is_verb(governor) &&
                           view.tables.noun(view.lemma(head)) != nullptr;
      if (!set_off && !carried) return Subject{findings.phrase_of(head, verb), head};
      at = findings.clause_of(head);
      continue;
    }
    if (dep == parse::label("conj") || dep == parse::label("xcomp") ||
        dep == parse::label("advcl") || dep == parse::label("pcomp") ||
        dep == parse::label("prep") || dep == parse::label("acomp")) {
      at = head;
      continue;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// Where the tree has no subject: the words between the beginning of the clause and the verb, up to
// the first comma ("Tom Molomby, SC, said"), or what follows it ("…, said Kim").
std::optional<Subject> subject_in_words(const Findings& findings, std::uint32_t verb) {
  const View& view = findings.view;
  const StringId tag = view.tokens.tag[verb];
  const bool finite =
      tag == parse::label("VBD") || tag == parse::label("VBZ") || tag == parse::label("VBP");
  if (!finite) return std::nullopt;
  const TokenRange sentence =
      view.within_paragraph(view.parsed.sentences[view.sentence[verb]], verb);
  const auto ends_clause = [&](std::uint32_t i) {
    const StringId t = view.tokens.tag[i];
    const std::string_view word = view.lower(i);
    return t == parse::label("VBD") || t == parse::label("VBZ") || t == parse::label("VBP") ||
           t == parse::label("MD") || word == ";" || word == ":" || word == "." || word == "?" ||
           word == "!" || findings.quote_of[i] != findings.quote_of[verb];
  };
  std::uint32_t begin = verb;
  while (begin > sentence.begin && verb - begin < kMaxWordsBefore && !ends_clause(begin - 1)) {
    --begin;
  }
  // The last name or noun that starts a phrase of its own; what follows it after commas tells more.
  std::optional<std::uint32_t> head;
  std::uint32_t end = begin;
  for (std::uint32_t i = begin; i < verb; ++i) {
    if (view.lower(i) == ",") {
      if (head) break;
      begin = i + 1;
      continue;
    }
    if (view.is_noun(i) && view.tokens.dep[i] != parse::label("pobj") &&
        view.tokens.dep[i] != parse::label("poss") && view.tokens.dep[i] != parse::label("dobj")) {
      head = i;
    }
    end = i + 1;
  }
  if (head) {
    const TokenRange words = view.trimmed({begin, end});
    if (words.contains(*head)) return Subject{words, *head};
  }
  if (verb + 1 < sentence.end && begin == verb) {
    std::uint32_t last = verb + 1;
    while (last < sentence.end && last < verb + kMaxWordsBefore &&
           (view.is_noun(last) || view.tokens.pos[last] == parse::label("DET") ||
            view.tokens.pos[last] == parse::label("ADJ"))) {
      ++last;
    }
    if (last > verb + 1 && view.is_noun(last - 1)) {
      return Subject{{verb + 1, last}, last - 1};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Subject> find_subject(const Findings& findings, std::uint32_t verb) {
  if (auto subject = subject_in_tree(findings, verb)) return subject;
  return subject_in_words(findings, verb);
}

}  // namespace detente::attribute
