#pragma once
// The lemma of a word from its part of speech and morphology, by rules, exceptions and an index of
// known forms (spaCy's EnglishLemmatizer in mode "rule").

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/string_pool.h"
#include "detente/nn/nn.h"
#include "detente/parse/attribute_ruler.h"
#include "detente/parse/frozen_map.h"
#include "detente/parse/lexeme.h"

namespace detente::parse {

/// Lemmas found before. For one thread, one model, one LexemeTable; to be emptied together with it.
class LemmaCache {
 public:
  void clear();

 private:
  friend class Lemmatizer;
  struct Entry {
    std::uint32_t lexeme = 0;
    StringId pos;
    MorphId morph;
    std::string_view lemma;
  };
  void grow();
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // entry + 1, or 0
  std::deque<std::string> texts_;
};

/// Immutable after opening; shared by all threads.
class Lemmatizer {
 public:
  /// Reads the sections lemmatizer.*; `model` must outlive the lemmatizer. Errors: D0204, D0205
  /// (nn), D0305.
  static Result<Lemmatizer> open(const nn::ModelFile& model, const AttributeRuler& ruler);

  /// `strings`: the pool of `pos`, an id that means the same in every document. The view lives
  /// until the cache or the table is emptied.
  [[nodiscard]] std::string_view lemma(LexemeId lexeme, StringId pos, MorphId morph,
                                       const LexemeTable& lexemes, const StringPool& strings,
                                       LemmaCache& cache) const;

 private:
  /// What the morphology says that bears on whether a word stands in its base form.
  struct Features {
    bool singular = false;
    bool has_number = false;
    bool infinitive = false;  // or VerbForm=None
    bool finite = false;
    bool present = false;
    bool positive = false;
  };
  static Features features_of(std::string_view morph);
  [[nodiscard]] static bool is_base_form(std::string_view pos, const Features& f);
  [[nodiscard]] std::string find_lemma(const Lexeme& lexeme, std::string_view pos,
                                       const Features& features, const LexemeRules& ids) const;
  [[nodiscard]] std::string apply_rules(const Lexeme& lexeme, char pos_number) const;

  std::span<const std::uint64_t> pos_ids_;
  FrozenMap rules_;                 // number of the part of speech -> endings
  FrozenMap exceptions_;            // number and form -> lemmas
  FrozenMap index_;                 // number and lemma
  std::vector<Features> features_;  // by MorphId
};

/// Writes the sections lemmatizer.* from a spaCy pipeline's folder. Errors: D0001 (base),
/// D0301…D0303 broken file; D0302 too when its tables are not those of mode "rule".
Result<void> convert_lemmatizer(const std::filesystem::path& folder, nn::ModelFileWriter& writer);

}  // namespace detente::parse
