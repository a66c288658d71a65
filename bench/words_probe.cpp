// For bench/compare_words.py: what the word-level parts of the reader (tokenizer, lexemes,
// attribute ruler, lemmatizer) say of texts, as JSON lines.
//   words_probe convert FOLDER LANGUAGE_FOLDER MODEL
//   words_probe tokens MODEL < {"text": …} lines
//   words_probe speed MODEL < {"text": …} lines

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "detente/base/utf8.h"
#include "detente/nn/model_file.h"
#include "detente/parse/lexeme.h"
#include "detente/parse/tokenizer.h"

namespace {

using detente::Result;
using detente::nn::ModelFile;
using namespace detente::parse;  // NOLINT(google-build-using-namespace): a small tool
using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

int fail(const detente::Error& error) {
  std::cerr << error.text() << '\n';
  return 3;
}

Result<void> convert(const std::string& folder, const std::string& language_folder,
                     const std::string& model) {
  detente::nn::ModelFileWriter writer;
  DETENTE_TRY_VOID(convert_lexemes(folder, language_folder, writer));
  DETENTE_TRY_VOID(convert_tokenizer(folder, writer));
  return writer.write(model);
}

nlohmann::json describe(const std::string& text, const Tokenizer& tokenizer,
                        TokenizerCache& cache) {
  std::vector<TokenSpan> tokens;
  std::vector<detente::Remark> remarks;
  cache.trim();
  tokenizer.tokenize(text, cache, tokens, remarks);
  const detente::utf8::OffsetMap offsets(text);
  nlohmann::json out;
  for (const TokenSpan& token : tokens) {
    const Lexeme& lexeme = cache.lexemes()[token.lexeme];
    out["begin"].push_back(offsets.to_code_points(token.begin));
    out["end"].push_back(offsets.to_code_points(token.end));
    out["space"].push_back(token.space_after);
    out["orth"].push_back(lexeme.orth);
    out["norm"].push_back(lexeme.norm);
    out["prefix"].push_back(lexeme.prefix);
    out["suffix"].push_back(lexeme.suffix);
    out["shape"].push_back(lexeme.shape);
    out["lower"].push_back(lexeme.lower);
    out["flags"].push_back(lexeme.is_space + 2 * lexeme.is_alpha + 4 * lexeme.is_digit +
                           8 * lexeme.is_title + 16 * lexeme.is_upper);
  }
  for (const detente::Remark& remark : remarks) out["remarks"].push_back(remark.code);
  return out;
}

std::vector<std::string> read_texts() {
  std::vector<std::string> texts;
  for (std::string line; std::getline(std::cin, line);)
    texts.push_back(nlohmann::json::parse(line)["text"].get<std::string>());
  return texts;
}

void measure(const std::vector<std::string>& texts, const Tokenizer& tokenizer,
             const LexemeRules& rules) {
  std::vector<TokenSpan> tokens;
  std::vector<detente::Remark> remarks;
  TokenizerCache cache(rules);
  for (int round = 0; round < 6; ++round) {
    const auto start = Clock::now();
    std::size_t n = 0;
    for (const std::string& text : texts) {
      tokens.clear();
      tokenizer.tokenize(text, cache, tokens, remarks);
      n += tokens.size();
    }
    const double ms = ms_since(start);
    std::cout << (round == 0 ? "cold" : "warm") << ": " << n << " tokens, " << ms << " ms, "
              << ms * 1e6 / static_cast<double>(std::max<std::size_t>(n, 1)) << " ns a token, "
              << cache.lexemes().size() << " word types\n";
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> args(argv + 1, argv + argc);
  if (args.size() == 4 && args[0] == "convert") {
    const auto done = convert(args[1], args[2], args[3]);
    return done ? 0 : fail(done.error());
  }
  if (args.size() != 2 || (args[0] != "tokens" && args[0] != "speed")) {
    std::cerr << "words_probe convert FOLDER LANGUAGE_FOLDER MODEL | tokens MODEL | speed MODEL\n";
    return 2;
  }
  const auto start = Clock::now();
  const auto model = ModelFile::open(args[1]);
  if (!model) return fail(model.error());
  const double opened = ms_since(start);
  const auto rules = LexemeRules::open(*model);
  if (!rules) return fail(rules.error());
  const auto tokenizer = Tokenizer::open(*model);
  if (!tokenizer) return fail(tokenizer.error());
  if (args[0] == "speed") {
    std::cout << "open file " << opened << " ms, open rules " << ms_since(start) - opened
              << " ms\n";
    measure(read_texts(), *tokenizer, *rules);
    return 0;
  }
  TokenizerCache cache(*rules);
  for (std::string line; std::getline(std::cin, line);) {
    const auto text = nlohmann::json::parse(line)["text"].get<std::string>();
    std::cout << describe(text, *tokenizer, cache).dump() << '\n';
  }
  return 0;
}
