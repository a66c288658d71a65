#pragma once
// Text to tokens, as spaCy's Tokenizer does it with the rules that the model brings.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/text_span.h"
#include "detente/nn/nn.h"
#include "detente/parse/lexeme.h"
#include "detente/parse/regex.h"

namespace detente::parse {

struct TokenSpan {
  std::uint32_t begin = 0;  ///< byte offsets into the text
  std::uint32_t end = 0;
  LexemeId lexeme;
  bool space_after = false;  ///< one space follows and belongs to no token
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

/// Word types met so far by one thread, and how each chunk without white space was cut. Not
/// thread-safe; works with one Tokenizer only.
class TokenizerCache {
 public:
  /// `rules` must outlive the cache.
  explicit TokenizerCache(const LexemeRules& rules) : lexemes_(rules) {}

  [[nodiscard]] LexemeTable& lexemes() noexcept { return lexemes_; }
  [[nodiscard]] const LexemeTable& lexemes() const noexcept { return lexemes_; }
  /// Forgets all lexemes and chunks when they have grown past their bounds: 100,000 word types or
  /// 16 MB of their text, with the chunks some 30 MB, 50 MB at the worst. Between documents only:
  /// lexeme ids lose their meaning. One document may go past the bounds, by some 130 bytes and its
  /// letters for each new word type. True when it did forget.
  bool trim();
  void clear();

 private:
  friend class Tokenizer;
  struct Piece {
    LexemeId lexeme;
    std::uint32_t size_bytes : 31;
    std::uint32_t starts_phrase : 1;
  };
  struct Chunk {
    std::uint32_t text_begin;
    std::uint32_t text_size;
    std::uint32_t first_piece;
    std::uint32_t n_pieces;
  };
  struct Match {
    std::uint32_t begin;
    std::uint32_t end;
  };
  void clear_chunks();

  LexemeTable lexemes_;
  RegexScratch scratch_;
  // Chunks by hash: open addressing, upper half of a slot the hash, lower half chunk + 1.
  std::vector<std::uint64_t> slots_;
  std::vector<Chunk> chunks_;
  std::vector<Piece> pieces_;
  std::string chunk_text_;
  // Scratch of one call.
  std::vector<Piece> work_;
  std::vector<RegexMatch> infixes_;
  std::vector<std::uint32_t> phrase_starts_;
  std::vector<Match> matches_;
  std::vector<Match> chosen_;
  std::vector<bool> seen_;
  std::vector<TokenSpan> old_tokens_;
};

/// Immutable after opening; shared by all threads.
class Tokenizer {
 public:
  /// A chunk without white space that is longer, and that patterns might cut, is first cut into
  /// pieces of at most so many bytes, with a remark: patterns take time that grows with the square
  /// of the chunk.
  static constexpr std::size_t kLongestChunk = 2048;

  /// Reads the sections tokenizer.*; `model` must outlive the tokenizer. Errors: D0204 (nn), D0305,
  /// D0307.
  static Result<Tokenizer> open(const nn::ModelFile& model);

  Tokenizer(Tokenizer&&) noexcept;
  Tokenizer& operator=(Tokenizer&&) noexcept;
  ~Tokenizer();

  /// Appends the tokens of `text` (below 2 GB) to `out`. Cannot fail: the tokens, with one space
  /// after those that say so, are the text again. Bytes that are no UTF-8 stay whole in their
  /// chunk. Time grows with the length of the text.
  void tokenize(std::string_view text, TokenizerCache& cache, std::vector<TokenSpan>& out,
                std::vector<Remark>& remarks) const;

 private:
  friend Result<void> convert_tokenizer(const std::filesystem::path& folder,
                                        nn::ModelFileWriter& writer);
  struct Rules;
  struct Affixes;
  explicit Tokenizer(std::unique_ptr<Rules> rules);

  void add_chunk(std::string_view text, std::size_t begin, std::size_t end, TokenizerCache& cache,
                 std::vector<TokenSpan>& out, std::vector<Remark>& remarks) const;
  void cut(std::string_view chunk, TokenizerCache& cache, bool with_specials) const;
  [[nodiscard]] bool stays_whole(std::string_view chunk) const;
  [[nodiscard]] std::string_view strip_affixes(std::string_view chunk, TokenizerCache& cache,
                                               bool with_specials, Affixes& affixes) const;
  void cut_inside(std::string_view rest, TokenizerCache& cache) const;
  bool add_special(std::string_view chunk, TokenizerCache& cache) const;
  void add_piece(std::string_view piece, TokenizerCache& cache) const;
  void apply_phrases(std::string_view text, std::size_t first_token, TokenizerCache& cache,
                     std::vector<TokenSpan>& out) const;

  std::unique_ptr<Rules> rules_;
};

/// Writes the sections tokenizer.* from a spaCy pipeline's folder. Errors: D0001 (base),
/// D0301…D0303 broken file, D0307 a pattern that cannot be run, D0308 a special case that
/// contradicts itself.
Result<void> convert_tokenizer(const std::filesystem::path& folder, nn::ModelFileWriter& writer);

}  // namespace detente::parse
