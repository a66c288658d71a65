#pragma once
// The words by which pledges and forecasts are told: data/outlook/, loaded once.

#include <array>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/word_tables.h"
#include "detente/outlook/outlook_document.h"

namespace detente::outlook {

enum class HedgeKind : std::uint8_t {
  Modal,
  Adverb,
  State,
  Holds,
  Sees,
  Feels,
  Thinks,
  Chance,
  Few,
  Judges,
  Taken,
  WarnsOf
};
inline constexpr std::size_t kHedgeKinds = 12;

enum class Effect : std::uint8_t { Cooperation, Conflict, Keeps, Turns, Fails, Helps, Nothing };

struct DirectionRow {
  std::string object;  ///< a lemma, or "@" and a group; empty: whatever it governs
  Effect effect = Effect::Keeps;
};

enum class Binding : std::uint8_t { Promise, Vow, Clause, Pact, Signs, Declares };

struct BoundNoun {
  enum class Made : std::uint8_t { Declared, Signed, Named };
  std::string concept_name;
  Made made = Made::Named;
};

struct FateRow {
  enum class Place : std::uint8_t { Object, Subject, Noun };
  Place place = Place::Object;
  std::string with;
  std::optional<Turn> turn;  ///< none: says that it binds, and "no longer" that it is withdrawn
};

struct AlikeRow {
  std::string with;  ///< empty: the word alone
  std::string meaning;
};

enum class Role : std::uint8_t {
  Light,
  Factual,
  Failing,
  Condition,
  Refrain,
  Force,
  As,
  Aside,
  Private,
  Expert,
  Retired,
  Envoy,
  Habit,
  Contrast,
  Limit,
  Text,
  Where,
  Dread,
  Wish,
  Mind,
  Opinion,
  Seems,
  Ready,
  Anyone,
  Gathering,
  Armed,
  Surprise,
  Moves,
  Courts,
  Dismisses,
  Makes,
  Brings,
  Arms,
  Refuses,
  Under,
  Announces,
  Office,
  None,
  GivesUp,
  Part,
  Finishes
};

/// Immutable after opening; shared by all threads.
class OutlookTables {
 public:
  /// Reads outlook/*.tsv under `data_folder`. Errors: D0001, D0004, D0005 a table, D1001 a row.
  static Result<OutlookTables> open(const std::filesystem::path& data_folder);

  [[nodiscard]] const double* hedge(HedgeKind kind, std::string_view word) const {
    return find_word(hedges_[static_cast<std::size_t>(kind)], word);
  }
  [[nodiscard]] const std::vector<DirectionRow>* directions(std::string_view lemma) const {
    return find_word(directions_, lemma);
  }
  [[nodiscard]] const Binding* binding(std::string_view lemma) const {
    return find_word(verbs_, lemma);
  }
  [[nodiscard]] const BoundNoun* noun(std::string_view lemma) const {
    return find_word(nouns_, lemma);
  }
  [[nodiscard]] const std::vector<FateRow>* fates(std::string_view lemma) const {
    return find_word(fates_, lemma);
  }
  /// Words of one meaning, those that ask for a particle first.
  [[nodiscard]] const std::vector<AlikeRow>* alike(std::string_view lemma) const {
    return find_word(alike_, lemma);
  }
  [[nodiscard]] bool is(Role role, std::string_view word) const;
  /// Is the lemma the word that a row asks for, or of the group "@…" that it asks for?
  [[nodiscard]] bool is_asked(std::string_view asked, std::string_view lemma) const;
  [[nodiscard]] bool is_in_group(std::string_view group, std::string_view lemma) const;

 private:
  std::array<WordMap<double>, kHedgeKinds> hedges_;
  WordMap<std::vector<DirectionRow>> directions_;
  WordMap<Binding> verbs_;
  WordMap<BoundNoun> nouns_;
  WordMap<std::vector<FateRow>> fates_;
  WordMap<std::vector<AlikeRow>> alike_;
  WordMap<std::vector<Role>> roles_;
  WordMap<std::vector<std::string>> groups_;
};

}  // namespace detente::outlook
