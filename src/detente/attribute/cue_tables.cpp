#include "detente/attribute/cue_tables.h"

#include <array>
#include <optional>
#include <span>
#include <utility>

#include "detente/attribute/errors.h"

namespace detente::attribute {
namespace {

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
                                              {"subject", PhraseCue::Speaker::Subject},
                                              {"none", PhraseCue::Speaker::None}});
constexpr auto kLabels = std::to_array<Named<Label>>({{"question", Label::Question},
                                                      {"answer", Label::Answer},
                                                      {"credit", Label::Credit},
                                                      {"other", Label::Other}});
constexpr auto kTakes = std::to_array<Named<bool VerbCue::*>>({{"clause", &VerbCue::clause},
                                                               {"quote", &VerbCue::quote},
                                                               {"infinitive", &VerbCue::infinitive},
                                                               {"passive", &VerbCue::passive},
                                                               {"insert", &VerbCue::insert},
                                                               {"it", &VerbCue::it},
                                                               {"as", &VerbCue::as}});
constexpr auto kYesNo = std::to_array<Named<bool>>({{"yes", true}, {"no", false}});
constexpr auto kCited =
    std::to_array<Named<CitedNoun>>({{"voice", CitedNoun::Voice}, {"medium", CitedNoun::Medium}});
constexpr auto kPronouns = std::to_array<Named<Pronoun>>({{"he", Pronoun::He},
                                                          {"she", Pronoun::She},
                                                          {"it", Pronoun::It},
                                                          {"they", Pronoun::They},
                                                          {"i", Pronoun::I},
                                                          {"we", Pronoun::We}});
constexpr auto kUses =
    std::to_array<Named<WordUse>>({{"owner preposition", WordUse::OwnerPreposition},
                                   {"name particle", WordUse::NameParticle},
                                   {"expletive", WordUse::Expletive},
                                   {"loose end", WordUse::LooseEnd},
                                   {"negative", WordUse::Negative},
                                   {"aside", WordUse::Aside}});

Cue cue_of(std::string_view kind, std::string_view stance, RowReader& reader) {
  return {reader.read<Kind>(kind, "kind", kKinds), reader.read<Stance>(stance, "stance", kStances)};
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

using Fields = std::vector<std::string>;

// Every table tells of each row by an example what it is for; no row stands twice.
template <class Take>
Result<void> read_table(const std::filesystem::path& path,
                        std::initializer_list<std::string_view> columns, std::size_t n_keys,
                        const Take& take) {
  std::unordered_map<std::string, std::uint32_t> lines;
  const auto check = [&](const TableRow& row) -> Result<void> {
    std::string key;
    for (std::size_t f = 0; f < row.fields.size(); ++f) {
      if (row.fields[f].empty()) return errors::empty_cell(path, row.line, *(columns.begin() + f));
      if (f < n_keys) key += (f > 0 ? "\t" : "") + row.fields[f];
    }
    const auto [at, is_new] = lines.emplace(key, row.line);
    if (!is_new) return errors::row_repeated(path, row.line, row.fields.front(), at->second);
    return {};
  };
  return read_word_table(path, columns, errors::unknown_word, check, take);
}

VerbCue verb_of(const Fields& f, RowReader& reader) {
  VerbCue verb;
  static_cast<Cue&>(verb) = cue_of(f[1], f[2], reader);
  for (const std::string& word : split(f[3], ',')) {
    verb.*reader.read<bool VerbCue::*>(word, "takes", kTakes) = true;
  }
  return verb;
}

NounCue noun_of(const Fields& f, RowReader& reader) {
  NounCue noun;
  static_cast<Cue&>(noun) = cue_of(f[1], f[2], reader);
  noun.in_cue = reader.read<bool>(f[3], "cue", kYesNo);
  return noun;
}

PhraseCue phrase_of(const Fields& f, RowReader& reader) {
  PhraseCue phrase;
  static_cast<Cue&>(phrase) = cue_of(f[2], f[3], reader);
  phrase.words = split(f[0], ' ');
  phrase.speaker = reader.read<PhraseCue::Speaker>(f[1], "speaker", kSpeakers);
  return phrase;
}

constexpr std::uint32_t bit_of(WordUse use) { return 1U << static_cast<unsigned>(use); }

}  // namespace

Result<CueTables> CueTables::open(const std::filesystem::path& data_folder) {
  const std::filesystem::path folder = data_folder / "attribution";
  CueTables tables;
  DETENTE_TRY_VOID(
      read_table(folder / "verbs.tsv", {"lemma", "kind", "stance", "takes", "example"}, 1,
                 [&](const Fields& f, RowReader& r) { tables.verbs_[f[0]] = verb_of(f, r); }));
  DETENTE_TRY_VOID(read_table(
      folder / "states.tsv", {"word", "kind", "stance", "example"}, 1,
      [&](const Fields& f, RowReader& r) { tables.states_[f[0]] = cue_of(f[1], f[2], r); }));
  DETENTE_TRY_VOID(
      read_table(folder / "nouns.tsv", {"noun", "kind", "stance", "cue", "example"}, 1,
                 [&](const Fields& f, RowReader& r) { tables.nouns_[f[0]] = noun_of(f, r); }));
  DETENTE_TRY_VOID(read_table(folder / "carriers.tsv", {"verb", "stance", "example"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                tables.carriers_[f[0]] = r.read<Stance>(f[1], "stance", kStances);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "withheld.tsv", {"verb", "stance", "example"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                tables.withheld_[f[0]] = r.read<Stance>(f[1], "stance", kStances);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "phrases.tsv",
                              {"words", "speaker", "kind", "stance", "example"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                PhraseCue phrase = phrase_of(f, r);
                                tables.phrases_[phrase.words.front()].push_back(phrase);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "labels.tsv", {"label", "kind", "example"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                tables.labels_[f[0]] = r.read<Label>(f[1], "kind", kLabels);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "voices.tsv", {"noun", "kind", "why"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                tables.cited_[f[0]] = r.read<CitedNoun>(f[1], "kind", kCited);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "pronouns.tsv", {"word", "kind", "example"}, 1,
                              [&](const Fields& f, RowReader& r) {
                                tables.pronouns_[f[0]] = r.read<Pronoun>(f[1], "kind", kPronouns);
                              }));
  DETENTE_TRY_VOID(read_table(folder / "words.tsv", {"word", "use", "example"}, 2,
                              [&](const Fields& f, RowReader& r) {
                                tables.words_[f[0]] |= bit_of(r.read<WordUse>(f[1], "use", kUses));
                              }));
  return tables;
}

const VerbCue* CueTables::verb(std::string_view lemma) const { return find_word(verbs_, lemma); }
const Cue* CueTables::state(std::string_view word) const { return find_word(states_, word); }
const NounCue* CueTables::noun(std::string_view lemma) const { return find_word(nouns_, lemma); }
const Stance* CueTables::carrier(std::string_view lemma) const {
  return find_word(carriers_, lemma);
}
const Stance* CueTables::withheld(std::string_view lemma) const {
  return find_word(withheld_, lemma);
}
const Pronoun* CueTables::pronoun(std::string_view word) const {
  return find_word(pronouns_, word);
}
bool CueTables::is(WordUse use, std::string_view word) const {
  const std::uint32_t* uses = find_word(words_, word);
  return uses != nullptr && (*uses & bit_of(use)) != 0;
}
const std::vector<PhraseCue>* CueTables::phrases(std::string_view first_word) const {
  return find_word(phrases_, first_word);
}
const Label* CueTables::label(std::string_view words) const { return find_word(labels_, words); }
CitedNoun CueTables::cited(std::string_view lemma) const {
  const CitedNoun* found = find_word(cited_, lemma);
  return found == nullptr ? CitedNoun::No : *found;
}

}  // namespace detente::attribute
