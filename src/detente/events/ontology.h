#pragma once
// The knowledge of `events`: event types, rules, operators, contexts, scales, read from a folder of
// tables and compiled once. Immutable afterwards, shared by all threads.

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/result.h"
#include "detente/events/confidence.h"
#include "detente/events/rules.h"

namespace detente::events {

/// Which sectors and codes make a `#type`, from the table [types].
struct TypeTable {
  std::unordered_map<std::string, std::uint32_t> by_sector;
  std::unordered_map<std::string, std::uint32_t> by_code;  ///< for codes that are no state
};

/// What became of the lines of an imported dictionary.
struct DictionaryReport {
  struct Refused {
    std::uint32_t line = 0;
    std::string text;
    std::string reason;
  };
  std::uint32_t n_verbs = 0;
  std::uint32_t n_patterns = 0;
  std::uint32_t n_sets = 0;
  std::vector<Refused> refused;
};

class Ontology {
 public:
  /// Reads `folder` (its *.toml, its sub-folders' *.toml, cameo.tsv). `more` are folders or files
  /// read after it: a rule of the same file and name replaces, others add. Errors: D0601 … D0609,
  /// with file, line and caret.
  static Result<Ontology> open(const std::filesystem::path& folder,
                               std::span<const std::filesystem::path> more = {});

  /// The built-in event types and grammar with the verbs and patterns of a PETRARCH dictionary in
  /// the place of our rules. `report`, if given, is told of every line that was not taken.
  static Result<Ontology> open_petrarch(const std::filesystem::path& folder,
                                        const std::filesystem::path& dictionary,
                                        DictionaryReport* report = nullptr);

  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  [[nodiscard]] const std::vector<Operator>& operators() const { return operators_; }
  [[nodiscard]] const std::vector<EventType>& event_types() const { return event_types_; }
  [[nodiscard]] const EventType& event_type(EventTypeId id) const { return event_types_[id.value]; }
  [[nodiscard]] const std::vector<ContextRow>& contexts() const { return contexts_; }
  [[nodiscard]] const ConfidenceTable& confidence() const { return confidence_; }
  [[nodiscard]] const Vocabulary& words() const { return words_; }
  /// The number that a word means, or null.
  [[nodiscard]] const NumberWord* number(WordId word) const;
  /// The lemma of a verb's form that the lemmatizer gets wrong ("staged": "stag"), or none.
  [[nodiscard]] WordId lemma_of(WordId form) const;
  [[nodiscard]] const TypeTable& types() const { return types_; }
  /// Triggers whose head word is `head`, most specific first. O(1).
  [[nodiscard]] std::span<const Trigger> triggers(WordId head) const;
  /// Empty when the code is in no table.
  [[nodiscard]] const CameoRow* cameo(std::string_view code) const;
  /// The operator of this name, or null.
  [[nodiscard]] const Operator* find_operator(std::string_view name) const;
  /// Words of a set; empty when there is none.
  [[nodiscard]] std::span<const WordId> set(std::string_view name) const;
  [[nodiscard]] bool in_set(WordId word, std::span<const WordId> set) const;
  /// Changes when any table changes: FNV-1a over the files' bytes, as 16 hex digits.
  [[nodiscard]] const std::string& checksum() const { return checksum_; }
  [[nodiscard]] const std::string& codebook() const { return codebook_; }

 private:
  friend class OntologyReader;
  friend class PetrarchReader;
  std::vector<EventType> event_types_;
  std::vector<Rule> rules_;
  std::vector<Operator> operators_;
  std::vector<ContextRow> contexts_;
  std::unordered_map<std::string, CameoRow> cameo_;
  std::unordered_map<std::string, std::vector<WordId>> sets_;
  std::unordered_map<std::uint32_t, NumberWord> numbers_;  // by WordId
  std::unordered_map<std::uint32_t, WordId> lemmas_;       // by the form's WordId
  TypeTable types_;
  ConfidenceTable confidence_;
  Vocabulary words_;
  std::unordered_map<std::uint32_t, WordId> blocks_;  // verbs that share one block of patterns
  std::vector<Trigger> triggers_;                     // grouped by head
  std::vector<std::uint32_t> first_trigger_;          // by WordId, size words + 2
  std::string checksum_;
  std::string codebook_ = "PLOVER 2.0";
};

}  // namespace detente::events
