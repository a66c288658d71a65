#pragma once
// A lexeme: one word type with the features that the networks hash. Made once per type, then shared
// by its tokens.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/nn/nn.h"
#include "detente/parse/frozen_map.h"

namespace detente::parse {

/// Index into a LexemeTable.
struct LexemeId {
  std::uint32_t value = 0;
  friend auto operator<=>(const LexemeId&, const LexemeId&) = default;
};

/// Feature values are spaCy's string ids: a symbol's number where the string is a symbol, else
/// MurmurHash64A with seed 1. Views live until the table is emptied.
struct Lexeme {
  std::string_view text;  ///< as written
  std::string_view lower;
  std::string_view norm_text;
  std::uint64_t orth = 0;  ///< of the text itself
  std::uint64_t norm = 0;
  std::uint64_t prefix = 0;  ///< first character
  std::uint64_t suffix = 0;  ///< last three characters
  std::uint64_t shape = 0;   ///< "Xxxxx", "dd", …
  bool is_space = false;
  bool is_alpha = false;
  bool is_digit = false;
  bool is_title = false;
  bool is_upper = false;
};

/// What a model says of word types: ids of reserved strings, norms of known words. Immutable;
/// shared by all threads.
class LexemeRules {
 public:
  /// Reads sections lexemes.symbols and lexemes.norms; lives as long as `model`. Errors: D0204
  /// (nn), D0305.
  static Result<LexemeRules> open(const nn::ModelFile& model);

  /// spaCy's id of a string; 0 for the empty one.
  [[nodiscard]] std::uint64_t string_id(std::string_view text) const;
  /// The norm of a word whose id is `orth`, when the model has one of its own; else its lower case.
  [[nodiscard]] std::string_view norm(std::uint64_t orth, std::string_view lower) const;

 private:
  FrozenMap symbols_;
  FrozenMap norms_;
};

/// Grows with every new word type. For one thread at a time.
class LexemeTable {
 public:
  explicit LexemeTable(const LexemeRules& rules);

  /// `text`: not empty; copied when new.
  LexemeId intern(std::string_view text);
  /// The same word with another norm, as rules of the tokenizer ask for ("'ll" as "will"). The same
  /// lexeme as intern(text) when that is its norm anyway.
  LexemeId intern(std::string_view text, std::string_view norm);

  [[nodiscard]] const Lexeme& operator[](LexemeId id) const { return lexemes_[id.value]; }
  [[nodiscard]] std::size_t size() const noexcept { return lexemes_.size(); }
  [[nodiscard]] const LexemeRules& rules() const noexcept { return *rules_; }
  /// Bytes held for texts.
  [[nodiscard]] std::size_t text_bytes() const noexcept { return text_bytes_; }
  /// Forgets all; ids given out before mean nothing any more.
  void clear();

 private:
  struct Key {
    std::string_view text;
    std::string_view norm;  // empty: the word's own
    std::uint64_t hash;
  };
  std::uint32_t& slot_of(const Key& key);
  LexemeId add(const Key& key, std::uint32_t& slot);
  std::string_view keep(std::string_view text);
  void grow();

  const LexemeRules* rules_;
  std::vector<Lexeme> lexemes_;
  std::vector<std::uint64_t> hashes_;  // of each lexeme's key
  std::vector<bool> has_other_norm_;   // the norm is part of the key
  std::vector<std::uint32_t> slots_;   // lexeme + 1, or 0; a power of two of them
  std::deque<std::unique_ptr<char[]>> blocks_;
  std::size_t block_left_ = 0;
  char* block_at_ = nullptr;
  std::size_t text_bytes_ = 0;
};

/// Writes sections lexemes.symbols and lexemes.norms. `folder`: a spaCy pipeline;
/// `language_folder`: data/language of Detente. Errors: D0001 (base), D0301…D0306.
Result<void> convert_lexemes(const std::filesystem::path& folder,
                             const std::filesystem::path& language_folder,
                             nn::ModelFileWriter& writer);

}  // namespace detente::parse
