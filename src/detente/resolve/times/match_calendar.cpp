// Months, days and weekdays, in words and in numbers.

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

bool TimeFinder::writes_month_first() const {
  int month_first = 0;
  int day_first = 0;
  for (std::size_t i = 0; i + 4 < atoms_.size(); ++i) {
    if (is_number(i) && is(i + 1, "/") && is_number(i + 2) && is(i + 3, "/") && is_number(i + 4)) {
      if (at(i).number > 12) day_first += 5;
      if (at(i + 2).number > 12) month_first += 5;
    }
    if (word(i).month != 0 && is_number(i + 1) && at(i + 1).number <= 31 && is(i + 2, ",") &&
        is_year_number(i + 3)) {
      ++month_first;
    }
    if (is_number(i) && at(i).number <= 31 && word(i + 1).month != 0 && at(i + 1).capital) {
      ++day_first;
    }
  }
  return month_first > day_first;
}

Match TimeFinder::match_numeric(std::size_t i) {
  if (!is_number(i) || !is_glued(i + 1) || !is_number(i + 2) || !is_glued(i + 2)) return {};
  if (before(i) != nullptr && is_glued(i) && !is(i - 1, "(") && !is(i - 1, "'") &&
      !is(i - 1, "\"") && !is(i - 1, "[")) {
    return {};
  }
  const std::string& mark = at(i + 1).lower;
  if (mark != "-" && mark != "/" && mark != ".") return {};
  const bool three = is(i + 3, mark) && is_glued(i + 3) && is_number(i + 4) && is_glued(i + 4);
  if (!three) return {};
  if (is_glued(i + 5) && (is_number(i + 5) || is(i + 5, mark)) && mark != ".") return {};
  const int a = at(i).number;
  const int b = at(i + 2).number;
  const int c = at(i + 4).number;
  if (is_year_number(i) && at(i + 2).size() <= 2 && at(i + 4).size() <= 2) {
    if (const auto date = Date::from_ymd(a, b, c)) {
      return one(i, i + 5, day_of(*date), "year, month and day as written", true);
    }
    return {};
  }
  if (at(i).size() > 2 || at(i + 2).size() > 2) return {};
  if (at(i + 4).size() != 4 && !(at(i + 4).size() == 2 && mark != "-")) return {};
  if (mark == "." && at(i + 4).size() != 4) return {};  // 1.2.33 may be a version
  const int year = at(i + 4).size() == 4 ? c : two_digit_year(c, anchor_.year());
  if (year < 1000 || year > 2199) return {};
  const auto day_first = Date::from_ymd(year, b, a);
  const auto month_first = Date::from_ymd(year, a, b);
  std::string why;
  std::optional<Date> date;
  if (day_first && !month_first) {
    date = day_first;
    why = "day, month and year: no month has that number";
  } else if (month_first && !day_first) {
    date = month_first;
    why = "month, day and year: no month has that number";
  } else if (day_first && month_first) {
    date = month_first_ && mark == "/" ? month_first : day_first;
    why = month_first_ && mark == "/" ? "month, day and year, as this report writes its dates"
                                      : "day, month and year, as most of the world writes them";
  }
  if (!date) return {};
  return one(i, i + 5, day_of(*date), why, true);
}

bool TimeFinder::is_month(std::size_t i) const {
  return word(i).month != 0 &&
         (at(i).capital || at(i).all_caps ||
          (!word(i).month_ambiguous && i > 0 && is_number(i - 1) && at(i).size() > 3));
}

bool TimeFinder::is_weekday(std::size_t i) const {
  return word(i).weekday >= 0 && (at(i).capital || at(i).all_caps);
}

bool TimeFinder::is_year_number(std::size_t i) const {
  return is_number(i) && at(i).size() == 4 && at(i).number >= 1000 && at(i).number <= 2199 &&
         !(is(i + 1, ",") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2));
}

bool TimeFinder::is_ordinal_tail(std::size_t i) const {
  return is_glued(i) && (is(i, "st") || is(i, "nd") || is(i, "rd") || is(i, "th"));
}

std::size_t TimeFinder::day_number_end(std::size_t i) const {
  if (!is_number(i) || at(i).size() > 2 || at(i).number < 1 || at(i).number > 31) return 0;
  if (is_ordinal_tail(i + 1)) return i + 2;
  if (is(i + 1, ".") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2)) return 0;
  if (is(i + 1, ":") && is_glued(i + 1) && is_number(i + 2)) return 0;
  if ((is(i + 1, "%") || (is_word(i + 1) && is_glued(i + 1)))) return 0;
  return i + 1;
}

std::size_t TimeFinder::year_end(std::size_t i, bool after_month) const {
  std::size_t year = i;
  if (is(i, ",") || (after_month && is(i, "of")) || is(i, "'")) ++year;
  if (is_year_number(year)) {
    if (year != i && is(i, ",") && words_.after_number.contains(at(year + 1).lower)) return 0;
    return year + 1;
  }
  // "Sept '08"
  if (is(i, "'") && is_number(i + 1) && at(i + 1).size() == 2 && is_glued(i + 1)) return i + 2;
  return 0;
}

int TimeFinder::year_before(std::size_t end) const {
  const Atom& year = at(end - 1);
  return year.size() == 2 ? two_digit_year(year.number, anchor_.year()) : year.number;
}

bool TimeFinder::joins(std::size_t i) const {
  return is(i, "-") || is(i, "to") || is(i, "and") || is(i, "until") || is(i, "till") ||
         is(i, "through") || is(i, "or") || is(i, "thru") || is(i, "&");
}

bool TimeFinder::joins_as_range(std::size_t joint, std::size_t begin) const {
  return is(joint, "-") || is(joint, "to") || is(joint, "until") || is(joint, "till") ||
         is(joint, "through") || is(joint, "thru") ||
         (is(joint, "and") && before_is(begin, "between"));
}

std::vector<TimeFinder::Reading> TimeFinder::read_calendar(std::size_t i) const {
  std::vector<Reading> readings;
  std::size_t p = i;
  Written base;
  if (is_weekday(p)) {
    base.weekday = word(p).weekday;
    std::size_t q = after_point(p + 1);
    const std::size_t part = after_part_of_day(q);
    if (is(part, ",")) {
      q = part + 1;
    } else {
      q = part;
    }
    if (is(q, "the")) ++q;
    if (is(q, "of") || is(q, "on")) ++q;
    p = q;
    if (is(p, "the") && day_number_end(p + 1) > 0) ++p;
  }
  if (is_month(p)) {
    read_month_first(i, p, base, readings);
  } else if (day_number_end(p) > 0) {
    read_day_first(i, p, base, readings);
  }
  return readings;
}

void TimeFinder::read_month_first(std::size_t begin, std::size_t p, Written base,
                                  std::vector<Reading>& readings) const {
  base.month = word(p).month;
  const std::size_t after_month = after_point(p + 1);
  const std::size_t the = is(after_month, "the") ? after_month + 1 : after_month;
  const std::size_t day_end = day_number_end(the);
  if (day_end == 0 || is(day_end, "%")) return;
  base.day = at(the).number;
  readings.push_back({begin, day_end, base, false});
  // "May 3, 4 and 5", "May 3-5", "May 30 to June 2" (the month is read by the caller)
  std::size_t end = day_end;
  for (;;) {
    std::size_t joint = end;
    if (is(joint, ",") && is(joint + 1, "and")) ++joint;
    const bool comma = is(joint, ",");
    if (!comma && !joins(joint)) break;
    const std::size_t next = is(joint + 1, "the") ? joint + 2 : joint + 1;
    const std::size_t next_end = day_number_end(next);
    if (next_end == 0 || at(next).number <= readings.back().written.day) break;
    if (is_month(next_end) || (is(next_end, "of") && is_month(next_end + 1))) break;
    if (is_count_of_something(next_end)) break;
    if (comma && !is(next_end, ",") && !joins(next_end)) break;
    Written more = base;
    more.weekday = -1;
    more.day = at(next).number;
    readings.push_back({next, next_end, more, joins_as_range(joint, begin)});
    end = next_end;
  }
  give_year(year_end(end, false), readings);
}

void TimeFinder::read_day_first(std::size_t begin, std::size_t p, Written base,
                                std::vector<Reading>& readings) const {
  // "3 May", "3rd of May", "3-5 May", "3, 4 and 5 May"
  std::vector<std::size_t> days{p};
  std::vector<bool> ranges{false};
  std::size_t end = day_number_end(p);
  std::size_t joint = end;
  while (true) {
    if (is(joint, ",") && is(joint + 1, "and")) ++joint;
    if (!is(joint, ",") && !joins(joint)) break;
    const std::size_t next = is(joint + 1, "the") ? joint + 2 : joint + 1;
    const std::size_t next_end = day_number_end(next);
    if (next_end == 0 || at(next).number <= at(days.back()).number) break;
    days.push_back(next);
    ranges.push_back(joins_as_range(joint, begin));
    end = next_end;
    joint = end;
  }
  std::size_t month = end;
  if (is(month, "of")) ++month;
  if (is(month, "-") && is_glued(month)) ++month;
  if (is(month, "day") && is(month + 1, "of")) month += 2;
  if (!is_month(month)) return;
  // "May 3 Brown said" is not read here; "3 March for Life" is rare enough.
  base.month = word(month).month;
  const std::size_t after_month = after_point(month + 1);
  for (std::size_t k = 0; k < days.size(); ++k) {
    Written more = base;
    if (k > 0) more.weekday = -1;
    more.day = at(days[k]).number;
    const std::size_t day_end = day_number_end(days[k]);
    readings.push_back(
        {k == 0 ? begin : days[k], k + 1 == days.size() ? after_month : day_end, more, ranges[k]});
  }
  std::size_t year = after_month;
  if (is(year, "-") && is_glued(year) && is_year_number(year + 1)) ++year;
  give_year(year_end(year, true), readings);
}

void TimeFinder::give_year(std::size_t end, std::vector<Reading>& readings) const {
  const int year = end == 0 ? relative_year_at(readings.back().end) : year_before(end);
  for (Reading& reading : readings) reading.written.year = year;
  if (end != 0) readings.back().end = end;
}

bool TimeFinder::is_count_of_something(std::size_t after_number) const {
  return is(after_number, "%") || words_.after_number.contains(at(after_number).lower) ||
         word(after_number).unit != Unit::None;
}

std::optional<TimeFinder::Reading> TimeFinder::read_month(std::size_t i, bool said) const {
  if (!is_month(i)) return std::nullopt;
  const std::size_t after_month = after_point(i + 1);
  Written written;
  written.month = word(i).month;
  std::size_t year = year_end(after_month, true);
  if (year == 0 && is(after_month, "-") && is_glued(after_month) &&
      is_year_number(after_month + 1)) {
    year = after_month + 2;
  }
  if (year != 0) {
    written.year = year_before(year);
    return Reading{i, year, written, false};
  }
  written.year = relative_year_at(after_month);
  if (!said && written.year == 0 && !month_stands_alone(i, after_month)) return std::nullopt;
  return Reading{i, after_month, written, false};
}

int TimeFinder::relative_year_at(std::size_t i) const {
  if (is(i, "of") || is(i, ",")) ++i;
  if (!is(i + 1, "year")) return 0;
  const Sense sense = word(i).sense;
  if (sense == Sense::This) return anchor_.year();
  if (sense == Sense::Last) return anchor_.year() - 1;
  return sense == Sense::Next ? anchor_.year() + 1 : 0;
}

bool TimeFinder::month_stands_alone(std::size_t i, std::size_t after) const {
  const Atom* previous = before(i);
  const bool placed = previous != nullptr &&
                      (words_.before_year.contains(previous->lower) ||
                       word(i - 1).sense != Sense::None || word(i - 1).edge_before != Edge::None) &&
                      previous->lower != "the" && previous->lower != "a" &&
                      previous->lower != "for" && previous->lower != "to" &&
                      previous->lower != "as" && previous->lower != "'s" &&
                      previous->lower != "with" && previous->lower != "on";
  const bool name_follows = is_word(after) && at(after).capital && !is_month(after);
  // "the May riot", "the October Budget"
  if (before_is(i, "the") && is_word(after) && at(after).lower.size() > 2 &&
      (!name_follows || !word(i).month_ambiguous) && cue_at(after).n_words == 0) {
    return true;
  }
  if (name_follows && placed) {
    const auto row = words_.before_year.find(previous->lower);
    if (row != words_.before_year.end() && !row->second) return false;  // "and June Smith"
  }
  if (word(i).month_ambiguous) return placed && !name_follows;
  if (previous != nullptr && is_word(i - 1) && at(i - 1).capital && !placed && i > 1 &&
      before(i - 1) != nullptr) {
    return false;  // "Ms. June", "Black September"
  }
  return !name_follows || placed;
}

Piece TimeFinder::resolve_written(const Reading& reading, std::optional<int> forced_year) {
  Piece piece;
  piece.begin = reading.begin;
  piece.end = reading.end;
  Written w = reading.written;
  piece.year_said = w.year != 0;
  if (w.year == 0 && forced_year) {
    w.year = *forced_year;
    piece.derivation = "the year named beside it";
  } else if (w.year == 0) {
    choose_year(w, reading, piece.derivation);
  } else {
    piece.derivation = w.day != 0 ? "day, month and year as written" : "month and year as written";
  }
  if (w.day != 0) {
    const auto day = Date::from_ymd(w.year, w.month, w.day);
    piece.stretch = day ? day_of(*day) : month_of(w.year, w.month);
  } else {
    piece.stretch = month_of(w.year, w.month);
  }
  return piece;
}

void TimeFinder::choose_year(Written& w, const Reading& reading, std::string& why) {
  Tense tense = tense_at(reading.begin, reading.end);
  if (tense == Tense::None && listed_sentence_ == sentence_[reading.begin]) tense = listed_tense_;
  listed_sentence_ = sentence_[reading.begin];
  listed_tense_ = tense;
  if (w.weekday >= 0 && w.day != 0) {
    // The weekday settles it: the nearest year in which the day falls on it.
    for (const int step : {0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6, 6}) {
      const auto day = Date::from_ymd(anchor_.year() + step, w.month, w.day);
      if (day && day->weekday() == w.weekday) {
        w.year = anchor_.year() + step;
        why = "the year nearest to " + anchor_name_ + " in which it falls on that weekday";
        return;
      }
    }
  }
  if (const auto year = year_of_story(reading.begin); year && tense != Tense::Future) {
    w.year = *year;
    why = "the year that the story just named";
    return;
  }
  const auto in_year = [&w, this](int year) -> std::optional<Date> {
    if (w.day != 0) return Date::from_ymd(year, w.month, w.day);
    // A month counts from the day in it that is nearest to the anchor.
    if (year == anchor_.year() && w.month == anchor_.month()) return anchor_;
    const auto first = Date::from_ymd(year, w.month, 1);
    if (!first) return std::nullopt;
    return *first > anchor_ ? *first : days_on(*first, days_in_month(year, w.month) - 1);
  };
  const auto day = nearest_year(in_year, tense);
  w.year = day ? day->year() : anchor_.year();
  why = std::string(tense == Tense::Future ? "the next one to come after "
                    : tense == Tense::Past ? "the last one before "
                                           : "the one nearest to ") +
        anchor_name_;
}

Match TimeFinder::match_calendar(std::size_t i) {
  if (!is_weekday(i) && !is_month(i) && !(is_number(i) && day_number_end(i) > 0)) return {};
  if (is_number(i) && before(i) != nullptr &&
      (words_.before_number.contains(at(i - 1).lower) ||
       (is_glued(i) && (is(i - 1, ".") || is(i - 1, ",") || is(i - 1, "/"))))) {
    return {};
  }
  std::vector<Reading> readings = read_calendar(i);
  if (readings.empty()) {
    if (is_weekday(i)) return match_weekday(i);
    if (const auto month = read_month(i, false)) readings.push_back(*month);
  }
  if (!readings.empty() && readings.front().written.year == 0 && comes_every_year(i, readings)) {
    return every_year(readings);
  }
  if (readings.empty()) return {};
  add_joined(i, readings);
  return resolve_readings(readings);
}

bool TimeFinder::comes_every_year(std::size_t i, const std::vector<Reading>& readings) const {
  const std::size_t end = readings.back().end;
  if (before_is(i, "every") || before_is(i, "each")) return true;
  const std::size_t each = is(end, "of") ? end + 1 : end;
  if ((is(each, "every") || is(each, "each")) && is(each + 1, "year")) return true;
  const bool opens = before(i) == nullptr || sentence_[i - 1] != sentence_[i];
  return opens && readings.front().written.day == 0 && is(end, "is");
}

Match TimeFinder::every_year(const std::vector<Reading>& readings) {
  Match match = resolve_readings(readings);
  for (Piece& piece : match.pieces) {
    piece.stretch.value = "-" + piece.stretch.value.substr(4);
    const Date written = piece.stretch.range.first;
    const bool one_day = piece.stretch.precision == Precision::Day;
    const auto nearest = nearest_year(
        [written](int year) { return Date::from_ymd(year, written.month(), written.day()); },
        Tense::None);
    if (nearest && one_day) piece.stretch.range = {*nearest, *nearest};
    if (nearest && !one_day)
      piece.stretch.range = month_of(nearest->year(), nearest->month()).range;
    piece.derivation = "every year; the days are those nearest to " + anchor_name_;
  }
  return match;
}

void TimeFinder::add_joined(std::size_t begin, std::vector<Reading>& readings) const {
  for (;;) {
    const std::size_t joint = readings.back().end;
    if (!joins(joint) && !is(joint, ",")) return;
    const std::size_t next = is(joint + 1, "the") ? joint + 2 : joint + 1;
    if (!is_month(next) && day_number_end(next) == 0 && !is_weekday(next)) return;
    std::vector<Reading> more = read_calendar(next);
    const bool months = readings.back().written.day == 0;
    if (more.empty() && months) {
      if (const auto month = read_month(next, true)) more.push_back(*month);
    }
    if (more.empty() || (is(joint, ",") && !months) || more.front().written.month == 0) return;
    if (is(joint, ",") && more.front().written.day != 0) return;
    more.front().joined_as_range = joins_as_range(joint, begin);
    readings.insert(readings.end(), more.begin(), more.end());
  }
}

Match TimeFinder::resolve_readings(const std::vector<Reading>& readings) {
  Match match;
  match.end = readings.back().end;
  for (std::size_t k = 0; k < readings.size(); ++k) {
    std::optional<int> year;
    if (readings[k].written.year == 0) {
      // A year behind the last of them serves them all; else the first one's year goes on.
      for (std::size_t n = k + 1; n < readings.size() && n < k + kMaxReach && !year; ++n) {
        if (readings[n].written.year != 0) {
          year = readings[n].written.year;
          if (key(readings[k].written) > key(readings[n].written)) --*year;
        }
      }
      if (!year && k > 0) {
        year = match.pieces.back().stretch.range.first.year();
        if (key(readings[k].written) < key(readings[k - 1].written)) ++*year;
      }
    }
    match.pieces.push_back(resolve_written(readings[k], year));
    // "Sunday and Monday" style lists keep their own reading; ranges know their other end.
    if (k > 0 && readings[k].joined_as_range) {
      Piece& first = match.pieces[k - 1];
      Piece& last = match.pieces[k];
      if (first.stretch.range.first <= last.stretch.range.last) {
        first.period = last.period = {first.stretch.range.first, last.stretch.range.last};
      }
    }
  }
  return match;
}

Date TimeFinder::last_weekday(Date from, int weekday) const {
  return days_on(from, -((from.weekday() - weekday + 7) % 7));
}

Date TimeFinder::next_weekday(Date from, int weekday) const {
  return days_on(from, (weekday - from.weekday() + 7) % 7);
}

bool TimeFinder::is_habit(std::size_t i) const {
  for (std::size_t k = i; k > 0 && k + kMaxReach > i && sentence_[k] == sentence_[i]; --k) {
    if (is_weekday(k) &&
        (is(k - 1, "a") || is(k - 1, "every") || is(k - 1, "each") || is(k - 1, "any"))) {
      return true;
    }
  }
  return false;
}

Match TimeFinder::match_weekday(std::size_t i) {
  if (is_habit(i)) return {};
  std::size_t end = i + 1;
  if (word(i).weekday_ambiguous) {
    end = after_point(end);
    if (!before_is(i, "on") && end == i + 1) return {};
    if (end == i + 1 && at(i).lower.size() < 3) return {};
  }
  if (is_word(end) && at(end).capital && !word(end).part_of_day && before(i) != nullptr &&
      is_word(i - 1) && at(i - 1).capital && !before_is(i, "on") && word(i - 1).month == 0 &&
      sentence_[i] == sentence_[i - 1] && !at(i).all_caps) {
    return {};  // "Black Friday Sales"
  }
  const std::size_t after_day = after_part_of_day(end);
  const int weekday = word(i).weekday;
  // "Monday last week", "Monday of next week"
  const std::size_t of = is(after_day, "of") ? after_day + 1 : after_day;
  const Sense sense = word(of).sense;
  if ((sense == Sense::Last || sense == Sense::This || sense == Sense::Next) &&
      word(of + 1).unit == Unit::Week) {
    const int offset = sense == Sense::Last ? -1 : (sense == Sense::Next ? 1 : 0);
    const Date monday = unit_of(anchor_, Unit::Week, offset).range.first;
    return one(i, of + 2, day_of(days_on(monday, weekday)),
               "that weekday in the week named, from " + anchor_name_);
  }
  const Tense tense = tense_at(i, after_day);
  if (tense == Tense::Future) {
    return one(i, after_day, day_of(next_weekday(anchor_, weekday)),
               "the next such weekday on or after " + anchor_name_);
  }
  return one(i, after_day, day_of(last_weekday(anchor_, weekday)),
             "the last such weekday on or before " + anchor_name_);
}

}  // namespace detente::resolve::times
