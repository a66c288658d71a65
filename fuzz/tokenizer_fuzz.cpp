// Laws: the tokens, with one space after those that say so, are the text; no token is empty; each
// knows its own text; a warm cache says what a cold one says.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "detente/parse/tokenizer.h"
#include "law.h"

namespace {

using namespace detente;

// Rules of all kinds that English pipelines have, few enough to be read here.
constexpr std::string_view kRules = R"json({
  "prefix_search": "^\\(|^\\)|^\"|^“|^'|^:|^;|^\\$|^US\\$|^…|^\\.\\.+|^\\+(?![0-9])|^[\\u2190-\\u21FF]|^_",
  "suffix_search": "\\)$|\"$|”$|'$|:$|,$|…$|\\.\\.+$|'s$|’S$|(?<=[0-9])(?:km|m²|%)$|(?<=[0-9a-zà-ÿ\\)'])\\.$",
  "infix_finditer": "\\.\\.+|…|(?<=[0-9])[+*^-](?=[0-9-])|(?<=[a-z])\\.(?=[A-Z])|(?<=\\w)(?:-|–|--)(?=\\w)|~*",
  "token_match": "#\\w+$",
  "url_match": "(?u)^(?:[a-z]{3,}://)?(?:\\S+(?::\\S*)?@)?(?:[a-z0-9]+\\.)+[a-z]{2,}(?:[/?#]\\S*)?$",
  "faster_heuristics": true,
  "exceptions": {
    "don't": [{"ORTH": "do"}, {"ORTH": "n't", "NORM": "not"}],
    "a.m.": [{"ORTH": "a.m."}], "m.": [{"ORTH": "m."}], ":)": [{"ORTH": ":)"}],
    "''": [{"ORTH": "''"}], "(:": [{"ORTH": "(:"}], "'": [{"ORTH": "'"}],
    "kind of": [{"ORTH": "kind"}, {"ORTH": " of"}], "\n": [{"ORTH": "\n"}],
    "U.S.": [{"ORTH": "U.S."}], "……": [{"ORTH": "…"}, {"ORTH": "…"}]
  }
})json";

nn::ModelFile make_model() {
  std::string name = (std::filesystem::temp_directory_path() / "detente_fuzz_XXXXXX").string();
  DETENTE_LAW(mkdtemp(name.data()) != nullptr);
  const std::filesystem::path folder(name);
  const auto bytes = nlohmann::json::to_msgpack(nlohmann::json::parse(kRules));
  std::ofstream(folder / "tokenizer", std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
  nn::ModelFileWriter writer;
  DETENTE_LAW(parse::convert_tokenizer(folder, writer).has_value());
  DETENTE_LAW(writer.write(folder / "model.dtm").has_value());
  auto model = nn::ModelFile::open(folder / "model.dtm");
  DETENTE_LAW(model.has_value());
  std::filesystem::remove_all(folder);  // the mapping stays
  return std::move(model).value();
}

parse::Tokenizer open_tokenizer(const nn::ModelFile& model) {
  auto tokenizer = parse::Tokenizer::open(model);
  DETENTE_LAW(tokenizer.has_value());
  return std::move(tokenizer).value();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const nn::ModelFile kModel = make_model();
  static const parse::Tokenizer kTokenizer = open_tokenizer(kModel);
  static const parse::LexemeRules kRulesOfWords;
  static parse::TokenizerCache cache(kRulesOfWords);
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  cache.trim();
  std::vector<parse::TokenSpan> tokens;
  std::vector<Remark> remarks;
  kTokenizer.tokenize(text, cache, tokens, remarks);
  std::size_t at = 0;
  for (const parse::TokenSpan& token : tokens) {
    DETENTE_LAW(token.begin == at && token.end > token.begin && token.end <= text.size());
    DETENTE_LAW(cache.lexemes()[token.lexeme].text ==
                text.substr(token.begin, token.end - token.begin));
    at = token.end;
    if (token.space_after) DETENTE_LAW(at < text.size() && text[at++] == ' ');
  }
  DETENTE_LAW(at == text.size());

  std::vector<parse::TokenSpan> again;
  kTokenizer.tokenize(text, cache, again, remarks);
  DETENTE_LAW(again == tokens);
  return 0;
}
