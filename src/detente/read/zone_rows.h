#pragma once
// What ZoneTables holds; for zone_tables.cpp, zones.cpp and their test alone.

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "detente/base/pattern.h"
#include "detente/read/document.h"
#include "detente/read/page_tables.h"
#include "detente/read/zone_tables.h"

namespace detente::read {

/// Where in the document a row may match.
enum class Where : std::uint8_t { Any, Top, Low, End, Last };

struct LineRow {
  Zone zone = Zone::Body;
  Where where = Where::Any;
  bool list_follows = false;
  Pattern pattern;
  std::uint32_t line = 0;
  std::string example;
  std::string counter;
};

struct InlineRow {
  Zone zone = Zone::Body;
  Where where = Where::Any;
  bool rest_is_caption = false;
  Pattern pattern;
  std::uint32_t line = 0;
  std::string example;
  std::string counter;
};

struct DatelineRow {
  bool known_place = false;
  bool first_only = false;
  Pattern pattern;  ///< groups: place, date, agency
  std::uint32_t line = 0;
  std::string example;
  std::string counter;
};

/// Lets look-ups take views.
struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};
using StringSet = std::unordered_set<std::string, ViewHash, std::equal_to<>>;

struct ZoneTables::Rows {
  PageTables pages;
  std::vector<LineRow> lines;
  std::vector<InlineRow> inlines;
  std::vector<DatelineRow> datelines;
  StringSet known_places;
  StringSet not_places;                                                    ///< lower case
  std::unordered_map<std::string, int, ViewHash, std::equal_to<>> months;  ///< lower case
};

}  // namespace detente::read
