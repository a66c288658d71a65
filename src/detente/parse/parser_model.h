#pragma once
// A converted pipeline, opened: everything that parse() needs, shared by all threads.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/string_pool.h"
#include "detente/nn/nn.h"
#include "detente/parse/arc_eager.h"
#include "detente/parse/attribute_ruler.h"
#include "detente/parse/entity_recognizer.h"
#include "detente/parse/labels.h"
#include "detente/parse/lemmatizer.h"
#include "detente/parse/lexeme.h"
#include "detente/parse/tokenizer.h"

namespace detente::parse {

class ParserModel {
 public:
  /// Maps the file and checks all of it. `set`: which kernels to run; by default the best of this
  /// processor. Errors: D00xx, D02xx, D03xx.
  static Result<ParserModel> open(const std::filesystem::path& path,
                                  std::optional<nn::InstructionSet> set = std::nullopt);

  [[nodiscard]] const nn::Kernels& kernels() const { return *kernels_; }
  /// Name and version that the conversion noted, e.g. "en_core_web_sm 3.8.0".
  [[nodiscard]] std::string_view name() const { return name_; }

 private:
  friend class Reading;
  friend class Workspace;

  enum class Column : std::uint8_t { Orth, Lower, Norm, Prefix, Suffix, Shape, Spacy, IsSpace };
  static Result<std::vector<Column>> read_columns(const nn::ModelFile& model,
                                                  std::string_view name);

  // Owned first: what follows holds views into the mapped file.
  std::unique_ptr<nn::ModelFile> file_;
  std::unique_ptr<LexemeRules> lexeme_rules_;
  std::unique_ptr<Tokenizer> tokenizer_;
  const nn::Kernels* kernels_ = nullptr;
  std::string_view name_;
  nn::Tok2Vec tok2vec_;
  std::vector<Column> columns_;
  nn::Tok2Vec ner_tok2vec_;  ///< unused when the recognizer shares the common vectors
  std::vector<Column> ner_columns_;
  nn::Layer tagger_;
  ArcEager parser_;
  EntityRecognizer recognizer_;
  std::unique_ptr<AttributeRuler> ruler_;
  std::unique_ptr<Lemmatizer> lemmatizer_;
  StringPool labels_{kSeedStrings};  ///< what every document's pool starts as
  std::vector<StringId> tag_ids_;    ///< by output of the tagger
  std::vector<StringId> dep_ids_;    ///< by label of the parser
  std::vector<StringId> name_ids_;   ///< by label of the recognizer
};

/// Scratch and caches of one thread for one model. What it holds never changes a result.
class Workspace {
 public:
  explicit Workspace(const ParserModel& model);
  ~Workspace();
  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;

 private:
  friend class Reading;
  void forget_words();

  TokenizerCache tokenizer_;
  nn::Tok2VecWorkspace tok2vec_;
  nn::Tok2VecWorkspace ner_tok2vec_;
  StateScorer parser_scorer_;
  StateScorer recognizer_scorer_;
  ArcEager::Workspace arc_eager_;
  Tree tree_;
  std::vector<TokenSpan> spans_;
  std::vector<std::uint32_t> types_;
  std::vector<std::uint8_t> is_space_;
  std::vector<std::uint32_t> starts_;
  std::vector<float> tag_scores_;
  std::vector<std::uint32_t> tag_of_token_;
  std::vector<FoundName> names_;
  RulerCache ruler_;
  LemmaCache lemmas_;
  std::vector<LexemeId> lexemes_;
  std::vector<MorphId> morphs_;
  std::vector<RuledLemma> ruled_lemmas_;
};

/// Adds everything that a spaCy 3 pipeline folder brings to one model file at `path`.
/// `language_folder`: Detente's tables of facts about the language, data/language. Errors: D00xx,
/// D03xx; parts that we do not run are refused by name.
Result<void> convert_pipeline(const std::filesystem::path& folder,
                              const std::filesystem::path& language_folder,
                              const std::filesystem::path& path);

}  // namespace detente::parse
