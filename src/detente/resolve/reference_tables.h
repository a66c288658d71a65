#pragma once
// The tables that room `resolve` reads: data/actors, data/resolve and the gazetteer. Loaded once,
// immutable, shared by all threads.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/flat_map.h"
#include "detente/base/mapped_file.h"
#include "detente/base/result.h"
#include "detente/resolve/actors/name_index.h"
#include "detente/resolve/places/gazetteer.h"
#include "detente/resolve/resolved_document.h"
#include "detente/resolve/times/times.h"

namespace detente::resolve {

// All views look into files that ReferenceTables keeps mapped.

struct CountryRow {
  std::string_view code, name, parent, capital, sector, wikidata, kind;
  DateRange held;
  bool former = false;
};

struct OrganizationRow {
  std::string_view name, code, sector, country, kind, wikidata;
  DateRange held;
};

struct OfficeRow {
  std::string_view code, office, sector, file;
  DateRange held;
  std::uint32_t person = 0;
  std::uint32_t line = 0;
};

struct PersonRow {
  std::string_view name, wikidata;
  char gender = '?';
  std::span<const std::uint32_t> offices;  ///< rows of `offices`, by first day
};

struct AgentRow {
  std::string_view noun, sector, kind;
  char gender = '?';
  bool contextual = false;
  bool inherits = false;
};

struct CollectiveRow {
  std::string_view name, members;
  DateRange held;
};

struct PeopleRow {
  std::string_view name, codes;
  bool regional = false;  ///< of a region of many states: "West African"
};

/// What a word of data/resolve/words.tsv does.
enum class WordUse : std::uint8_t {
  Say,               ///< verb of saying
  Mind,              ///< verb whose subject is somebody: a capital that does this is its government
  Person,            ///< noun for a person
  Group,             ///< noun for people together
  Organization,      ///< noun for a body
  Place,             ///< noun for a place
  OrganizationHead,  ///< last or chief word of the names of bodies; `note` is the sector
  PlaceHead,         ///< last word of the names of places
  Honorific,         ///< before a name; `note` is a sector or nothing
  Past,              ///< former, late, ex-
  Coming,            ///< elect, designate, incoming
  Relation,          ///< counterpart, successor, predecessor: `note` says which
  Pair,              ///< nouns that "the two …" names together
  NotName,           ///< capitalised words that are no names
  Meet,              ///< verbs and nouns of meeting and speaking: their place is nobody's state
  Custody,           ///< verbs of what a state does to those in its power
  StateNoun,         ///< "the country": a state named before
  PlaceNoun,         ///< "the city": a place named before
  RuleOf,            ///< "the Bush administration": who rules stands before it
  Located,           ///< preposition before the place where something is
  Onlooker,          ///< speaks of what others do: of no state unless the words say so
  Mission,           ///< embassy, ambassador: of the state that sends, not the one it stands in
};

struct WordRow {
  WordUse use = WordUse::NotName;
  char gender = '?';
  std::string note;
};

struct PronounRow {
  int person = 3;
  bool plural = false;
  bool possessive = false;
  bool reflexive = false;
  char gender = '?';  ///< m f n, ? any
};

class ReferenceTables {
 public:
  /// Reads `data`/actors and `data`/resolve. `places`: the gazetteer's folder; without one places
  /// are known from the tables of countries alone. Errors: D0001, D0004, D0005 a table, D0402 a
  /// cell that says nothing its column knows.
  /// `actors`: tables in the place of `data`/actors; empty: those.
  static Result<ReferenceTables> open(const std::filesystem::path& data,
                                      const std::filesystem::path& places,
                                      const std::filesystem::path& actors = {});

  std::vector<CountryRow> countries;
  std::vector<OrganizationRow> organizations;
  std::vector<OfficeRow> offices;
  std::vector<PersonRow> persons;
  std::vector<AgentRow> agents;
  std::vector<CollectiveRow> collectives;
  std::vector<PeopleRow> peoples;
  NameIndex names{1U << 17};
  NameIndex agent_names{1U << 13};
  FlatMultimap skeletons{1U << 16};                     ///< hash of a name's skeleton to persons
  FlatMap<int> given_names{1U << 14};                   ///< word to men minus women
  std::unordered_multimap<std::string, WordRow> words;  ///< by lemma, or by word in lower case
  std::unordered_map<std::string, PronounRow> pronouns;
  std::unordered_map<std::string_view, std::uint32_t> states;  ///< code to its row of countries
  std::unordered_map<std::string, std::string> printed_codes;
  Gazetteer gazetteer;
  std::unique_ptr<const times::TimeTables> time_tables;

  [[nodiscard]] const WordRow* word(const std::string& text, WordUse use) const;
  [[nodiscard]] std::string_view country_name(std::string_view code) const;

 private:
  Result<void> load_countries(const std::filesystem::path& path);
  Result<void> load_organizations(const std::filesystem::path& path);
  Result<void> load_offices(const std::filesystem::path& path);
  void sort_offices();
  Result<void> load_agents(const std::filesystem::path& path);
  Result<void> load_optional(const std::filesystem::path& data);
  Result<void> load_words(const std::filesystem::path& folder);
  std::vector<std::unique_ptr<MappedFile>> files_;
  std::vector<std::unique_ptr<std::string>> file_names_;
  FlatMap<std::uint32_t> person_of_{1U << 15};  ///< hash of a name to one more than its person
  std::vector<std::uint32_t> offices_by_person_;
};

}  // namespace detente::resolve
