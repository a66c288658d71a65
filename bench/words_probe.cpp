// For bench/compare_words.py: what the word-level parts of the reader (tokenizer, lexemes,
// attribute ruler, lemmatizer) say of texts, as JSON lines.
//   words_probe convert FOLDER LANGUAGE_FOLDER MODEL
//   words_probe tokens MODEL < {"text": …, "tags": […], "deps": […]} lines
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
#include "detente/parse/attribute_ruler.h"
#include "detente/parse/lemmatizer.h"
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
  DETENTE_TRY_VOID(convert_attribute_ruler(folder, writer));
  DETENTE_TRY_VOID(convert_lemmatizer(folder, writer));
  return writer.write(model);
}

struct Words {
  LexemeRules rules;
  Tokenizer tokenizer;
  detente::StringPool labels;
  AttributeRuler ruler;
  Lemmatizer lemmatizer;

  static Result<Words> open(const ModelFile& model) {
    DETENTE_TRY(LexemeRules rules, LexemeRules::open(model));
    DETENTE_TRY(Tokenizer tokenizer, Tokenizer::open(model));
    detente::StringPool labels;
    DETENTE_TRY(AttributeRuler ruler, AttributeRuler::open(model, labels));
    DETENTE_TRY(Lemmatizer lemmatizer, Lemmatizer::open(model, ruler));
    return Words{rules, std::move(tokenizer), std::move(labels), std::move(ruler),
                 std::move(lemmatizer)};
  }
};

struct Caches {
  explicit Caches(const LexemeRules& rules) : words(rules) {}
  TokenizerCache words;
  RulerCache ruler;
  LemmaCache lemmas;
};

// One row: {text} gives tokens; with {tags, deps} of the same tokens also what follows from them.
nlohmann::json describe(const nlohmann::json& row, Words& words, Caches& caches) {
  const auto text = row["text"].get<std::string>();
  std::vector<TokenSpan> tokens;
  std::vector<detente::Remark> remarks;
  if (caches.words.trim()) {
    caches.ruler.clear();
    caches.lemmas.clear();
  }
  words.tokenizer.tokenize(text, caches.words, tokens, remarks);
  const detente::utf8::OffsetMap offsets(text);
  const LexemeTable& lexemes = caches.words.lexemes();
  nlohmann::json out = nlohmann::json::object();
  std::vector<LexemeId> ids;
  for (const TokenSpan& token : tokens) {
    const Lexeme& lexeme = lexemes[token.lexeme];
    ids.push_back(token.lexeme);
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
  if (!row.contains("tags") || row["tags"].size() != tokens.size()) return out;
  std::vector<detente::StringId> tags;
  std::vector<detente::StringId> deps;
  for (const auto& tag : row["tags"]) tags.push_back(words.labels.intern(tag.get<std::string>()));
  for (const auto& dep : row["deps"]) deps.push_back(words.labels.intern(dep.get<std::string>()));
  std::vector<detente::StringId> pos(tokens.size());
  std::vector<MorphId> morphs(tokens.size());
  std::vector<RuledLemma> lemmas(tokens.size());
  words.ruler.apply({ids, tags, deps, pos, morphs, lemmas}, lexemes, caches.ruler);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    out["tag"].push_back(words.labels.view(tags[i]));
    out["dep"].push_back(words.labels.view(deps[i]));
    out["pos"].push_back(words.labels.view(pos[i]));
    out["morph"].push_back(words.ruler.morphs()[morphs[i].value]);
    out["lemma"].push_back(lemmas[i].value != 0
                               ? std::string_view(words.ruler.lemmas()[lemmas[i].value])
                               : words.lemmatizer.lemma(ids[i], pos[i], morphs[i], lexemes,
                                                        words.labels, caches.lemmas));
  }
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
  auto words = Words::open(*model);
  if (!words) return fail(words.error());
  if (args[0] == "speed") {
    std::cout << "open file " << opened << " ms, open rules " << ms_since(start) - opened
              << " ms\n";
    measure(read_texts(), words->tokenizer, words->rules);
    return 0;
  }
  Caches caches(words->rules);
  for (std::string line; std::getline(std::cin, line);)
    std::cout << describe(nlohmann::json::parse(line), *words, caches).dump() << '\n';
  return 0;
}
