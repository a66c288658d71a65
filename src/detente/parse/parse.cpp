#include "detente/parse/parse.h"

#include <algorithm>

namespace detente::parse {

/// One document on its way through the components, in their order. A friend of model and workspace.
class Reading {
 public:
  Reading(const read::Document& document, const ParserModel& model, Workspace& workspace,
          Sentences sentences)
      : document_(document), model_(model), ws_(workspace), sentences_(sentences) {
    result_.strings = model.labels_;
  }

  ParsedDocument run() {
    tokenize();
    tag_and_parse();
    recognize();
    write_columns();
    apply_rules();
    return std::move(result_);
  }

 private:
  using Column = ParserModel::Column;

  [[nodiscard]] std::size_t n_tokens() const { return ws_.spans_.size(); }

  void tokenize() {
    if (ws_.tokenizer_.trim()) ws_.forget_words();
    ws_.spans_.clear();
    model_.tokenizer_->tokenize(document_.text, ws_.tokenizer_, ws_.spans_, result_.remarks);
    ws_.is_space_.resize(n_tokens());
    for (std::size_t i = 0; i < n_tokens(); ++i) {
      ws_.is_space_[i] =
          static_cast<std::uint8_t>(ws_.tokenizer_.lexemes()[ws_.spans_[i].lexeme].is_space);
    }
  }

  // A word type is a lexeme, and where the model looks at it, whether a space follows.
  void number_types(const std::vector<Column>& columns) {
    const bool with_space =
        std::find(columns.begin(), columns.end(), Column::Spacy) != columns.end();
    ws_.types_.resize(n_tokens());
    for (std::size_t i = 0; i < n_tokens(); ++i) {
      const std::uint32_t lexeme = ws_.spans_[i].lexeme.value;
      ws_.types_[i] =
          with_space ? 2 * lexeme + static_cast<std::uint32_t>(ws_.spans_[i].space_after) : lexeme;
    }
  }

  void fill_keys(std::uint32_t type, const std::vector<Column>& columns, bool with_space,
                 std::span<std::uint64_t> keys) const {
    const Lexeme& lexeme = ws_.tokenizer_.lexemes()[LexemeId{with_space ? type / 2 : type}];
    for (std::size_t i = 0; i < columns.size(); ++i) {
      switch (columns[i]) {
        case Column::Orth:
          keys[i] = lexeme.orth;
          break;
        case Column::Lower:
          keys[i] = model_.lexeme_rules_->string_id(lexeme.lower);
          break;
        case Column::Norm:
          keys[i] = lexeme.norm;
          break;
        case Column::Prefix:
          keys[i] = lexeme.prefix;
          break;
        case Column::Suffix:
          keys[i] = lexeme.suffix;
          break;
        case Column::Shape:
          keys[i] = lexeme.shape;
          break;
        case Column::Spacy:
          keys[i] = type % 2;
          break;
        case Column::IsSpace:
          keys[i] = static_cast<std::uint64_t>(lexeme.is_space);
          break;
      }
    }
  }

  void encode(const nn::Tok2Vec& net, const std::vector<Column>& columns,
              nn::Tok2VecWorkspace& workspace, const nn::Tok2Vec::Sink& sink) {
    number_types(columns);
    const bool with_space =
        std::find(columns.begin(), columns.end(), Column::Spacy) != columns.end();
    net.encode(
        ws_.types_,
        [&](std::uint32_t type, std::span<std::uint64_t> keys) {
          fill_keys(type, columns, with_space, keys);
        },
        model_.kernels(), workspace, sink);
  }

  /// The first word of each zone, and of what stands behind a blank line.
  void find_starts() {
    ws_.starts_.clear();
    if (sentences_ == Sentences::AsTheModelFinds) return;
    auto zone = document_.zones.begin();
    read::Zone last = read::Zone::Body;
    bool starts = false;
    for (std::uint32_t i = 0; i < n_tokens(); ++i) {
      const auto& span = ws_.spans_[i];
      for (; zone != document_.zones.end() && zone->span.begin <= span.begin; ++zone) {
        starts = starts || zone->zone != last;
        last = zone->zone;
      }
      if (ws_.is_space_[i] != 0) {
        const std::string_view blank =
            std::string_view(document_.text).substr(span.begin, span.end - span.begin);
        starts = starts || std::count(blank.begin(), blank.end(), '\n') >= 2;
      } else {
        if (starts && i > 0) ws_.starts_.push_back(i);
        starts = false;
      }
    }
  }

  void tag_and_parse() {
    const bool shared = model_.recognizer_.network().shares_tok2vec();
    ws_.tag_of_token_.resize(n_tokens());
    ws_.parser_scorer_.begin(model_.parser_.network(), model_.kernels(), n_tokens());
    ws_.recognizer_scorer_.begin(model_.recognizer_.network(), model_.kernels(), n_tokens());
    encode(model_.tok2vec_, model_.columns_, ws_.tok2vec_, [&](const nn::EncodedRows& encoded) {
      const nn::Layer& tagger = model_.tagger_;
      ws_.tag_scores_.resize(encoded.rows.n_rows * tagger.n_padded);
      model_.kernels().affine(tagger.packed, encoded.rows, ws_.tag_scores_.data(), tagger.n_padded);
      for (std::size_t r = 0; r < encoded.rows.n_rows; ++r) {
        ws_.tag_of_token_[encoded.first_token + r] = static_cast<std::uint32_t>(
            model_.kernels().argmax(ws_.tag_scores_.data() + r * tagger.n_padded, tagger.n_out));
      }
      ws_.parser_scorer_.add_rows(encoded);
      if (shared) ws_.recognizer_scorer_.add_rows(encoded);
    });
    find_starts();
    model_.parser_.parse(n_tokens(), ws_.is_space_, ws_.starts_, ws_.parser_scorer_, ws_.arc_eager_,
                         ws_.tree_);
  }

  void recognize() {
    if (!model_.recognizer_.network().shares_tok2vec()) {
      encode(model_.ner_tok2vec_, model_.ner_columns_, ws_.ner_tok2vec_,
             [&](const nn::EncodedRows& encoded) { ws_.recognizer_scorer_.add_rows(encoded); });
    }
    ws_.names_.clear();
    model_.recognizer_.find(n_tokens(), ws_.is_space_, ws_.tree_.starts_sentence,
                            ws_.recognizer_scorer_, ws_.names_);
  }

  void write_columns() {
    const auto n = static_cast<std::uint32_t>(n_tokens());
    Tokens& tokens = result_.tokens;
    tokens.begin.resize(n);
    tokens.end.resize(n);
    tokens.lower.resize(n);
    tokens.lemma.resize(n);
    tokens.pos.resize(n);
    tokens.tag.resize(n);
    tokens.dep.resize(n);
    tokens.head.assign(ws_.tree_.head.begin(), ws_.tree_.head.end());
    tokens.ent_type.resize(n);
    const LexemeTable& lexemes = ws_.tokenizer_.lexemes();
    for (std::uint32_t i = 0; i < n; ++i) {
      tokens.begin[i] = ws_.spans_[i].begin;
      tokens.end[i] = ws_.spans_[i].end;
      tokens.lower[i] = result_.strings.intern(lexemes[ws_.spans_[i].lexeme].lower);
      tokens.tag[i] = model_.tag_ids_[ws_.tag_of_token_[i]];
      tokens.dep[i] = model_.dep_ids_[ws_.tree_.label[i]];
      if (i > 0 && ws_.tree_.starts_sentence[i] == 0) continue;
      if (!result_.sentences.empty()) result_.sentences.back().end = i;
      result_.sentences.push_back({i, n});
    }
    for (const FoundName& name : ws_.names_) {
      const StringId type = model_.name_ids_[name.label];
      result_.names.push_back({{name.begin, name.end}, type});
      std::fill(tokens.ent_type.begin() + name.begin, tokens.ent_type.begin() + name.end, type);
    }
  }

  void apply_rules() {
    Tokens& tokens = result_.tokens;
    ws_.lexemes_.resize(n_tokens());
    ws_.morphs_.assign(n_tokens(), MorphId{});
    ws_.ruled_lemmas_.assign(n_tokens(), RuledLemma{});
    for (std::size_t i = 0; i < n_tokens(); ++i) ws_.lexemes_[i] = ws_.spans_[i].lexeme;
    const LexemeTable& lexemes = ws_.tokenizer_.lexemes();
    model_.ruler_->apply(
        {ws_.lexemes_, tokens.tag, tokens.dep, tokens.pos, ws_.morphs_, ws_.ruled_lemmas_}, lexemes,
        ws_.ruler_);
    for (std::size_t i = 0; i < n_tokens(); ++i) {
      const RuledLemma ruled = ws_.ruled_lemmas_[i];
      tokens.lemma[i] = result_.strings.intern(
          ruled != RuledLemma{}
              ? std::string_view(model_.ruler_->lemmas()[ruled.value])
              : model_.lemmatizer_->lemma(ws_.lexemes_[i], tokens.pos[i], ws_.morphs_[i], lexemes,
                                          result_.strings, ws_.lemmas_));
    }
  }

  const read::Document& document_;
  const ParserModel& model_;
  Workspace& ws_;
  Sentences sentences_;
  ParsedDocument result_;
};

ParsedDocument parse(const read::Document& document, const ParserModel& model, Workspace& workspace,
                     Sentences sentences) {
  return Reading(document, model, workspace, sentences).run();
}

}  // namespace detente::parse
