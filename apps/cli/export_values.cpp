#include "export_values.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <set>

namespace detente::cli {
namespace {

// --- small pieces
// ---------------------------------------------------------------------------------

template <typename... Args>
std::string formatted(const char* format, Args... args) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, args...);
  return text.data();
}

std::string look_up(const std::map<std::string, std::string>& table, const std::string& key) {
  const auto found = table.find(key);
  return found == table.end() ? "" : found->second;
}

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c; });
  return text;
}

std::string day8(Date day) { return formatted("%04d%02d%02d", day.year(), day.month(), day.day()); }

std::string moment14(const std::optional<Date>& day, Date otherwise) {
  return day8(day.value_or(otherwise)) + "000000";
}

// Each once, in the order of first appearance.
template <typename All, typename Get>
std::string each_once(const All& all, const char* separator, const Get& get) {
  std::set<std::string> seen;
  std::string out;
  for (const auto& one : all) {
    const std::string value = get(one);
    if (!value.empty() && seen.insert(value).second) out += (out.empty() ? "" : separator) + value;
  }
  return out;
}

// --- sides
// ----------------------------------------------------------------------------------------

std::string name_of(const EntityRecord& side) {
  return side.identifier_text.empty() ? side.entity_text : side.identifier_text;
}

bool is_group(const std::string& code) {
  constexpr std::array<std::string_view, 8> kGroups{"IGO", "UNO", "EUR", "NGO",
                                                    "NGM", "ISM", "IMG", "MNC"};
  return std::find(kGroups.begin(), kGroups.end(), code) != kGroups.end();
}

std::string cameo_role(const ExportRow& row, const EntityRecord& side) {
  return look_up(row.crosswalks.cameo_roles, side.sector);
}

using SideValue = std::string (*)(const ExportRow&, const EntityRecord&);
struct NamedSideValue {
  const char* name;
  SideValue value;
};

constexpr std::array<NamedSideValue, 11> kSideValues{{
    {"cameo", [](const ExportRow& row,
                 const EntityRecord& side) { return side.code + cameo_role(row, side); }},
    {"name", [](const ExportRow&, const EntityRecord& side) { return name_of(side); }},
    {"name_upper", [](const ExportRow&, const EntityRecord& side) { return upper(name_of(side)); }},
    {"country",
     [](const ExportRow&, const EntityRecord& side) {
       return is_group(side.code) ? std::string() : side.code;
     }},
    {"group",
     [](const ExportRow&, const EntityRecord& side) {
       return is_group(side.code) ? side.code : std::string();
     }},
    {"entity", [](const ExportRow&, const EntityRecord& side) { return side.code; }},
    {"role", cameo_role},
    {"country_name",
     [](const ExportRow& row, const EntityRecord& side) {
       return look_up(row.crosswalks.country_names, side.code);
     }},
    {"sector_icews",
     [](const ExportRow& row, const EntityRecord& side) {
       return look_up(row.crosswalks.icews_sectors, side.sector);
     }},
    {"start",
     [](const ExportRow&, const EntityRecord& side) {
       return side.at ? std::to_string(side.at->start) : std::string("-1");
     }},
    {"raw", [](const ExportRow&, const EntityRecord& side) { return side.entity_text; }},
}};

struct NamedListValue {
  const char* name;
  std::string (*value)(const EntityRecord&);
};

constexpr std::array<NamedListValue, 7> kListValues{{
    {"names", [](const EntityRecord& side) { return name_of(side); }},
    {"countries", [](const EntityRecord& side) { return side.code; }},
    {"first_sector", [](const EntityRecord& side) { return side.sector; }},
    {"sectors", [](const EntityRecord& side) { return side.sector; }},
    {"offices", [](const EntityRecord& side) { return side.office; }},
    {"raw", [](const EntityRecord& side) { return side.entity_text; }},
    {"ids", [](const EntityRecord& side) { return side.identifier_id; }},
}};

// --- codes
// ----------------------------------------------------------------------------------------

const EventRecord& record(const ExportRow& row) { return row.event.record; }

// Two digits ("03") are a root used as a code; three is what readers expect.
std::string cameo_of(const ExportRow& row) {
  std::string code = record(row).cameo;
  if (code.size() == 2) code += '0';
  return code;
}

int cameo_root(const ExportRow& row) {
  const std::string code = cameo_of(row);
  return code.size() < 2 ? 0 : (code[0] - '0') * 10 + (code[1] - '0');
}

// GDELT: roots 01-05 verbal, 06-09 material cooperation, 10-14 verbal, 15-20 material conflict.
std::string quad_of_cameo(const ExportRow& row) {
  const int root = cameo_root(row);
  if (root == 0) return std::to_string(record(row).quad_code);
  return root <= 5 ? "1" : root <= 9 ? "2" : root <= 14 ? "3" : "4";
}

// Phoenix: statements apart; 16 counts as verbal, 14 as material conflict.
std::string penta_of_cameo(const ExportRow& row) {
  const int root = cameo_root(row);
  if (root == 0) return "";
  if (root <= 2) return "0";
  if (root <= 5) return "1";
  if (root <= 8) return "2";
  return root <= 13 || root == 16 ? "3" : "4";
}

// --- places
// ---------------------------------------------------------------------------------------

constexpr int kCountry = 1;
constexpr int kCity = 4;

std::string place_type(const LocationRecord& place) {
  const bool american = place.country_code == "USA";
  if (place.resolution <= kCountry) return "1";
  if (place.resolution < kCity) return american ? "2" : "5";
  return american ? "3" : "4";
}

std::string place_name(const LocationRecord& place) {
  return place.resolved_place.empty() ? place.extracted_place : place.resolved_place;
}

using PlaceValue = std::string (*)(const ExportRow&, const LocationRecord&);
struct NamedPlaceValue {
  const char* name;
  PlaceValue value;
};

constexpr std::array<NamedPlaceValue, 13> kPlaceValues{{
    {"type", [](const ExportRow&, const LocationRecord& place) { return place_type(place); }},
    {"full",
     [](const ExportRow& row, const LocationRecord& place) {
       const std::string country = look_up(row.crosswalks.country_names, place.country_code);
       const std::array<std::string, 3> parts{place_name(place), place.province, country};
       return each_once(parts, ", ", [](const std::string& part) { return part; });
     }},
    {"fips",
     [](const ExportRow& row, const LocationRecord& place) {
       return look_up(row.crosswalks.fips, place.country_code);
     }},
    {"feature",
     [](const ExportRow& row, const LocationRecord& place) {
       const bool is_city = place.resolution >= kCity;
       return is_city ? std::to_string(place.geonameid)
                      : look_up(row.crosswalks.fips, place.country_code);
     }},
    {"lat",
     [](const ExportRow&, const LocationRecord& place) { return formatted("%.6g", place.lat); }},
    {"lon",
     [](const ExportRow&, const LocationRecord& place) { return formatted("%.7g", place.lon); }},
    {"name", [](const ExportRow&, const LocationRecord& place) { return place_name(place); }},
    {"city",
     [](const ExportRow&, const LocationRecord& place) {
       return place.resolution >= kCity ? place_name(place) : std::string();
     }},
    {"province", [](const ExportRow&, const LocationRecord& place) { return place.province; }},
    {"code", [](const ExportRow&, const LocationRecord& place) { return place.country_code; }},
    {"country_name",
     [](const ExportRow& row, const LocationRecord& place) {
       return look_up(row.crosswalks.country_names, place.country_code);
     }},
    {"geonameid",
     [](const ExportRow&, const LocationRecord& place) { return std::to_string(place.geonameid); }},
    {"raw", [](const ExportRow&, const LocationRecord& place) { return place.extracted_place; }},
}};

// --- the rest
// -------------------------------------------------------------------------------------

std::size_t n_documents(const ExportRow& row) {
  std::set<std::string> all;
  for (const StoredEvent& event : row.story) all.insert(event.document.document_id);
  return all.size();
}

// Copies of one report count once.
std::size_t n_publishers(const ExportRow& row) {
  std::map<std::string, std::string> of_copies;
  for (const StoredEvent& event : row.story) {
    const StoredDocument& document = event.document;
    of_copies.try_emplace(document.copy_group,
                          document.publisher.empty() ? document.copy_group : document.publisher);
  }
  std::set<std::string> publishers;
  for (const auto& entry : of_copies) publishers.insert(entry.second);
  return publishers.size();
}

std::size_t n_mentions(const ExportRow& row) {
  std::size_t n = 0;
  for (const StoredEvent& event : row.story) n += event.record.mentions.size();
  return n;
}

std::string first_seen14(const ExportRow& row) {
  std::optional<Date> first;
  for (const StoredEvent& event : row.story) {
    const std::optional<Date>& day = event.document.published_at;
    if (day && (!first || *day < *first)) first = day;
  }
  return moment14(first, record(row).enddate);
}

std::string url_of(const StoredEvent& event) {
  return event.document.url.empty() ? event.document.document_id : event.document.url;
}

std::string publisher_of(const StoredEvent& event) { return event.document.publisher; }

const char* quad_words(int quad) {
  constexpr std::array<const char*, 5> kWords{"", "VERBAL COOPERATION", "MATERIAL COOPERATION",
                                              "VERBAL CONFLICT", "MATERIAL CONFLICT"};
  return kWords[static_cast<std::size_t>(std::clamp(quad, 0, 4))];
}

std::string list(const std::vector<std::string>& words) {
  return each_once(words, "; ", [](const std::string& word) { return word; });
}

using Values = std::map<std::string, ExportValue, std::less<>>;

void add_days(Values& all) {
  all["date"] = [](const ExportRow& row) { return record(row).date.text(); };
  all["date8"] = [](const ExportRow& row) { return day8(record(row).date); };
  all["month6"] = [](const ExportRow& row) { return day8(record(row).date).substr(0, 6); };
  all["year"] = [](const ExportRow& row) { return day8(record(row).date).substr(0, 4); };
  all["month2"] = [](const ExportRow& row) { return day8(record(row).date).substr(4, 2); };
  all["day2"] = [](const ExportRow& row) { return day8(record(row).date).substr(6); };
  // As GDELT's files have it, months of thirty days.
  all["fraction"] = [](const ExportRow& row) {
    const Date day = record(row).date;
    return formatted("%.4f", day.year() + ((day.month() - 1) * 30 + day.day()) / 365.0);
  };
  all["published"] = [](const ExportRow& row) {
    const auto& day = row.event.document.published_at;
    return day ? day->text() : std::string();
  };
  all["published14"] = [](const ExportRow& row) {
    return moment14(row.event.document.published_at, record(row).enddate);
  };
  all["first_seen14"] = first_seen14;
}

void add_codes(Values& all) {
  all["event_id"] = [](const ExportRow& row) { return record(row).id; };
  all["event"] = [](const ExportRow& row) { return record(row).event; };
  all["modes"] = [](const ExportRow& row) { return list(record(row).mode); };
  all["contexts"] = [](const ExportRow& row) { return list(record(row).context); };
  all["scale"] = [](const ExportRow& row) { return formatted("%g", record(row).event_scale); };
  all["quad_words"] = [](const ExportRow& row) {
    return std::string(quad_words(record(row).quad_code));
  };
  all["cameo"] = cameo_of;
  all["cameo_base"] = [](const ExportRow& row) { return cameo_of(row).substr(0, 3); };
  all["cameo_root"] = [](const ExportRow& row) { return cameo_of(row).substr(0, 2); };
  all["cameo_label"] = [](const ExportRow& row) {
    return look_up(row.crosswalks.cameo_labels, record(row).cameo);
  };
  all["quad_cameo"] = quad_of_cameo;
  all["penta"] = penta_of_cameo;
  all["goldstein"] = [](const ExportRow& row) { return formatted("%g", record(row).goldstein); };
  all["goldstein1"] = [](const ExportRow& row) { return formatted("%.1f", record(row).goldstein); };
}

void add_evidence(Values& all) {
  all["-"] = [](const ExportRow&) { return std::string(); };
  all["zero"] = [](const ExportRow&) { return std::string("0"); };
  all["one"] = [](const ExportRow&) { return std::string("1"); };
  all["row"] = [](const ExportRow& row) { return std::to_string(row.number); };
  all["phoenix_id"] = [](const ExportRow& row) {
    return std::to_string(row.number) + "_" + row.event.document.coder;
  };
  all["is_lead"] = [](const ExportRow& row) {
    return std::string(record(row).mentions.front().sequence <= 1 ? "1" : "0");
  };
  all["sentence1"] = [](const ExportRow& row) {
    return std::to_string(record(row).mentions.front().sequence + 1);
  };
  all["action_start"] = [](const ExportRow& row) {
    return std::to_string(record(row).mentions.front().trigger.start);
  };
  all["confidence_percent"] = [](const ExportRow& row) {
    const auto tens = static_cast<int>(std::lround(record(row).confidence * 10));
    return std::to_string(std::clamp(tens, 1, 10) * 10);
  };
  all["n_mentions"] = [](const ExportRow& row) { return std::to_string(n_mentions(row)); };
  all["n_documents"] = [](const ExportRow& row) { return std::to_string(n_documents(row)); };
  all["n_publishers"] = [](const ExportRow& row) { return std::to_string(n_publishers(row)); };
}

void add_documents(Values& all) {
  all["document_number"] = [](const ExportRow& row) { return std::to_string(row.document_number); };
  all["document_length"] = [](const ExportRow& row) {
    return std::to_string(row.event.document.n_characters);
  };
  all["publisher"] = [](const ExportRow& row) { return publisher_of(row.event); };
  all["url"] = [](const ExportRow& row) { return url_of(row.event); };
  all["mention_type"] = [](const ExportRow& row) {
    return std::string(row.event.document.url.empty() ? "2" : "1");
  };
  all["language"] = [](const ExportRow& row) { return row.event.document.language; };
  all["version"] = [](const ExportRow& row) {
    return "detente " + row.event.document.coder + " " + row.event.document.version;
  };
  all["story.urls"] = [](const ExportRow& row) { return each_once(row.story, ";", url_of); };
  all["story.publishers"] = [](const ExportRow& row) {
    return each_once(row.story, ";", publisher_of);
  };
  all["story.sentences"] = [](const ExportRow& row) {
    return each_once(row.story, ";", [](const StoredEvent& event) {
      return event.document.document_id + "_" +
             std::to_string(event.record.mentions.front().sequence + 1);
    });
  };
}

Values all_values() {
  Values all;
  add_days(all);
  add_codes(all);
  add_evidence(all);
  add_documents(all);
  for (const NamedSideValue& side : kSideValues) {
    const SideValue value = side.value;
    const std::string otherwise = std::string(side.name) == "start" ? "-1" : "";
    all[std::string("source.") + side.name] = [value, otherwise](const ExportRow& row) {
      return row.source == nullptr ? otherwise : value(row, *row.source);
    };
    all[std::string("target.") + side.name] = [value, otherwise](const ExportRow& row) {
      return row.target == nullptr ? otherwise : value(row, *row.target);
    };
  }
  for (const NamedListValue& part : kListValues) {
    const auto value = part.value;
    const bool first_alone = std::string(part.name).starts_with("first_");
    const auto add = [&](const char* role, std::vector<EntityRecord> EventRecord::*sides) {
      all[std::string(role) + part.name] = [=](const ExportRow& row) {
        const std::string joined = each_once(record(row).*sides, "; ", value);
        return first_alone ? joined.substr(0, joined.find(';')) : joined;
      };
    };
    add("actors.", &EventRecord::actor);
    add("recipients.", &EventRecord::recipient);
  }
  for (const NamedPlaceValue& place : kPlaceValues) {
    const PlaceValue value = place.value;
    const std::string nowhere = std::string(place.name) == "type" ? "0" : "";
    all[std::string("place.") + place.name] = [value, nowhere](const ExportRow& row) {
      return record(row).event_loc ? value(row, *record(row).event_loc) : nowhere;
    };
  }
  return all;
}

std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields;
  std::size_t begin = 0;
  for (;;) {
    const std::size_t end = std::min(line.find('\t', begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    if (end == line.size()) return fields;
    begin = end + 1;
  }
}

Result<void> add_pairs(const std::filesystem::path& path, const char* from, const char* to,
                       std::map<std::string, std::string>& pairs) {
  DETENTE_TRY(const ExportTable table, ExportTable::open(path));
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(table.columns.begin(), table.columns.end(), name) -
                                    table.columns.begin());
  };
  const std::size_t key = column(from);
  const std::size_t value = column(to);
  for (const auto& row : table.rows) {
    if (row.size() > std::max(key, value)) pairs.try_emplace(row[key], row[value]);
  }
  return {};
}

}  // namespace

Result<ExportTable> ExportTable::open(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) return Error{"D0001", path.string() + ": cannot be read. Check --data."};
  ExportTable table;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    if (table.columns.empty()) {
      table.columns = fields_of(line);
    } else {
      table.rows.push_back(fields_of(line));
    }
  }
  return table;
}

Result<Crosswalks> Crosswalks::open(const std::filesystem::path& data) {
  Crosswalks all;
  const std::filesystem::path sectors = data / "export" / "sectors.tsv";
  DETENTE_TRY_VOID(add_pairs(data / "actors" / "countries.tsv", "code", "name", all.country_names));
  DETENTE_TRY_VOID(add_pairs(data / "export" / "fips.tsv", "code", "fips", all.fips));
  DETENTE_TRY_VOID(add_pairs(sectors, "sector", "cameo", all.cameo_roles));
  DETENTE_TRY_VOID(add_pairs(sectors, "sector", "icews", all.icews_sectors));
  DETENTE_TRY_VOID(add_pairs(data / "ontology" / "cameo.tsv", "code", "label", all.cameo_labels));
  return all;
}

const std::map<std::string, ExportValue, std::less<>>& export_values() {
  static const Values all = all_values();
  return all;
}

}  // namespace detente::cli
