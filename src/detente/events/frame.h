#pragma once
// The layer between the tree and the rules: one predicate with its arguments, the same shape
// whether the text says "Kim praised Moon", "Moon was praised by Kim", "Kim's praise of Moon",
// "Kim, praising Moon, …", "Moon, whom Kim praised" or "Kim agreed to praise Moon".

#include <cstdint>
#include <memory>
#include <vector>

#include "detente/events/document_view.h"

namespace detente::events {

enum class FrameKind : std::uint8_t { Verb, Noun, Adjective };

/// "will", "may", "must", "to": what the auxiliaries say.
enum class Modal : std::uint8_t { None, Will, Would, Possible, Obliged, Infinitive };

/// A preposition and the token behind it.
struct Oblique {
  WordId preposition;
  std::uint32_t token = 0;
  bool in_object = false;  ///< hangs on the object ("sanctions on Iran"), not on the verb
};

enum class ContentKind : std::uint8_t { Infinitive, Clause, Gerund, Adverbial };

/// A clause that depends on the predicate.
struct Content {
  ContentKind kind = ContentKind::Infinitive;
  WordId preposition;  ///< of a gerund: "of violating"
  std::uint32_t token = 0;
};

struct PredicateFrame {
  std::uint32_t trigger = 0;
  FrameKind kind = FrameKind::Verb;
  std::vector<std::uint32_t> agents;  ///< head tokens of noun phrases, without their conjuncts
  std::vector<std::uint32_t> patients;
  std::vector<std::uint32_t> datives;
  std::vector<std::uint32_t> complements;
  std::vector<std::uint32_t> owners;     ///< of a noun: possessors
  std::vector<std::uint32_t> modifiers;  ///< of a noun: compounds and adjectives
  std::vector<Oblique> obliques;
  std::vector<Content> contents;
  std::vector<std::uint32_t>
      phrase_words;  ///< matched by the rule at hand; no parties by themselves
  bool passive = false;
  bool inherited_agent = false;  ///< the agent comes from another clause
  bool negated = false;
  bool past = false;
  bool perfect = false;
  bool hedged = false;       ///< "likely", "probably", "reportedly planned"
  bool conditional = false;  ///< inside "if", "unless", "would … if"
  bool question = false;
  Modal modal = Modal::None;
};

/// Makes frames on demand and keeps them.
class FrameBuilder {
 public:
  explicit FrameBuilder(const DocumentView& view);
  const PredicateFrame& frame(std::uint32_t token_idx);
  /// The verb, noun or adjective that this token's phrase depends on, past prepositions and
  /// conjuncts.
  [[nodiscard]] std::uint32_t governor(std::uint32_t token_idx) const;
  /// Adds what stands behind a preposition.
  void add_preposition(std::uint32_t p, bool in_object, PredicateFrame& f) const;
  /// The antecedent of a relative pronoun, or the token itself.
  [[nodiscard]] std::uint32_t antecedent(std::uint32_t token_idx) const;

 private:
  void build_verb(std::uint32_t t, PredicateFrame& f);
  void build_noun(std::uint32_t t, PredicateFrame& f);
  void build_adjective(std::uint32_t t, PredicateFrame& f);
  void find_subject(std::uint32_t t, PredicateFrame& f);
  [[nodiscard]] bool is_headline_passive(std::uint32_t t, const PredicateFrame& f) const;
  [[nodiscard]] bool is_whole_sentence(std::uint32_t t, const PredicateFrame& f) const;

  /// What hangs on the noun, and on what a mere container holds: "a round of talks with Iran".
  void add_noun_prepositions(std::uint32_t noun, bool in_object, PredicateFrame& f) const;
  /// "X is a leader who …": whoever the noun is said of.
  void see_through_copula(PredicateFrame& f);
  void read_modality(std::uint32_t t, PredicateFrame& f);
  void read_surroundings(std::uint32_t t, PredicateFrame& f);

  const DocumentView& view_;
  std::vector<std::unique_ptr<PredicateFrame>> frames_;
  std::span<const WordId> subject_control_;
  std::span<const WordId> hedges_;
  std::span<const WordId> negators_;
  std::span<const WordId> if_words_;
  std::span<const WordId> stances_;
  std::span<const WordId> bare_infinitives_;
  std::span<const WordId> containers_;
  std::span<const WordId> nobody_;
  std::span<const WordId> only_;
  std::span<const WordId> two_objects_;
  std::span<const WordId> sources_;
  std::span<const WordId> done_to_somebody_;
  std::span<const WordId> places_;
};

}  // namespace detente::events
