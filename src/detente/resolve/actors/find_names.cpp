// Names: those of the tables, those of the parser, and what else is written like a name.

#include <algorithm>

#include "detente/resolve/actors/draft.h"
#include "detente/resolve/places/find_places.h"

namespace detente::resolve {
namespace {

using parse::label;

struct TokenWord {
  FoldedWord word;
  std::uint32_t token = 0;
};

std::vector<TokenWord> words_of(const Work& work) {
  std::vector<TokenWord> out;
  std::vector<FoldedWord> words;
  const parse::Tokens& tokens = work.parsed.tokens;
  out.reserve(tokens.size() + tokens.size() / 4);
  bool breaks = true;
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    words.clear();
    const std::string_view text = work.text(i);
    fold_words(text, tokens.begin[i], words);
    // "US$140 million" names nobody.
    const bool money = text.ends_with('$') || (i + 1 < tokens.size() && work.text(i + 1) == "$" &&
                                               tokens.end[i] == tokens.begin[i + 1]);
    if (money) words.clear();
    if (words.empty()) {
      const bool joins = text == "-" || text == "–" || text == "'" || text == "’" || text == " ";
      // A comma parts names too, but for the longest ones ("Educational, Scientific and …").
      if (!joins) breaks = true;
      continue;
    }
    if (i > 0 && tokens.begin[i] > tokens.end[i - 1] &&
        work.document.text.substr(tokens.end[i - 1], tokens.begin[i] - tokens.end[i - 1])
                .find('\n') != std::string::npos)
      breaks = true;
    for (FoldedWord& word : words) {
      word.breaks = word.breaks || breaks;
      breaks = false;
      out.push_back({word, i});
    }
  }
  return out;
}

NameSort sort_of(NameKind kind) {
  switch (kind) {
    case NameKind::Country:
      return NameSort::Country;
    case NameKind::Demonym:
      return NameSort::Demonym;
    case NameKind::Capital:
      return NameSort::Capital;
    case NameKind::Seat:
      return NameSort::Seat;
    case NameKind::Organization:
      return NameSort::Organization;
    case NameKind::Person:
    case NameKind::Surname:
      return NameSort::Person;
    case NameKind::Collective:
      return NameSort::Collective;
    case NameKind::People:
      return NameSort::People;
    case NameKind::Agent:
      break;
  }
  return NameSort::Unknown;
}

// When one name stands in several tables.
int rank(NameSort sort) {
  switch (sort) {
    case NameSort::Country:
      return 9;
    case NameSort::Demonym:
      return 8;
    case NameSort::Person:
      return 7;
    case NameSort::Organization:
      return 6;
    case NameSort::Seat:
      return 5;
    case NameSort::Capital:
      return 4;
    case NameSort::People:
      return 3;
    case NameSort::Collective:
      return 2;
    default:
      return 0;
  }
}

// "Pa." for Pennsylvania stands behind its town's comma; elsewhere "PA" is somebody else.
bool is_abbreviation(const Work& work, const NameEntry& entry, const TokenWord& word) {
  constexpr std::uint32_t kShort = 3;
  if (entry.kind != NameKind::Country || word.word.span.end - word.word.span.begin > kShort)
    return false;
  if (work.tables.countries[entry.row].kind != "region") return false;
  return word.token == 0 || work.text(word.token - 1) != ",";
}

void add_table_names(Work& work, const std::vector<TokenWord>& words) {
  const NameIndex& names = work.tables.names;
  for (std::size_t i = 0; i < words.size();) {
    const std::uint32_t longest = names.longest(words[i].word.hash);
    std::size_t taken = 0;
    if (longest > 0) {
      std::uint64_t hash = kHashSeed;
      std::uint32_t upper = 0;
      NameHit best;
      bool all_upper = true;
      for (std::size_t n = 1; n <= longest && i + n <= words.size(); ++n) {
        const TokenWord& last = words[i + n - 1];
        if (n > 1 && last.word.breaks && longest < 5) break;
        if (n > 1 && work.sentence_of[last.token] != work.sentence_of[words[i].token]) break;
        hash = join_hash(hash, last.word.hash);
        if (last.word.upper) upper |= 1U << (n - 1);
        all_upper = all_upper && last.word.all_upper;
        NameHit hit;
        for (const NameEntry* entry = names.find(hash); entry != nullptr;
             entry = names.next(*entry)) {
          if (entry->kind == NameKind::Surname) continue;
          if ((entry->upper_words & ~upper) != 0) continue;
          if (entry->acronym && !words[i].word.all_upper) continue;
          if (entry->upper_words == 0 && n == 1) continue;
          const NameSort sort = sort_of(entry->kind);
          if (n == 1 && is_abbreviation(work, *entry, words[i])) continue;
          if (entry->contextual) {
            // "the North", "the Centre": only with the article; acronyms only when nothing else
            // fits.
            const std::uint32_t token = words[i].token;
            const bool article = token > 0 && work.lower(token - 1) == "the";
            const bool person = sort == NameSort::Demonym && n == 1;
            if (person || (!article && !entry->acronym && sort != NameSort::Capital && n == 1))
              continue;
          }
          if (hit.rows.empty() || rank(sort) > rank(hit.sort)) {
            hit.sort = sort;
            hit.rows = {entry->row};
            hit.plural = entry->plural;
            hit.contextual = entry->contextual;
          } else if (sort == hit.sort) {
            // Rows that always have this name before those that have it only in context.
            if (hit.contextual && !entry->contextual) {
              hit.rows.insert(hit.rows.begin(), entry->row);
            } else {
              hit.rows.push_back(entry->row);
            }
            hit.contextual = hit.contextual && entry->contextual;
            hit.plural = hit.plural || entry->plural;
          }
        }
        if (!hit.rows.empty()) {
          best = std::move(hit);
          taken = n;
        }
      }
      if (taken > 0) {
        best.tokens = {words[i].token, words[i + taken - 1].token + 1};
        best.span = {words[i].word.span.begin, words[i + taken - 1].word.span.end};
        work.hits.push_back(std::move(best));
      }
    }
    i += std::max<std::size_t>(1, taken);
  }
}

bool is_name_type(StringId type) {
  return type == label("PERSON") || type == label("ORG") || type == label("GPE") ||
         type == label("LOC") || type == label("FAC") || type == label("NORP");
}

NameSort sort_of_type(StringId type) {
  if (type == label("PERSON")) return NameSort::Person;
  if (type == label("ORG")) return NameSort::Organization;
  if (type == label("NORP")) return NameSort::People;
  return NameSort::Place;
}

bool is_upper_token(const Work& work, std::uint32_t token) {
  const std::string_view text = work.text(token);
  return (text[0] >= 'A' && text[0] <= 'Z') || static_cast<unsigned char>(text[0]) == 0xC3 ||
         static_cast<unsigned char>(text[0]) == 0xC4 || static_cast<unsigned char>(text[0]) == 0xC5;
}

bool is_all_upper(const Work& work, const NameHit& hit) {
  const std::string_view text = hit.span.in(work.document.text);
  return std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Without articles, possessive endings, marks and words of title at its edges.
parse::TokenRange trimmed(const Work& work, parse::TokenRange range) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const auto drop = [&](std::uint32_t i) {
    const StringId pos = tokens.pos[i];
    return pos == label("PUNCT") || pos == label("SPACE") || pos == label("DET") ||
           pos == label("ADP") || tokens.tag[i] == label("POS") || work.lower(i) == "the";
  };
  while (range.begin < range.end && drop(range.begin)) ++range.begin;
  while (range.begin < range.end && drop(range.end - 1) && !(work.text(range.end - 1) == ".")) {
    --range.end;
  }
  if (range.begin < range.end && work.text(range.end - 1) == ".") --range.end;
  return range;
}

// "General" of "Prosecutor General", "Foreign" of "Foreign Minister Ali": words of a title.
bool is_title_alone(const Work& work, parse::TokenRange range) {
  if (range.size() == 1 && work.is(range.begin, WordUse::Honorific)) return true;
  if (range.size() > 2 || range.end >= work.parsed.tokens.size()) return false;
  std::vector<FoldedWord> words;
  fold_words(work.text(range.end - 1), 0, words);
  fold_words(work.text(range.end), 0, words);
  std::uint64_t hash = kHashSeed;
  for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
  return words.size() == 2 && words[1].upper && work.tables.agent_names.find(hash) != nullptr;
}

void add_parser_names(Work& work) {
  std::vector<NameHit> more;
  std::vector<bool> dropped(work.hits.size(), false);
  for (const parse::NamedSpan& name : work.parsed.names) {
    if (!is_name_type(name.type)) continue;
    parse::TokenRange range = trimmed(work, within_paragraph(work, name.tokens.begin, name.tokens));
    while (range.begin < range.end && work.text(range.begin) == "-") ++range.begin;
    if (range.begin >= range.end || is_title_alone(work, range)) continue;
    NameSort sort = sort_of_type(name.type);
    bool keep = true;
    for (std::size_t h = 0; h < work.hits.size(); ++h) {
      const NameHit& hit = work.hits[h];
      if (hit.tokens.end <= range.begin || hit.tokens.begin >= range.end) continue;
      const bool inside = hit.tokens.begin >= range.begin && hit.tokens.end <= range.end &&
                          hit.tokens.size() < range.size();
      const bool geographic = hit.sort == NameSort::Country || hit.sort == NameSort::Demonym ||
                              hit.sort == NameSort::Capital || hit.sort == NameSort::People ||
                              hit.sort == NameSort::Seat;
      if (inside && geographic && sort == NameSort::Organization && range.end > hit.tokens.end &&
          is_upper_token(work, range.end - 1)) {
        dropped[h] = true;
        continue;
      }
      if (inside && geographic && sort == NameSort::Place && range.end > hit.tokens.end &&
          is_upper_token(work, range.end - 1)) {
        dropped[h] = true;
        continue;
      }
      if (inside && geographic && sort == NameSort::Person) {
        if (hit.tokens.begin == range.begin && hit.sort != NameSort::Capital) {
          range.begin = hit.tokens.end;
          if (range.begin >= range.end) keep = false;
          continue;
        }
        dropped[h] = true;
        continue;
      }
      if (inside && hit.sort == NameSort::Organization && hit.tokens.size() == 1 &&
          range.size() >= 3 && sort == NameSort::Organization) {
        dropped[h] = true;
        continue;
      }
      // "Ludvik Svoboda": the last word of a person's name, whatever body has that name too.
      if (inside && sort == NameSort::Person && hit.sort == NameSort::Organization &&
          hit.tokens.size() == 1 && hit.tokens.end == range.end && !is_all_upper(work, hit)) {
        dropped[h] = true;
        continue;
      }
      // The table wins; what stands behind it may be a name of its own.
      if (hit.tokens.begin <= range.begin && hit.tokens.end < range.end) {
        range = trimmed(work, {hit.tokens.end, range.end});
        if (range.begin >= range.end || !is_upper_token(work, range.begin)) keep = false;
        if (!keep) break;
        continue;
      }
      if (hit.tokens.begin > range.begin && hit.tokens.end >= range.end) {
        range = trimmed(work, {range.begin, hit.tokens.begin});
        if (range.begin >= range.end || !is_upper_token(work, range.begin)) keep = false;
        if (!keep) break;
        continue;
      }
      keep = false;
      break;
    }
    while (range.begin < range.end && work.text(range.begin) == "-") ++range.begin;
    if (!keep || range.begin >= range.end || is_title_alone(work, range)) continue;
    bool capital = false;
    for (std::uint32_t i = range.begin; i < range.end; ++i)
      capital = capital || is_upper_token(work, i);
    if (!capital) continue;
    NameHit hit;
    hit.tokens = range;
    hit.span = work.parsed.tokens.span(range);
    hit.sort = sort;
    more.push_back(std::move(hit));
  }
  std::vector<NameHit> kept;
  for (std::size_t h = 0; h < work.hits.size(); ++h) {
    if (!dropped[h]) kept.push_back(std::move(work.hits[h]));
  }
  for (NameHit& hit : more) kept.push_back(std::move(hit));
  work.hits = std::move(kept);
}

// "Defence Secretary": what somebody is.
bool is_office(const Work& work, parse::TokenRange range) {
  std::vector<FoldedWord> words;
  for (std::uint32_t i = range.begin; i < range.end; ++i) fold_words(work.text(i), 0, words);
  std::uint64_t hash = kHashSeed;
  for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
  return words.size() >= 2 && work.tables.agent_names.find(hash) != nullptr;
}

// Capitalised words that neither the tables nor the parser took.
void add_written_names(Work& work) {
  const parse::Tokens& tokens = work.parsed.tokens;
  std::vector<bool> taken(tokens.size(), false);
  for (const NameHit& hit : work.hits) {
    for (std::uint32_t i = hit.tokens.begin; i < hit.tokens.end; ++i) taken[i] = true;
  }
  for (const parse::NamedSpan& name : work.parsed.names) {
    if (is_name_type(name.type)) continue;
    if (name.type == label("DATE") || name.type == label("TIME") ||
        name.type == label("CARDINAL") || name.type == label("MONEY") ||
        name.type == label("PERCENT") || name.type == label("ORDINAL") ||
        name.type == label("QUANTITY") || name.type == label("LANGUAGE")) {
      for (std::uint32_t i = name.tokens.begin; i < name.tokens.end; ++i) taken[i] = true;
    }
  }
  const auto can = [&](std::uint32_t i) {
    if (taken[i] || !is_upper_token(work, i)) return false;
    const StringId tag = tokens.tag[i];
    if (tag != label("NNP") && tag != label("NNPS") && tokens.pos[i] != label("PROPN"))
      return false;
    return work.tables.word(std::string(work.lower(i)), WordUse::NotName) == nullptr;
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (!can(i)) continue;
    std::uint32_t end = i + 1;
    while (end < tokens.size() && work.sentence_of[end] == work.sentence_of[i] &&
           (can(end) || (work.text(end) == "-" && end + 1 < tokens.size() && can(end + 1))))
      ++end;
    parse::TokenRange range{i, end};
    const std::uint32_t after = end;
    // Titles in front are no part of the name.
    while (range.size() > 1 && work.is(range.begin, WordUse::Honorific)) ++range.begin;
    const bool titled = range.begin > 0 && (work.is(range.begin - 1, WordUse::Honorific) ||
                                            work.is(range.begin - 1, WordUse::Person));
    const bool single_title =
        range.size() == 1 &&
        (work.is(range.begin, WordUse::Honorific) || work.is(range.begin, WordUse::Person) ||
         work.is(range.begin, WordUse::Organization) || work.is(range.begin, WordUse::Place));
    i = after - 1;
    if ((single_title && !titled) || is_office(work, range)) continue;
    NameHit hit;
    hit.tokens = range;
    hit.span = tokens.span(range);
    const std::string last = folded(work.text(range.end - 1));
    std::vector<FoldedWord> first;
    fold_words(work.text(range.begin), 0, first);
    const bool given = !first.empty() && work.tables.given_names.find(first[0].hash) != nullptr;
    if (work.tables.word(last, WordUse::OrganizationHead) != nullptr) {
      hit.sort = NameSort::Organization;
    } else if (work.tables.word(last, WordUse::PlaceHead) != nullptr && range.size() > 1) {
      hit.sort = NameSort::Place;
    } else if (titled || (given && range.size() > 1)) {
      hit.sort = NameSort::Person;
    } else if (!work.tables.gazetteer.find(folded(hit.span.in(work.document.text)), 1).empty()) {
      hit.sort = NameSort::Place;
    } else if (!first.empty() && first[0].all_upper && range.size() == 1) {
      hit.sort = NameSort::Organization;
    } else if (range.size() > 1) {
      hit.sort = range.size() <= 4 ? NameSort::Person : NameSort::Organization;
    } else if (tokens.begin[range.begin] ==
               tokens.begin[work.parsed.sentences[work.sentence_of[i]].begin]) {
      continue;  // one word at the start of a sentence says nothing by its capital
    } else {
      hit.sort = NameSort::Unknown;
    }
    work.hits.push_back(std::move(hit));
  }
}

// The parser errs on the sort of names it never saw: the words themselves know better.
void mend_sorts(Work& work) {
  for (NameHit& hit : work.hits) {
    hit.text = folded(hit.span.in(work.document.text));
    const std::uint32_t before = hit.tokens.begin - (hit.tokens.begin > 0 ? 1 : 0);
    if (hit.sort == NameSort::Organization && hit.tokens.size() == 1 && before < hit.tokens.begin &&
        !is_all_upper(work, hit) && is_upper_token(work, before) &&
        work.is(before, WordUse::Honorific)) {
      // "President Carter" is nobody's centre.
      hit.rows.clear();
      hit.sort = NameSort::Person;
    }
    if (!hit.rows.empty()) continue;
    const std::size_t space = hit.text.rfind(' ');
    const std::string last = space == std::string::npos ? hit.text : hit.text.substr(space + 1);
    const bool one_word = space == std::string::npos;
    if (!one_word && hit.sort != NameSort::Organization &&
        work.tables.word(last, WordUse::OrganizationHead) != nullptr &&
        work.tables.word(last, WordUse::PlaceHead) == nullptr) {
      hit.sort = NameSort::Organization;
      continue;
    }
    const std::uint32_t first = hit.tokens.begin;
    if (hit.sort != NameSort::Person && first > 0 && hit.tokens.size() <= 4 &&
        work.is(first - 1, WordUse::Honorific)) {
      hit.sort = NameSort::Person;
    }
  }
}

// Headlines are written in capitals, credits are no part of the story: what neither a table nor the
// story itself knows is no name there.
void drop_names_of_furniture(Work& work) {
  if (work.document.zones.empty()) return;
  const auto zone_of = [&](const NameHit& hit) { return work.document.zone_at(hit.span.begin); };
  const auto told = [&](const NameHit& hit) {
    const std::string_view text = hit.text;
    return std::any_of(work.hits.begin(), work.hits.end(), [&](const NameHit& other) {
      if (zone_of(other) != read::Zone::Body || other.text.size() < text.size()) return false;
      return other.text == text || other.text.ends_with(" " + hit.text) ||
             other.text.starts_with(hit.text + " ");
    });
  };
  const auto given = [&](const NameHit& hit) {
    std::vector<FoldedWord> words;
    fold_words(hit.text, 0, words);
    return words.size() >= 2 && words.size() <= 3 &&
           work.tables.given_names.find(words[0].hash) != nullptr;
  };
  std::vector<bool> dropped(work.hits.size(), false);
  for (std::size_t h = 0; h < work.hits.size(); ++h) {
    const NameHit& hit = work.hits[h];
    if (!hit.rows.empty() || hit.text.empty() || zone_of(hit) == read::Zone::Body) continue;
    const bool person = hit.sort == NameSort::Person && given(hit);
    dropped[h] = !person && !told(hit);
  }
  std::size_t kept = 0;
  for (std::size_t h = 0; h < work.hits.size(); ++h) {
    if (dropped[h]) continue;
    if (kept != h) work.hits[kept] = std::move(work.hits[h]);
    ++kept;
  }
  work.hits.resize(kept);
}

bool names_state(const NameHit& hit) {
  if (hit.rows.empty() || hit.contextual) return false;
  return hit.sort == NameSort::Country || hit.sort == NameSort::Demonym ||
         hit.sort == NameSort::Capital || hit.sort == NameSort::Seat;
}

// The one state that all rows of a hit are of; empty: none, or several.
std::string_view only_state(const Work& work, const NameHit& hit) {
  const ReferenceTables& tables = work.tables;
  std::string_view only;
  for (const std::uint32_t row : hit.rows) {
    std::string_view code;
    if (names_state(hit)) {
      code = tables.countries[row].code;
    } else if (hit.sort == NameSort::Organization) {
      code = tables.organizations[row].code;
    } else if (hit.sort == NameSort::Person && hit.tokens.size() > 1) {
      const std::span<const std::uint32_t> offices = tables.persons[row].offices;
      if (!offices.empty()) code = tables.offices[offices.back()].code;
    }
    if (!only.empty() && code != only) return {};
    only = code;
    if (!tables.states.contains(only)) return {};
  }
  return only;
}

// The state named most, its first mentions before others; those of its people and bodies count too.
// Where nobody names one, that of the first large town.
std::string_view own_state(const Work& work) {
  constexpr std::uint32_t kOpening = 3;
  std::vector<std::pair<std::string_view, int>> counts;
  for (const NameHit& hit : work.hits) {
    if (hit.contextual) continue;
    const std::string_view code = only_state(work, hit);
    if (code.empty()) continue;
    const bool opening = work.sentence_of[hit.tokens.begin] < kOpening;
    const int weight = names_state(hit) && opening ? 2 : 1;
    auto found = std::find_if(counts.begin(), counts.end(),
                              [&](const auto& one) { return one.first == code; });
    if (found == counts.end()) {
      counts.emplace_back(code, weight);
    } else {
      found->second += weight;
    }
  }
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& x, const auto& y) { return x.second < y.second; });
  if (most != counts.end()) return most->first;
  for (const NameHit& hit : work.hits) {
    if (hit.sort != NameSort::Place) continue;
    const std::optional<GazetteerPlace> place = choose_place(work, hit);
    if (place && is_large(*place)) return place->country;
  }
  return {};
}

// "the Election Commission … the EC": the report's own body, whatever other the table knows.
void read_short_names(Work& work) {
  for (NameHit& hit : work.hits) {
    if (hit.sort != NameSort::Organization || hit.rows.empty() || hit.tokens.size() > 1 ||
        !is_all_upper(work, hit))
      continue;
    const bool foreign = std::none_of(hit.rows.begin(), hit.rows.end(), [&](std::uint32_t row) {
      return work.tables.organizations[row].code == work.own;
    });
    if (!foreign) continue;
    const auto written =
        std::find_if(work.hits.begin(), work.hits.end(), [&](const NameHit& other) {
          return other.sort == NameSort::Organization && other.tokens.size() > 1 &&
                 is_acronym(hit.text, other.text);
        });
    if (written != work.hits.end()) hit.rows = written->rows;
  }
}

void count_country(Work& work, std::string_view code) {
  auto found = std::find_if(work.countries.begin(), work.countries.end(),
                            [&](const auto& named) { return named.first == code; });
  if (found == work.countries.end()) {
    work.countries.emplace_back(code, 1);
  } else {
    ++found->second;
  }
}

// The states that the report names, and those whose large cities it names.
void count_countries(Work& work) {
  for (const NameHit& hit : work.hits) {
    if (!names_state(hit)) continue;
    const bool own = std::any_of(hit.rows.begin(), hit.rows.end(), [&](std::uint32_t row) {
      return work.tables.countries[row].code == work.own;
    });
    count_country(work, own ? work.own : work.tables.countries[hit.rows[0]].code);
  }
  std::vector<std::string_view> of_cities;
  for (const NameHit& hit : work.hits) {
    if (hit.sort != NameSort::Place || !hit.rows.empty()) continue;
    const std::optional<GazetteerPlace> place = choose_place(work, hit);
    if (place && is_large(*place)) of_cities.push_back(place->country);
  }
  for (const std::string_view code : of_cities) {
    if (const auto state = work.tables.states.find(code); state != work.tables.states.end())
      count_country(work, state->first);
  }
}

// "the Kingdom" is the one that the report speaks of.
void choose_countries_by_context(Work& work) {
  for (NameHit& hit : work.hits) {
    if (!hit.contextual || hit.sort != NameSort::Country || hit.rows.size() < 2) continue;
    const auto named = [&](std::uint32_t row) {
      return work.times_named(work.tables.countries[row].code);
    };
    const std::uint32_t best =
        *std::max_element(hit.rows.begin(), hit.rows.end(),
                          [&](std::uint32_t a, std::uint32_t b) { return named(a) < named(b); });
    hit.rows = {best};
    if (named(best) == 0) hit.sort = NameSort::Unknown;
  }
  std::erase_if(work.hits, [](const NameHit& hit) {
    return hit.contextual && hit.sort == NameSort::Unknown && !hit.rows.empty();
  });
}

}  // namespace

bool is_acronym(std::string_view acronym, std::string_view name) {
  if (acronym.size() < 2 || acronym.find(' ') != std::string_view::npos ||
      name.find(' ') == std::string_view::npos)
    return false;
  std::string initials;
  std::string without_small;
  std::size_t from = 0;
  while (from < name.size()) {
    std::size_t end = name.find(' ', from);
    if (end == std::string_view::npos) end = name.size();
    const std::string_view word = name.substr(from, end - from);
    if (!word.empty()) {
      initials += word[0];
      if (word != "of" && word != "and" && word != "for" && word != "the" && word != "in" &&
          word != "on")
        without_small += word[0];
    }
    from = end + 1;
  }
  return acronym == initials || acronym == without_small;
}

int Work::times_named(std::string_view code) const {
  for (const auto& [named, count] : countries) {
    if (named == code) return count;
  }
  return 0;
}

void find_names(Work& work) {
  const std::vector<TokenWord> words = words_of(work);
  add_table_names(work, words);
  add_parser_names(work);
  add_written_names(work);
  std::sort(work.hits.begin(), work.hits.end(), [](const NameHit& a, const NameHit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
  });
  mend_sorts(work);
  drop_names_of_furniture(work);
  work.own = own_state(work);
  count_countries(work);
  choose_countries_by_context(work);
  work.hit_at.assign(work.parsed.tokens.size(), -1);
  for (std::size_t h = 0; h < work.hits.size(); ++h) {
    for (std::uint32_t i = work.hits[h].tokens.begin; i < work.hits[h].tokens.end; ++i) {
      if (work.hit_at[i] < 0) work.hit_at[i] = static_cast<std::int32_t>(h);
    }
  }
  read_short_names(work);
}

}  // namespace detente::resolve
