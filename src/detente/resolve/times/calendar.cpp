#include "detente/resolve/times/calendar.h"

#include <algorithm>
#include <array>

namespace detente::resolve::times {
namespace {

constexpr int kFirstYear = 1;
constexpr int kLastYear = 9999;

int within(int year) { return std::clamp(year, kFirstYear, kLastYear); }

Date ymd(int year, int month, int day) {
  const int y = within(year);
  return *Date::from_ymd(y, month, std::min(day, days_in_month(y, month)));
}

std::string padded(int n, std::size_t width) {
  std::string out = std::to_string(n);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

Date clamped(std::int64_t days) {
  const std::int64_t first = Date::from_ymd(kFirstYear, 1, 1)->days_since_1970();
  const std::int64_t last = Date::from_ymd(kLastYear, 12, 31)->days_since_1970();
  return Date(static_cast<std::int32_t>(std::clamp(days, first, last)));
}

Date months_on(Date day, std::int64_t n) {
  const std::int64_t months = std::int64_t{day.year()} * 12 + day.month() - 1 + n;
  if (months < 12) return clamped(-1000000000);
  if (months >= (kLastYear + 1) * 12) return clamped(1000000000);
  return ymd(static_cast<int>(months / 12), static_cast<int>(months % 12) + 1, day.day());
}

}  // namespace

std::string unit_name(Unit unit) {
  constexpr std::array<const char*, 12> kNames{"unit",    "minute", "hour",    "day",
                                               "night",   "week",   "weekend", "month",
                                               "quarter", "year",   "decade",  "century"};
  return kNames[static_cast<std::size_t>(unit)];
}

std::string counted_name(int n, Unit unit) {
  if (n == 1) return "1 " + unit_name(unit);
  return std::to_string(n) + " " + (unit == Unit::Century ? "centuries" : unit_name(unit) + "s");
}

Stretch day_of(Date day) { return {day.text(), {day, day}, Precision::Day}; }

Stretch month_of(int year, int month) {
  const int y = within(year);
  return {padded(y, 4) + "-" + padded(month, 2),
          {ymd(y, month, 1), ymd(y, month, 31)},
          Precision::Month};
}

Stretch year_of(int year) {
  const int y = within(year);
  return {padded(y, 4), {ymd(y, 1, 1), ymd(y, 12, 31)}, Precision::Year};
}

Stretch decade_of(int first_year) {
  const int y = within(first_year);
  return {padded(y / 10, 3) + "X", {ymd(y, 1, 1), ymd(y + 9, 12, 31)}, Precision::Decade};
}

Stretch season_of(int year, int first_month, int iso_code) {
  const Date first = ymd(year, first_month, 1);
  return {padded(within(year), 4) + "-" + padded(iso_code, 2),
          {first, moved(months_on(first, 3), Unit::Day, -1)},
          Precision::Quarter};
}

Stretch unit_of(Date day, Unit unit, int offset) {
  const Date there = moved(day, unit, offset);
  switch (unit) {
    case Unit::Week: {
      const Date monday = moved(there, Unit::Day, -there.weekday());
      const Date thursday =
          moved(monday, Unit::Day, 3);  // a week belongs to the year of its Thursday
      const int week =
          (thursday.days_since_1970() - ymd(thursday.year(), 1, 1).days_since_1970()) / 7 + 1;
      return {padded(thursday.year(), 4) + "-W" + padded(week, 2),
              {monday, moved(monday, Unit::Day, 6)},
              Precision::Week};
    }
    case Unit::Weekend: {
      const Date saturday = moved(there, Unit::Day, 5 - there.weekday());
      return {saturday.text() + "/" + moved(saturday, Unit::Day, 1).text(),
              {saturday, moved(saturday, Unit::Day, 1)},
              Precision::Week};
    }
    case Unit::Month:
      return month_of(there.year(), there.month());
    case Unit::Quarter: {
      const int quarter = (there.month() - 1) / 3 + 1;
      const Date first = ymd(there.year(), quarter * 3 - 2, 1);
      return {padded(there.year(), 4) + "-Q" + std::to_string(quarter),
              {first, moved(months_on(first, 3), Unit::Day, -1)},
              Precision::Quarter};
    }
    case Unit::Year:
      return year_of(there.year());
    case Unit::Decade:
      return decade_of(there.year() / 10 * 10);
    case Unit::Century: {
      const int first = (there.year() - 1) / 100 * 100 + 1;
      return nameless(ymd(first, 1, 1), ymd(first + 99, 12, 31));
    }
    case Unit::Day:
    case Unit::Night:
    case Unit::Hour:
    case Unit::Minute:
    case Unit::None:
      break;
  }
  return day_of(there);
}

Stretch nameless(Date first, Date last) {
  return {"", {std::min(first, last), std::max(first, last)}, Precision::Unknown};
}

Date moved(Date day, Unit unit, int n) {
  const std::int64_t days = day.days_since_1970();
  switch (unit) {
    case Unit::Minute:
    case Unit::None:
      return day;
    case Unit::Hour:
      return clamped(days + n / 24);
    case Unit::Day:
    case Unit::Night:
      return clamped(days + n);
    case Unit::Week:
    case Unit::Weekend:
      return clamped(days + std::int64_t{n} * 7);
    case Unit::Month:
      return months_on(day, n);
    case Unit::Quarter:
      return months_on(day, std::int64_t{n} * 3);
    case Unit::Year:
      return months_on(day, std::int64_t{n} * 12);
    case Unit::Decade:
      return months_on(day, std::int64_t{n} * 120);
    case Unit::Century:
      return months_on(day, std::int64_t{n} * 1200);
  }
  return day;
}

// The anonymous Gregorian computus (Nature, 1876), in our words.
Date easter_sunday(int year) {
  const int golden = year % 19;
  const int century = year / 100;
  const int in_century = year % 100;
  const int sun = (century - (century + 8) / 25 + 1) / 3;
  const int epact = (19 * golden + century - century / 4 - sun + 15) % 30;
  const int weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
  const int late = (golden + 11 * epact + 22 * weekday) / 451;
  const int sum = epact + weekday - 7 * late + 114;
  return ymd(year, sum / 31, sum % 31 + 1);
}

}  // namespace detente::resolve::times
