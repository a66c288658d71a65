#include "detente/parse/parser_model.h"

#include <algorithm>
#include <array>
#include <utility>

#include "detente/parse/convert_networks.h"
#include "detente/parse/errors.h"
#include "detente/parse/pipeline_config.h"

namespace detente::parse {
namespace {

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<StringId> intern_all(const std::vector<std::string>& texts, StringPool& pool) {
  std::vector<StringId> ids;
  ids.reserve(texts.size());
  for (const std::string& text : texts) ids.push_back(pool.intern(text));
  return ids;
}

}  // namespace

Result<std::vector<ParserModel::Column>> ParserModel::read_columns(const nn::ModelFile& model,
                                                                   std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Column>, 8> kColumns{
      {{"ORTH", Column::Orth},
       {"LOWER", Column::Lower},
       {"NORM", Column::Norm},
       {"PREFIX", Column::Prefix},
       {"SUFFIX", Column::Suffix},
       {"SHAPE", Column::Shape},
       {"SPACY", Column::Spacy},
       {"IS_SPACE", Column::IsSpace}}};
  const std::string section = std::string(name) + ".columns";
  DETENTE_TRY(const std::string_view text, model.text(section));
  std::vector<Column> columns;
  for (const std::string& line : lines_of(text)) {
    const auto* found = std::find_if(kColumns.begin(), kColumns.end(),
                                     [&](const auto& c) { return c.first == line; });
    if (found == kColumns.end())
      return errors::part_refused(model.path(), "feature '" + line + "'");
    columns.push_back(found->second);
  }
  return columns;
}

Result<ParserModel> ParserModel::open(const std::filesystem::path& path,
                                      std::optional<nn::InstructionSet> set) {
  ParserModel model;
  model.kernels_ = &nn::kernels(set.value_or(nn::best_instruction_set()));
  DETENTE_TRY(nn::ModelFile file, nn::ModelFile::open(path));
  model.file_ = std::make_unique<nn::ModelFile>(std::move(file));
  DETENTE_TRY(model.name_, model.file_->text("name"));
  DETENTE_TRY(LexemeRules rules, LexemeRules::open(*model.file_));
  model.lexeme_rules_ = std::make_unique<LexemeRules>(std::move(rules));
  DETENTE_TRY(Tokenizer tokenizer, Tokenizer::open(*model.file_));
  model.tokenizer_ = std::make_unique<Tokenizer>(std::move(tokenizer));
  DETENTE_TRY(model.tok2vec_, nn::Tok2Vec::open(*model.file_, "tok2vec"));
  DETENTE_TRY(model.columns_, read_columns(*model.file_, "tok2vec"));
  DETENTE_TRY(model.tagger_, nn::open_layer(*model.file_, "tagger.output", nn::Packing::Affine));
  DETENTE_TRY(const std::string_view tags, model.file_->text("tagger.labels"));
  model.tag_ids_ = intern_all(lines_of(tags), model.labels_);
  DETENTE_TRY(model.parser_, ArcEager::open(*model.file_, "parser"));
  DETENTE_TRY(model.recognizer_, EntityRecognizer::open(*model.file_, "ner"));
  if (!model.recognizer_.network().shares_tok2vec()) {
    DETENTE_TRY(model.ner_tok2vec_, nn::Tok2Vec::open(*model.file_, "ner.tok2vec"));
    DETENTE_TRY(model.ner_columns_, read_columns(*model.file_, "ner.tok2vec"));
  }
  model.dep_ids_ = intern_all(model.parser_.labels(), model.labels_);
  model.name_ids_ = intern_all(model.recognizer_.labels(), model.labels_);
  DETENTE_TRY(AttributeRuler ruler, AttributeRuler::open(*model.file_, model.labels_));
  model.ruler_ = std::make_unique<AttributeRuler>(std::move(ruler));
  DETENTE_TRY(Lemmatizer lemmatizer, Lemmatizer::open(*model.file_, *model.ruler_));
  model.lemmatizer_ = std::make_unique<Lemmatizer>(std::move(lemmatizer));
  const std::size_t width = model.tok2vec_.width();
  if (model.tag_ids_.size() != model.tagger_.n_out || model.tagger_.n_in != width ||
      model.columns_.size() != model.tok2vec_.n_columns() ||
      !model.parser_.network().shares_tok2vec() || model.parser_.network().n_in() != width ||
      (model.recognizer_.network().shares_tok2vec()
           ? model.recognizer_.network().n_in() != width
           : model.ner_columns_.size() != model.ner_tok2vec_.n_columns() ||
                 model.recognizer_.network().n_in() != model.ner_tok2vec_.width())) {
    return errors::bad_section(path, "tagger, parser, ner", "layers that do not fit each other");
  }
  return model;
}

Workspace::Workspace(const ParserModel& model) : tokenizer_(*model.lexeme_rules_) {}
Workspace::~Workspace() = default;
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;

void Workspace::forget_words() {
  tok2vec_.forget_types();
  ner_tok2vec_.forget_types();
  ruler_.clear();
  lemmas_.clear();
}

Result<void> convert_pipeline(const std::filesystem::path& folder,
                              const std::filesystem::path& language_folder,
                              const std::filesystem::path& path) {
  DETENTE_TRY(const PipelineConfig config, PipelineConfig::open(folder));
  nn::ModelFileWriter writer;
  writer.add("name", folder.filename().empty() ? folder.parent_path().filename().string()
                                               : folder.filename().string());
  DETENTE_TRY_VOID(convert_networks(folder, config, writer));
  DETENTE_TRY_VOID(convert_lexemes(folder, language_folder, writer));
  DETENTE_TRY_VOID(convert_tokenizer(folder, writer));
  DETENTE_TRY_VOID(convert_attribute_ruler(folder, writer));
  DETENTE_TRY_VOID(convert_lemmatizer(folder, writer));
  return writer.write(path);
}

}  // namespace detente::parse
