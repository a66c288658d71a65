#pragma once
// Text to tokens, as spaCy's Tokenizer does it with the rules that the model brings.

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/result.h"
#include "detente/nn/nn.h"
#include "detente/parse/lexeme.h"

namespace detente::parse {

struct TokenSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  LexemeId lexeme;
  bool space_after = false;
};

/// Word types met so far by one thread, and how each white-space-free chunk was cut. Not
/// thread-safe.
class TokenizerCache;

/// Immutable after opening; shared by all threads.
class Tokenizer {
 public:
  static Result<Tokenizer> open(const nn::ModelFile& model);
  /// Appends the tokens of `text` to `out`. Cannot fail; tokens cover all characters that are not
  /// one space between tokens.
  void tokenize(std::string_view text, TokenizerCache& cache, std::vector<TokenSpan>& out) const;
  // …
};

}  // namespace detente::parse
