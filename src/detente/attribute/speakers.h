#pragma once
// Who is meant by the words that name a speaker. Pronouns and reports go back to whoever spoke
// last.

#include <cstdint>
#include <optional>
#include <vector>

#include "detente/attribute/sayings.h"

namespace detente::attribute {

/// All speakers of a document, found from its beginning to its end.
class Speakers {
 public:
  explicit Speakers(const Findings& findings);

  /// Of one of the findings' sayings. None: left unsaid, or `resolve` knows no such mention.
  [[nodiscard]] std::optional<resolve::MentionId> of(const Saying& saying) const;
  /// The mention that the words are: the one that covers most of them, the first of equals.
  [[nodiscard]] std::optional<resolve::MentionId> mention_in(TokenRange words) const;

 private:
  /// Whom a sentence is about: who speaks in it, else its subject.
  struct Center {
    std::uint32_t sentence = 0;
    resolve::MentionId who;
  };
  enum class Fit : std::uint8_t { No, Maybe, Yes };

  void find_first_persons();
  [[nodiscard]] std::optional<resolve::MentionId> find(const Saying& saying) const;
  [[nodiscard]] std::optional<resolve::MentionId> owner_of(const Saying& saying,
                                                           std::uint32_t head) const;
  [[nodiscard]] std::optional<resolve::MentionId> antecedent(
      TokenRange pronoun, Pronoun kind, std::optional<resolve::MentionId> known,
      TokenRange content) const;
  [[nodiscard]] std::optional<resolve::MentionId> main_subject(std::uint32_t sentence) const;
  [[nodiscard]] bool is_named_before(resolve::MentionId known, TokenRange pronoun,
                                     TokenRange content) const;
  [[nodiscard]] resolve::MentionId known_as(resolve::MentionId who,
                                            std::optional<resolve::MentionId> known) const;
  [[nodiscard]] std::optional<std::size_t> teller_of(const Saying& saying) const;
  [[nodiscard]] bool is_plural(resolve::MentionId who) const;
  [[nodiscard]] bool is_nobody(resolve::MentionId who) const;
  [[nodiscard]] bool is_told_by(resolve::MentionId who, resolve::MentionId known) const;
  [[nodiscard]] bool known_nobody(resolve::MentionId pronoun) const;
  [[nodiscard]] Fit fit(Pronoun kind, resolve::MentionId who, bool is_near,
                        std::optional<resolve::MentionId> known) const;

  const Findings& found_;
  const View& view_;
  std::vector<std::int32_t> saying_at_;  // whose cue a token is, or −1
  std::vector<Center> centers_;
  std::vector<std::optional<resolve::MentionId>> speakers_;  // of each saying
  std::vector<std::uint32_t> order_;                         // sayings by their cues
};

}  // namespace detente::attribute
