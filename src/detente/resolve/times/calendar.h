#pragma once
// The calendar's units: which week, month, quarter a day lies in, and how ISO 8601 writes it.

#include <cstdint>
#include <string>

#include "detente/base/date.h"
#include "detente/resolve/resolved_document.h"

namespace detente::resolve::times {

enum class Unit : std::uint8_t {
  None,
  Minute,
  Hour,
  Day,
  Night,
  Week,
  Weekend,
  Month,
  Quarter,
  Year,
  Decade,
  Century,
};

/// "week"; with a count "3 weeks".
[[nodiscard]] std::string unit_name(Unit unit);
[[nodiscard]] std::string counted_name(int n, Unit unit);

/// A stretch of days with its name. An empty value: the words name no unit of the calendar.
struct Stretch {
  std::string value;
  DateRange range;
  Precision precision = Precision::Unknown;
};

[[nodiscard]] Stretch day_of(Date day);
[[nodiscard]] Stretch month_of(int year, int month);
[[nodiscard]] Stretch year_of(int year);
/// `first_year` ends in 0. The value is ISO 8601-2's ("199X").
[[nodiscard]] Stretch decade_of(int first_year);
/// From December of the year for winter. `first_month`: 3, 6, 9, 12 in the north.
[[nodiscard]] Stretch season_of(int year, int first_month, int iso_code);
/// The unit that `day` lies in, moved by `offset` units: 0 this week, −1 last week.
[[nodiscard]] Stretch unit_of(Date day, Unit unit, int offset);
/// A stretch without a name.
[[nodiscard]] Stretch nameless(Date first, Date last);
/// `day` moved by n units; hours count as parts of a day.
[[nodiscard]] Date moved(Date day, Unit unit, int n);
[[nodiscard]] Date easter_sunday(int year);

}  // namespace detente::resolve::times
