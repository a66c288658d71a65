#pragma once
// One document as the finders of pledges and forecasts look at it. Lives no longer than the values
// it looks at.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/outlook/outlook.h"

namespace detente::outlook {

using parse::TokenRange;
using Sides = std::vector<events::Side>;

/// Labels that the code compares with.
namespace label {
inline constexpr StringId kAcl = parse::label("acl"), kAcomp = parse::label("acomp"),
                          kAdvcl = parse::label("advcl"), kAdvmod = parse::label("advmod"),
                          kAgent = parse::label("agent"), kAmod = parse::label("amod"),
                          kAttr = parse::label("attr"), kAux = parse::label("aux"),
                          kAuxpass = parse::label("auxpass"), kCcomp = parse::label("ccomp"),
                          kCompound = parse::label("compound"), kConj = parse::label("conj"),
                          kCsubj = parse::label("csubj"), kDative = parse::label("dative"),
                          kDet = parse::label("det"), kDobj = parse::label("dobj"),
                          kMark = parse::label("mark"), kNeg = parse::label("neg"),
                          kNmod = parse::label("nmod"), kNsubj = parse::label("nsubj"),
                          kNsubjpass = parse::label("nsubjpass"), kOprd = parse::label("oprd"),
                          kParataxis = parse::label("parataxis"), kPcomp = parse::label("pcomp"),
                          kPobj = parse::label("pobj"), kPoss = parse::label("poss"),
                          kPrep = parse::label("prep"), kPrt = parse::label("prt"),
                          kRelcl = parse::label("relcl"), kXcomp = parse::label("xcomp");
inline constexpr StringId kNoun = parse::label("NOUN"), kPropn = parse::label("PROPN"),
                          kPron = parse::label("PRON"), kVerb = parse::label("VERB"),
                          kAuxVerb = parse::label("AUX"), kAdj = parse::label("ADJ");
inline constexpr StringId kMd = parse::label("MD"), kTo = parse::label("TO"),
                          kVb = parse::label("VB"), kVbd = parse::label("VBD"),
                          kVbg = parse::label("VBG"), kVbn = parse::label("VBN"),
                          kVbp = parse::label("VBP"), kVbz = parse::label("VBZ"),
                          kWdt = parse::label("WDT"), kWp = parse::label("WP"),
                          kIn = parse::label("IN");
}  // namespace label

class View {
 public:
  View(const Reading& reading, const OutlookTables& tables);

  const Reading& reading;
  const OutlookTables& tables;
  const parse::Tokens& tokens;
  const parse::Children children;

  [[nodiscard]] std::uint32_t size() const { return tokens.size(); }
  /// In lower case.
  [[nodiscard]] std::string_view lower(std::uint32_t i) const {
    return reading.parsed.strings.view(tokens.lower[i]);
  }
  [[nodiscard]] std::string_view lemma(std::uint32_t i) const {
    return reading.parsed.strings.view(tokens.lemma[i]);
  }
  [[nodiscard]] StringId dep(std::uint32_t i) const { return tokens.dep[i]; }
  [[nodiscard]] StringId tag(std::uint32_t i) const { return tokens.tag[i]; }
  [[nodiscard]] std::uint32_t head(std::uint32_t i) const { return tokens.head[i]; }
  [[nodiscard]] bool is_verb(std::uint32_t i) const {
    return tokens.pos[i] == label::kVerb || tokens.pos[i] == label::kAuxVerb;
  }
  [[nodiscard]] bool is_noun(std::uint32_t i) const {
    return tokens.pos[i] == label::kNoun || tokens.pos[i] == label::kPropn;
  }
  [[nodiscard]] std::uint32_t sentence(std::uint32_t i) const { return sentence_[i]; }
  /// Nothing is read from credits, links, boilerplate and bylines.
  [[nodiscard]] bool is_silent(std::uint32_t i) const;

  [[nodiscard]] std::optional<std::uint32_t> child(std::uint32_t i, StringId dep) const;
  [[nodiscard]] TokenRange subtree(std::uint32_t i) const { return {left_[i], right_[i]}; }
  [[nodiscard]] bool is_below(std::uint32_t below, std::uint32_t above) const;
  /// "not", "never", or "no" before a noun.
  [[nodiscard]] bool is_negated(std::uint32_t i) const;
  /// What stands behind prepositions of this token whose word is `preposition` (empty: any).
  [[nodiscard]] std::vector<std::uint32_t> behind(std::uint32_t i,
                                                  std::string_view preposition) const;
  [[nodiscard]] std::optional<std::uint32_t> subject(std::uint32_t verb) const;
  /// Who does it, of an active or a passive verb.
  [[nodiscard]] std::optional<std::uint32_t> doer(std::uint32_t verb) const;
  /// Has happened or happens: finite, not negated, not under "if", "may" or "want to".
  [[nodiscard]] bool is_told(std::uint32_t verb) const;
  /// The same whether negated or not.
  [[nodiscard]] bool is_told_or_denied(std::uint32_t verb) const;

  /// Parties that this noun phrase names, with those of its conjuncts.
  [[nodiscard]] Sides parties(std::uint32_t noun) const;
  /// All parties with a code that these tokens name, outermost first.
  [[nodiscard]] Sides parties_in(TokenRange range) const;
  void add(std::uint32_t mention_idx, Sides& out) const;
  [[nodiscard]] std::optional<resolve::MentionId> mention_at(std::uint32_t token) const;

  [[nodiscard]] const resolve::TimeExpression* time_in(TokenRange range) const;
  /// The event one of whose mentions hangs on this token.
  [[nodiscard]] const events::Event* event_at(std::uint32_t token) const;
  [[nodiscard]] DateRange day() const { return {reading.resolved.anchor, reading.resolved.anchor}; }
  [[nodiscard]] TextSpan span(TokenRange range) const { return tokens.span(trimmed(range)); }
  [[nodiscard]] TokenRange trimmed(TokenRange range) const;
  /// The part of the range that stands on the line of `token`, which lies in it.
  [[nodiscard]] TokenRange on_line(TokenRange range, std::uint32_t token) const;
  /// The sentence that the token stands in.
  [[nodiscard]] TokenRange sentence_range(std::uint32_t i) const {
    return reading.parsed.sentences[sentence_[i]];
  }
  /// Sorted lemmas of the content words, without those of `parties`, times and numbers.
  [[nodiscard]] std::vector<std::string> content_words(TokenRange range) const;

 private:
  [[nodiscard]] bool is_party_word(std::uint32_t i) const;
  void owners(std::uint32_t noun, Sides& out) const;

  std::vector<std::uint32_t> left_, right_, sentence_;
  std::vector<std::vector<std::uint32_t>> mentions_at_;  ///< by head token, longest first
  std::vector<std::int32_t> event_at_;
};

[[nodiscard]] std::vector<std::string> codes(const Sides& sides);
void add_new(const Sides& more, Sides& out);

}  // namespace detente::outlook
