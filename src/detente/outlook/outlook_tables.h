#pragma once
// The words by which pledges and forecasts are told: data/outlook/, loaded once.

#include <array>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/result.h"
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
  Few
};
inline constexpr std::size_t kHedgeKinds = 9;

enum class Effect : std::uint8_t { Cooperation, Conflict, Keeps, Turns, Fails, Helps };

struct DirectionRow {
  std::string object;  ///< empty: whatever it governs
  Effect effect = Effect::Keeps;
};

enum class Binding : std::uint8_t { Promise, Pact, Signs, Declares };

struct BoundNoun {
  enum class Made : std::uint8_t { Declared, Signed, Named };
  std::string concept_name;
  Made made = Made::Named;
};

struct FateRow {
  enum class Place : std::uint8_t { Object, Subject, Noun };
  Place place = Place::Object;
  std::string with;
  Turn turn = Turn::Kept;
};

enum class Role : std::uint8_t { Light, Factual, Failing, Condition, Refrain, Force, As, Aside };

/// Immutable after opening; shared by all threads.
class OutlookTables {
 public:
  /// Reads outlook/*.tsv under `data_folder`. Errors: D0001, D0004, D0005 a table, D1001 a row.
  static Result<OutlookTables> open(const std::filesystem::path& data_folder);

  [[nodiscard]] const double* hedge(HedgeKind kind, std::string_view word) const {
    return in(hedges_[static_cast<std::size_t>(kind)], word);
  }
  [[nodiscard]] const std::vector<DirectionRow>* directions(std::string_view lemma) const {
    return in(directions_, lemma);
  }
  [[nodiscard]] const Binding* binding(std::string_view lemma) const { return in(verbs_, lemma); }
  [[nodiscard]] const BoundNoun* noun(std::string_view lemma) const { return in(nouns_, lemma); }
  [[nodiscard]] const std::vector<FateRow>* fates(std::string_view lemma) const {
    return in(fates_, lemma);
  }
  [[nodiscard]] bool is(Role role, std::string_view word) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  template <class Value>
  using Map = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
  template <class Value>
  static const Value* in(const Map<Value>& map, std::string_view key) {
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
  }

  std::array<Map<double>, kHedgeKinds> hedges_;
  Map<std::vector<DirectionRow>> directions_;
  Map<Binding> verbs_;
  Map<BoundNoun> nouns_;
  Map<std::vector<FateRow>> fates_;
  Map<std::vector<Role>> roles_;
};

}  // namespace detente::outlook
