// Sayings told by verbs, by adjectives and by nouns.

#include <algorithm>
#include <array>

#include "detente/attribute/sayings.h"

namespace detente::attribute {
namespace {

constexpr StringId kCcomp = parse::label("ccomp");
constexpr StringId kXcomp = parse::label("xcomp");
constexpr StringId kParataxis = parse::label("parataxis");
constexpr StringId kAdvcl = parse::label("advcl");

// Between a verb and the quotation it brings: an addressee, a place, a day.
constexpr std::uint32_t kMaxGap = 25;
// Between a verb and "that".
constexpr std::uint32_t kMaxAside = 12;

// Longer sentences are lists, and would cost time without end.
constexpr std::uint32_t kMaxSentence = 200;

TokenRange nearby_sentence(const View& view, std::uint32_t i) {
  TokenRange range = view.within_paragraph(view.parsed.sentences[view.sentence[i]], i);
  range.begin = std::max(range.begin, i - std::min(i, kMaxSentence));
  range.end = std::min(range.end, i + kMaxSentence);
  return range;
}

// "know how to write": a clause, although it has no subject.
bool opens_with_question_word(const View& view, std::uint32_t head) {
  const StringId tag = view.tokens.tag[view.subtrees.begin(head)];
  return tag == parse::label("WRB") || tag == parse::label("WP") || tag == parse::label("WDT");
}

// "told reporters", "told AFP": a name or a person behind the verb.
bool is_addressee(const View& view, std::uint32_t object) {
  return view.is_name(object) || view.tokens.pos[object] == parse::label("PRON") ||
         view.tables.cited(view.lemma(object)) != CitedNoun::No;
}

class VerbFinder {
 public:
  VerbFinder(Findings& findings, std::uint32_t verb, const VerbCue& cue)
      : found_(findings), view_(findings.view), verb_(verb), cue_(cue) {}

  void find();

 private:
  [[nodiscard]] std::optional<std::uint32_t> complement() const;
  [[nodiscard]] bool is_parted(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] std::optional<std::uint32_t> object_of(std::uint32_t clause) const;
  [[nodiscard]] TokenRange hole(std::uint32_t content_head) const;
  [[nodiscard]] std::vector<TokenRange> clause_pieces(TokenRange range, TokenRange gap) const;
  [[nodiscard]] std::vector<TokenRange> host_pieces() const;
  [[nodiscard]] std::vector<TokenRange> trailing_pieces() const;
  [[nodiscard]] std::vector<TokenRange> following_pieces() const;
  [[nodiscard]] std::vector<TokenRange> quoted_pieces() const;
  [[nodiscard]] std::vector<TokenRange> with_quotations(std::vector<TokenRange> pieces) const;
  [[nodiscard]] bool is_plain_gap(std::uint32_t begin, std::uint32_t end) const;
  [[nodiscard]] bool is_said(TokenRange quote, std::uint32_t gap_begin) const;
  [[nodiscard]] bool is_held_back() const;
  [[nodiscard]] bool is_aside(TokenRange piece) const;
  [[nodiscard]] Stance stance() const;
  [[nodiscard]] std::uint32_t behind_aside(std::uint32_t begin, std::uint32_t content_head) const;
  [[nodiscard]] std::vector<TokenRange> all_pieces(Saying& saying) const;
  [[nodiscard]] TokenRange cue_words() const;

  Findings& found_;
  const View& view_;
  const std::uint32_t verb_;
  const VerbCue& cue_;
  std::optional<Subject> subject_;
  bool passive_ = false;
};

std::optional<std::uint32_t> VerbFinder::complement() const {
  std::optional<std::uint32_t> best;
  for (const std::uint32_t c : view_.children.of(verb_)) {
    const bool open = view_.has_dep(c, kXcomp) && c > verb_ && opens_with_question_word(view_, c);
    if (c == verb_ || (!view_.has_dep(c, kCcomp) && !open)) continue;
    const bool quoted = found_.quote_of[c] >= 0 && found_.quote_of[c] != found_.quote_of[verb_];
    bool fits = is_finite_clause(view_, c) || (quoted && cue_.quote);
    if (!fits && cue_.infinitive) {
      fits = view_.child(c, parse::label("nsubj")).has_value() ||
             view_.child(c, parse::label("nsubjpass")).has_value();
    }
    if (!fits && c > verb_) fits = opens_with_question_word(view_, c) || object_of(c).has_value();
    if (!fits && c < verb_) fits = view_.n_words(view_.subtree(c)) > 3;
    if (c < verb_ && is_parted(c, verb_)) fits = false;
    if (fits && (!best || c > verb_)) best = c;
  }
  if (best || !is_held_back()) return best;
  // "would not say when talks might resume": what is held back is no day.
  for (const std::uint32_t c : view_.children.of(verb_)) {
    if (c > verb_ && view_.has_dep(c, kAdvcl) && opens_with_question_word(view_, c)) return c;
  }
  return best;
}

// "Turkey has sold drones; Iran sees its port as a prize": two sentences in one.
bool VerbFinder::is_parted(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t i = begin; i < end; ++i) {
    const std::string_view word = view_.lower(i);
    if ((word == ";" || word == ".") && found_.quote_of[i] < 0) return true;
  }
  return false;
}

// "believed the movement helped calm the town": the subject of the clause, read as an object of the
// verb.
std::optional<std::uint32_t> VerbFinder::object_of(std::uint32_t clause) const {
  const auto object = view_.child(verb_, parse::label("dobj"));
  if (!object || *object < verb_ || clause < *object || is_addressee(view_, *object)) return {};
  const bool has_subject =
      view_.child(clause, parse::label("nsubj")) || view_.child(clause, parse::label("nsubjpass"));
  if (has_subject || !view_.is_finite_in({view_.subtrees.end(*object), clause + 1})) return {};
  return object;
}

// Everything of the verb's that is not what is said.
TokenRange VerbFinder::hole(std::uint32_t content_head) const {
  TokenRange hole{verb_, verb_ + 1};
  if (subject_ && subject_->head < verb_ + kMaxGap) {
    hole.begin = std::min(hole.begin, subject_->words.begin);
    if (subject_->words.begin > verb_) hole.end = std::max(hole.end, subject_->words.end);
  }
  const auto belongs = [&](std::uint32_t c) {
    if (c == verb_ || c == content_head || !view_.is_word(c)) return false;
    if (found_.quote_of[c] >= 0 && found_.quote_of[c] != found_.quote_of[verb_]) return false;
    const StringId dep = view_.tokens.dep[c];
    if (dep == parse::label("conj") || dep == kCcomp || dep == kAdvcl) return false;
    // What stands on the far side of the content may be a piece of it that was hung too high.
    return content_head > verb_ ? view_.subtrees.end(c) <= content_head
                                : c > content_head && view_.subtrees.begin(c) > content_head;
  };
  for (const std::uint32_t c : view_.children.of(verb_)) {
    if (!belongs(c)) continue;
    hole.begin = std::min(hole.begin, view_.subtrees.begin(c));
    hole.end = std::max(hole.end, view_.subtrees.end(c));
  }
  if (content_head > verb_) hole.end = behind_aside(hole.end, content_head);
  return hole;
}

// Behind the day of a saying that the tree takes for part of what is said: "said on Monday it
// would close".
std::uint32_t VerbFinder::behind_aside(std::uint32_t begin, std::uint32_t content_head) const {
  std::uint32_t i = begin;
  if (view_.tokens.tag[i] == parse::label("IN") && view_.lower(i) != "that") ++i;
  const std::uint32_t first = i;
  while (i < content_head && (view_.tokens.ent_type[i] == parse::label("DATE") ||
                              view_.tokens.ent_type[i] == parse::label("TIME"))) {
    ++i;
  }
  if (i == first || i >= content_head || !view_.is_word(i)) return begin;
  // "said Monday's talks had failed", "said 2019 exports fell": part of a name.
  const StringId dep = view_.tokens.dep[i - 1];
  const bool is_name_part = view_.tokens.tag[i] == parse::label("POS") ||
                            dep == parse::label("compound") || dep == parse::label("nummod") ||
                            dep == parse::label("amod") || dep == parse::label("nsubj") ||
                            dep == parse::label("poss");
  return is_name_part ? begin : i;
}

std::vector<TokenRange> VerbFinder::clause_pieces(TokenRange range, TokenRange gap) const {
  return found_.without(view_.within_paragraph(range, verb_), gap);
}

// The clause that the saying is put into or behind: "prices rose, Reuters reported", "as he told
// …".
std::vector<TokenRange> VerbFinder::host_pieces() const {
  const std::uint32_t host = view_.tokens.head[verb_];
  if (host == verb_ || !subject_ || view_.paragraph[host] != view_.paragraph[verb_]) return {};
  // "…; Iran sees the port as a prize" says no more than that.
  const auto object = view_.child(verb_, parse::label("dobj"));
  bool hosted = view_.has_dep(verb_, kParataxis) && (!object || is_addressee(view_, *object));
  if (view_.has_dep(verb_, kAdvcl)) {
    for (const std::uint32_t c : view_.children.of(verb_)) {
      hosted |= c < verb_ && view_.lower(c) == "as" && view_.subtrees.begin(verb_) == c;
    }
  }
  if (cue_.insert && (view_.has_dep(verb_, kCcomp) || view_.has_dep(verb_, parse::label("dep")))) {
    hosted |= subject_->head + 1 == verb_ && !view_.child(verb_, parse::label("mark"));
  }
  if (!hosted) return {};
  return clause_pieces(view_.subtree(host), view_.subtree(verb_));
}

// "…, CNBC reported." where the tree does not show it: all that stands before in the sentence.
std::vector<TokenRange> VerbFinder::trailing_pieces() const {
  if (!subject_ || view_.has_dep(verb_, parse::label("relcl"))) return {};
  const std::uint32_t begin = std::min(subject_->words.begin, verb_);
  const std::uint32_t end = std::max(subject_->words.end, verb_ + 1);
  const TokenRange sentence = nearby_sentence(view_, verb_);
  if (begin <= sentence.begin || begin >= sentence.end) return {};
  const bool after_quote = found_.quote_of[begin - 1] >= 0 && begin >= 2 &&
                           (view_.lower(begin - 2) == "," || view_.lower(begin - 1) == ",");
  if (view_.lower(begin - 1) != "," && !after_quote) return {};
  // What follows may say where and when, no more.
  std::uint32_t n_behind = 0;
  for (std::uint32_t i = end; i < sentence.end; ++i) {
    if (view_.is_verb(i) || view_.lower(i) == ",") return {};
    n_behind += view_.is_word(i) ? 1 : 0;
  }
  if (n_behind > 6 || view_.n_words({sentence.begin, begin}) < 3) return {};
  const bool in_title = view_.zone[verb_] == read::Zone::Title;
  if (!in_title && !view_.is_finite_in({sentence.begin, begin})) return {};
  // "However, …" joins it to the text before.
  std::uint32_t first = sentence.begin;
  if (view_.tokens.tag[first] == parse::label("RB") && view_.lower(first + 1) == ",") first += 2;
  return clause_pieces({first, begin}, {verb_, verb_});
}

// "said in a statement that …" and the like, where the tree hangs the clause elsewhere: from "that"
// to the end of the sentence. Also a clause without "that" that was read as a second act.
std::vector<TokenRange> VerbFinder::following_pieces() const {
  if (!subject_) return {};
  const TokenRange sentence = nearby_sentence(view_, verb_);
  const auto last_word = [&](std::uint32_t end) {
    while (end > verb_ && !view_.is_word(end - 1) && found_.quote_of[end - 1] < 0) --end;
    return end;
  };
  for (std::uint32_t i = verb_ + 1; i < std::min(sentence.end, verb_ + kMaxAside); ++i) {
    const StringId dep = view_.tokens.dep[i];
    // "they know that very well"
    const bool ends = i + 1 >= sentence.end || !view_.is_word(i + 1) ||
                      view_.tokens.tag[i + 1] == parse::label("RB");
    const bool is_pronoun = dep == parse::label("det") || dep == parse::label("nsubj") || ends;
    if (view_.lower(i) == "that" && !is_pronoun) {
      bool has_verb = false;
      for (std::uint32_t k = i + 1; k < sentence.end; ++k) {
        has_verb |= view_.is_verb(k) || view_.tokens.tag[k] == parse::label("MD");
      }
      if (!has_verb) return {};
      return clause_pieces({i, last_word(sentence.end)}, {verb_, verb_});
    }
    if (view_.is_verb(i) || view_.tokens.tag[i] == parse::label("MD")) break;
  }
  if (view_.child(verb_, parse::label("cc"))) return {};
  for (const std::uint32_t c : view_.children.of(verb_)) {
    if (c > verb_ + 1 && view_.has_dep(c, parse::label("conj")) && view_.is_verb(c) &&
        view_.tokens.tag[c] != parse::label("VBG") && view_.is_word(view_.subtrees.begin(c) - 1) &&
        view_.tokens.tag[view_.subtrees.begin(c) - 1] != parse::label("CC")) {
      return clause_pieces({verb_ + 1, view_.subtrees.end(c)}, {verb_, verb_});
    }
  }
  return {};
}

bool VerbFinder::is_plain_gap(std::uint32_t begin, std::uint32_t end) const {
  if (end < begin || end - begin > kMaxGap) return false;
  for (std::uint32_t i = begin; i < end; ++i) {
    const std::string_view word = view_.lower(i);
    if (word == "." || word == "?" || word == "!" || word == ";") return false;
    if (view_.is_verb(i) && view_.tables.verb(view_.lemma(i)) != nullptr) return false;
  }
  return true;
}

// Whether a quotation behind the verb is what is said, and not a part of some other phrase there:
// "told the court “…”", but not "highlights its ability to “…”".
bool VerbFinder::is_said(TokenRange quote, std::uint32_t gap_begin) const {
  std::uint32_t before = quote.begin;
  while (before > gap_begin && !view_.is_word(before - 1) && view_.lower(before - 1) != ":" &&
         view_.lower(before - 1) != ",") {
    --before;
  }
  if (before == 0 || !is_plain_gap(gap_begin, before)) return false;
  const std::string_view mark = view_.lower(before - 1);
  const bool same_line = view_.paragraph[quote.begin] == view_.paragraph[verb_];
  if (mark == ":") return true;
  if (!same_line) return false;
  if (mark == "," || mark == "that" || before == gap_begin) return true;
  if (view_.n_words(quote) <= 3 || mark == "(") return false;
  // Its words may not hang on what stands between.
  for (std::uint32_t i = quote.begin; i < quote.end; ++i) {
    const std::uint32_t head = view_.tokens.head[i];
    if (view_.is_word(i) && gap_begin <= head && head < quote.begin) return false;
  }
  return true;
}

std::vector<TokenRange> VerbFinder::quoted_pieces() const {
  if (!cue_.quote || found_.quote_of[verb_] >= 0) return {};
  const std::uint32_t begin = subject_ && subject_->head < verb_ ? subject_->words.begin : verb_;
  const std::uint32_t end = subject_ && subject_->head > verb_ ? subject_->words.end : verb_ + 1;
  std::vector<TokenRange> pieces;
  // Behind the verb, or before it and before its subject; or both: "No," he said, "never."
  for (std::size_t k = found_.quote_from(begin - std::min(begin, kMaxGap));
       k < found_.quotes.size(); ++k) {
    const TokenRange q = found_.quotes[k].tokens;
    if (q.begin > end + kMaxGap) break;
    if (q.begin >= end) {
      const bool goes_on =
          view_.sentence[q.begin] == view_.sentence[verb_] && view_.lower(q.begin - 1) == ",";
      if ((pieces.empty() || goes_on) && is_said(q, end)) {
        pieces.push_back(q);
        break;
      }
    } else if (q.end <= begin && view_.paragraph[q.begin] == view_.paragraph[verb_] &&
               begin - q.end <= 3 && is_plain_gap(q.end, begin)) {
      pieces.push_back(q);
    }
  }
  return pieces;
}

// Quotations that a piece reaches into belong to it as a whole.
std::vector<TokenRange> VerbFinder::with_quotations(std::vector<TokenRange> pieces) const {
  const std::int32_t own = found_.quote_of[verb_];
  for (TokenRange& piece : pieces) {
    if (own >= 0) {
      // Said inside a quotation: it ends with it at the latest.
      const TokenRange quote = found_.quotes[static_cast<std::size_t>(own)].tokens;
      piece.begin = std::max(piece.begin, quote.begin);
      piece.end = std::min(piece.end, quote.end);
      continue;
    }
    TokenRange grown = piece;
    for (std::size_t k = found_.quote_from(piece.begin); k < found_.quotes.size(); ++k) {
      const TokenRange q = found_.quotes[k].tokens;
      if (q.begin > piece.end + 1) break;
      const bool touches = q.begin < piece.end && piece.begin < q.end + 1;
      const bool opens_it = piece.begin > 0 && q.begin == piece.begin - 1;
      if (!touches && !opens_it) continue;
      const bool has_cue = q.contains(verb_) || (subject_ && q.contains(subject_->head));
      if (has_cue) continue;
      grown.begin = std::min(grown.begin, q.begin);
      grown.end = std::max(grown.end, q.end);
    }
    // Never over the cue.
    if (piece.begin > verb_) grown.begin = std::max(grown.begin, verb_ + 1);
    if (piece.end <= verb_) grown.end = std::min(grown.end, verb_);
    piece = grown;
  }
  std::erase_if(pieces, [&](TokenRange p) { return p.begin >= p.end || view_.n_words(p) == 0; });
  return pieces;
}

// A noun of saying that does the saying is part of the cue: "the report says", "estimates suggest".
TokenRange VerbFinder::cue_words() const {
  TokenRange cue{verb_, verb_ + 1};
  if (!subject_ || subject_->head >= verb_) return cue;
  const NounCue* noun = view_.tables.noun(view_.lemma(subject_->head));
  if (noun != nullptr && noun->in_cue && verb_ - subject_->head <= 4) cue.begin = subject_->head;
  return cue;
}

// "declined to say whether", "no witness said that".
bool VerbFinder::is_held_back() const {
  if (has_negation(view_, verb_)) return true;
  if (subject_ && view_.tables.is(WordUse::Negative, view_.lower(subject_->words.begin))) {
    return true;
  }
  std::uint32_t at = verb_;
  for (int step = 0; step < 2; ++step) {
    const bool hangs = view_.has_dep(at, kXcomp) || view_.has_dep(at, parse::label("pcomp")) ||
                       view_.has_dep(at, parse::label("prep"));
    if (!hangs) return false;
    at = view_.tokens.head[at];
    if (view_.tables.withheld(view_.lemma(at)) != nullptr) return !has_negation(view_, at);
  }
  return false;
}

Stance VerbFinder::stance() const { return is_held_back() ? negated(cue_) : cue_.stance; }

std::vector<TokenRange> VerbFinder::all_pieces(Saying& saying) const {
  const auto content = complement();
  const bool speaks = cue_.clause && !passive_ && cue_.kind == Kind::Speech;
  std::vector<TokenRange> pieces;
  // A voice behind a comma at the end of the sentence covers all of it, wherever the tree hangs it.
  if (speaks && found_.quote_of[verb_] < 0 && view_.tokens.head[verb_] != verb_ &&
      (!content || *content < verb_)) {
    pieces = with_quotations(trailing_pieces());
    saying.closes = !pieces.empty();
  }
  if (!pieces.empty()) return pieces;
  const bool other_quote = content && found_.quote_of[*content] >= 0 &&
                           found_.quote_of[*content] != found_.quote_of[verb_];
  if (content && cue_.clause && object_of(*content)) {
    const TokenRange said{view_.subtrees.begin(*object_of(*content)), view_.subtrees.end(*content)};
    pieces = with_quotations(clause_pieces(said, {verb_, verb_ + 1}));
  } else if (content && (cue_.clause || (cue_.quote && other_quote))) {
    pieces = with_quotations(clause_pieces(view_.subtree(*content), hole(*content)));
    // What a colon brings is said, and nothing behind it: "saying: “…” about the budget".
    for (const TokenRange& q : quoted_pieces()) {
      const bool brought = q.begin > verb_ && view_.lower(q.begin - 1) == ":";
      if (brought && pieces.size() == 1 && pieces.front().begin == q.begin) pieces = {q};
    }
  } else if (passive_ && cue_.passive) {
    const auto infinitive = view_.child(verb_, kXcomp);
    if (infinitive && *infinitive > verb_) {
      pieces = with_quotations(clause_pieces(view_.subtree(*infinitive), {verb_, verb_ + 1}));
    }
  }
  if (pieces.empty() && cue_.clause && !passive_) pieces = with_quotations(host_pieces());
  if (pieces.empty()) pieces = quoted_pieces();
  if (pieces.empty() && speaks) pieces = with_quotations(trailing_pieces());
  if (pieces.empty() && cue_.clause && !passive_) pieces = with_quotations(following_pieces());
  return pieces;
}

void VerbFinder::find() {
  if (cue_.it) {
    const auto object = view_.child(verb_, parse::label("dobj"));
    if (!object || view_.lower(*object) != "it") return;
  }
  passive_ = is_passive(view_, verb_);
  subject_ = passive_ ? find_agent(found_, verb_) : find_subject(found_, verb_);
  Saying saying;
  saying.how = cue_;
  saying.how.stance = stance();
  std::vector<TokenRange> pieces = all_pieces(saying);
  if (pieces.empty()) return;
  // "The talks", he said, "were good."
  for (const TokenRange& more : quoted_pieces()) {
    const bool is_new = std::none_of(pieces.begin(), pieces.end(), [&](TokenRange p) {
      return p.begin < more.end && more.begin < p.end;
    });
    // A participle goes on behind: "…", he said, adding that …
    const bool belongs = more.begin > verb_ || view_.tokens.tag[verb_] != parse::label("VBG");
    if (is_new && belongs && view_.n_words(more) > 2 &&
        view_.sentence[more.end - 1] == view_.sentence[verb_]) {
      pieces.push_back(more);
    }
  }
  // ", he said as he left", ", she noted, adding that": no more of what was said.
  if (pieces.size() > 1 && pieces.front().end <= verb_ && is_aside(pieces.back())) {
    pieces.pop_back();
  }
  const bool imperative = !passive_ && view_.tokens.tag[verb_] == parse::label("VB");
  if (!subject_ && !passive_ && !imperative && cue_.kind != Kind::Speech) return;
  const bool nobody = subject_ && view_.tables.is(WordUse::Expletive, view_.lower(subject_->head));
  if (nobody && cue_.kind == Kind::Thought) return;
  if (subject_) saying.source = subject_->words;
  saying.cue = cue_words();
  found_.add(saying, pieces);
}

bool VerbFinder::is_aside(TokenRange piece) const {
  if (piece.begin <= verb_ || found_.quote_of[piece.begin] >= 0) return false;
  if (view_.tables.is(WordUse::Aside, view_.lower(piece.begin))) return true;
  return view_.tokens.tag[piece.begin] == parse::label("VBG") &&
         view_.tables.verb(view_.lemma(piece.begin)) != nullptr;
}

// "was quoted as saying by Xinhua", "Xinhua quoted him as saying". True when it is one.
bool find_quoted_as(Findings& found, std::uint32_t verb) {
  const View& view = found.view;
  // The tree hangs "saying" in several ways, so the words decide.
  std::uint32_t as = verb + 1;
  const std::uint32_t limit = std::min(view.size(), verb + 16);
  while (as < limit && view.lower(as) != "as" && view.sentence[as] == view.sentence[verb]) ++as;
  if (as + 1 >= limit || view.lower(as) != "as") return false;
  std::uint32_t inner = as + 1;
  while (inner < limit && view.tokens.tag[inner] == parse::label("RB")) ++inner;
  if (inner >= limit || view.tokens.tag[inner] != parse::label("VBG")) return false;
  const VerbCue* cue = view.tables.verb(view.lemma(inner));
  if (cue == nullptr || cue->kind != Kind::Speech) return false;

  Saying saying;
  saying.how = *cue;
  const bool passive = is_passive(view, verb) || view.tokens.tag[verb] == parse::label("VBN");
  std::uint32_t after = inner + 1;
  if (passive) {
    saying.cue = {verb, inner + 1};
    if (const auto who = view.child(verb, parse::label("nsubjpass"))) {
      saying.source = found.phrase_of(*who, verb);
    } else if (const auto who_else = find_subject(found, verb)) {
      saying.source = who_else->words;
    }
    for (const std::uint32_t outer : {verb, inner}) {
      if (const auto by = find_agent(found, outer); by && !saying.reporter) {
        saying.reporter = by->words;
        // "by the agency that talks had failed": the clause is what he said.
        for (std::uint32_t i = by->words.begin + 1; i < by->words.end; ++i) {
          if (view.lower(i) != "that") continue;
          saying.reporter->end = i;
          break;
        }
        if (by->words.begin > inner) after = std::max(after, saying.reporter->end);
      }
    }
  } else {
    saying.cue = {as, inner + 1};
    if (const auto who = find_subject(found, verb)) saying.reporter = who->words;
    if (as > verb + 1) saying.source = view.trimmed({verb + 1, as});
  }
  // The clause behind, else the quotation behind, else what stands before.
  std::vector<TokenRange> pieces;
  for (const std::uint32_t v : {inner, verb}) {
    const auto clause = view.child(v, kCcomp);
    if (!pieces.empty() || !clause) continue;
    TokenRange range = view.within_paragraph(view.subtree(*clause), verb);
    // "as telling reporters that": whom he told is no part of it.
    for (std::uint32_t i = after; i < std::min(*clause, after + kMaxAside); ++i) {
      if (view.lower(i) != "that" || view.tokens.tag[i] != parse::label("IN")) continue;
      after = i;
      break;
    }
    if (*clause > inner) range.begin = after;
    pieces = found.without(
        range, {std::min(saying.cue.begin, saying.source ? saying.source->begin : verb), after});
  }
  const TokenRange sentence = nearby_sentence(view, verb);
  if (pieces.empty()) {
    const TokenRange behind = view.trimmed({after, std::max(after, sentence.end)});
    const std::uint32_t begin = saying.source ? std::min(saying.source->begin, verb) : verb;
    const TokenRange before = view.trimmed({sentence.begin, std::max(sentence.begin, begin)});
    if (view.n_words(before) > 3 && view.n_words(behind) < 6) {
      pieces = {before};
    } else if (view.n_words(behind) > 0) {
      pieces = {behind};
    }
  }
  for (TokenRange& piece : pieces) {
    for (std::size_t k = found.quote_from(piece.begin); k < found.quotes.size(); ++k) {
      const TokenRange q = found.quotes[k].tokens;
      if (q.begin > piece.end) break;
      if (q.begin <= piece.end && piece.begin <= q.end && !q.contains(verb) && !q.contains(inner)) {
        piece.begin = std::min(piece.begin, q.begin);
        piece.end = std::max(piece.end, q.end);
      }
    }
    if (piece.begin > inner) piece.begin = std::max(piece.begin, after);
  }
  if (pieces.empty()) return false;
  found.add(saying, pieces);
  return true;
}

// "The department notes, “…”": a plural noun that stands right before a quotation.
bool is_verb_read_as_noun(const Findings& found, std::uint32_t i) {
  const View& view = found.view;
  if (view.tokens.tag[i] != parse::label("NNS") || i + 2 >= view.size() || i == 0) return false;
  const std::uint32_t next = view.lower(i + 1) == "," || view.lower(i + 1) == ":" ? i + 2 : i + 1;
  if (found.quote_of[next] < 0 || found.quote_of[i] >= 0 || !view.is_noun(i - 1)) return false;
  const VerbCue* cue = view.tables.verb(view.lemma(i));
  return cue != nullptr && cue->quote &&
         view.n_words(found.quotes[static_cast<std::size_t>(found.quote_of[next])].tokens) > 3;
}

}  // namespace

void find_verbs(Findings& findings) {
  const View& view = findings.view;
  std::uint32_t quoted_until = 0;
  for (std::uint32_t i = 0; i < view.size(); ++i) {
    if (view.is_silent(i) || (!view.is_verb(i) && !is_verb_read_as_noun(findings, i))) continue;
    const VerbCue* cue = view.tables.verb(view.lemma(i));
    if (cue == nullptr || i < quoted_until) continue;
    if (cue->as) {
      if (find_quoted_as(findings, i)) quoted_until = findings.sayings.back().cue.end;
      continue;
    }
    VerbFinder(findings, i, *cue).find();
  }
}

void find_states(Findings& findings) {
  const View& view = findings.view;
  for (std::uint32_t i = 0; i < view.size(); ++i) {
    const Cue* cue = view.tables.state(view.lower(i));
    if (cue == nullptr || view.is_silent(i)) continue;
    const auto clause = view.child(i, kCcomp);
    if (!clause || *clause < i || !is_finite_clause(view, *clause)) continue;
    std::optional<Subject> who;
    if (const auto passive = view.child(i, parse::label("nsubjpass"))) {
      who = Subject{findings.phrase_of(*passive, i), *passive};
    } else {
      who = find_subject(findings, i);
    }
    if (!who || view.tables.is(WordUse::Expletive, view.lower(who->head))) continue;
    Saying saying;
    saying.how = *cue;
    const std::uint32_t be = view.tokens.head[i];
    if (has_negation(view, i) || (view.is_verb(be) && has_negation(view, be))) {
      saying.how.stance = negated(*cue);
    }
    saying.source = who->words;
    saying.cue = {i, i + 1};
    findings.add(saying,
                 findings.without(view.within_paragraph(view.subtree(*clause), i), {i, i + 1}));
  }
}

void find_nouns(Findings& findings) {
  const View& view = findings.view;
  for (std::uint32_t i = 0; i < view.size(); ++i) {
    if (view.is_verb(i) || !view.is_noun(i) || view.is_silent(i)) continue;
    const NounCue* cue = view.tables.noun(view.lemma(i));
    if (cue == nullptr) continue;
    std::optional<std::uint32_t> clause;
    for (const std::uint32_t c : view.children.of(i)) {
      const StringId dep = view.tokens.dep[c];
      if (c <= i || (dep != kCcomp && dep != parse::label("acl"))) continue;
      const auto mark = view.child(c, parse::label("mark"));
      if (mark && view.lower(*mark) == "that" && is_finite_clause(view, c)) clause = c;
    }
    if (!clause) continue;
    Saying saying;
    saying.how = *cue;
    saying.cue = {i, i + 1};
    const std::uint32_t governor = view.tokens.head[i];
    if (const auto owner = view.child(i, parse::label("poss"))) {
      TokenRange words = findings.phrase_of(*owner, i);
      if (words.size() > 1 && view.tokens.tag[words.end - 1] == parse::label("POS")) --words.end;
      saying.source = words;
    } else {
      for (const std::uint32_t c : view.children.of(i)) {
        if (c < i || !view.tables.is(WordUse::OwnerPreposition, view.lower(c))) continue;
        if (const auto who = view.child(c, parse::label("pobj")); who && *who < *clause) {
          saying.source = findings.phrase_of(*who, c);
          saying.source->end = std::min(saying.source->end, view.subtrees.begin(*clause));
        }
      }
    }
    if (!saying.source && view.has_dep(i, parse::label("dobj")) && view.is_verb(governor)) {
      if (const Stance* stance = view.tables.carrier(view.lemma(governor))) {
        if (const auto who = find_subject(findings, governor)) {
          saying.source = who->words;
          if (*stance != Stance::Asserts) saying.how.stance = *stance;
          if (has_negation(view, governor)) saying.how.stance = negated(saying.how);
        }
      }
    }
    if (!saying.source) continue;
    const TokenRange range = view.within_paragraph(view.subtree(*clause), i);
    findings.add(saying, findings.without({std::max(range.begin, i + 1), range.end}, {i, i + 1}));
  }
}

}  // namespace detente::attribute
