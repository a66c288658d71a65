#pragma once
// The words by which sayings are given to speakers: data/attribution/, loaded once.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detente/attribute/attributed_document.h"
#include "detente/base/result.h"
#include "detente/base/word_tables.h"

namespace detente::attribute {

struct Cue {
  Kind kind = Kind::Speech;
  Stance stance = Stance::Asserts;
};

struct VerbCue : Cue {
  bool clause = false;      ///< takes a clause
  bool quote = false;       ///< stands beside quotations
  bool infinitive = false;  ///< "expects tensions to rise"
  bool passive = false;     ///< "is believed to have fled"
  bool insert = false;      ///< thrown in without a comma
  bool it = false;          ///< only with the object "it": "as the envoy put it"
  bool as = false;          ///< "was quoted as saying"
};

struct NounCue : Cue {
  bool in_cue = false;  ///< part of the cue when it is its subject: "the report says"
};

struct PhraseCue : Cue {
  enum class Speaker : std::uint8_t { After, Named, Cited, Owner, Subject, None };
  std::vector<std::string> words;  ///< "*" stands for a possessive
  Speaker speaker = Speaker::After;
};

enum class Label : std::uint8_t { Question, Answer, Credit, Other };
enum class CitedNoun : std::uint8_t { No, Voice, Medium };
enum class Pronoun : std::uint8_t { He, She, It, They, I, We };

/// What a small word does in the grammar of a saying.
enum class WordUse : std::uint8_t {
  OwnerPreposition,  ///< "the claim by the army that"
  NameParticle,      ///< in lower case within a name: "bin"
  Expletive,         ///< a subject that is nobody: "it is clear that"
  LooseEnd,          ///< no part of what it stands at the edge of
  Negative,          ///< a subject that says the contrary: "no witness said that"
  Aside,             ///< opens a clause behind the cue that is not said: ", he said as he left"
};

/// Immutable after opening; shared by all threads.
class CueTables {
 public:
  /// Reads attribution/*.tsv under `data_folder`. Errors: D0001, D0004, D0005 a table; D0501,
  /// D0502, D0503 a row.
  static Result<CueTables> open(const std::filesystem::path& data_folder);

  [[nodiscard]] const VerbCue* verb(std::string_view lemma) const;
  [[nodiscard]] const Cue* state(std::string_view word) const;
  [[nodiscard]] const NounCue* noun(std::string_view lemma) const;
  /// How the subject of this verb stands to the saying that is its object: "rejected claims that".
  [[nodiscard]] const Stance* carrier(std::string_view lemma) const;
  /// How what hangs on this verb is held back: "declined to say whether".
  [[nodiscard]] const Stance* withheld(std::string_view lemma) const;
  /// Phrases that begin with this word (in lower case).
  [[nodiscard]] const std::vector<PhraseCue>* phrases(std::string_view first_word) const;
  [[nodiscard]] const Label* label(std::string_view words) const;
  /// Whether a noun (as a lemma) names somebody who can be cited.
  [[nodiscard]] CitedNoun cited(std::string_view lemma) const;
  [[nodiscard]] const Pronoun* pronoun(std::string_view word) const;
  [[nodiscard]] bool is(WordUse use, std::string_view word) const;

 private:
  WordMap<VerbCue> verbs_;
  WordMap<Cue> states_;
  WordMap<NounCue> nouns_;
  WordMap<Stance> carriers_;
  WordMap<Stance> withheld_;
  WordMap<std::vector<PhraseCue>> phrases_;
  WordMap<Label> labels_;
  WordMap<CitedNoun> cited_;
  WordMap<Pronoun> pronouns_;
  WordMap<std::uint32_t> words_;  // one bit for each use
};

}  // namespace detente::attribute
