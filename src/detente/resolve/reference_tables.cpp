#include "detente/resolve/reference_tables.h"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <span>

#include "detente/base/errors.h"
#include "detente/resolve/actors/fold.h"
#include "detente/resolve/errors.h"

namespace detente::resolve {
namespace {

using Row = std::span<const std::string_view>;

// Calls `row(cells, line)` with the wanted columns; a column with '?' behind it may be absent.
template <typename OnRow>
Result<void> read_table(const MappedFile& file, const std::filesystem::path& path,
                        std::initializer_list<std::string_view> columns, const OnRow& row) {
  constexpr std::size_t kMostColumns = 24;
  constexpr std::size_t kAbsent = kMostColumns - 1;  // a cell that stays empty
  std::array<std::string_view, kMostColumns> cells{};
  std::array<std::string_view, kMostColumns> wanted{};
  std::array<std::size_t, kMostColumns> at{};
  std::size_t n_columns = 0;
  std::string_view text = file.text();
  for (std::uint32_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t newline = text.find('\n');
    std::string_view line = text.substr(0, newline);
    text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
    if (line.empty() || line.front() == '#') continue;
    std::size_t n = 0;
    for (;;) {
      const std::size_t tab = line.find('\t');
      if (n < kAbsent) cells[n] = line.substr(0, tab);
      ++n;
      if (tab == std::string_view::npos) break;
      line.remove_prefix(tab + 1);
    }
    if (n_columns == 0) {
      n_columns = n;
      std::size_t i = 0;
      for (std::string_view column : columns) {
        const bool optional = column.ends_with('?');
        if (optional) column.remove_suffix(1);
        const std::string_view* begin = cells.data();
        const std::string_view* end = begin + std::min(n, kAbsent);
        const std::string_view* found = std::find(begin, end, column);
        if (found == end && !optional) return detente::errors::table_lacks_column(path, column);
        at[i++] = found == end ? kAbsent : static_cast<std::size_t>(found - begin);
      }
      continue;
    }
    if (n != n_columns) return detente::errors::table_row_differs(path, line_number, n, n_columns);
    cells[kAbsent] = {};
    for (std::size_t i = 0; i < columns.size(); ++i) wanted[i] = cells[at[i]];
    row(Row(wanted.data(), columns.size()), line_number);
  }
  return {};
}

template <typename OnItem>
void for_each_item(std::string_view list, const OnItem& item) {
  while (!list.empty()) {
    const std::size_t bar = list.find('|');
    item(list.substr(0, bar));
    list.remove_prefix(bar == std::string_view::npos ? list.size() : bar + 1);
  }
}

int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value;
}

// The first day of "2022", "2022-05" or "2022-05-10"; the last one with `last`. Years before 1 and
// empty cells are open ends.
Date day_of(std::string_view text, bool last) {
  const Date open = last ? Date(2932896) : Date(-719162);
  if (text.size() < 4 || text[0] < '0' || text[0] > '9') return open;
  const int year = digits(text.substr(0, 4));
  const int month = text.size() >= 7 ? digits(text.substr(5, 2)) : last ? 12 : 1;
  const int day = text.size() >= 10 ? digits(text.substr(8, 2))
                  : last            ? days_in_month(year, std::clamp(month, 1, 12))
                                    : 1;
  return Date::from_ymd(year, month, day).value_or(open);
}

char gender_of(std::string_view cell) {
  return cell == "m" ? 'm' : cell == "f" ? 'f' : cell == "n" ? 'n' : '?';
}

std::string_view without_brackets(std::string_view name) {
  const std::size_t bracket = name.find(" (");
  return bracket == std::string_view::npos ? name : name.substr(0, bracket);
}

// A list of one code without its mark of context.
std::string_view bare(std::string_view codes) {
  return codes.ends_with('?') && codes.size() == 4 ? codes.substr(0, 3) : codes;
}

std::optional<WordUse> use_of(std::string_view name) {
  struct Named {
    std::string_view name;
    WordUse use;
  };
  constexpr std::array kUses =
      std::to_array<Named>({{"say", WordUse::Say},
                            {"mind", WordUse::Mind},
                            {"person", WordUse::Person},
                            {"group", WordUse::Group},
                            {"organization", WordUse::Organization},
                            {"place", WordUse::Place},
                            {"organization_head", WordUse::OrganizationHead},
                            {"place_head", WordUse::PlaceHead},
                            {"honorific", WordUse::Honorific},
                            {"past", WordUse::Past},
                            {"coming", WordUse::Coming},
                            {"relation", WordUse::Relation},
                            {"pair", WordUse::Pair},
                            {"not_name", WordUse::NotName},
                            {"meet", WordUse::Meet},
                            {"custody", WordUse::Custody},
                            {"state_noun", WordUse::StateNoun},
                            {"place_noun", WordUse::PlaceNoun},
                            {"rule_of", WordUse::RuleOf},
                            {"located", WordUse::Located},
                            {"onlooker", WordUse::Onlooker},
                            {"mission", WordUse::Mission}});
  for (const Named& named : kUses) {
    if (named.name == name) return named.use;
  }
  return std::nullopt;
}

}  // namespace

Result<void> ReferenceTables::load_countries(const std::filesystem::path& path) {
  DETENTE_TRY(MappedFile mapped, MappedFile::open(path));
  files_.push_back(std::make_unique<MappedFile>(std::move(mapped)));
  return read_table(
      *files_.back(), path,
      {"code", "name", "aliases", "demonyms", "adjectives", "capital", "seats", "former", "parent",
       "from", "until", "wikidata", "sector", "kind"},
      [&](Row cells, std::uint32_t) {
        CountryRow row;
        row.code = cells[0];
        row.name = without_brackets(cells[1]);
        row.former = cells[7] == "yes";
        row.parent = cells[8];
        row.held = {day_of(cells[9], false), day_of(cells[10], true)};
        row.wikidata = cells[11];
        row.sector = cells[12];
        row.kind = cells[13];
        row.capital = cells[5].substr(0, cells[5].find_first_of("|?"));
        const auto index = static_cast<std::uint32_t>(countries.size());
        countries.push_back(row);
        if (row.kind == "state" || row.kind == "territory") states.try_emplace(row.code, index);
        names.add(row.name, NameKind::Country, index);
        for_each_item(cells[2], [&](auto item) { names.add(item, NameKind::Country, index); });
        for_each_item(cells[3], [&](std::string_view item) {
          names.add(item, NameKind::Demonym, index,
                    item.ends_with('s') && !item.ends_with("ss") && !item.ends_with("is"));
        });
        for_each_item(cells[4], [&](auto item) { names.add(item, NameKind::Demonym, index); });
        for_each_item(cells[5], [&](auto item) { names.add(item, NameKind::Capital, index); });
        for_each_item(cells[6], [&](std::string_view item) {
          const std::size_t colon = item.rfind(':');
          names.add(item.substr(0, colon), NameKind::Seat, index);
        });
      });
}

Result<void> ReferenceTables::load_organizations(const std::filesystem::path& path) {
  DETENTE_TRY(MappedFile mapped, MappedFile::open(path));
  files_.push_back(std::make_unique<MappedFile>(std::move(mapped)));
  return read_table(*files_.back(), path,
                    {"name", "code", "sector", "country", "aliases", "acronym", "kind", "from",
                     "until", "wikidata"},
                    [&](Row cells, std::uint32_t) {
                      OrganizationRow row;
                      row.name = without_brackets(cells[0]);
                      row.code = cells[1];
                      row.sector = cells[2];
                      row.country = cells[3];
                      row.kind = cells[6];
                      row.held = {day_of(cells[7], false), day_of(cells[8], true)};
                      row.wikidata = cells[9];
                      const auto index = static_cast<std::uint32_t>(organizations.size());
                      organizations.push_back(row);
                      if (row.name.size() == cells[0].size())
                        names.add(row.name, NameKind::Organization, index);
                      for (const std::size_t list : {std::size_t{4}, std::size_t{5}}) {
                        for_each_item(cells[list], [&](auto item) {
                          names.add(item, NameKind::Organization, index);
                        });
                      }
                    });
}

Result<void> ReferenceTables::load_offices(const std::filesystem::path& path) {
  DETENTE_TRY(MappedFile mapped, MappedFile::open(path));
  files_.push_back(std::make_unique<MappedFile>(std::move(mapped)));
  file_names_.push_back(std::make_unique<std::string>(path.filename().string()));
  const std::string_view file_name = *file_names_.back();
  return read_table(
      *files_.back(), path,
      {"person", "code", "office", "sector", "from", "until", "short", "gender", "aliases",
       "wikidata"},
      [&](Row cells, std::uint32_t line) {
        std::uint32_t& known = person_of_[std::hash<std::string_view>()(cells[0])];
        const bool is_new = known == 0;
        if (is_new) {
          persons.emplace_back();
          known = static_cast<std::uint32_t>(persons.size());
          persons.back().name = cells[0];
        }
        const std::uint32_t person = known - 1;
        const auto add_skeleton = [&](std::string_view name) {
          if (const std::uint64_t skeleton = skeleton_hash(name); skeleton != 0)
            skeletons.add(skeleton, person);
        };
        if (is_new) {
          names.add(cells[0], NameKind::Person, person);
          add_skeleton(cells[0]);
        }
        PersonRow& row = persons[person];
        if (!cells[7].empty() && row.gender == '?') {
          row.gender = gender_of(cells[7]);
          std::vector<FoldedWord> given;
          fold_words(cells[0].substr(0, cells[0].find(' ')), 0, given);
          if (!given.empty()) given_names[given[0].hash] += row.gender == 'm' ? 1 : -1;
        }
        if (!cells[9].empty()) row.wikidata = cells[9];
        for_each_item(cells[8], [&](std::string_view item) {
          names.add(item,
                    item.find_first_of(" -") == std::string_view::npos ? NameKind::Surname
                                                                       : NameKind::Person,
                    person);
          add_skeleton(item);
        });
        for_each_item(cells[6], [&](auto item) { names.add(item, NameKind::Surname, person); });
        if (is_new && cells[6].empty()) {
          const std::size_t space = cells[0].rfind(' ');
          if (space != std::string_view::npos)
            names.add(cells[0].substr(space + 1), NameKind::Surname, person);
        }
        OfficeRow office;
        office.person = person;
        office.code = cells[1];
        office.office = cells[2];
        office.sector = cells[3];
        office.held = {day_of(cells[4], false), day_of(cells[5], true)};
        office.file = file_name;
        office.line = line;
        offices.push_back(office);
      });
}

void ReferenceTables::sort_offices() {
  offices_by_person_.resize(offices.size());
  for (std::uint32_t i = 0; i < offices.size(); ++i) offices_by_person_[i] = i;
  std::sort(offices_by_person_.begin(), offices_by_person_.end(),
            [&](std::uint32_t a, std::uint32_t b) {
              const OfficeRow& x = offices[a];
              const OfficeRow& y = offices[b];
              if (x.person != y.person) return x.person < y.person;
              return x.held.first != y.held.first ? x.held.first < y.held.first : a < b;
            });
  for (std::size_t begin = 0; begin < offices.size();) {
    const std::uint32_t person = offices[offices_by_person_[begin]].person;
    std::size_t end = begin + 1;
    while (end < offices.size() && offices[offices_by_person_[end]].person == person) ++end;
    persons[person].offices = std::span(offices_by_person_).subspan(begin, end - begin);
    begin = end;
  }
}

Result<void> ReferenceTables::load_agents(const std::filesystem::path& path) {
  DETENTE_TRY(MappedFile mapped, MappedFile::open(path));
  files_.push_back(std::make_unique<MappedFile>(std::move(mapped)));
  return read_table(*files_.back(), path, {"noun", "plural", "sector", "kind", "gender", "note"},
                    [&](Row cells, std::uint32_t) {
                      AgentRow row;
                      row.noun = cells[0];
                      row.sector = cells[2];
                      row.kind = cells[3];
                      row.gender = gender_of(cells[4]);
                      row.contextual = cells[5].find("context") != std::string_view::npos;
                      row.inherits = cells[5].find("inherits") != std::string_view::npos;
                      const auto index = static_cast<std::uint32_t>(agents.size());
                      agents.push_back(row);
                      agent_names.add(cells[0], NameKind::Agent, index, cells[0] == cells[1]);
                      if (cells[0] != cells[1])
                        agent_names.add(cells[1], NameKind::Agent, index, true);
                    });
}

// Tables that a checkout may lack.
Result<void> ReferenceTables::load_optional(const std::filesystem::path& data) {
  std::error_code failed;
  const auto open = [&](const std::filesystem::path& path) -> Result<const MappedFile*> {
    if (!std::filesystem::exists(path, failed)) return static_cast<const MappedFile*>(nullptr);
    DETENTE_TRY(MappedFile mapped, MappedFile::open(path));
    files_.push_back(std::make_unique<MappedFile>(std::move(mapped)));
    return static_cast<const MappedFile*>(files_.back().get());
  };
  const std::filesystem::path peoples_path = data / "peoples.tsv";
  DETENTE_TRY(const MappedFile* peoples_file, open(peoples_path));
  if (peoples_file != nullptr) {
    DETENTE_TRY_VOID(read_table(
        *peoples_file, peoples_path, {"name", "plural", "adjectives", "codes", "kind"},
        [&](Row cells, std::uint32_t) {
          const auto index = static_cast<std::uint32_t>(peoples.size());
          peoples.push_back({cells[0], bare(cells[3]), cells[4] == "regional"});
          names.add(without_brackets(cells[0]), NameKind::People, index);
          for_each_item(cells[1],
                        [&](auto item) { names.add(item, NameKind::People, index, true); });
          for_each_item(cells[2], [&](auto item) { names.add(item, NameKind::People, index); });
        }));
  }
  const std::filesystem::path collectives_path = data / "collectives.tsv";
  DETENTE_TRY(const MappedFile* collectives_file, open(collectives_path));
  if (collectives_file != nullptr) {
    DETENTE_TRY_VOID(read_table(
        *collectives_file, collectives_path, {"name", "aliases", "members", "from", "until"},
        [&](Row cells, std::uint32_t) {
          const auto index = static_cast<std::uint32_t>(collectives.size());
          collectives.push_back({without_brackets(cells[0]),
                                 cells[2],
                                 {day_of(cells[3], false), day_of(cells[4], true)}});
          names.add(without_brackets(cells[0]), NameKind::Collective, index);
          for_each_item(cells[1], [&](auto item) { names.add(item, NameKind::Collective, index); });
        }));
  }
  const std::filesystem::path given_path = data / "given_names.tsv";
  DETENTE_TRY(const MappedFile* given_file, open(given_path));
  if (given_file != nullptr) {
    std::vector<FoldedWord> words_of;
    DETENTE_TRY_VOID(
        read_table(*given_file, given_path, {"name", "gender"}, [&](Row cells, std::uint32_t) {
          words_of.clear();
          fold_words(cells[0], 0, words_of);
          if (words_of.size() != 1) return;
          given_names[words_of[0].hash] += cells[1] == "m" ? 3 : cells[1] == "f" ? -3 : 0;
        }));
  }
  const std::filesystem::path titles_path = data / "titles.tsv";
  DETENTE_TRY(const MappedFile* titles_file, open(titles_path));
  if (titles_file != nullptr) {
    DETENTE_TRY_VOID(read_table(*titles_file, titles_path, {"title", "aliases", "sector", "gender"},
                                [&](Row cells, std::uint32_t) {
                                  const auto add = [&](std::string_view title) {
                                    if (title.ends_with('?')) return;
                                    const std::string text = folded(title);
                                    if (text.empty() || text.find(' ') != std::string::npos) return;
                                    if (word(text, WordUse::Honorific) != nullptr) return;
                                    words.emplace(text,
                                                  WordRow{WordUse::Honorific, gender_of(cells[3]),
                                                          std::string(cells[2])});
                                  };
                                  add(cells[0]);
                                  for_each_item(cells[1], add);
                                }));
  }
  return {};
}

Result<void> ReferenceTables::load_words(const std::filesystem::path& folder) {
  std::optional<Error> bad;
  {
    const std::filesystem::path path = folder / "words.tsv";
    DETENTE_TRY(const MappedFile file, MappedFile::open(path));
    DETENTE_TRY_VOID(read_table(
        file, path, {"use", "words", "gender", "note"}, [&](Row cells, std::uint32_t line) {
          const std::optional<WordUse> use = use_of(cells[0]);
          if (!use) {
            bad = errors::bad_table_row(path, line, cells[0]);
            return;
          }
          for_each_item(cells[1], [&](std::string_view item) {
            words.emplace(std::string(item),
                          WordRow{*use, gender_of(cells[2]), std::string(cells[3])});
          });
        }));
  }
  {
    const std::filesystem::path path = folder / "pronouns.tsv";
    DETENTE_TRY(const MappedFile file, MappedFile::open(path));
    DETENTE_TRY_VOID(read_table(file, path, {"word", "person", "number", "gender", "kind"},
                                [&](Row cells, std::uint32_t) {
                                  PronounRow row;
                                  row.person = digits(cells[1]);
                                  row.plural = cells[2] == "plural";
                                  row.gender = gender_of(cells[3]);
                                  row.possessive = cells[4] == "possessive";
                                  row.reflexive = cells[4] == "reflexive";
                                  pronouns.emplace(std::string(cells[0]), row);
                                }));
  }
  {
    const std::filesystem::path path = folder / "printed_codes.tsv";
    DETENTE_TRY(const MappedFile file, MappedFile::open(path));
    DETENTE_TRY_VOID(read_table(file, path, {"code", "printed"}, [&](Row cells, std::uint32_t) {
      printed_codes.emplace(std::string(cells[0]), std::string(cells[1]));
    }));
  }
  if (bad) return *bad;
  return {};
}

Result<ReferenceTables> ReferenceTables::open(const std::filesystem::path& data,
                                              const std::filesystem::path& places,
                                              const std::filesystem::path& other_actors) {
  ReferenceTables tables;
  const std::filesystem::path actors = other_actors.empty() ? data / "actors" : other_actors;
  DETENTE_TRY_VOID(tables.load_words(data / "resolve"));
  DETENTE_TRY_VOID(tables.load_countries(actors / "countries.tsv"));
  DETENTE_TRY_VOID(tables.load_organizations(actors / "organizations.tsv"));
  std::error_code failed;
  for (const char* more : {"media.tsv", "companies.tsv"}) {
    if (std::filesystem::exists(actors / more, failed))
      DETENTE_TRY_VOID(tables.load_organizations(actors / more));
  }
  std::vector<std::filesystem::path> regions;
  for (const auto& entry : std::filesystem::directory_iterator(actors / "offices", failed)) {
    if (entry.path().extension() == ".tsv") regions.push_back(entry.path());
  }
  std::sort(regions.begin(), regions.end());
  tables.offices.reserve(1U << 15);
  tables.persons.reserve(1U << 14);
  for (const std::filesystem::path& region : regions) DETENTE_TRY_VOID(tables.load_offices(region));
  tables.sort_offices();
  DETENTE_TRY_VOID(tables.load_agents(actors / "agents.tsv"));
  DETENTE_TRY_VOID(tables.load_optional(actors));
  tables.names.settle();
  tables.agent_names.settle();
  DETENTE_TRY(tables.gazetteer, Gazetteer::open(places));
  DETENTE_TRY(times::TimeTables time_tables, times::TimeTables::open(data));
  tables.time_tables = std::make_unique<const times::TimeTables>(std::move(time_tables));
  return tables;
}

const WordRow* ReferenceTables::word(const std::string& text, WordUse use) const {
  const auto [first, last] = words.equal_range(text);
  for (auto it = first; it != last; ++it) {
    if (it->second.use == use) return &it->second;
  }
  return nullptr;
}

std::string_view ReferenceTables::country_name(std::string_view code) const {
  const auto found = states.find(code);
  return found == states.end() ? std::string_view() : countries[found->second].name;
}

}  // namespace detente::resolve
