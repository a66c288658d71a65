#include "detente/resolve/dictionaries/import_dictionaries.h"

#include <cerrno>
#include <fstream>
#include <initializer_list>
#include <map>
#include <set>
#include <string_view>

#include "detente/base/errors.h"
#include "detente/base/mapped_file.h"
#include "detente/base/table_file.h"
#include "detente/resolve/errors.h"

namespace detente::resolve {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSource = "dictionary";

// How the dictionaries' codes and words are ours.
struct Scheme {
  struct Role {
    std::string sector, words;
    int rank = 0;
  };
  std::map<std::string, std::string> first;
  std::map<std::string, Role> roles;
  std::set<std::string> organization_heads;  ///< in lower case
  std::set<std::string> group_words;

  static Result<Scheme> open(const fs::path& data) {
    Scheme scheme;
    DETENTE_TRY(const TableFile codes, TableFile::open(data / "resolve" / "dictionary_codes.tsv",
                                                       {"use", "cameo", "code", "rank", "words"}));
    for (const TableRow& row : codes.rows) {
      if (row.fields[0] == "first") {
        scheme.first.emplace(row.fields[1], row.fields[2]);
      } else {
        scheme.roles.emplace(row.fields[1],
                             Role{row.fields[2], row.fields[4], std::atoi(row.fields[3].c_str())});
      }
    }
    DETENTE_TRY(const TableFile words,
                TableFile::open(data / "resolve" / "words.tsv", {"use", "words"}));
    for (const TableRow& row : words.rows) {
      const bool heads = row.fields[0] == "organization_head";
      const bool groups = row.fields[0] == "organization" || row.fields[0] == "group";
      if (!heads && !groups) continue;
      std::string_view list = row.fields[1];
      while (!list.empty()) {
        const std::string_view word = list.substr(0, list.find('|'));
        (heads ? scheme.organization_heads : scheme.group_words).emplace(word);
        list.remove_prefix(std::min(list.size(), word.size() + 1));
      }
    }
    return scheme;
  }
};

// "USAGOV" as ours.
struct Meaning {
  std::string code, sector, country, words;
  bool bare = false;  ///< a state or body without a role
};

Meaning meaning_of(const Scheme& scheme, const std::string& cameo) {
  Meaning out;
  std::string_view rest = cameo;
  for (const std::size_t length : {std::size_t{6}, std::size_t{3}}) {
    const auto found = scheme.first.find(cameo.substr(0, length));
    if (!out.code.empty() || cameo.size() < length || found == scheme.first.end()) continue;
    out.code = found->second;
    rest.remove_prefix(length);
  }
  const bool role_alone = scheme.roles.contains(cameo.substr(0, 3));
  if (out.code.empty() && !role_alone) {
    out.code = cameo.substr(0, 3);
    rest.remove_prefix(std::min<std::size_t>(3, rest.size()));
  }
  out.bare = rest.empty();
  const bool is_state = out.code != "NGO" && out.code != "IGO" && out.code != "MNC" &&
                        out.code != "IMG" && out.code != "UNO" && out.code != "EUR";
  if (out.code == "MNC") out.sector = "BUS";
  int best = 100;
  for (; rest.size() >= 3; rest.remove_prefix(3)) {
    const std::string triple(rest.substr(0, 3));
    const auto role = scheme.roles.find(triple);
    if (role == scheme.roles.end()) {
      if (!is_state && out.country.empty()) {
        const auto other = scheme.first.find(triple);
        out.country = other == scheme.first.end() ? triple : other->second;
      }
    } else if (role->second.rank < best && out.code != "MNC") {
      best = role->second.rank;
      out.sector = role->second.sector;
      out.words = role->second.words;
    }
  }
  if (is_state) out.country = out.code;
  return out;
}

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

// "KIM JONG IL" as "Kim Jong Il"; short words of bodies and what is no word stay as they are.
std::string title_case(std::string_view phrase, bool may_be_acronym) {
  const bool one_word = phrase.find(' ') == std::string_view::npos;
  if (one_word && may_be_acronym && phrase.size() <= 4) return std::string(phrase);
  std::string out = lower_case(phrase);
  std::size_t from = 0;
  while (from < out.size()) {
    std::size_t end = out.find(' ', from);
    if (end == std::string::npos) end = out.size();
    const std::string word = out.substr(from, end - from);
    const bool small = from > 0 && (word == "of" || word == "the" || word == "and" ||
                                    word == "for" || word == "in" || word == "on" || word == "de");
    for (std::size_t i = from; i < end && !small; ++i) {
      const bool begins = i == from || out[i - 1] == '-' || out[i - 1] == '.' || out[i - 1] == '(';
      if (begins && out[i] >= 'a' && out[i] <= 'z') out[i] = static_cast<char>(out[i] - 32);
    }
    from = end + 1;
  }
  return out;
}

// A table being written: ours first when asked for, then rows.
class Table {
 public:
  Table(std::string name, std::string about, std::initializer_list<std::string_view> columns)
      : name_(std::move(name)), about_(std::move(about)), columns_(columns) {}

  // Cells by column; the others stay empty.
  void add(std::initializer_list<std::pair<std::string_view, std::string_view>> cells) {
    ++n_rows_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c > 0) rows_ += '\t';
      for (const auto& [column, cell] : cells) {
        if (column != columns_[c]) continue;
        for (const char ch : cell) rows_ += ch == '\t' ? ' ' : ch;
      }
    }
    rows_ += '\n';
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }

  [[nodiscard]] Result<void> write(const fs::path& out, std::string_view ours) const {
    const fs::path path = out / name_;
    std::error_code failed;
    fs::create_directories(path.parent_path(), failed);
    std::ofstream file(path, std::ios::binary);
    if (ours.empty()) {
      file << "# complete_until: 0001-01-01\n# " << about_ << '\n';
      for (std::size_t c = 0; c < columns_.size(); ++c) file << (c > 0 ? "\t" : "") << columns_[c];
      file << '\n';
    } else {
      file << ours;
    }
    file << rows_;
    file.close();
    if (!file) return detente::errors::cannot_write(path, errno);
    return {};
  }

 private:
  std::string name_, about_;
  std::vector<std::string_view> columns_;
  std::string rows_;
  std::size_t n_rows_ = 0;
};

// The columns of our own tables, so that new rows may stand behind them.
class Tables {
 public:
  explicit Tables(const Scheme& scheme) : scheme_(scheme) {}

  void add(const Dictionary& dictionary) {
    for (const DictionaryEntry& entry : dictionary.entries) {
      if (dictionary.kind == DictionaryKind::Actors) add_actor(entry);
      if (dictionary.kind == DictionaryKind::Agents) add_agent(entry);
      if (dictionary.kind == DictionaryKind::Discards)
        discards_.add({{"phrase", entry.phrases[0]},
                       {"scope", entry.whole_story ? "story" : "sentence"},
                       {"source", kSource}});
    }
  }

  [[nodiscard]] std::vector<const Table*> all() const {
    return {&countries_, &organizations_, &offices_, &agents_, &collectives_, &discards_};
  }

 private:
  // Dated codes of states and roles belong to people, unless the name ends like a body's.
  [[nodiscard]] bool is_person(const DictionaryEntry& entry) const {
    const std::string& name = entry.phrases[0];
    const std::size_t space = name.rfind(' ');
    if (space == std::string::npos) return false;
    const std::string last = lower_case(name.substr(space + 1));
    const std::string first = lower_case(name.substr(0, name.find(' ')));
    if (scheme_.organization_heads.contains(last) || scheme_.group_words.contains(last) ||
        scheme_.organization_heads.contains(first) || scheme_.group_words.contains(first))
      return false;
    bool dated = false;
    for (const DictionaryCode& code : entry.codes) {
      const std::size_t at = code.code.size() < 6 ? 0 : code.code.size() - 3;
      const std::string role = code.code.substr(at);
      if (code.dated && (role == "GOV" || role == "MIL" || role == "JUD" || role == "LEG"))
        dated = true;
      if (role == "ELI") return true;
    }
    return dated;
  }

  static std::string day_text(Date day, bool open) { return open ? std::string() : day.text(); }
  static std::string from_text(const DictionaryCode& code) {
    return day_text(code.held.first, code.held.first.days_since_1970() <= -719162);
  }
  static std::string until_text(const DictionaryCode& code) {
    return day_text(code.held.last, code.held.last.days_since_1970() >= 2932896);
  }

  void add_actor(const DictionaryEntry& entry) {
    const bool person = is_person(entry);
    const Meaning first = meaning_of(scheme_, entry.codes[0].code);
    const bool country = entry.codes.size() == 1 && !entry.codes[0].dated && first.bare &&
                         entry.codes[0].code.size() == 3 && first.code == first.country;
    const std::string name = title_case(entry.phrases[0], !person && !country);
    std::string aliases;
    for (std::size_t i = 1; i < entry.phrases.size(); ++i) {
      if (i > 1) aliases += '|';
      aliases += title_case(entry.phrases[i], !person && !country);
    }
    bool again = false;
    for (const DictionaryCode& code : entry.codes) {
      if (code.code.empty()) continue;
      if (code.code.find('/') != std::string::npos) {
        add_collective(name, aliases, code);
        continue;
      }
      const Meaning meaning = meaning_of(scheme_, code.code);
      const std::string from = from_text(code);
      const std::string until = until_text(code);
      if (person) {
        const std::string office = meaning.words.empty() ? "Member" : meaning.words;
        offices_.add({{"person", name},
                      {"code", meaning.code},
                      {"office", office},
                      {"sector", meaning.sector},
                      {"from", from},
                      {"until", until},
                      {"aliases", again ? std::string_view() : aliases},
                      {"source", kSource}});
      } else if (country) {
        const bool is_new = states_.insert(meaning.code).second;
        countries_.add({{"code", meaning.code},
                        {"name", name},
                        {"aliases", aliases},
                        {"from", from},
                        {"until", until},
                        {"source", kSource},
                        {"kind", is_new ? "state" : "region"}});
      } else {
        organizations_.add({{"name", name},
                            {"code", meaning.code},
                            {"sector", meaning.sector},
                            {"country", meaning.country},
                            {"aliases", aliases},
                            {"kind", "agency"},
                            {"from", from},
                            {"until", until},
                            {"source", kSource}});
      }
      again = true;
    }
  }

  // "CODE/CODE": several at once.
  void add_collective(const std::string& name, const std::string& aliases,
                      const DictionaryCode& code) {
    std::string members;
    for (std::string_view rest = code.code; !rest.empty();) {
      const std::string one(rest.substr(0, rest.find('/')));
      rest.remove_prefix(std::min(rest.size(), one.size() + 1));
      members += (members.empty() ? "" : "|") + meaning_of(scheme_, one).code;
    }
    collectives_.add({{"name", name},
                      {"aliases", aliases},
                      {"members", members},
                      {"from", from_text(code)},
                      {"until", until_text(code)},
                      {"source", kSource}});
  }

  void add_agent(const DictionaryEntry& entry) {
    std::string role = entry.codes[0].code;
    std::erase(role, '~');
    Meaning meaning = meaning_of(scheme_, role);
    // "[NGO~]": a body's code where others have a role.
    if (const auto found = scheme_.roles.find(role);
        meaning.sector.empty() && found != scheme_.roles.end())
      meaning.sector = found->second.sector;
    for (std::size_t i = 0; i < entry.phrases.size(); ++i) {
      const std::string noun = lower_case(entry.phrases[i]);
      const std::string plural = lower_case(entry.plurals[i]);
      const std::string last =
          noun.substr(noun.rfind(' ') == std::string::npos ? 0 : noun.rfind(' ') + 1);
      const bool group =
          scheme_.group_words.contains(last) || scheme_.organization_heads.contains(last);
      agents_.add({{"noun", noun},
                   {"plural", plural.empty() ? noun : plural},
                   {"sector", meaning.sector},
                   {"kind", group ? "group" : "person"},
                   {"source", kSource}});
    }
  }

  const Scheme& scheme_;
  std::set<std::string> states_;
  Table countries_{"countries.tsv",
                   "States and regions of imported dictionaries.",
                   {"code", "iso2", "name", "aliases", "demonyms", "adjectives", "capital", "seats",
                    "former", "parent", "from", "until", "wikidata", "source", "sector", "kind"}};
  Table organizations_{"organizations.tsv",
                       "Bodies and other actors of imported dictionaries.",
                       {"name", "code", "sector", "country", "aliases", "acronym", "kind", "parent",
                        "from", "until", "wikidata", "source"}};
  Table offices_{"offices/imported.tsv",
                 "People of imported dictionaries; an office is what the code's role says.",
                 {"person", "code", "office", "sector", "from", "until", "short", "gender",
                  "aliases", "wikidata", "source"}};
  Table agents_{"agents.tsv",
                "Nouns of imported dictionaries.",
                {"noun", "plural", "sector", "kind", "gender", "source", "note"}};
  Table collectives_{"collectives.tsv",
                     "Actors of several codes in imported dictionaries.",
                     {"name", "aliases", "members", "from", "until", "source"}};
  Table discards_{"discards.tsv",
                  "Words that kept a sentence or a story from being coded; kept for the record.",
                  {"phrase", "scope", "source"}};
};

// Our tables that no dictionary replaces.
Result<void> copy_ours(const fs::path& ours, const fs::path& out, bool with_ours) {
  std::error_code failed;
  std::vector<std::string> names{"titles.tsv", "prefixes.tsv", "given_names.tsv"};
  if (with_ours) {
    names.emplace_back("peoples.tsv");
    for (const fs::directory_entry& entry : fs::directory_iterator(ours / "offices", failed))
      names.push_back("offices/" + entry.path().filename().string());
  }
  for (const std::string& name : names) {
    const fs::path to = out / name;
    fs::create_directories(to.parent_path(), failed);
    fs::copy_file(ours / name, to, fs::copy_options::overwrite_existing, failed);
    if (failed) return detente::errors::cannot_write(to, failed.value());
  }
  return {};
}

}  // namespace

Result<DictionaryImport> import_dictionaries(const std::vector<fs::path>& files,
                                             const fs::path& data, const fs::path& out,
                                             bool with_ours) {
  DETENTE_TRY(const Scheme scheme, Scheme::open(data));
  DictionaryImport import;
  Tables tables(scheme);
  for (const fs::path& file : files) {
    DETENTE_TRY(const MappedFile mapped, MappedFile::open(file));
    import.files.push_back({file, read_dictionary(mapped.text())});
    tables.add(import.files.back().dictionary);
  }
  std::size_t n_rows = 0;
  for (const Table* table : tables.all()) n_rows += table->n_rows();
  if (n_rows == 0) return errors::no_dictionary(files);
  std::error_code failed;
  fs::create_directories(out, failed);
  if (failed) return detente::errors::cannot_write(out, failed.value());
  DETENTE_TRY_VOID(copy_ours(data / "actors", out, with_ours));
  for (const Table* table : tables.all()) {
    const fs::path ours = data / "actors" / table->name();
    std::string text;
    if (with_ours && fs::exists(ours, failed)) {
      DETENTE_TRY(const MappedFile mapped, MappedFile::open(ours));
      text = mapped.text();
    }
    DETENTE_TRY_VOID(table->write(out, text));
    import.tables.emplace_back(table->name(), table->n_rows());
  }
  return import;
}

}  // namespace detente::resolve
