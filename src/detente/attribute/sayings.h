#pragma once
// Finds sayings one by one, in tokens; attribute.cpp puts them together.

#include <cstdint>
#include <optional>
#include <vector>

#include "detente/attribute/view.h"

namespace detente::attribute {

/// A quotation in tokens, marks included.
struct QuotedTokens {
  TokenRange tokens;
  bool goes_on = false;
};

/// Attribution in the making.
struct Saying {
  TokenRange cue;
  std::optional<TokenRange> source;
  TokenRange content;
  Cue how;
  std::optional<TokenRange> reporter;  ///< named in the cue itself: "quoted as saying by Xinhua"
  bool closes = false;  ///< stands at the end of a sentence and covers all of it: ", CNBC reported"
  bool passes_on = false;  ///< "citing officials": the speaker around it only reports
};

/// What all finders work with.
struct Findings {
  Findings(const View& view_in, std::vector<QuotedTokens> quotes_in);

  const View& view;
  std::vector<QuotedTokens> quotes;
  std::vector<std::int32_t> quote_of;  ///< of each token within the marks, or −1
  std::vector<Saying> sayings;

  /// The first quotation that ends at or behind a token.
  [[nodiscard]] std::size_t quote_from(std::uint32_t token) const;
  /// Adds the saying once per piece of its content.
  void add(const Saying& saying, const std::vector<TokenRange>& pieces);
  /// `range` without `hole`; pieces without words are dropped.
  [[nodiscard]] std::vector<TokenRange> without(TokenRange range, TokenRange hole) const;
  /// The words that name a speaker: the phrase under `head`, on its side of the cue.
  [[nodiscard]] TokenRange phrase_of(std::uint32_t head, std::uint32_t cue) const;
  /// The token of the nearest clause that `i` stands in, itself included.
  [[nodiscard]] std::uint32_t clause_of(std::uint32_t i) const;
};

/// Who does what the verb tells, and whether by an agent of a passive.
struct Subject {
  TokenRange words;
  std::uint32_t head = 0;
};
[[nodiscard]] std::optional<Subject> find_subject(const Findings& findings, std::uint32_t verb);
[[nodiscard]] std::optional<Subject> find_agent(const Findings& findings, std::uint32_t verb);
[[nodiscard]] bool is_passive(const View& view, std::uint32_t verb);
[[nodiscard]] bool is_finite_clause(const View& view, std::uint32_t head);
/// The stance of "did not say", "does not believe", "did not deny".
[[nodiscard]] Stance negated(const Cue& cue);
[[nodiscard]] bool has_negation(const View& view, std::uint32_t verb);

void find_verbs(Findings& findings);    // "said", "was quoted as saying by"
void find_states(Findings& findings);   // "is convinced that"
void find_nouns(Findings& findings);    // "the claim that"
void find_phrases(Findings& findings);  // "according to"
void find_labels(Findings& findings);   // "Q:", "Name:", "Image:"
/// Takes what closes a sentence, or is put at its beginning, out of the contents of other sayings.
void part_sayings(Findings& findings);
/// Quotations that nobody has yet: they go on with the last speaker. After all others.
void find_continuations(Findings& findings);

}  // namespace detente::attribute
