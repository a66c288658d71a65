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
constexpr std::uint32_t kMaxPhrase = 80;
constexpr int kMaxDepth = 64;

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

std::size_t Findings::quote_from(std::uint32_t token) const {
  const auto found = std::partition_point(
      quotes.begin(), quotes.end(), [&](const QuotedTokens& q) { return q.tokens.end < token; });
  return static_cast<std::size_t>(found - quotes.begin());
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
    // "which Iran says has": the pronoun alone says nothing.
    const bool is_pronoun = piece.size() == 1 && is_relative(view, piece.begin);
    if (view.n_words(piece) > 0 && !is_pronoun) pieces.push_back(piece);
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
  range.begin = std::max(range.begin, head - std::min(head, kMaxPhrase));
  range.end = std::min(range.end, head + kMaxPhrase);
  if (head < cue) {
    range.end = std::min(range.end, cue);
  } else if (head > cue) {
    range.begin = std::max(range.begin, cue + 1);
  }
  // A relative clause behind a comma tells more of the speaker, and is no part of the name.
  for (const std::uint32_t c : view.children.of(head)) {
    if (view.has_dep(c, kRelcl) && c > head && view.subtrees.begin(c) > range.begin &&
        view.lower(view.subtrees.begin(c) - 1) == "," && view.subtrees.begin(c) - 1 > head) {
      range.end = std::min(range.end, view.subtrees.begin(c) - 1);
    }
  }
  // So does a participle: "Hun Sen, speaking in Phnom Penh".
  for (const std::uint32_t c : view.children.of(head)) {
    const bool behind =
        c > head && view.subtrees.begin(c) > head && view.subtrees.begin(c) > range.begin;
    if (!behind || !view.has_dep(c, parse::label("acl"))) continue;
    if (view.lower(view.subtrees.begin(c) - 1) == ",") {
      range.end = std::min(range.end, view.subtrees.begin(c) - 1);
    } else if (view.tables.phrases(view.lower(c)) != nullptr) {
      range.end =
          std::min(range.end, view.subtrees.begin(c));  // "our correspondent quoting police"
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
  // "However, one blogger countered"
  if (range.begin + 2 <= head && view.tokens.tag[range.begin] == parse::label("RB") &&
      view.lower(range.begin + 1) == ",") {
    range.begin += 2;
  }
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
  for (int step = 0; step < kMaxDepth && !is_clause(i) && view.tokens.head[i] != i; ++step) {
    i = view.tokens.head[i];
  }
  return i;
}

bool is_passive(const View& view, std::uint32_t verb) {
  return view.child(verb, parse::label("auxpass")).has_value() ||
         view.child(verb, kNsubjpass).has_value();
}

bool has_negation(const View& view, std::uint32_t verb) {
  return view.child(verb, parse::label("neg")).has_value();
}

Stance negated(const Cue& cue) {
  // Who does not believe it holds the contrary; who does not say it leaves it open.
  return cue.stance == Stance::Asserts && cue.kind == Kind::Thought ? Stance::Denies
                                                                    : Stance::Doubts;
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
    has_finite |= view.is_finite(c);
  }
  const StringId tag = view.tokens.tag[head];
  has_finite |= view.is_finite(head);
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

// "Addressing parliament, Orban warned": a participle before the subject is read as one.
bool has_nearer_subject(const View& view, std::uint32_t verb, std::uint32_t subject) {
  if (view.tokens.tag[view.subtrees.begin(subject)] != parse::label("VBG")) return false;
  for (const std::uint32_t c : view.children.of(verb)) {
    if (c > subject && c < verb && view.has_dep(c, kNsubj)) return true;
  }
  return false;
}

std::optional<Subject> subject_in_tree(const Findings& findings, std::uint32_t verb) {
  const View& view = findings.view;
  std::uint32_t at = verb;
  // "Two were held, reports our correspondent": where a clause stands before, the object speaks.
  const auto object = view.child(verb, parse::label("dobj"));
  const auto clause = view.child(verb, parse::label("ccomp"));
  const bool has_subject = view.child(verb, kNsubj) || view.child(verb, kNsubjpass);
  if (!has_subject && object && clause && *clause<verb&& * object> verb) {
    return Subject{findings.phrase_of(*object, verb), *object};
  }
  for (int step = 0; step < kMaxClimb; ++step) {
    for (const std::uint32_t c : view.children.of(at)) {
      if (!view.has_dep(c, kNsubj) && !view.has_dep(c, kNsubjpass)) continue;
      if (view.paragraph[c] != view.paragraph[verb] || has_nearer_subject(view, at, c)) continue;
      // "Addressing parliament, Orban warned": whoever addresses it, not the addressing.
      if (view.tokens.tag[c] == parse::label("VBG") && c < verb) return std::nullopt;
      if (is_relative(view, c) && view.tokens.dep[at] == kRelcl) {
        const std::uint32_t antecedent = view.tokens.head[at];
        const TokenRange words = view.within_paragraph(
            {view.subtrees.begin(antecedent), std::max(antecedent + 1, c)}, antecedent);
        return Subject{view.trimmed(words), antecedent};
      }
      return Subject{findings.phrase_of(c, verb), c};
    }
    const StringId dep = view.tokens.dep[at];
    const std::uint32_t head = view.tokens.head[at];
    if (head == at || view.child(at, kCsubj)) return std::nullopt;
    if (dep == parse::label("acl") && view.is_noun(head)) {
      const bool set_off =
          view.subtrees.begin(at) > 0 && view.lower(view.subtrees.begin(at) - 1) == ",";
      // "issued a statement saying": who issued it says so.
      const std::uint32_t governor = view.tokens.head[head];
      const bool carried = view.has_dep(head, parse::label("dobj")) && view.is_verb(governor) &&
                           view.tables.noun(view.lemma(head)) != nullptr;
      if (!set_off && !carried) {
        TokenRange words = findings.phrase_of(head, verb);
        words.end = std::max(head + 1, std::min(words.end, view.subtrees.begin(at)));
        return Subject{words, head};
      }
      at = findings.clause_of(head);
      continue;
    }
    if (dep == parse::label("xcomp") && view.tokens.tag[at] == parse::label("VB")) {
      // "leads analysts to believe": those who are led.
      for (const std::uint32_t c : view.children.of(head)) {
        if (view.has_dep(c, parse::label("dobj")) && c > head && c < at) {
          return Subject{findings.phrase_of(c, verb), c};
        }
      }
    }
    if (dep == parse::label("conj") || dep == parse::label("xcomp") ||
        dep == parse::label("advcl") || dep == parse::label("pcomp") ||
        dep == parse::label("prep") || dep == parse::label("agent") ||
        dep == parse::label("acomp")) {
      at = head;
      continue;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// The last noun of the phrase that begins a stretch of words; none when it begins otherwise.
std::optional<std::uint32_t> leading_noun(const View& view, TokenRange words) {
  std::optional<std::uint32_t> noun;
  for (std::uint32_t i = words.begin; i < words.end; ++i) {
    const StringId pos = view.tokens.pos[i];
    if (view.is_noun(i)) {
      noun = i;
    } else if (pos == parse::label("PUNCT") || pos == parse::label("ADP") || view.is_verb(i)) {
      // "al-Amr", "vice-president": no end of the phrase.
      if (view.lower(i) != "-" || i + 1 == words.end) break;
    }
  }
  return noun;
}

// Where the tree has no subject: what stands between the beginning of the clause and the verb,
// without participles and places before a comma ("Speaking in Rabat, Tom Molomby, SC, said"), or
// what follows the verb ("…, said Kim").
std::optional<Subject> subject_in_words(const Findings& findings, std::uint32_t verb) {
  const View& view = findings.view;
  const StringId tag = view.tokens.tag[verb];
  const bool finite = tag == parse::label("VBD") || tag == parse::label("VBZ") ||
                      tag == parse::label("VBP") || tag == parse::label("NNS");
  if (!finite) return std::nullopt;
  const TokenRange sentence =
      view.within_paragraph(view.parsed.sentences[view.sentence[verb]], verb);
  const auto ends_clause = [&](std::uint32_t i) {
    const std::string_view word = view.lower(i);
    return view.is_finite(i) || word == ";" || word == ":" || word == "." || word == "?" ||
           word == "!" || findings.quote_of[i] != findings.quote_of[verb];
  };
  std::uint32_t begin = verb;
  while (begin > sentence.begin && verb - begin < kMaxWordsBefore && !ends_clause(begin - 1)) {
    --begin;
  }
  for (std::uint32_t at = begin; at < verb;) {
    std::uint32_t comma = at;
    while (comma < verb && view.lower(comma) != ",") ++comma;
    if (const auto head = leading_noun(view, {at, comma})) {
      const TokenRange words = view.trimmed({at, verb});
      if (words.contains(*head)) return Subject{words, *head};
    }
    at = comma + 1;
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
