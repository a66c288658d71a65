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

namespace udep = parse::udep;
namespace upos = parse::upos;
namespace xpos = parse::xpos;

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
    return tokens.pos[i] == upos::kVerb || tokens.pos[i] == upos::kAux;
  }
  [[nodiscard]] bool is_noun(std::uint32_t i) const {
    return tokens.pos[i] == upos::kNoun || tokens.pos[i] == upos::kPropn;
  }
  [[nodiscard]] std::uint32_t sentence(std::uint32_t i) const { return sentence_[i]; }
  /// Nothing is read from credits, links, boilerplate and bylines.
  [[nodiscard]] bool is_silent(std::uint32_t i) const;

  [[nodiscard]] bool is_in_dateline(std::uint32_t i) const {
    return reading.document.zone_at(tokens.begin[i]) == read::Zone::Dateline;
  }

  [[nodiscard]] std::optional<std::uint32_t> child(std::uint32_t i, StringId dep) const;
  [[nodiscard]] TokenRange subtree(std::uint32_t i) const { return subtrees_.of(i); }
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
  /// The political ones of them.
  [[nodiscard]] Sides political_in(TokenRange range) const;
  void add(std::uint32_t mention_idx, Sides& out) const;
  /// A state or who acts for or against one: no firm, no private person, no thing whose country is
  /// guessed.
  [[nodiscard]] bool is_political(const events::Side& side) const;
  [[nodiscard]] std::optional<resolve::MentionId> mention_at(std::uint32_t token) const;

  [[nodiscard]] const resolve::TimeExpression* time_in(TokenRange range) const;
  /// "in" of "in March".
  [[nodiscard]] std::optional<std::uint32_t> preposition_of(
      const resolve::TimeExpression& time) const;
  /// "on Friday" of "feared on Friday that"
  [[nodiscard]] bool hangs_on(TokenRange time, std::uint32_t verb) const;
  /// "by March", "within a year"
  [[nodiscard]] bool is_limit(const resolve::TimeExpression& time) const;
  /// Its days where it stands for something to come: "by March" is the next one.
  [[nodiscard]] DateRange to_come(const resolve::TimeExpression& time) const;
  /// The innermost saying around a token.
  [[nodiscard]] const attribute::Attribution* attribution_of(std::uint32_t token) const;
  /// A saying within a saying: "we expect", he said. Whoever is named counts.
  [[nodiscard]] const attribute::Attribution* voice_of(std::uint32_t token) const;
  /// "I", "we", "my", "our"
  [[nodiscard]] bool is_own_pronoun(TextSpan span) const;
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
  /// What the content words mean, sorted, each once: words alike are one, countries stand as
  /// "@KOR"; times and numbers are left out.
  [[nodiscard]] std::vector<std::string> content_words(TokenRange range) const;
  /// The word that stands for this one and all those like it.
  [[nodiscard]] std::string meaning(std::uint32_t i) const;

 private:
  void mark_names();
  [[nodiscard]] bool is_party_word(std::uint32_t i) const;
  [[nodiscard]] std::string party_word(std::uint32_t i) const;
  [[nodiscard]] bool names_a_bond(std::uint32_t i) const;
  void owners(std::uint32_t noun, Sides& out) const;
  [[nodiscard]] std::vector<Sides> mentions_in(TokenRange range) const;

  parse::Subtrees subtrees_;
  std::vector<std::uint32_t> sentence_;
  resolve::MentionsByHead mentions_at_;
  std::vector<std::int32_t> event_at_;
  std::vector<bool> in_name_;  ///< a part of the name of a party, not its head
};

[[nodiscard]] std::vector<std::string> codes(const Sides& sides);
void add_new(const Sides& more, Sides& out);

}  // namespace detente::outlook
