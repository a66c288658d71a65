#pragma once
// What TimeTables holds; for time_tables.cpp and time_finder.cpp alone.

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "detente/resolve/times/calendar.h"
#include "detente/resolve/times/time_tables.h"

namespace detente::resolve::times {

enum class Sense : std::uint8_t {
  None,
  This,
  Last,
  Next,
  Past,
  Coming,
  Before,
  After,
  Same,
  Recent
};
enum class Edge : std::uint8_t { None, Early, Mid, Late, Start, End };

/// All that one word can mean; most words mean one thing.
struct TimeWord {
  int month = 0;  ///< 1..12
  bool month_ambiguous = false;
  bool month_short = false;  ///< a point may follow
  int weekday = -1;          ///< 0 Monday
  bool weekday_ambiguous = false;
  Unit unit = Unit::None;
  int unit_count = 1;
  bool unit_plural = false;
  int number = -1;
  bool number_vague = false;
  int ordinal = 0;  ///< 99: the last
  Sense sense = Sense::None;
  std::optional<int> day_offset;
  bool part_of_day = false;
  bool part_after_last = false;
  Edge edge_before = Edge::None;  ///< "late May"
  Edge edge_of = Edge::None;      ///< "the end of May"
  int season_month = 0;
  int season_code = 0;
  bool season_ambiguous = false;
};

struct VagueReach {
  int recent = 0;
  int coming = 0;
  int ago_from = 0;
  int ago_to = 0;
};

struct NamedDay {
  std::vector<std::string> words;  ///< as atoms
  std::string rule;                ///< MM-DD, MM/n/weekday, easter±N, YYYY-MM-DD
  bool alone = false;
};

struct TenseCue {
  enum class Tense : std::uint8_t { None, Past, Present, Future };
  std::vector<std::string> words;
  Tense tense = Tense::None;
};

struct ViewHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const noexcept {
    return std::hash<std::string_view>{}(text);
  }
};
template <typename T>
using ByWord = std::unordered_map<std::string, T, ViewHash, std::equal_to<>>;

struct TimeTables::Words {
  ByWord<TimeWord> words;
  std::array<VagueReach, 12> vague{};                       ///< by Unit
  ByWord<std::vector<NamedDay>> named_days;                 ///< by first word, longest first
  ByWord<std::vector<std::vector<std::string>>> not_times;  ///< by first word, longest first
  ByWord<std::vector<TenseCue>> tense;                      ///< by first word, longest first
  ByWord<bool> before_year;                                 ///< true: strong
  std::unordered_set<std::string, ViewHash, std::equal_to<>> before_number;
  std::unordered_set<std::string, ViewHash, std::equal_to<>> after_number;
};

}  // namespace detente::resolve::times
