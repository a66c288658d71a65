#include "detente/read/published_day.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string>

namespace detente::read {
namespace {

// RFC 822 and 5322 spell months so; the first three letters serve for the long names too.
constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

// A number or the name of a month, with what stands around it.
struct Piece {
  std::int64_t value = 0;
  std::size_t digits = 0;  // 0: a month
  char before = '\0';
  char behind = '\0';
};

int month_named(std::string_view word) {
  if (word.size() < 3) return 0;
  std::string start(word.substr(0, 3));
  for (char& c : start) c = static_cast<char>(c | 0x20);
  const std::size_t at = kMonths.find(start);
  return at != std::string_view::npos && at % 3 == 0 ? static_cast<int>(at / 3) + 1 : 0;
}

struct Pieces {
  static constexpr std::size_t kMost = 12;
  std::array<Piece, kMost> piece;
  std::size_t n = 0;
  bool has_month = false;
};

Pieces pieces_of(std::string_view text) {
  constexpr std::size_t kMostDigits = 14;
  Pieces found;
  for (std::size_t i = 0; i < text.size() && found.n < Pieces::kMost;) {
    const auto same = is_digit(text[i]) ? is_digit : is_letter;
    const auto* stop = std::find_if_not(text.begin() + i, text.end(), same);
    const std::size_t end = std::max<std::size_t>(i + 1, stop - text.begin());
    Piece piece;
    piece.before = i > 0 ? text[i - 1] : '\0';
    piece.behind = end < text.size() ? text[end] : '\0';
    if (is_digit(text[i]) && end - i <= kMostDigits) {
      std::from_chars(text.data() + i, text.data() + end, piece.value);
      piece.digits = end - i;
      found.piece[found.n++] = piece;
    } else if (const int month = month_named(text.substr(i, end - i)); month != 0) {
      piece.value = month;
      found.piece[found.n++] = piece;
      found.has_month = true;
    }
    i = end;
  }
  return found;
}

bool may_be_day(const Piece& piece) {
  return (piece.digits == 1 || piece.digits == 2) && piece.before != ':' && piece.behind != ':';
}
bool may_be_year(const Piece& piece) { return piece.digits == 4 && piece.value >= 1000; }

std::optional<Date> day_of(const Piece& year, const Piece& month, const Piece& day) {
  return Date::from_ymd(static_cast<int>(year.value), static_cast<int>(month.value),
                        static_cast<int>(day.value));
}

// "22 April 2022", "April 22, 2022", "2022-Apr-22", "Fri Apr 22 10:00:00 GMT 2022": the day stands
// beside its month, whatever time of day is around them.
std::optional<Date> with_named_month(const Pieces& found) {
  for (std::size_t i = 0; i < found.n; ++i) {
    const Piece& month = found.piece[i];
    if (month.digits != 0) continue;
    const Piece before = i > 0 ? found.piece[i - 1] : Piece{};
    const Piece next = i + 1 < found.n ? found.piece[i + 1] : Piece{};
    const Piece third = i + 2 < found.n ? found.piece[i + 2] : Piece{};
    std::optional<Date> day;
    if (may_be_day(before) && may_be_year(next)) {
      day = day_of(next, month, before);
    } else if (may_be_day(next) && may_be_year(third)) {
      day = day_of(third, month, next);
    } else if (may_be_year(before) && may_be_day(next)) {
      day = day_of(before, month, next);
    } else if (may_be_day(next) && may_be_year(found.piece[found.n - 1])) {
      day = day_of(found.piece[found.n - 1], month, next);
    }
    if (day) return day;
  }
  return std::nullopt;
}

std::optional<Date> with_slashes(const Piece& first, const Piece& second, const Piece& year,
                                 bool day_first) {
  if (day_first || first.behind == '.' || first.value > 12) return day_of(year, second, first);
  if (second.value > 12 || first.value == second.value) return day_of(year, first, second);
  return std::nullopt;
}

std::optional<Date> from_packed_digits(std::int64_t value) {
  return Date::from_ymd(static_cast<int>(value / 10000), static_cast<int>(value / 100 % 100),
                        static_cast<int>(value % 100));
}

std::optional<Date> all_numbers(const Pieces& found, bool day_first) {
  if (found.n == 0) return std::nullopt;
  const Piece& first = found.piece[0];
  if (first.digits == 8) return from_packed_digits(first.value);
  if (first.digits == 14) return from_packed_digits(first.value / 1000000);
  if (found.n == 1 && (first.digits == 9 || first.digits == 10)) {
    return Date(static_cast<std::int32_t>(first.value / 86400));
  }
  if (found.n == 1 && (first.digits == 12 || first.digits == 13)) {
    return Date(static_cast<std::int32_t>(first.value / 86400000));
  }
  if (found.n >= 3 && first.digits == 4) return day_of(first, found.piece[1], found.piece[2]);
  // "11/19/2019", with a time of day before it or behind it.
  for (std::size_t i = 0; i + 2 < found.n; ++i) {
    const Piece& year = found.piece[i + 2];
    if (!may_be_day(found.piece[i]) || !may_be_day(found.piece[i + 1])) continue;
    if (may_be_year(year)) return with_slashes(found.piece[i], found.piece[i + 1], year, day_first);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> published_day(std::string_view text, bool day_first) {
  constexpr std::size_t kIsoDay = 10;
  if (const auto iso = Date::parse(text.substr(0, kIsoDay))) return iso;
  if (const auto iso = Date::parse(text)) return iso;
  const Pieces found = pieces_of(text);
  return found.has_month ? with_named_month(found) : all_numbers(found, day_first);
}

bool tells_a_day(std::string_view text, bool day_first) {
  constexpr int kFirstYear = 1600;  // of the oldest newspapers
  const auto day = published_day(text, day_first);
  return day && day->year() >= kFirstYear && day->year() <= 2100;
}

std::optional<int> published_hour(std::string_view text) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (at < 2 || at + 1 >= text.size() || !is_digit(text[at + 1]) || !is_digit(text[at - 1])) {
      continue;
    }
    const std::size_t begin = is_digit(text[at - 2]) ? at - 2 : at - 1;
    int hour = 0;
    std::from_chars(text.data() + begin, text.data() + at, hour);
    return hour;
  }
  return std::nullopt;
}

}  // namespace detente::read
