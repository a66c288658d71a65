// What a mention's own words say of its actor: rows of the tables, adjectives, possessives, places.

#include <algorithm>

#include "detente/resolve/actors/draft.h"
#include "detente/resolve/places/find_places.h"

namespace detente::resolve {
namespace {

using parse::label;

// Rows that hold on the day first; then the one held last before it.
template <typename Rows, typename Held>
std::uint32_t best_on(const Rows& rows, Date day, const Held& held) {
  std::uint32_t best = rows[0];
  int best_score = -1;
  for (const std::uint32_t row : rows) {
    const DateRange& range = held(row);
    const int score = range.contains(day) ? 2 : range.last < day ? 1 : 0;
    if (score > best_score || (score == best_score && score == 1 && held(best).last < range.last)) {
      best = row;
      best_score = score;
    }
  }
  return best;
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool left = at == 0 || text[at - 1] == ' ';
    const std::size_t end = at + word.size();
    if (left && (end == text.size() || text[end] == ' ')) return true;
  }
  return false;
}

// How much of an office's words a title says: "foreign minister" of "Foreign Minister" all.
int title_match(std::string_view office, std::string_view title) {
  if (title.empty()) return 0;
  int n = 0;
  std::size_t from = 0;
  while (from < title.size()) {
    std::size_t end = title.find(' ', from);
    if (end == std::string_view::npos) end = title.size();
    if (has_word(office, title.substr(from, end - from))) ++n;
    from = end + 1;
  }
  return n;
}

// Of several organizations of one name: whose state stands beside it, is spoken of in the report,
// or whose own name this is. Empty: none of those that need a context has it.
std::optional<std::uint32_t> best_organization(const Work& work, const NameHit& hit,
                                               std::string_view country) {
  std::optional<std::uint32_t> best;
  int best_score = -1;
  bool several = false;
  for (const std::uint32_t r : hit.rows) {
    const OrganizationRow& row = work.tables.organizations[r];
    several = several || row.code != work.tables.organizations[hit.rows[0]].code;
  }
  int most = 1;
  for (const auto& [code, count] : work.countries) most = std::max(most, count);
  for (const std::uint32_t r : hit.rows) {
    const OrganizationRow& row = work.tables.organizations[r];
    int score = row.held.contains(work.day) ? 2 : row.held.last < work.day ? 1 : 0;
    if (hit.text == folded(row.name)) score += 4;
    int context = 0;
    const int named = work.times_named(row.country.empty() ? row.code : row.country);
    if (!country.empty() && (row.code == country || row.country == country)) context += 16;
    if (!row.country.empty() || row.code.size() == 3)
      context += std::min(8, 2 * named) + 4 * named / most;
    const bool own_state = work.tables.states.contains(row.code);
    if (!work.own.empty() && row.code == work.own) context += 5;
    if (!country.empty() && own_state && row.code != country && several) continue;
    const bool party =
        several && row.sector == "PTY";  // "the Liberal Party", of nobody knows where
    if ((hit.contextual || party) && own_state && context == 0) continue;
    if (score + context > best_score) {
      best_score = score + context;
      best = r;
    }
  }
  return best;
}

// "Punjab" is of two states: that of the report before others.
std::uint32_t best_country(const Work& work, const NameHit& hit) {
  for (const std::uint32_t row : hit.rows) {
    const CountryRow& country = work.tables.countries[row];
    if (country.code == work.own && country.held.contains(work.day)) return row;
  }
  return best_on(hit.rows, work.day, [&](std::uint32_t r) -> const DateRange& {
    return work.tables.countries[r].held;
  });
}

void take_country(const Work& work, const NameHit& hit, Draft& draft) {
  if (hit.rows.empty()) return;
  const std::uint32_t row = best_country(work, hit);
  const CountryRow& country = work.tables.countries[row];
  draft.code = country.code;
  draft.identifier = country.name;
  draft.identifier_id = country.wikidata;
  draft.ground = Ground::Table;
  draft.sector = country.sector;
  draft.why = "countries.tsv: " + std::string(country.name);
  // "ethnic Albanians": whose citizens they are is told by the place.
  const std::uint32_t first = hit.tokens.begin;
  if (hit.sort == NameSort::Demonym && first > 0 && work.lower(first - 1) == "ethnic") {
    draft.ground = Ground::None;
    draft.code.clear();
  }
}

// The code that a name gives to nouns beside it: "Israeli tanks", "NATO troops".
std::string_view code_of_hit(const Work& work, const NameHit& hit) {
  if (hit.rows.empty()) return {};
  switch (hit.sort) {
    case NameSort::Country:
    case NameSort::Demonym:
    case NameSort::Capital:
    case NameSort::Seat: {
      const std::uint32_t row = best_country(work, hit);
      return work.tables.countries[row].code;
    }
    case NameSort::Organization: {
      const std::optional<std::uint32_t> row = best_organization(work, hit, {});
      return row ? work.tables.organizations[*row].code : std::string_view();
    }
    case NameSort::People: {
      const std::string_view codes = work.tables.peoples[hit.rows[0]].codes;
      return codes.size() == 3 ? codes : codes.substr(0, 0);
    }
    default:
      return {};
  }
}

// "Bank of Ghana", "the Israel Air Force": the state in the name of a body that no table has; what
// stands behind "of" before what stands first.
std::string_view country_in_name(const Work& work, const NameHit& hit) {
  std::string_view first;
  for (std::uint32_t i = hit.tokens.begin; i < hit.tokens.end; ++i) {
    std::vector<FoldedWord> words;
    std::uint64_t hash = kHashSeed;
    for (std::uint32_t k = i; k < hit.tokens.end && k < i + 3; ++k) {
      fold_words(work.text(k), 0, words);
      hash = kHashSeed;
      for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
      for (const NameEntry* entry = work.tables.names.find(hash); entry != nullptr;
           entry = work.tables.names.next(*entry)) {
        if (entry->contextual ||
            (entry->kind != NameKind::Country && entry->kind != NameKind::Demonym))
          continue;
        const std::string_view code = work.tables.countries[entry->row].code;
        if (i > hit.tokens.begin && work.text(i - 1) == "-") continue;  // "Al-Sabah"
        if (i > hit.tokens.begin && work.lower(i - 1) == "of") return code;
        if (first.empty()) first = code;
      }
    }
  }
  return first;
}

// The word that tells what a body is: "Ministry" of "Ministry of Energy", "Bank" of "Fisheries
// Bank", "Bank" of "Bank Mandiri".
const WordRow* head_word_of(const Work& work, const std::string& name) {
  const auto look = [&](std::string_view words, bool last) {
    const std::size_t space = last ? words.rfind(' ') : words.find(' ');
    if (space != std::string_view::npos)
      words = last ? words.substr(space + 1) : words.substr(0, space);
    return work.tables.word(std::string(words), WordUse::OrganizationHead);
  };
  if (const std::size_t of = name.find(" of "); of != std::string::npos) {
    if (const WordRow* word = look(std::string_view(name).substr(0, of), true); word != nullptr)
      return word;
  }
  const WordRow* word = look(name, true);
  return word != nullptr ? word : look(name, false);
}

// "Congress", "Parliament" as a name: what the noun says.
std::string_view sector_of_noun(const Work& work, std::string_view text) {
  std::vector<FoldedWord> words;
  fold_words(text, 0, words);
  if (words.size() != 1) return {};
  const NameEntry* entry = work.tables.agent_names.find(join_hash(kHashSeed, words[0].hash));
  if (entry == nullptr) return {};
  const AgentRow& agent = work.tables.agents[entry->row];
  return agent.kind == "person" || agent.sector == "UNK" ? std::string_view() : agent.sector;
}

// Letters to change, add or drop to make one of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = diagonal + static_cast<std::size_t>(a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
    }
  }
  return row[b.size()];
}

// Another spelling of somebody of these days, not the name of somebody else.
bool may_be_spelt(const Work& work, std::string_view text, const PersonRow& person) {
  constexpr int kDaysOfMemory = 12 * 365;
  const std::string name = folded(person.name);
  if (distance(text, name) * 3 > std::max(text.size(), name.size())) return false;
  return std::any_of(person.offices.begin(), person.offices.end(), [&](std::uint32_t o) {
    const DateRange& held = work.tables.offices[o].held;
    return held.last.plus_days(kDaysOfMemory) >= work.day;
  });
}

void identify_person(const Work& work, const NameHit& hit, Draft& draft) {
  draft.by = ResolvedBy::Name;
  draft.identifier = std::string(hit.span.in(work.document.text));
  std::vector<std::uint32_t> candidates = hit.rows;
  const char* how = "";
  if (draft.modifier && draft.title.empty()) {
    // "the Bush administration", "the Mugabe government"
    const std::string above = work.lemma(work.parsed.tokens.head[draft.head]);
    if (work.tables.word(above, WordUse::RuleOf) != nullptr)
      draft.title = "president prime minister";
  }
  if (candidates.empty() && hit.tokens.size() >= 2) {
    if (const std::uint64_t skeleton = skeleton_hash(hit.span.in(work.document.text));
        skeleton != 0) {
      candidates = work.tables.skeletons.find(skeleton);
      std::erase_if(candidates, [&](std::uint32_t candidate) {
        return !may_be_spelt(work, hit.text, work.tables.persons[candidate]);
      });
      how = " (spelt otherwise)";
    }
  }
  if (candidates.empty() && hit.tokens.size() <= 3 && !draft.title.empty()) {
    // "President Bush": a surname whose title one of its bearers held.
    std::vector<FoldedWord> words;
    fold_words(hit.span.in(work.document.text), 0, words);
    std::uint64_t hash = kHashSeed;
    for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
    for (const NameEntry* entry = work.tables.names.find(hash); entry != nullptr;
         entry = work.tables.names.next(*entry)) {
      if (entry->kind == NameKind::Surname) candidates.push_back(entry->row);
    }
    how = " (surname with title)";
    std::vector<std::uint32_t> fitting;
    int best = 0;
    for (const std::uint32_t candidate : candidates) {
      int score = 0;
      for (const std::uint32_t o : work.tables.persons[candidate].offices) {
        const OfficeRow& office = work.tables.offices[o];
        if (!draft.country.empty() && office.code != draft.country) continue;
        const std::string words_of_office = folded(office.office);
        const int match = title_match(words_of_office, draft.title);
        if (match == 0) continue;
        int s = match * 4;
        const bool whole = has_word(draft.title, words_of_office);
        if (whole) s += 3;
        if (office.held.contains(work.day))
          s += 6;
        else if (office.held.first <= work.day)
          s += 2;
        if (!draft.country.empty()) s += 8;
        score = std::max(score, s);
      }
      if (score > best) {
        best = score;
        fitting.clear();
      }
      if (score == best && score > 0) fitting.push_back(candidate);
    }
    candidates = fitting;
  }
  if (candidates.empty()) return;
  // Of several bearers the one whose country or title stands beside, then who holds an office now.
  std::uint32_t chosen = candidates[0];
  int best = -1;
  for (const std::uint32_t candidate : candidates) {
    int score = 0;
    for (const std::uint32_t o : work.tables.persons[candidate].offices) {
      const OfficeRow& office = work.tables.offices[o];
      int s = office.held.contains(work.day) ? 3 : office.held.first <= work.day ? 1 : 0;
      if (!draft.country.empty() && office.code == draft.country) s += 8;
      if (title_match(folded(office.office), draft.title) > 0) s += 4;
      score = std::max(score, s);
    }
    if (score > best) {
      best = score;
      chosen = candidate;
    }
  }
  const PersonRow& person = work.tables.persons[chosen];
  if (!draft.country.empty()) {
    bool same = false;
    for (const std::uint32_t o : person.offices)
      same = same || work.tables.offices[o].code == draft.country ||
             work.tables.offices[o].code.size() != 3 || work.tables.offices[o].code == "UNO" ||
             work.tables.offices[o].code == "EUR" || work.tables.offices[o].code == "IGO";
    if (!same && (hit.rows.empty() || hit.tokens.size() < 2)) return;
  }
  bool ended = false;
  const std::optional<std::uint32_t> office =
      office_on(work.tables, person, work.day, work.dated, draft.title, draft.past, &ended);
  draft.identifier = person.name;
  draft.identifier_id = person.wikidata;
  draft.gender = person.gender == '?' ? draft.gender : person.gender;
  draft.ground = Ground::Table;
  if (!office) return;
  const OfficeRow& row = work.tables.offices[*office];
  draft.code = row.code;
  draft.sector = ended ? "ELI" : std::string(row.sector);
  draft.office = ended ? "Former " + std::string(row.office) : std::string(row.office);
  draft.why = std::string(row.file) + ":" + std::to_string(row.line) + how;
  draft.by = draft.title.empty() || hit.tokens.size() > 1 ? ResolvedBy::Name : ResolvedBy::Title;
}

// Whether a capital or seat stands for its government: it does what somebody does.
bool acts(const Work& work, const Draft& draft) {
  const parse::Tokens& tokens = work.parsed.tokens;
  if (draft.modifier) return true;
  const StringId dep = tokens.dep[draft.head];
  const std::uint32_t up = tokens.head[draft.head];
  if (dep == label("nsubj") || dep == label("conj")) {
    return work.tables.word(work.lemma(up), WordUse::Mind) != nullptr;
  }
  if (dep == label("agent")) return true;
  if (dep == label("pobj")) {
    const std::string_view preposition = work.lower(up);
    if (preposition == "by" || preposition == "between" || preposition == "against" ||
        preposition == "with")
      return true;
    return false;
  }
  return dep == label("poss") || dep == label("dobj");
}

// A small town may be another of its name: it tells a state only where the report names that state,
// or none.
bool tells_state(const Work& work, const GazetteerPlace& place) {
  return work.countries.empty() || work.times_named(place.country) > 0 || is_large(place);
}

void identify_name(Work& work, Draft& draft) {
  const NameHit& hit = work.hits[static_cast<std::size_t>(draft.hit)];
  switch (hit.sort) {
    case NameSort::Country:
      take_country(work, hit, draft);
      draft.by = ResolvedBy::Name;
      break;
    case NameSort::Demonym:
      take_country(work, hit, draft);
      draft.by = ResolvedBy::Demonym;
      break;
    case NameSort::Capital:
    case NameSort::Seat: {
      take_country(work, hit, draft);
      if (hit.sort == NameSort::Seat || acts(work, draft)) {
        draft.by = ResolvedBy::Metonym;
        if (hit.sort == NameSort::Seat) draft.sector = "GOV";
      } else {
        draft.by = ResolvedBy::Name;
        draft.identifier = std::string(hit.span.in(work.document.text));
        draft.identifier_id.clear();
      }
      break;
    }
    case NameSort::Organization: {
      draft.by = ResolvedBy::Name;
      draft.identifier = std::string(hit.span.in(work.document.text));
      const std::optional<std::uint32_t> row =
          hit.rows.empty() ? std::nullopt : best_organization(work, hit, draft.country);
      if (row) {
        const OrganizationRow& organization = work.tables.organizations[*row];
        draft.code = organization.code;
        draft.sector = organization.sector;
        draft.identifier = organization.name;
        draft.identifier_id = organization.wikidata;
        draft.ground = Ground::Table;
        draft.why = "organizations.tsv: " + std::string(organization.name);
      } else {
        const std::size_t space = hit.text.rfind(' ');
        const WordRow* word = head_word_of(work, hit.text);
        if (word != nullptr) draft.sector = word->note;
        if (draft.sector.empty() && space == std::string::npos)
          draft.sector = sector_of_noun(work, hit.text);
        // "the Chinese Chamber of Commerce in Sri Lanka" is China's.
        if (const std::string_view own = country_in_name(work, hit); !own.empty())
          draft.country = own;
      }
      break;
    }
    case NameSort::People: {
      draft.by = ResolvedBy::Demonym;
      const std::string_view code = code_of_hit(work, hit);
      if (!code.empty()) {
        draft.code = code;
        draft.ground = Ground::Modifier;
        draft.why = "peoples.tsv";
      }
      draft.identifier = std::string(hit.span.in(work.document.text));
      break;
    }
    case NameSort::Collective:
      draft.by = ResolvedBy::Collective;
      draft.identifier = std::string(hit.span.in(work.document.text));
      break;
    case NameSort::Place:
      draft.by = ResolvedBy::Name;
      draft.identifier = std::string(hit.span.in(work.document.text));
      if (const std::optional<GazetteerPlace> place = choose_place(work, hit);
          place && tells_state(work, *place)) {
        draft.code = place->country;
        draft.ground = Ground::Table;
        draft.why = "places.tsv: " + std::string(place->name);
      }
      break;
    case NameSort::Person:
    case NameSort::Unknown:
      identify_person(work, hit, draft);
      break;
  }
}

// The state that the gazetteer's place lies in: one of those the report speaks of, else the
// largest.
std::string_view place_code(const Work& work, const NameHit& hit) {
  const std::optional<GazetteerPlace> place = choose_place(work, hit);
  return place && tells_state(work, *place) ? place->country : std::string_view();
}

// The state that adjectives, possessives and prepositions give.
void find_country(Work& work, Draft& draft) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const std::uint32_t stop = draft.form == Form::Name
                                 ? work.hits[static_cast<std::size_t>(draft.hit)].tokens.begin
                                 : draft.head;
  for (std::uint32_t i = draft.tokens.begin; i < stop; ++i) {
    const std::int32_t h = work.hit_at[i];
    if (h < 0 || h == draft.hit) continue;
    // "anti-Syria", "Iran-backed": against or beside, not of it.
    if (i > 1 && (work.text(i - 1) == "-") &&
        (work.lower(i - 2) == "anti" || work.lower(i - 2) == "pro" || work.lower(i - 2) == "non"))
      continue;
    if (i + 2 < tokens.size() && work.text(i + 1) == "-" && tokens.tag[i + 2] == label("VBN"))
      continue;
    const NameHit& hit = work.hits[static_cast<std::size_t>(h)];
    std::string_view code = code_of_hit(work, hit);
    if (hit.sort == NameSort::Person || hit.sort == NameSort::Place ||
        hit.sort == NameSort::Organization) {
      // "the Bush administration": the modifier has been identified before its noun.
      const std::int32_t d = work.draft_of_head[i];
      code = d >= 0 && work.drafts[static_cast<std::size_t>(d)].ground == Ground::Table
                 ? std::string_view(work.drafts[static_cast<std::size_t>(d)].code)
                 : std::string_view();
    }
    if (!code.empty()) {
      draft.country = code;
      return;
    }
  }
  for (const std::uint32_t child : work.children.of(draft.head)) {
    if (child < draft.head || tokens.dep[child] != label("prep")) continue;
    const std::string_view preposition = work.lower(child);
    if (preposition != "of" && preposition != "in" && preposition != "from" && preposition != "at")
      continue;
    for (const std::uint32_t object : work.children.of(child)) {
      if (tokens.dep[object] != label("pobj")) continue;
      const std::int32_t h = work.hit_at[object];
      if (h < 0 || h == draft.hit) continue;
      std::string_view code = code_of_hit(work, work.hits[static_cast<std::size_t>(h)]);
      if (code.empty() && work.hits[static_cast<std::size_t>(h)].sort == NameSort::Place)
        code = place_code(work, work.hits[static_cast<std::size_t>(h)]);
      if (!code.empty()) {
        draft.country = code;
        return;
      }
    }
  }
}

// "the Government of Mauritius", whatever the parser hung "of" on.
void find_country_behind(Work& work, Draft& draft) {
  const std::uint32_t end = draft.form == Form::Name
                                ? work.hits[static_cast<std::size_t>(draft.hit)].tokens.end
                                : draft.head + 1;
  if (end + 2 >= work.hit_at.size() || work.lower(end) != "of") return;
  const std::uint32_t at = work.lower(end + 1) == "the" ? end + 2 : end + 1;
  const std::int32_t h = work.hit_at[at];
  if (h < 0 || h == draft.hit) return;
  const NameHit& hit = work.hits[static_cast<std::size_t>(h)];
  if (hit.sort == NameSort::Country) draft.country = code_of_hit(work, hit);
}

// "university administrators", "a hospital director", "the BJP leader": who leads or speaks for a
// body is of its sector.
std::string_view sector_before(const Work& work, const Draft& draft, const AgentRow& agent) {
  if (draft.head == 0 || !agent.inherits) return agent.sector;
  const std::uint32_t before = draft.head - 1;
  const StringId dep = work.parsed.tokens.dep[before];
  if (before < draft.tokens.begin || (dep != label("compound") && dep != label("nmod")))
    return agent.sector;
  const std::int32_t h = work.hit_at[before];
  if (h >= 0) {
    const NameHit& hit = work.hits[static_cast<std::size_t>(h)];
    if (hit.sort != NameSort::Organization || hit.rows.empty()) return agent.sector;
    const std::optional<std::uint32_t> row = best_organization(work, hit, {});
    if (!row || work.tables.organizations[*row].sector.empty()) return agent.sector;
    return work.tables.organizations[*row].sector;
  }
  const std::string_view sector = sector_of_noun(work, work.lemma(before));
  return sector.empty() ? agent.sector : sector;
}

void identify_nominal(Work& work, Draft& draft) {
  if (draft.agent >= 0) {
    const AgentRow& agent = work.tables.agents[static_cast<std::size_t>(draft.agent)];
    const std::string_view sector = sector_before(work, draft, agent);
    draft.sector = draft.past && sector == "GOV" ? "ELI" : std::string(sector);
    if (draft.sector == "UNK") draft.sector.clear();
    draft.by = ResolvedBy::Agent;
    draft.why = "agents.tsv: " + std::string(agent.noun);
    if (!draft.country.empty()) {
      draft.code = draft.country;
      draft.ground = Ground::Modifier;
    }
    return;
  }
  if (!draft.country.empty() && draft.type != MentionType::Object) {
    draft.code = draft.country;
    draft.ground = Ground::Modifier;
    draft.by = ResolvedBy::Description;
  }
}

}  // namespace

std::optional<std::uint32_t> office_on(const ReferenceTables& tables, const PersonRow& person,
                                       Date day, bool dated, std::string_view title, bool past,
                                       bool* ended) {
  std::optional<std::uint32_t> best;
  int best_score = -1;
  *ended = false;
  for (const std::uint32_t o : person.offices) {
    const OfficeRow& office = tables.offices[o];
    const int match = title_match(folded(office.office), title);
    int score = match * 3;
    if (office.held.contains(day)) {
      score += 20;
      if (office.sector == "GOV") score += 2;
    } else if (office.held.last < day) {
      score += 10;
    }
    if (past && !office.held.contains(day)) score += 12;
    if (match > 0 && !past) score += dated ? 5 : 25;
    if (score >= best_score) {
      best_score = score;
      best = o;
    }
  }
  if (best) {
    const OfficeRow& office = tables.offices[*best];
    const bool over = office.held.last < day;
    // A title without "former" is the writer's word that the office was held then.
    *ended = past || (over && title_match(folded(office.office), title) == 0);
    if (over && *ended) {
      // Soldiers and rebels stay what they are; those who ruled become elites.
      *ended = past || office.sector == "GOV" || office.sector == "ELI";
    }
  }
  return best;
}

void identify(Work& work) {
  for (Draft& draft : work.drafts) {
    if (draft.form == Form::Pronoun) continue;
    if (!draft.modifier) find_country(work, draft);
    if (!draft.modifier && draft.country.empty()) find_country_behind(work, draft);
    if (draft.form == Form::Name) {
      identify_name(work, draft);
      if (draft.code.empty() && !draft.country.empty()) {
        draft.code = draft.country;
        draft.ground = Ground::Modifier;
      }
    } else {
      identify_nominal(work, draft);
    }
  }
}

}  // namespace detente::resolve
