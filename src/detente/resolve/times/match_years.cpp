// Years, decades, centuries, seasons, and the days around today.

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

Match TimeFinder::match_day_word(std::size_t i) {
  const auto& offset = word(i).day_offset;
  if (!offset) return {};
  const bool opens = before(i) == nullptr || sentence_[i - 1] != sentence_[i] || !is_word(i - 1);
  const bool name_follows = is_word(i + 1) && at(i + 1).capital && word(i + 1).weekday < 0;
  if (at(i).capital && name_follows && (!opens || at(i).all_caps)) return {};  // "Tomorrow Group"
  const std::size_t end = after_part_of_day(i + 1);
  // "today, like many, I am sceptical": nowadays. A verb in the past or the future means the day.
  const read::Zone zone = document_.zone_at(at(i).span.begin);
  if (is(i, "today") && zone == read::Zone::Body && !before_is(i, "earlier") &&
      !before_is(i, "later") && end == i + 1) {
    const Tense tense = tense_at(i, end, true);
    if (tense == Tense::Present || tense == Tense::None) {
      return one(i, end, nameless(anchor_, anchor_), "these days, around " + anchor_name_);
    }
  }
  return one(i, end, day_of(days_on(anchor_, *offset)),
             *offset == 0 ? "the day of writing, " + anchor_name_
                          : std::to_string(std::abs(*offset)) + " day " +
                                (*offset < 0 ? "before " : "after ") + anchor_name_);
}

Stretch TimeFinder::season_in(int year, const TimeWord& season) const {
  return season_of(year, season.season_month, season.season_code);
}

Match TimeFinder::relative_season(std::size_t i, std::size_t q, Sense sense) {
  const TimeWord& season = word(q);
  if (season.season_ambiguous && is_word(q + 1) && is(q + 1, "of")) return {};
  int year = anchor_.year();
  const bool begun = anchor_.month() >= season.season_month;
  const bool over = anchor_.month() >= season.season_month + 3;
  if (sense == Sense::Last && !over) --year;
  if (sense == Sense::Next && begun) ++year;
  // January lies in the winter of the year before.
  if (season.season_month == 12 && anchor_.month() <= 2 && sense != Sense::Next) --year;
  return one(i, q + 1, season_in(year, season), "the season beside " + anchor_name_);
}

// "by spring", "before the autumn": the next one, when the verb points ahead
Match TimeFinder::coming_season(std::size_t i) {
  const bool the = i > 0 && is(i - 1, "the");
  const std::size_t begin = the ? i - 1 : i;
  if (the && word(i).season_ambiguous) return {};
  if (!before_is(begin, "by") && !before_is(begin, "before") && !before_is(begin, "until"))
    return {};
  if (!ends_phrase(i + 1) || tense_at(begin, i + 1) != Tense::Future) return {};
  const bool over = anchor_.month() >= word(i).season_month + 3;
  return relative_season(i, i, over ? Sense::Next : Sense::This);
}

Match TimeFinder::match_season(std::size_t i) {
  const TimeWord& season = word(i);
  if (season.season_month == 0) return {};
  const std::size_t year = is(i + 1, "of") ? i + 2 : i + 1;
  if (!is_year_number(year)) return coming_season(i);
  return one(i, year + 1, season_in(at(year).number, season), "the season of the year named", true);
}

Match TimeFinder::match_century(std::size_t i) {
  int nth = word(i).ordinal;
  std::size_t end = i + 1;
  if (nth == 0 && is_number(i) && is_ordinal_tail(i + 1)) {
    nth = at(i).number;
    end = i + 2;
  }
  if (nth <= 0 || nth > 30) return {};
  if (is(end, "-") && is_glued(end)) ++end;
  if (!is(end, "century")) return {};
  const int first = nth * 100 - 99;
  return one(i, end + 1, nameless(year_of(first).range.first, year_of(first + 99).range.last),
             "a hundred years counted from the year 1");
}

int TimeFinder::last_decade(int tens) const {
  const int year = anchor_.year() / 100 * 100 + tens;
  return year > anchor_.year() ? year - 100 : year;
}

Match TimeFinder::match_decade(std::size_t i) {
  std::size_t p = i;
  if (is(p, "the")) ++p;
  if (is(p, "'")) ++p;
  if (is_number(p) && is_glued(p + 1) && is(p + 1, "s")) {
    const int number = at(p).number;
    if (at(p).size() == 4 && number % 10 == 0 && number >= 1000 && number <= 2190) {
      if (words_.before_number.contains(before(i) == nullptr ? "" : before(i)->lower)) return {};
      return one(i, p + 2, decade_of(number), "the ten years as written", true);
    }
    const bool placed = p > i || before_is(i, "the") ||
                        word(i == 0 ? 0 : i - 1).edge_before != Edge::None ||
                        (i > 0 && is(i - 1, "-"));
    const bool goes_on = i >= 2 && (is(i - 1, "and") || is(i - 1, "to") || is(i - 1, "or")) &&
                         is(i - 2, "s") && is_glued(i - 2);
    if (at(p).size() == 2 && number % 10 == 0 && number >= 10 && (placed || goes_on)) {
      return one(i, p + 2, decade_of(last_decade(number)), "the ten years of the last such decade",
                 true);
    }
    return {};
  }
  const bool after_edge = i > 0 && word(i - 1).edge_before != Edge::None;
  if (p == i && !after_edge &&
      !(i > 1 && is(i - 1, "-") && word(i - 2).edge_before != Edge::None)) {
    return {};
  }
  // "the nineties", "the early nineties"
  std::string_view lower = at(p).lower;
  if (!is_word(p) || !lower.ends_with("ties")) return {};
  const auto base = words_.words.find(std::string(lower.substr(0, lower.size() - 3)) + "y");
  if (base == words_.words.end() || base->second.number < 20) return {};
  return one(i, p + 1, decade_of(last_decade(base->second.number)),
             "the ten years of the last such decade", true);
}

Match TimeFinder::match_bare_ordinal(std::size_t i) {
  if (!is(i, "the") || !before_is(i, "on")) return {};
  if (!is_number(i + 1) || !is_ordinal_tail(i + 2)) return {};
  const int day = at(i + 1).number;
  if (day < 1 || day > 31) return {};
  std::size_t end = i + 3;
  Date base = last_range_ ? last_range_->last : anchor_;
  if (is(end, "of") && word(end + 1).sense != Sense::None && is(end + 2, "month")) {
    const Sense sense = word(end + 1).sense;
    base = moved(anchor_, Unit::Month, sense == Sense::Last ? -1 : (sense == Sense::Next ? 1 : 0));
    end += 3;
  } else if (!ends_phrase(end)) {
    return {};
  }
  const auto date = Date::from_ymd(base.year(), base.month(), day);
  if (!date) return {};
  return one(i, end, day_of(*date), "that day of the month of " + base.text());
}

bool TimeFinder::is_range_of_years(std::size_t i, std::size_t& second) const {
  const std::size_t joint = i + 1;
  if (!is(joint, "-") && !is(joint, "/") && !joins(joint)) return false;
  second = joint + 1;
  if (!is_number(second)) return false;
  const int first_year = at(i).number;
  if (is_year_number(second)) {
    const int n = at(second).number - first_year;
    return n > 0 && n <= kMaxRangeYears;
  }
  const bool tight = is(joint, "-") || is(joint, "/");
  return tight && at(second).size() == 2 && at(second).number > first_year % 100 &&
         !(is(second + 1, "-") && is_glued(second + 1));
}

bool TimeFinder::is_year(std::size_t i) const {
  if (!is_year_number(i)) return false;
  if (is_glued(i + 1) && (is_word(i + 1) && !is(i + 1, "'s") && !is(i + 1, "'"))) return false;
  if (is(i + 1, "%") || is(i + 1, "$")) return false;
  const bool decimals =
      is_glued(i + 1) && (is(i + 1, ".") || is(i + 1, ":")) && is_number(i + 2) && is_glued(i + 2);
  if (decimals) return false;
  const Atom* previous = before(i);
  if (previous != nullptr && is_glued(i) &&
      (is(i - 1, ".") || is(i - 1, ",") || is(i - 1, "$") || is(i - 1, "£") || is(i - 1, "€") ||
       is(i - 1, "#") || is(i - 1, ":") || is(i - 1, "@") || is(i - 1, "+"))) {
    return false;
  }
  if (previous != nullptr && is_glued(i) && is_word(i - 1) && !is(i - 1, "fy")) return false;
  // "Sputnik-1500", "2-2015"
  if (previous != nullptr && is_glued(i) && is(i - 1, "-") && is_glued(i - 1) && i >= 2 &&
      word(i - 2).edge_before == Edge::None && word(i - 2).month == 0 && !is(i - 2, "post") &&
      !is(i - 2, "pre")) {
    if (!is_year_number(i - 2)) return false;
  }
  if (is(i + 1, "bc") || is(i + 1, "bce")) return false;
  const int year = at(i).number;
  const bool counted = is_counted(i);
  bool strong = false;
  bool placed = false;
  if (previous != nullptr) {
    const auto row = words_.before_year.find(previous->lower);
    placed = row != words_.before_year.end();
    strong = placed && row->second;
    const bool later_than = is(i - 1, "than") && (is(i - 2, "later") || is(i - 2, "earlier"));
    if (words_.before_number.contains(previous->lower) && !later_than) return false;
  }
  if (counted) {
    // "in 2014 people fled": a year all the same
    return strong && is(i - 1, "in") && year >= kEarliestPlainYear && year <= kLatestPlainYear &&
           year % 100 != 0 && is_word(i + 1) && word(i + 1).unit == Unit::None &&
           !is(i + 1, "percent") && !is(i + 1, "per");
  }
  if (word(i + 1).unit != Unit::None && !word(i + 1).unit_plural && is(i + 2, "old")) return false;
  const std::string& next = at(i + 1).lower;
  const bool plural = is_word(i + 1) && !at(i + 1).capital && next.size() > 3 &&
                      next.ends_with("s") && !next.ends_with("ss") && !next.ends_with("'s");
  if (year < kEarliestPlainYear || year > kLatestPlainYear) {
    const bool bracketed = is(i - 1, "(") && is(i + 1, ")");
    if (bracketed || (strong && (ends_phrase(i + 1) || at(i + 1).capital || is_glued(i + 1)))) {
      return true;
    }
    return !plural && year >= kEarliestOldYear && year < kEarliestPlainYear &&
           ((strong && !is(i - 1, "of")) || is(i - 1, "the"));
  }
  if (placed || previous == nullptr) return true;
  // "sent 2000 gunners", but "2022 marks a shift"
  const bool near = std::abs(year - anchor_.year()) <= 30 && year % 50 != 0;
  return !plural || is_glued(i + 1) || near;
}

bool TimeFinder::is_counted(std::size_t i) const {
  if (words_.after_number.contains(at(i + 1).lower)) {
    const bool in_time = before_is(i, "by") || before_is(i, "in") || before_is(i, "since");
    return !(in_time && (is(i + 1, "more") || is(i + 1, "other") || is(i + 1, "new")));
  }
  return is(i + 1, "-") && is_glued(i + 1) &&
         (word(i + 2).unit != Unit::None || words_.after_number.contains(at(i + 2).lower));
}

Match TimeFinder::match_year(std::size_t i) {
  if (is(i, "'") && is_number(i + 1) && is_glued(i + 1) && at(i + 1).size() == 2 &&
      before(i) != nullptr && at(i).space_before && !(is_glued(i + 2) && is_word(i + 2)) &&
      words_.before_year.contains(at(i - 1).lower) && !is(i + 2, "%") && !is(i + 2, "'")) {
    return one(i, i + 2, year_of(two_digit_year(at(i + 1).number, anchor_.year())),
               "the last such year", true);
  }
  if (!is_number(i)) return {};
  if (at(i).size() == 2) return match_short_year(i);
  std::size_t second = 0;
  const bool range = is_year_number(i) && is_range_of_years(i, second);
  if (!range || !is_year_in_range(i, second)) {
    if (!is_year(i)) return {};
    return one(i, i + 1, year_of(at(i).number), "the year as written", true);
  }
  Match match;
  match.end = second + 1;
  const int first_year = at(i).number;
  const int last_year =
      at(second).size() == 2 ? first_year / 100 * 100 + at(second).number : at(second).number;
  for (const auto& [atom, year] : {std::pair{i, first_year}, std::pair{second, last_year}}) {
    Piece piece;
    piece.begin = atom;
    piece.end = atom + 1;
    piece.stretch = year_of(year);
    piece.derivation = "the year as written";
    piece.year_said = true;
    if (joins_as_range(i + 1, i) || is(i + 1, "/")) {
      piece.period = DateRange{year_of(first_year).range.first, year_of(last_year).range.last};
    }
    match.pieces.push_back(std::move(piece));
  }
  return match;
}

bool TimeFinder::is_year_in_range(std::size_t i, std::size_t second) const {
  if (words_.after_number.contains(at(second + 1).lower)) return false;
  if (is(i + 1, "and") || is(i + 1, "to") || is(i + 1, "or")) {
    return is_year(i) && is_year_number(second) && (is(i + 1, "to") || is_year(second));
  }
  const int first_year = at(i).number;
  if (before(i) != nullptr && words_.before_number.contains(at(i - 1).lower)) return false;
  const bool bracketed = is(i - 1, "(") && is(second + 1, ")");
  return (first_year >= kEarliestOldYear || bracketed) && first_year <= kLatestPlainYear;
}

Match TimeFinder::match_short_year(std::size_t i) {
  if (!stands_like_short_year(i)) return {};
  std::size_t n = 0;
  const std::size_t first = i > kMaxReach ? i - kMaxReach : 0;
  for (std::size_t k = first; k < atoms_.size() && k < i + kMaxReach; ++k) {
    if (sentence_[k] != sentence_[i]) continue;
    n += stands_like_short_year(k);
  }
  if (n < 3) return {};
  return one(i, i + 1, year_of(two_digit_year(at(i).number, anchor_.year())),
             "the last year that ends so", true);
}

bool TimeFinder::stands_like_short_year(std::size_t i) const {
  if (!is_number(i) || at(i).size() != 2 || before(i) == nullptr) return false;
  if (is_glued(i + 1) && !is(i + 1, ",") && !is(i + 1, ".") && !is(i + 1, ";") && !is(i + 1, ")")) {
    return false;
  }
  const bool ends = at(i + 1).kind != Kind::Word || is(i + 1, "and");
  if (is(i + 1, "%") || (is_glued(i + 2) && is_number(i + 2))) return false;
  const bool after_in = is(i - 1, "in");
  const bool after_and = is(i - 1, "and") && i >= 2 && is_number(i - 2) && at(i - 2).size() == 2 &&
                         i >= 3 && is(i - 3, "in");
  return ends && (after_in || after_and);
}

}  // namespace detente::resolve::times
