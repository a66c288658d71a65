#include "detente/attribute/cue_tables.h"

#include <array>
#include <optional>
#include <span>
#include <utility>

#include "detente/attribute/errors.h"
#include "detente/base/table_file.h"

namespace detente::attribute {
namespace {

template <class Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr auto kKinds = std::to_array<Named<Kind>>(
    {{"speech", Kind::Speech}, {"thought", Kind::Thought}, {"evidence", Kind::Evidence}});
constexpr auto kStances = std::to_array<Named<Stance>>({{"asserts", Stance::Asserts},
                                                        {"denies", Stance::Denies},
                                                        {"asks", Stance::Asks},
                                                        {"doubts", Stance::Doubts}});
constexpr auto kSpeakers =
    std::to_array<Named<PhraseCue::Speaker>>({{"after", PhraseCue::Speaker::After},
                                              {"named", PhraseCue::Speaker::Named},
                                              {"cited", PhraseCue::Speaker::Cited},
                                              {"owner", PhraseCue::Speaker::Owner},
                                              {"none", PhraseCue::Speaker::None}});
constexpr auto kLabels = std::to_array<Named<Label>>({{"question", Label::Question},
                                                      {"answer", Label::Answer},
                                                      {"credit", Label::Credit},
                                                      {"other", Label::Other}});
constexpr auto kTakes = std::to_array<Named<bool VerbCue::*>>({{"clause", &VerbCue::clause},
                                                               {"quote", &VerbCue::quote},
                                                               {"infinitive", &VerbCue::infinitive},
                                                               {"passive", &VerbCue::passive},
                                                               {"insert", &VerbCue::insert}});
constexpr auto kYesNo = std::to_array<Named<bool>>({{"yes", true}, {"no", false}});
constexpr auto kCited =
    std::to_array<Named<CitedNoun>>({{"", CitedNoun::Voice}, {"medium", CitedNoun::Medium}});

// Looks a table's word up, or says which words there are.
class RowReader {
 public:
  RowReader(const std::filesystem::path& path, std::uint32_t line) : path_(path), line_(line) {}

  template <class Value>
  Value read(std::string_view word, std::string_view column, std::span<const Named<Value>> known) {
    std::string names;
    for (const Named<Value>& each : known) {
      if (each.name == word) return each.value;
      if (!names.empty()) names += ", ";
      names += each.name.empty() ? "nothing" : std::string(each.name);
    }
    if (!error_) error_ = errors::unknown_word(path_, line_, column, word, names);
    return known.front().value;
  }
  Cue cue(std::string_view kind, std::string_view stance) {
    return {read<Kind>(kind, "kind", kKinds), read<Stance>(stance, "stance", kStances)};
  }
  [[nodiscard]] const std::optional<Error>& error() const { return error_; }

 private:
  const std::filesystem::path& path_;
  std::uint32_t line_;
  std::optional<Error> error_;
};

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

template <class Take>
Result<void> read_table(const std::filesystem::path& path,
                        std::initializer_list<std::string_view> columns, const Take& take) {
  DETENTE_TRY(const TableFile table, TableFile::open(path, columns));
  for (const TableRow& row : table.rows) {
    RowReader reader(path, row.line);
    take(row.fields, reader);
    if (reader.error()) return *reader.error();
  }
  return {};
}

}  // namespace

Result<CueTables> CueTables::open(const std::filesystem::path& data_folder) {
  using Fields = std::vector<std::string>;
  const std::filesystem::path folder = data_folder / "attribution";
  CueTables tables;
  DETENTE_TRY_VOID(read_table(folder / "verbs.tsv", {"lemma", "kind", "stance", "takes"},
                              [&](const Fields& f, RowReader& reader) {
                                VerbCue verb;
                                static_cast<Cue&>(verb) = reader.cue(f[1], f[2]);
                                for (const std::string& word : split(f[3], ',')) {
                                  verb.*reader.read<bool VerbCue::*>(word, "takes", kTakes) = true;
                                }
                                tables.verbs_[f[0]] = verb;
                              }));
  DETENTE_TRY_VOID(read_table(
      folder / "states.tsv", {"word", "kind", "stance"},
      [&](const Fields& f, RowReader& reader) { tables.states_[f[0]] = reader.cue(f[1], f[2]); }));
  DETENTE_TRY_VOID(read_table(folder / "nouns.tsv", {"noun", "kind", "stance", "cue"},
                              [&](const Fields& f, RowReader& reader) {
                                NounCue noun;
                                static_cast<Cue&>(noun) = reader.cue(f[1], f[2]);
                                noun.in_cue = reader.read<bool>(f[3], "cue", kYesNo);
                                tables.nouns_[f[0]] = noun;
                              }));
  DETENTE_TRY_VOID(read_table(
      folder / "carriers.tsv", {"verb", "stance"}, [&](const Fields& f, RowReader& reader) {
        tables.carriers_[f[0]] = reader.read<Stance>(f[1], "stance", kStances);
      }));
  DETENTE_TRY_VOID(read_table(folder / "phrases.tsv", {"words", "speaker", "kind", "stance"},
                              [&](const Fields& f, RowReader& reader) {
                                PhraseCue phrase;
                                static_cast<Cue&>(phrase) = reader.cue(f[2], f[3]);
                                phrase.words = split(f[0], ' ');
                                phrase.speaker =
                                    reader.read<PhraseCue::Speaker>(f[1], "speaker", kSpeakers);
                                tables.phrases_[phrase.words.front()].push_back(phrase);
                              }));
  DETENTE_TRY_VOID(
      read_table(folder / "labels.tsv", {"label", "kind"}, [&](const Fields& f, RowReader& reader) {
        tables.labels_[f[0]] = reader.read<Label>(f[1], "kind", kLabels);
      }));
  DETENTE_TRY_VOID(
      read_table(folder / "voices.tsv", {"noun", "kind"}, [&](const Fields& f, RowReader& reader) {
        tables.cited_[f[0]] = reader.read<CitedNoun>(f[1], "kind", kCited);
      }));
  return tables;
}

const VerbCue* CueTables::verb(std::string_view lemma) const { return in(verbs_, lemma); }
const Cue* CueTables::state(std::string_view word) const { return in(states_, word); }
const NounCue* CueTables::noun(std::string_view lemma) const { return in(nouns_, lemma); }
const Stance* CueTables::carrier(std::string_view lemma) const { return in(carriers_, lemma); }
const std::vector<PhraseCue>* CueTables::phrases(std::string_view first_word) const {
  return in(phrases_, first_word);
}
const Label* CueTables::label(std::string_view words) const { return in(labels_, words); }
CitedNoun CueTables::cited(std::string_view lemma) const {
  const CitedNoun* found = in(cited_, lemma);
  return found == nullptr ? CitedNoun::No : *found;
}

}  // namespace detente::attribute
