#pragma once
// Civil days in the proleptic Gregorian calendar, and ranges of them. No clocks, no time zones.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "detente/export.h"

namespace detente {

/// A day, counted from 1970-01-01. Valid for the years 0001 to 9999.
class DETENTE_API Date {
 public:
  Date() = default;
  explicit Date(std::int32_t days_since_1970) : days_(days_since_1970) {}
  /// Empty when there is no such day.
  [[nodiscard]] static std::optional<Date> from_ymd(int year, int month, int day);
  /// Reads "YYYY-MM-DD", also with a time behind it ("2022-04-22T10:00:00Z"); empty when it is
  /// none.
  [[nodiscard]] static std::optional<Date> parse(std::string_view text);

  [[nodiscard]] int year() const;
  [[nodiscard]] int month() const;    ///< 1..12
  [[nodiscard]] int day() const;      ///< 1..31
  [[nodiscard]] int weekday() const;  ///< 0 Monday .. 6 Sunday
  [[nodiscard]] Date plus_days(int n) const { return Date(days_ + n); }
  /// Same day of the month n months on, or that month's last day.
  [[nodiscard]] Date plus_months(int n) const;
  [[nodiscard]] std::int32_t days_since_1970() const { return days_; }
  [[nodiscard]] std::string text() const;  ///< YYYY-MM-DD

  friend auto operator<=>(const Date&, const Date&) = default;

 private:
  std::int32_t days_ = 0;
};

[[nodiscard]] DETENTE_API int days_in_month(int year, int month);

/// First and last day, both included.
struct DateRange {
  Date first;
  Date last;
  [[nodiscard]] bool contains(Date day) const { return first <= day && day <= last; }
  [[nodiscard]] bool meets(DateRange other) const {
    return first <= other.last && other.first <= last;
  }
  friend auto operator<=>(const DateRange&, const DateRange&) = default;
};

}  // namespace detente
