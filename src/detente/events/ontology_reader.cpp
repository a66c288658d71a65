// Reads the tables of an ontology (docs/formats/ontology.md) and compiles them.

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detente/base/mapped_file.h"
#include "detente/events/errors.h"
#include "detente/events/ontology.h"
#include "detente/events/petrarch.h"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

namespace detente::events {
namespace {

using Strings = std::vector<std::string>;

const Strings kFileKeys = {"category", "rule",    "operator", "sets",    "types",
                           "context",  "numbers", "lemmas",   "codebook"};
const Strings kCategoryKeys = {"name",
                               "quad",
                               "scale",
                               "cameo",
                               "modes",
                               "actor",
                               "recipient",
                               "needs_recipient",
                               "note",
                               "needs_actor",
                               "topic_is_content",
                               "is_speech",
                               "needs_recipient_if_unknown",
                               "needs_recipient_in_depth",
                               "is_done_by_crowds",
                               "may_be_domestic",
                               "may_lack_actor",
                               "noun_needs_recipient"};
const Strings kRuleKeys = {"name",
                           "verbs",
                           "nouns",
                           "adjectives",
                           "mode",
                           "cameo",
                           "contexts",
                           "actor",
                           "recipient",
                           "content",
                           "where",
                           "unless",
                           "operator",
                           "reciprocal",
                           "noun_owner",
                           "noun_of",
                           "needs_recipient",
                           "weight",
                           "note",
                           "examples",
                           "known_wrong",
                           "blocks",
                           "only_as_content",
                           "transitive",
                           "civil",
                           "political",
                           "foreign_recipient",
                           "priority",
                           "noun_needs_recipient",
                           "event"};
const Strings kOperatorKeys = {"name",      "note",     "doer",        "actor",
                               "recipient", "content",  "keeps_sides", "undergoes",
                               "assertive", "consumes", "outcomes"};
const Strings kOutcomeKeys = {"content",    "mode",          "cameo_of",     "when",
                              "event",      "gives",         "cameo",        "add",
                              "convention", "flip_negation", "content_mode", "recipient"};
const Strings kWhenWords = {"self",     "other",   "open",     "named",      "future", "obliged",
                            "possible", "negated", "affirmed", "not-future", "third",  "asserted"};
const Strings kPlaceNames = {
    "subject",  "object",  "named",         "indirect",          "owner",
    "inside",   "content", "content-actor", "content-recipient", "location",
    "anywhere", "context", "complement",    "speaker",           "sentence"};
const Strings kTypeNames = {"actor",    "state",    "government", "armed",     "police", "court",
                            "civil",    "igo",      "person",     "political", "number", "none",
                            "location", "official", "media",      "plural",    "some"};
const Strings kPrepositions = {
    "about",   "above",      "across",     "after",     "against",   "along",   "alongside",
    "amid",    "among",      "around",     "as",        "at",        "before",  "behind",
    "between", "beyond",     "by",         "despite",   "during",    "for",     "from",
    "in",      "inside",     "into",       "near",      "of",        "off",     "on",
    "onto",    "out",        "outside",    "over",      "past",      "per",     "since",
    "through", "throughout", "till",       "to",        "toward",    "towards", "under",
    "until",   "unto",       "up",         "upon",      "via",       "with",    "within",
    "without", "regarding",  "concerning", "including", "following", "versus",  "vs."};

/// Empty when the cell is not a number, all of it.
std::optional<double> number(const std::string& cell) {
  char* stop = nullptr;
  const double value = std::strtod(cell.c_str(), &stop);
  if (stop == cell.c_str() || *stop != '\0') return std::nullopt;
  return value;
}

std::uint64_t fnv1a(std::string_view bytes, std::uint64_t hash) {
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

struct TableFile {
  std::filesystem::path path;
  std::string stem;
  std::string bytes;
  toml::table table;

  [[nodiscard]] errors::TablePlace at(const toml::source_region& region) const {
    return at(region.begin.line, region.begin.column);
  }
  [[nodiscard]] errors::TablePlace at(std::uint32_t line, std::uint32_t column) const {
    std::string_view rest = bytes;
    for (std::uint32_t n = 1; n < line && !rest.empty(); ++n) {
      const auto end = rest.find('\n');
      rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    return {path, line, column, rest.substr(0, rest.find('\n'))};
  }
};

}  // namespace

/// Makes one Ontology; every member function adds one kind of table.
class OntologyReader {
 public:
  Result<void> read_folder(const std::filesystem::path& folder);
  Result<void> read_file(const std::filesystem::path& path);
  template <typename OnRow>
  Result<void> read_rows(const std::filesystem::path& path, const OnRow& on_row);
  Result<void> read_cameo(const std::filesystem::path& path);
  Result<void> read_confidence(const std::filesystem::path& path);
  Result<Ontology> finish(const std::filesystem::path& folder);
  void use_dictionary(std::filesystem::path path, DictionaryReport* report) {
    dictionary_ = std::move(path);
    report_ = report;
  }

 private:
  Result<void> read_sets(const TableFile& file);
  Result<void> read_types(const TableFile& file);
  Result<void> read_numbers(const TableFile& file);
  Result<void> read_lemmas(const TableFile& file);
  Result<void> read_category(const TableFile& file);
  Result<void> read_contexts(const TableFile& file);
  Result<void> read_operators(const TableFile& file);
  Result<void> read_rules(const TableFile& file);
  Result<void> read_examples(const TableFile& file, const toml::table& table, std::string_view key,
                             Rule& rule);
  Result<void> read_rule(const TableFile& file, const toml::table& table);
  Result<void> read_outcome(const TableFile& file, const toml::table& table, Outcome& outcome);
  Result<void> read_triggers(const TableFile& file, const toml::table& table, TriggerKind kind,
                             std::string_view key, std::uint32_t rule_idx);
  Result<void> read_tests(const TableFile& file, const toml::table& table, std::string_view key,
                          Rule& rule);
  Result<void> read_places(const TableFile& file, const toml::table& table, std::string_view key,
                           std::vector<Place>& out);
  Result<Place> place(const errors::TablePlace& at, std::string_view name);
  Result<std::vector<WordId>> words(const errors::TablePlace& at, std::string_view text);
  Result<void> add_phrase(const errors::TablePlace& at, std::string_view phrase, TriggerKind kind,
                          std::uint32_t rule_idx);
  Result<std::uint64_t> event_type_mask(const errors::TablePlace& at, std::string_view name,
                                        ContentTest& test);
  [[nodiscard]] std::optional<EventTypeId> find_event_type(std::string_view name) const;
  [[nodiscard]] Strings event_type_names() const;

  static Result<void> check_keys(const TableFile& file, const toml::table& table,
                                 const Strings& known);
  static Result<void> read_strings(const TableFile& file, const toml::table& table,
                                   std::string_view key, Strings& out);
  template <typename T>
  static Result<void> read_value(const TableFile& file, const toml::table& table,
                                 std::string_view key, std::string_view expected, T& out);
  static errors::TablePlace place_of(const TableFile& file, const toml::table& table,
                                     std::string_view key);

  std::filesystem::path dictionary_;  // of PETRARCH, instead of the rules
  DictionaryReport* report_ = nullptr;
  Ontology ontology_;
  std::vector<TableFile> files_;
  std::map<std::string, std::vector<std::string>> sets_;
  std::map<std::string, std::uint32_t> rule_index_;
  std::vector<std::pair<WordId, Trigger>> triggers_;
  std::uint64_t checksum_ = 0xcbf29ce484222325ULL;
};

Result<void> OntologyReader::check_keys(const TableFile& file, const toml::table& table,
                                        const Strings& known) {
  for (const auto& [key, node] : table) {
    if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
      return errors::unknown_key(file.at(key.source()), key.str(), known);
    }
  }
  return {};
}

errors::TablePlace OntologyReader::place_of(const TableFile& file, const toml::table& table,
                                            std::string_view key) {
  const toml::node* node = table.get(key);
  return file.at(node != nullptr ? node->source() : table.source());
}

template <typename T>
Result<void> OntologyReader::read_value(const TableFile& file, const toml::table& table,
                                        std::string_view key, std::string_view expected, T& out) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  if (auto value = node->value<T>()) {
    out = *value;
    return {};
  }
  return errors::wrong_type(file.at(node->source()), key, expected);
}

Result<void> OntologyReader::read_strings(const TableFile& file, const toml::table& table,
                                          std::string_view key, Strings& out) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  out.clear();
  if (auto text = node->value<std::string>()) {
    out.push_back(*text);
    return {};
  }
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    return errors::wrong_type(file.at(node->source()), key, "a text or a list of texts");
  }
  for (const auto& item : *list) {
    auto text = item.value<std::string>();
    if (!text) return errors::wrong_type(file.at(item.source()), key, "a list of texts");
    out.push_back(*text);
  }
  return {};
}

std::optional<EventTypeId> OntologyReader::find_event_type(std::string_view name) const {
  for (std::size_t i = 0; i < ontology_.event_types_.size(); ++i) {
    if (ontology_.event_types_[i].name == name) return EventTypeId{static_cast<std::uint8_t>(i)};
  }
  return std::nullopt;
}

Strings OntologyReader::event_type_names() const {
  Strings out;
  for (const auto& type : ontology_.event_types_) out.push_back(type.name);
  return out;
}

Result<Place> OntologyReader::place(const errors::TablePlace& at, std::string_view name) {
  for (std::size_t i = 0; i < kPlaceNames.size(); ++i) {
    if (kPlaceNames[i] == name) return Place{static_cast<PlaceKind>(i), {}};
  }
  if (std::find(kPrepositions.begin(), kPrepositions.end(), name) == kPrepositions.end()) {
    Strings known = kPlaceNames;
    known.insert(known.end(), kPrepositions.begin(), kPrepositions.end());
    return errors::unknown_name(at, "place or preposition", name, known);
  }
  return Place{PlaceKind::Preposition, ontology_.words_.intern(name)};
}

Result<void> OntologyReader::read_places(const TableFile& file, const toml::table& table,
                                         std::string_view key, std::vector<Place>& out) {
  if (!table.contains(key)) return {};
  Strings names;
  DETENTE_TRY_VOID(read_strings(file, table, key, names));
  out.clear();
  for (const auto& name : names) {
    DETENTE_TRY(Place one, place(place_of(file, table, key), name));
    out.push_back(one);
  }
  return {};
}

/// "missile|rocket|@weapon" as sorted words. Phrases in a set are left to `add_phrase`.
Result<std::vector<WordId>> OntologyReader::words(const errors::TablePlace& at,
                                                  std::string_view text) {
  std::vector<WordId> out;
  while (!text.empty()) {
    const auto end = text.find('|');
    std::string_view one = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (one.starts_with('@')) {
      auto found = sets_.find(std::string(one.substr(1)));
      if (found == sets_.end()) {
        Strings known;
        for (const auto& [name, list] : sets_) known.push_back(name);
        return errors::unknown_name(at, "set", one.substr(1), known);
      }
      for (const auto& word : found->second) {
        if (word.find(' ') == std::string::npos) out.push_back(ontology_.words_.intern(word));
      }
    } else if (!one.empty()) {
      out.push_back(ontology_.words_.intern(one));
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Result<void> OntologyReader::read_sets(const TableFile& file) {
  const toml::table* sets = file.table["sets"].as_table();
  if (sets == nullptr) return {};
  for (const auto& [key, node] : *sets) {
    Strings list;
    DETENTE_TRY_VOID(read_strings(file, *sets, key.str(), list));
    auto& set = sets_[std::string(key.str())];
    for (auto& word : list) {
      if (word.starts_with('@')) {
        auto found = sets_.find(word.substr(1));
        if (found == sets_.end()) {
          return errors::unknown_name(file.at(node.source()), "earlier set", word.substr(1), {});
        }
        const auto copy = found->second;
        set.insert(set.end(), copy.begin(), copy.end());
      } else {
        set.push_back(std::move(word));
      }
    }
  }
  return {};
}

Result<void> OntologyReader::read_types(const TableFile& file) {
  const toml::table* types = file.table["types"].as_table();
  if (types == nullptr) return {};
  DETENTE_TRY_VOID(check_keys(file, *types, kTypeNames));
  for (const auto& [key, node] : *types) {
    Strings list;
    DETENTE_TRY_VOID(read_strings(file, *types, key.str(), list));
    const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), key.str());
    const std::uint32_t bit = 1U << static_cast<std::uint32_t>(found - kTypeNames.begin());
    for (const auto& word : list) {
      if (word.starts_with("code:")) {
        ontology_.types_.by_code[word.substr(5)] |= bit;
      } else {
        ontology_.types_.by_sector[word] |= bit;
      }
    }
  }
  return {};
}

Result<void> OntologyReader::read_numbers(const TableFile& file) {
  const toml::table* numbers = file.table["numbers"].as_table();
  if (numbers == nullptr) return {};
  for (const auto& [key, node] : *numbers) {
    NumberWord word;
    if (const auto* both = node.as_array(); both != nullptr && both->size() == 2) {
      word = {both->at(0).value_or(std::int64_t{-1}), both->at(1).value_or(std::int64_t{-1})};
    } else {
      word.min = word.max = node.value_or(std::int64_t{-1});
    }
    if (word.min < 0 || word.max < word.min) {
      return errors::wrong_type(place_of(file, *numbers, key.str()), key.str(),
                                "a number, or [least, most]");
    }
    ontology_.numbers_[ontology_.words_.intern(key.str()).value] = word;
  }
  return {};
}

Result<void> OntologyReader::read_lemmas(const TableFile& file) {
  const toml::table* lemmas = file.table["lemmas"].as_table();
  if (lemmas == nullptr) return {};
  for (const auto& [lemma, node] : *lemmas) {
    const auto wrong = [&, at = lemma.str()] {
      return errors::wrong_type(place_of(file, *lemmas, at), at, "a list of forms");
    };
    const toml::array* forms = node.as_array();
    if (forms == nullptr) return wrong();
    for (const auto& form : *forms) {
      const auto text = form.value<std::string>();
      if (!text) return wrong();
      ontology_.lemmas_[ontology_.words_.intern(*text).value] =
          ontology_.words_.intern(lemma.str());
    }
  }
  return {};
}

Result<void> OntologyReader::read_category(const TableFile& file) {
  const toml::table* table = file.table["category"].as_table();
  if (table == nullptr) return {};
  DETENTE_TRY_VOID(check_keys(file, *table, kCategoryKeys));
  EventType type;
  DETENTE_TRY_VOID(read_value(file, *table, "name", "a text", type.name));
  if (type.name.empty()) {
    return errors::missing_key(file.at(table->source()), "category", "name");
  }
  std::int64_t quad = 0;
  DETENTE_TRY_VOID(read_value(file, *table, "quad", "a number from 1 to 4", quad));
  if (quad < 1 || quad > 4) {
    return errors::wrong_type(place_of(file, *table, "quad"), "quad", "a number from 1 to 4");
  }
  type.quad_code = static_cast<int>(quad);
  DETENTE_TRY_VOID(read_value(file, *table, "scale", "a number", type.scale));
  DETENTE_TRY_VOID(read_value(file, *table, "cameo", "a text", type.cameo));
  DETENTE_TRY_VOID(
      read_value(file, *table, "needs_recipient", "true or false", type.needs_recipient));
  DETENTE_TRY_VOID(read_value(file, *table, "needs_actor", "true or false", type.needs_actor));
  DETENTE_TRY_VOID(
      read_value(file, *table, "noun_needs_recipient", "true or false", type.noun_needs_recipient));
  DETENTE_TRY_VOID(read_value(file, *table, "needs_recipient_if_unknown", "true or false",
                              type.needs_recipient_if_unknown));
  DETENTE_TRY_VOID(read_value(file, *table, "needs_recipient_in_depth", "true or false",
                              type.needs_recipient_in_depth));
  DETENTE_TRY_VOID(read_value(file, *table, "is_speech", "true or false", type.is_speech));
  DETENTE_TRY_VOID(
      read_value(file, *table, "topic_is_content", "true or false", type.topic_is_content));
  DETENTE_TRY_VOID(
      read_value(file, *table, "may_lack_actor", "true or false", type.may_lack_actor));
  DETENTE_TRY_VOID(
      read_value(file, *table, "is_done_by_crowds", "true or false", type.is_done_by_crowds));
  DETENTE_TRY_VOID(
      read_value(file, *table, "may_be_domestic", "true or false", type.may_be_domestic));
  DETENTE_TRY_VOID(read_places(file, *table, "actor", type.actor));
  DETENTE_TRY_VOID(read_places(file, *table, "recipient", type.recipient));
  if (const toml::table* modes = (*table)["modes"].as_table()) {
    for (const auto& [key, node] : *modes) {
      auto scale = node.value<double>();
      if (!scale) return errors::wrong_type(file.at(node.source()), key.str(), "a number");
      type.modes.push_back({std::string(key.str()), *scale});
    }
  }
  if (auto existing = find_event_type(type.name)) {
    ontology_.event_types_[existing->value] = std::move(type);
  } else {
    if (ontology_.event_types_.size() == kMaxEventTypes) {
      return errors::bad_row(file.at(table->source()), "more than 64 event types");
    }
    ontology_.event_types_.push_back(std::move(type));
  }
  return {};
}

Result<void> OntologyReader::read_contexts(const TableFile& file) {
  const toml::array* list = file.table["context"].as_array();
  if (list == nullptr) return {};
  for (const auto& node : *list) {
    const toml::table* table = node.as_table();
    if (table == nullptr) continue;
    DETENTE_TRY_VOID(check_keys(file, *table, {"name", "words"}));
    ContextRow row;
    DETENTE_TRY_VOID(read_value(file, *table, "name", "a text", row.name));
    Strings phrases;
    DETENTE_TRY_VOID(read_strings(file, *table, "words", phrases));
    for (const auto& phrase : phrases) {
      std::vector<WordId> ids;
      std::size_t begin = 0;
      while (begin < phrase.size()) {
        const auto end = std::min(phrase.find(' ', begin), phrase.size());
        if (end > begin) {
          ids.push_back(
              ontology_.words_.intern(std::string_view(phrase).substr(begin, end - begin)));
        }
        begin = end + 1;
      }
      if (!ids.empty()) row.phrases.push_back(std::move(ids));
    }
    ontology_.contexts_.push_back(std::move(row));
  }
  return {};
}

Result<std::uint64_t> OntologyReader::event_type_mask(const errors::TablePlace& at,
                                                      std::string_view name, ContentTest& test) {
  if (name == "unknown") {
    test.if_unknown = true;
    return std::uint64_t{0};
  }
  if (name == "empty") {
    test.if_empty = true;
    return std::uint64_t{0};
  }
  std::uint64_t mask = 0;
  if (name == "any" || name == "cooperation" || name == "conflict") {
    for (std::size_t i = 0; i < ontology_.event_types_.size(); ++i) {
      const bool cooperation = ontology_.event_types_[i].quad_code <= 2;
      if (name == "any" || (name == "cooperation") == cooperation) mask |= std::uint64_t{1} << i;
    }
    return mask;
  }
  auto type = find_event_type(name);
  if (!type) {
    Strings known = event_type_names();
    known.insert(known.end(), {"any", "cooperation", "conflict", "unknown", "empty"});
    return errors::unknown_name(at, "event type", name, known);
  }
  return std::uint64_t{1} << type->value;
}

Result<void> OntologyReader::read_outcome(const TableFile& file, const toml::table& table,
                                          Outcome& outcome) {
  DETENTE_TRY_VOID(check_keys(file, table, kOutcomeKeys));
  Strings contents;
  DETENTE_TRY_VOID(read_strings(file, table, "content", contents));
  if (contents.empty()) return errors::missing_key(file.at(table.source()), "outcome", "content");
  for (const auto& name : contents) {
    DETENTE_TRY(const std::uint64_t mask,
                event_type_mask(place_of(file, table, "content"), name, outcome.when));
    outcome.when.event_types |= mask;
  }
  DETENTE_TRY_VOID(read_strings(file, table, "content_mode", outcome.when.modes));
  DETENTE_TRY_VOID(read_strings(file, table, "cameo_of", outcome.when.cameo_prefixes));
  Strings when;
  DETENTE_TRY_VOID(read_strings(file, table, "when", when));
  for (const auto& word : when) {
    if (word == "self" || word == "other") {
      outcome.when.self = word == "self";
    } else if (word == "open" || word == "named") {
      outcome.when.open = word == "open";
    } else if (word == "future" || word == "not-future") {
      outcome.when.future = word == "future";
    } else if (word == "obliged") {
      outcome.when.obliged = true;
    } else if (word == "possible") {
      outcome.when.possible = true;
    } else if (word == "asserted") {
      outcome.when.asserted = true;
    } else if (word == "third") {
      outcome.when.third = true;
    } else if (word == "negated" || word == "affirmed") {
      outcome.when.negated = word == "negated";
    } else {
      return errors::unknown_name(place_of(file, table, "when"), "condition", word, kWhenWords);
    }
  }
  std::string gives = "same";
  DETENTE_TRY_VOID(read_value(file, table, "event", "a text", gives));
  if (gives == "same") {
    outcome.kind = Outcome::Kind::Same;
  } else if (gives == "nothing") {
    outcome.kind = Outcome::Kind::Nothing;
  } else if (gives == "pass") {
    outcome.kind = Outcome::Kind::Pass;
  } else if (auto type = find_event_type(gives)) {
    outcome.kind = Outcome::Kind::Event;
    outcome.event = *type;
  } else {
    Strings known = event_type_names();
    known.insert(known.end(), {"same", "nothing", "pass"});
    return errors::unknown_name(place_of(file, table, "event"), "event type", gives, known);
  }
  if (table.contains("mode")) {
    std::string mode;
    DETENTE_TRY_VOID(read_value(file, table, "mode", "a text", mode));
    outcome.mode = mode;
  }
  DETENTE_TRY_VOID(read_value(file, table, "cameo", "a text", outcome.cameo));
  DETENTE_TRY_VOID(read_value(file, table, "convention", "a text", outcome.convention));
  DETENTE_TRY_VOID(read_places(file, table, "recipient", outcome.recipient));
  DETENTE_TRY_VOID(
      read_value(file, table, "flip_negation", "true or false", outcome.flip_negation));
  Strings add;
  DETENTE_TRY_VOID(read_strings(file, table, "add", add));
  for (const auto& word : add) {
    if (word == "future") {
      outcome.add_future = true;
    } else if (word == "negation") {
      outcome.add_negation = true;
    } else if (word == "hypothetical") {
      outcome.add_hypothetical = true;
    } else {
      return errors::unknown_name(place_of(file, table, "add"), "auxiliary mode", word,
                                  Strings{"future", "negation", "hypothetical"});
    }
  }
  return {};
}

Result<void> OntologyReader::read_operators(const TableFile& file) {
  const toml::array* list = file.table["operator"].as_array();
  if (list == nullptr) return {};
  for (const auto& node : *list) {
    const toml::table* table = node.as_table();
    if (table == nullptr) continue;
    DETENTE_TRY_VOID(check_keys(file, *table, kOperatorKeys));
    Operator op;
    DETENTE_TRY_VOID(read_value(file, *table, "name", "a text", op.name));
    if (op.name.empty()) {
      return errors::missing_key(file.at(table->source()), "operator", "name");
    }
    DETENTE_TRY_VOID(read_value(file, *table, "note", "a text", op.note));
    std::string doer = "self";
    DETENTE_TRY_VOID(read_value(file, *table, "doer", "a text", doer));
    if (doer != "self" && doer != "object" && doer != "open") {
      return errors::unknown_name(place_of(file, *table, "doer"), "doer", doer,
                                  Strings{"self", "object", "open"});
    }
    op.doer = doer == "self" ? Doer::Self : doer == "object" ? Doer::Object : Doer::Open;
    DETENTE_TRY_VOID(read_places(file, *table, "actor", op.actor));
    DETENTE_TRY_VOID(read_places(file, *table, "recipient", op.recipient));
    DETENTE_TRY_VOID(read_places(file, *table, "content", op.content));
    DETENTE_TRY_VOID(read_value(file, *table, "keeps_sides", "true or false", op.keeps_sides));
    DETENTE_TRY_VOID(read_value(file, *table, "undergoes", "true or false", op.undergoes));
    DETENTE_TRY_VOID(read_value(file, *table, "assertive", "true or false", op.assertive));
    DETENTE_TRY_VOID(read_value(file, *table, "consumes", "true or false", op.consumes));
    if (const toml::array* outcomes = (*table)["outcomes"].as_array()) {
      for (const auto& row : *outcomes) {
        if (row.as_table() == nullptr) {
          return errors::wrong_type(file.at(row.source()), "outcomes", "a list of tables");
        }
        Outcome outcome;
        DETENTE_TRY_VOID(read_outcome(file, *row.as_table(), outcome));
        op.outcomes.push_back(std::move(outcome));
      }
    }
    auto same = std::find_if(ontology_.operators_.begin(), ontology_.operators_.end(),
                             [&](const Operator& other) { return other.name == op.name; });
    if (same != ontology_.operators_.end()) {
      *same = std::move(op);
    } else {
      ontology_.operators_.push_back(std::move(op));
    }
  }
  return {};
}

Result<void> OntologyReader::read_tests(const TableFile& file, const toml::table& table,
                                        std::string_view key, Rule& rule) {
  const toml::node* node = table.get(key);
  if (node == nullptr) return {};
  const toml::table* tests = node->as_table();
  if (tests == nullptr) {
    return errors::wrong_type(file.at(node->source()), key, "a table of places");
  }
  for (const auto& [name, value] : *tests) {
    const auto at = file.at(value.source());
    PlaceTest test;
    test.must_not = key == "unless";
    DETENTE_TRY(test.place, place(file.at(name.source()), name.str()));
    Strings wanted;
    DETENTE_TRY_VOID(read_strings(file, *tests, name.str(), wanted));
    for (const auto& word : wanted) {
      if (word.starts_with('#')) {
        const auto found = std::find(kTypeNames.begin(), kTypeNames.end(), word.substr(1));
        if (found == kTypeNames.end()) {
          return errors::unknown_name(at, "type", word.substr(1), kTypeNames);
        }
        test.types |= 1U << static_cast<std::uint32_t>(found - kTypeNames.begin());
      } else {
        DETENTE_TRY(auto ids, words(at, word));
        test.words.insert(test.words.end(), ids.begin(), ids.end());
      }
    }
    std::sort(test.words.begin(), test.words.end());
    rule.tests.push_back(std::move(test));
  }
  return {};
}

Result<void> OntologyReader::add_phrase(const errors::TablePlace& at, std::string_view phrase,
                                        TriggerKind kind, std::uint32_t rule_idx) {
  // A set may hold phrases ("travel ban"): each makes a phrase of its own, its head word first,
  // since the other words hang on that.
  for (std::size_t begin = 0; begin < phrase.size();) {
    const auto end = std::min(phrase.find(' ', begin), phrase.size());
    const std::string_view part = phrase.substr(begin, end - begin);
    if (part.starts_with('@') && part.find('|') == std::string_view::npos) {
      auto found = sets_.find(std::string(part.substr(1)));
      if (found != sets_.end()) {
        for (const auto& entry : found->second) {
          const auto space = entry.rfind(' ');
          if (space == std::string::npos) continue;
          const bool is_head = kind == TriggerKind::Noun && begin > 0 && end == phrase.size();
          const std::string words = is_head || (kind == TriggerKind::Noun && begin == 0)
                                        ? entry
                                        : entry.substr(space + 1) + " " + entry.substr(0, space);
          const std::string longer =
              std::string(phrase.substr(0, begin)) + words + std::string(phrase.substr(end));
          DETENTE_TRY_VOID(add_phrase(at, longer, kind, rule_idx));
        }
      }
    }
    begin = end + 1;
  }
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  while (begin < phrase.size()) {
    const auto end = std::min(phrase.find(' ', begin), phrase.size());
    if (end > begin) parts.push_back(phrase.substr(begin, end - begin));
    begin = end + 1;
  }
  if (parts.empty()) return errors::bad_phrase(at, phrase, "it is empty");
  // The head: a verb's or adjective's first word, a noun's last before the first preposition.
  std::size_t head = 0;
  if (kind == TriggerKind::Noun) {
    std::size_t stop = parts.size();
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (std::find(kPrepositions.begin(), kPrepositions.end(), parts[i]) != kPrepositions.end()) {
        stop = i;
        break;
      }
    }
    head = stop - 1;
  }
  Trigger trigger;
  trigger.rule = rule_idx;
  trigger.kind = kind;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == head) continue;
    DETENTE_TRY(auto ids, words(at, parts[i]));
    if (ids.empty()) return errors::bad_phrase(at, phrase, "a word of it is empty");
    (i < head ? trigger.before : trigger.after).push_back({std::move(ids)});
  }
  const Rule& rule = ontology_.rules_[rule_idx];
  int n_tests = 0;
  for (const auto& test : rule.tests) n_tests += test.must_not ? 1 : 3;
  trigger.specificity =
      10 * static_cast<int>(trigger.before.size() + trigger.after.size()) + n_tests + rule.priority;
  DETENTE_TRY(auto heads, words(at, parts[head]));
  if (heads.empty()) return errors::bad_phrase(at, phrase, "its head is empty");
  for (const WordId id : heads) triggers_.emplace_back(id, trigger);
  return {};
}

Result<void> OntologyReader::read_triggers(const TableFile& file, const toml::table& table,
                                           TriggerKind kind, std::string_view key,
                                           std::uint32_t rule_idx) {
  Strings phrases;
  DETENTE_TRY_VOID(read_strings(file, table, key, phrases));
  const toml::array* list = table[key].as_array();
  for (std::size_t i = 0; i < phrases.size(); ++i) {
    const auto at = list != nullptr ? file.at(list->get(i)->source()) : place_of(file, table, key);
    if (phrases[i].starts_with('@') && phrases[i].find(' ') == std::string::npos) {
      auto found = sets_.find(phrases[i].substr(1));
      if (found == sets_.end()) {
        Strings known;
        for (const auto& [name, set] : sets_) known.push_back(name);
        return errors::unknown_name(at, "set", phrases[i].substr(1), known);
      }
      for (const auto& phrase : found->second) {
        DETENTE_TRY_VOID(add_phrase(at, phrase, kind, rule_idx));
      }
    } else {
      DETENTE_TRY_VOID(add_phrase(at, phrases[i], kind, rule_idx));
    }
  }
  return {};
}

Result<void> OntologyReader::read_examples(const TableFile& file, const toml::table& table,
                                           std::string_view key, Rule& rule) {
  Strings examples;
  DETENTE_TRY_VOID(read_strings(file, table, key, examples));
  for (const auto& example : examples) {
    const auto arrow = example.find(" => ");
    if (arrow == std::string::npos) {
      return errors::bad_phrase(place_of(file, table, key), example,
                                "it must say what is expected: \"Text. => CHL -> PER\"");
    }
    rule.examples.push_back(
        {example.substr(0, arrow), example.substr(arrow + 4), key == "known_wrong"});
  }
  return {};
}

Result<void> OntologyReader::read_rule(const TableFile& file, const toml::table& table) {
  DETENTE_TRY_VOID(check_keys(file, table, kRuleKeys));
  Rule rule;
  std::string name;
  DETENTE_TRY_VOID(read_value(file, table, "name", "a text", name));
  if (name.empty()) return errors::missing_key(file.at(table.source()), "rule", "name");
  rule.name = file.stem + "/" + name;
  rule.file = file.path.string();
  rule.line = table.source().begin.line;

  std::string operator_name;
  DETENTE_TRY_VOID(read_value(file, table, "operator", "a text", operator_name));
  bool blocks = false;
  DETENTE_TRY_VOID(read_value(file, table, "blocks", "true or false", blocks));
  if (!operator_name.empty()) {
    for (std::size_t i = 0; i < ontology_.operators_.size(); ++i) {
      if (ontology_.operators_[i].name == operator_name) {
        rule.operator_idx = static_cast<std::uint32_t>(i);
      }
    }
    if (!rule.operator_idx) {
      Strings known;
      for (const auto& op : ontology_.operators_) known.push_back(op.name);
      return errors::unknown_name(place_of(file, table, "operator"), "operator", operator_name,
                                  known);
    }
  } else if (!blocks) {
    std::string event = file.stem;
    if (const auto* category = file.table["category"].as_table()) {
      DETENTE_TRY_VOID(read_value(file, *category, "name", "a text", event));
    }
    DETENTE_TRY_VOID(read_value(file, table, "event", "a text", event));
    rule.event = find_event_type(event);
    if (!rule.event) {
      return errors::unknown_name(place_of(file, table, "event"), "event type", event,
                                  event_type_names());
    }
  }
  DETENTE_TRY_VOID(read_strings(file, table, "mode", rule.modes));
  if (rule.event) {
    const auto& type = ontology_.event_type(*rule.event);
    for (const auto& mode : rule.modes) {
      Strings known;
      for (const auto& row : type.modes) known.push_back(row.name);
      if (std::find(known.begin(), known.end(), mode) == known.end()) {
        return errors::unknown_name(place_of(file, table, "mode"), type.name + " mode", mode,
                                    known);
      }
    }
  }
  DETENTE_TRY_VOID(read_strings(file, table, "contexts", rule.contexts));
  for (const auto& context : rule.contexts) {
    Strings known;
    for (const auto& row : ontology_.contexts_) known.push_back(row.name);
    if (std::find(known.begin(), known.end(), context) == known.end()) {
      return errors::unknown_name(place_of(file, table, "contexts"), "context", context, known);
    }
  }
  DETENTE_TRY_VOID(read_value(file, table, "cameo", "a text", rule.cameo));
  if (!rule.cameo.empty() && !ontology_.cameo_.empty() && !ontology_.cameo(rule.cameo)) {
    return errors::unknown_name(place_of(file, table, "cameo"), "CAMEO code", rule.cameo, {});
  }
  DETENTE_TRY_VOID(read_places(file, table, "actor", rule.actor));
  DETENTE_TRY_VOID(read_places(file, table, "recipient", rule.recipient));
  DETENTE_TRY_VOID(read_places(file, table, "content", rule.content));
  DETENTE_TRY_VOID(read_tests(file, table, "where", rule));
  DETENTE_TRY_VOID(read_tests(file, table, "unless", rule));
  DETENTE_TRY_VOID(read_value(file, table, "reciprocal", "true or false", rule.reciprocal));
  DETENTE_TRY_VOID(
      read_value(file, table, "needs_recipient", "true or false", rule.needs_recipient));
  DETENTE_TRY_VOID(read_value(file, table, "civil", "true or false", rule.civil));
  DETENTE_TRY_VOID(read_value(file, table, "political", "true or false", rule.political));
  DETENTE_TRY_VOID(read_value(file, table, "transitive", "true or false", rule.transitive));
  DETENTE_TRY_VOID(
      read_value(file, table, "only_as_content", "true or false", rule.only_as_content));
  DETENTE_TRY_VOID(
      read_value(file, table, "foreign_recipient", "true or false", rule.foreign_recipient));
  std::int64_t priority = 0;
  DETENTE_TRY_VOID(read_value(file, table, "priority", "a whole number", priority));
  rule.priority = static_cast<int>(priority);
  if (table.contains("noun_needs_recipient")) {
    bool needs = true;
    DETENTE_TRY_VOID(read_value(file, table, "noun_needs_recipient", "true or false", needs));
    rule.noun_needs_recipient = needs;
  }
  for (const auto& [key, flag, value] : {std::tuple<std::string_view, bool*, std::string_view>{
                                             "noun_owner", &rule.owner_is_object, "object"},
                                         {"noun_of", &rule.of_is_subject, "subject"}}) {
    std::string given;
    DETENTE_TRY_VOID(read_value(file, table, key, "'subject' or 'object'", given));
    if (!given.empty() && given != "subject" && given != "object") {
      return errors::wrong_type(place_of(file, table, key), key, "'subject' or 'object'");
    }
    *flag = given == value;
  }
  DETENTE_TRY_VOID(read_value(file, table, "weight", "a number from 0 to 1", rule.weight));
  DETENTE_TRY_VOID(read_value(file, table, "note", "a text", rule.note));
  DETENTE_TRY_VOID(read_examples(file, table, "examples", rule));
  DETENTE_TRY_VOID(read_examples(file, table, "known_wrong", rule));

  std::uint32_t rule_idx = 0;
  if (auto found = rule_index_.find(rule.name); found != rule_index_.end()) {
    Rule& existing = ontology_.rules_[found->second];
    if (existing.file == rule.file) {
      return errors::duplicate_name(file.at(table.source()), "rule", name, existing.line);
    }
    rule_idx = found->second;
    std::erase_if(triggers_, [&](const auto& entry) { return entry.second.rule == rule_idx; });
    existing = std::move(rule);
  } else {
    rule_idx = static_cast<std::uint32_t>(ontology_.rules_.size());
    rule_index_.emplace(rule.name, rule_idx);
    ontology_.rules_.push_back(std::move(rule));
  }
  DETENTE_TRY_VOID(read_triggers(file, table, TriggerKind::Verb, "verbs", rule_idx));
  DETENTE_TRY_VOID(read_triggers(file, table, TriggerKind::Noun, "nouns", rule_idx));
  return read_triggers(file, table, TriggerKind::Adjective, "adjectives", rule_idx);
}

Result<void> OntologyReader::read_rules(const TableFile& file) {
  const toml::array* list = file.table["rule"].as_array();
  if (list == nullptr) return {};
  for (const auto& node : *list) {
    if (const toml::table* table = node.as_table()) {
      DETENTE_TRY_VOID(read_rule(file, *table));
    }
  }
  return {};
}

Result<void> OntologyReader::read_file(const std::filesystem::path& path) {
  DETENTE_TRY(const MappedFile mapped, MappedFile::open(path));
  TableFile file;
  file.path = path;
  file.stem = path.stem().string();
  file.bytes = mapped.text();
  checksum_ = fnv1a(file.bytes, checksum_);
  auto parsed = toml::parse(std::string_view(file.bytes));
  if (!parsed) {
    return errors::table_syntax(file.at(parsed.error().source()), parsed.error().description());
  }
  file.table = std::move(parsed).table();
  DETENTE_TRY_VOID(check_keys(file, file.table, kFileKeys));
  DETENTE_TRY_VOID(read_value(file, file.table, "codebook", "a text", ontology_.codebook_));
  files_.push_back(std::move(file));
  return {};
}

template <typename OnRow>
Result<void> OntologyReader::read_rows(const std::filesystem::path& path, const OnRow& on_row) {
  DETENTE_TRY(const MappedFile mapped, MappedFile::open(path));
  std::string_view text = mapped.text();
  checksum_ = fnv1a(text, checksum_);
  for (std::uint32_t line_number = 1; !text.empty(); ++line_number) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text = text.substr(std::min(end + 1, text.size()));
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells;
    for (std::size_t begin = 0; begin != std::string_view::npos;) {
      const auto tab = line.find('\t', begin);
      cells.emplace_back(line.substr(begin, tab - begin));
      begin = tab == std::string_view::npos ? tab : tab + 1;
    }
    DETENTE_TRY_VOID(on_row(errors::TablePlace{path, line_number, 1, line}, cells));
  }
  return {};
}

Result<void> OntologyReader::read_cameo(const std::filesystem::path& path) {
  return read_rows(path, [&](const errors::TablePlace& at, Strings& cells) -> Result<void> {
    if (cells[0] == "code") return {};
    if (cells.size() < 3) return errors::bad_row(at, "a row needs code, goldstein and label");
    cells.resize(10);
    const auto goldstein = number(cells[1]);
    if (!goldstein) return errors::bad_row(at, "'" + cells[1] + "' is no number");
    ontology_.cameo_[cells[0]] = {cells[0], *goldstein, cells[2], cells[3], cells[4],
                                  cells[5], cells[6],   cells[7], cells[8], cells[9]};
    return {};
  });
}

Result<void> OntologyReader::read_confidence(const std::filesystem::path& path) {
  return read_rows(path, [&](const errors::TablePlace& at, Strings& cells) -> Result<void> {
    const auto weight = cells.size() == 2 ? number(cells[1]) : std::nullopt;
    if (!weight) return errors::bad_row(at, "a row needs what counts, and its weight as a number");
    ontology_.confidence_.set(std::move(cells[0]), *weight);
    return {};
  });
}

Result<void> OntologyReader::read_folder(const std::filesystem::path& folder) {
  std::error_code failure;
  if (!std::filesystem::is_directory(folder, failure)) {
    if (folder.filename() == "confidence.tsv") return read_confidence(folder);
    return folder.extension() == ".tsv" ? read_cameo(folder) : read_file(folder);
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, failure)) {
    if (entry.path().extension() == ".toml") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  if (std::filesystem::exists(folder / "cameo.tsv", failure)) {
    DETENTE_TRY_VOID(read_cameo(folder / "cameo.tsv"));
  }
  if (std::filesystem::exists(folder / "confidence.tsv", failure)) {
    DETENTE_TRY_VOID(read_confidence(folder / "confidence.tsv"));
  }
  for (const auto& path : paths) DETENTE_TRY_VOID(read_file(path));
  return {};
}

Result<Ontology> OntologyReader::finish(const std::filesystem::path& folder) {
  using Step = Result<void> (OntologyReader::*)(const TableFile&);
  // Names before their uses: sets and categories, then operators, then rules.
  for (const Step step : {&OntologyReader::read_sets, &OntologyReader::read_types,
                          &OntologyReader::read_numbers, &OntologyReader::read_lemmas,
                          &OntologyReader::read_category, &OntologyReader::read_contexts,
                          &OntologyReader::read_operators, &OntologyReader::read_rules}) {
    for (const auto& file : files_) DETENTE_TRY_VOID((this->*step)(file));
  }
  if (ontology_.event_types_.empty()) return errors::not_an_ontology(folder);
  if (!dictionary_.empty()) {
    DETENTE_TRY(auto extra, read_petrarch(dictionary_, ontology_, report_));
    triggers_ = std::move(extra);
  }
  for (const auto& [name, list] : sets_) {
    auto& ids = ontology_.sets_[name];
    for (const auto& word : list) ids.push_back(ontology_.words_.intern(word));
    std::sort(ids.begin(), ids.end());
  }
  // Prepositions and the words of grammar are always known.
  for (const auto& word : kPrepositions) ontology_.words_.intern(word);

  // Between equals, an event goes before an attitude, and an attitude before a mere phase.
  auto rank = [&](const Trigger& trigger) {
    const Rule& rule = ontology_.rules_[trigger.rule];
    if (!rule.operator_idx) return 0;
    const Operator& op = ontology_.operators_[*rule.operator_idx];
    return op.keeps_sides || op.undergoes || op.assertive ? 2 : 1;
  };
  std::stable_sort(triggers_.begin(), triggers_.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second.specificity != b.second.specificity) {
      return a.second.specificity > b.second.specificity;
    }
    return rank(a.second) < rank(b.second);
  });
  ontology_.first_trigger_.assign(ontology_.words_.size() + 2, 0);
  for (const auto& [head, trigger] : triggers_) {
    ++ontology_.first_trigger_[head.value + 1];
    ontology_.triggers_.push_back(trigger);
  }
  for (std::size_t i = 1; i < ontology_.first_trigger_.size(); ++i) {
    ontology_.first_trigger_[i] += ontology_.first_trigger_[i - 1];
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) {
    ontology_.checksum_ += kDigits[(checksum_ >> static_cast<unsigned>(shift)) & 15U];
  }
  return std::move(ontology_);
}

Result<Ontology> Ontology::open_petrarch(const std::filesystem::path& folder,
                                         const std::filesystem::path& dictionary,
                                         DictionaryReport* report) {
  OntologyReader reader;
  DETENTE_TRY_VOID(reader.read_folder(folder));
  reader.use_dictionary(dictionary, report);
  return reader.finish(folder);
}

Result<Ontology> Ontology::open(const std::filesystem::path& folder,
                                std::span<const std::filesystem::path> more) {
  OntologyReader reader;
  DETENTE_TRY_VOID(reader.read_folder(folder));
  for (const auto& path : more) DETENTE_TRY_VOID(reader.read_folder(path));
  return reader.finish(folder);
}

}  // namespace detente::events
