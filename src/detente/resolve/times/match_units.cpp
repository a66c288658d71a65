// Weeks, months and years told by where they lie: "last month", "two days ago".

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

Stretch TimeFinder::part_of(const Stretch& whole, Edge edge) const {
  Stretch part = whole;
  const std::int32_t first = whole.range.first.days_since_1970();
  const std::int32_t n = whole.range.last.days_since_1970() - first + 1;
  switch (edge) {
    case Edge::Early:
    case Edge::Start:
      part.range.last = Date(first + std::max(0, n / 3 - 1));
      break;
    case Edge::Mid:
      part.range = {Date(first + n / 3), Date(first + n - n / 3 - 1)};
      break;
    case Edge::Late:
      part.range.first = Date(first + n - n / 3);
      break;
    case Edge::End:
      part.range.first = Date(first + n - std::max(1, n / 12));
      if (whole.precision == Precision::Month || whole.precision == Precision::Year ||
          whole.precision == Precision::Quarter || whole.precision == Precision::Week) {
        part.value = whole.range.last.text();
      }
      break;
    case Edge::None:
      break;
  }
  return part;
}

Match TimeFinder::match_whole(std::size_t i) {
  if (is(i, "the") || is(i, "in") || is(i, "on")) {
    if (depth_ >= kMaxDepth) return {};
    if (is(i, "the") && is(i + 1, "year") && is_year_number(i + 2)) return match_year(i + 2);
    if (is(i, "the") && !is_number(i + 1)) {
      // "the end of the year": this one; "of the day", "of the decade" likewise
      const TimeWord& unit = word(i + 1);
      if (unit.unit >= Unit::Week && unit.unit != Unit::Century && !unit.unit_plural) {
        const bool counted = word(i + 2).unit != Unit::None;
        if (!counted) {
          return one(i, i + 2, unit_of(anchor_, unit.unit, 0),
                     "the " + unit_name(unit.unit) + " of " + anchor_name_);
        }
      }
    }
    ++depth_;
    Match inner = match_whole(i + 1);
    --depth_;
    return inner;
  }
  if (is_month(i)) {
    std::vector<Reading> readings = read_calendar(i);
    if (!readings.empty()) return {};
    const auto month = read_month(i, true);
    return month ? resolve_readings({*month}) : Match{};
  }
  if (is_weekday(i)) return match_weekday(i);
  for (const auto rule :
       {&TimeFinder::match_relative, &TimeFinder::match_season, &TimeFinder::match_decade,
        &TimeFinder::match_century, &TimeFinder::match_day_word}) {
    Match match = (this->*rule)(i);
    if (match.end > i) return match;
  }
  // "the end of 2020 more than", but "the start of the 2014 Winter Games"
  if (is_year_number(i) && (!is_counted(i) || is(i + 1, "more")) &&
      (!before_is(i, "the") || ends_phrase(i + 1))) {
    return one(i, i + 1, year_of(at(i).number), "the year as written", true);
  }
  return {};
}

Match TimeFinder::match_edge(std::size_t i) {
  Edge edge = word(i).edge_before;
  std::size_t inner = i + 1;
  const bool is_comparative = is(i, "earlier") || is(i, "later");
  if (edge != Edge::None) {
    if (is(inner, "-") || is(inner, "to")) ++inner;  // "mid-March", "mid-to-late May"
    if (word(inner).edge_before != Edge::None) {
      edge = word(inner).edge_before;
      ++inner;
    }
    if (is(inner, "-")) ++inner;
    if (is(inner, "in") || is(inner, "on")) ++inner;
  } else {
    std::size_t start = i;
    if (is(start, "the")) ++start;
    if (is(start, "very")) ++start;
    edge = word(start).edge_of;
    if (edge == Edge::None || !is(start + 1, "of")) return {};
    inner = start + 2;
  }
  Match whole = match_whole(inner);
  if (whole.end == 0 || whole.pieces.size() != 1) return {};
  Piece& piece = whole.pieces.front();
  piece.begin = i;
  if (piece.stretch.precision == Precision::Day) return whole;  // "early on Monday"
  if (is_comparative) {
    DateRange& range = piece.stretch.range;
    if (!range.contains(anchor_)) return whole;
    if (is(i, "earlier")) range.last = anchor_;
    if (is(i, "later")) range.first = anchor_;
    piece.derivation +=
        is(i, "earlier") ? ", up to the day of writing" : ", from the day of writing";
    return whole;
  }
  piece.stretch = part_of(piece.stretch, edge);
  piece.derivation += edge == Edge::Early   ? ", the first third of it"
                      : edge == Edge::Mid   ? ", the middle third of it"
                      : edge == Edge::Late  ? ", the last third of it"
                      : edge == Edge::Start ? ", its start"
                                            : ", its end";
  return whole;
}

Match TimeFinder::match_part(std::size_t i) {
  if (is_word(i) && at(i).lower == "q" && is_number(i + 1) && is_glued(i + 1) &&
      at(i + 1).number >= 1 && at(i + 1).number <= 4 && at(i + 1).size() == 1) {
    return quarter(i, i + 2, at(i + 1).number);
  }
  std::size_t p = is(i, "the") ? i + 1 : i;
  int nth = word(p).ordinal;
  std::size_t after = p + 1;
  if (nth == 0 && is_number(p) && is_ordinal_tail(p + 1)) {
    nth = at(p).number;
    after = p + 2;
  }
  if (nth == 0) return {};
  if (is(after, "-") && is_glued(after)) ++after;
  if (is(after, "fiscal") || is(after, "full") || is(after, "financial")) ++after;
  if (is(after, "quarter") && nth <= 4) return quarter(i, after + 1, nth);
  if (is(after, "quarter") && nth == 99 && is(after + 1, "of")) return quarter(i, after + 1, 4);
  if (is(after, "half") && is(after + 1, "of")) {
    Match whole = match_whole(after + 2);
    if (whole.end == 0 || whole.pieces.size() != 1) return {};
    Piece& piece = whole.pieces.front();
    const std::int32_t first = piece.stretch.range.first.days_since_1970();
    const std::int32_t n = piece.stretch.range.last.days_since_1970() - first + 1;
    if (n < 14) return {};
    if (nth == 1) {
      piece.stretch.range.last = Date(first + n / 2 - 1);
    } else {
      piece.stretch.range.first = Date(first + n / 2);
    }
    piece.begin = i;
    piece.derivation += ", a half of it";
    return whole;
  }
  const Count count = count_at(after);
  const std::size_t unit = count.end > 0 ? count.end : after;
  const Unit what = word(unit).unit;
  if (what == Unit::None || what == Unit::Minute || what == Unit::Hour || !is(unit + 1, "of")) {
    return {};
  }
  Match whole = match_whole(unit + 2);
  if (whole.end == 0 || whole.pieces.size() != 1) return {};
  Piece& piece = whole.pieces.front();
  const Stretch& of = piece.stretch;
  if (of.precision != Precision::Month && of.precision != Precision::Year) return {};
  const int n = count.end > 0 ? count.value : 1;
  if (nth == 99) {
    piece.stretch.range.first =
        std::max(of.range.first, moved(days_on(of.range.last, 1), what, -n));
  } else {
    const Date first = moved(of.range.first, what, nth - 1);
    piece.stretch.range = {std::min(first, of.range.last),
                           std::min(days_on(moved(first, what, n), -1), of.range.last)};
  }
  piece.begin = i;
  piece.derivation += ", the part of it that is counted out";
  return whole;
}

Match TimeFinder::quarter(std::size_t begin, std::size_t end, int nth) {
  int year = 0;
  std::size_t year_at = end;
  if (is(year_at, "of") || is(year_at, ",")) ++year_at;
  if (is(year_at, "fiscal")) ++year_at;
  if (is_year_number(year_at)) {
    year = at(year_at).number;
    end = year_at + 1;
  } else if ((word(year_at).sense == Sense::Last || word(year_at).sense == Sense::This ||
              word(year_at).sense == Sense::Next) &&
             is(year_at + 1, "year")) {
    const Sense sense = word(year_at).sense;
    year = anchor_.year() + (sense == Sense::Last ? -1 : (sense == Sense::Next ? 1 : 0));
    end = year_at + 2;
  }
  std::string why = "the quarter of the year named";
  if (year == 0) {
    const Tense tense = tense_at(begin, end);
    year = anchor_.year();
    if (tense == Tense::Future && anchor_.month() > nth * 3) ++year;
    if (tense != Tense::Future && anchor_.month() < nth * 3 - 2) --year;
    why = "the nearest such quarter to " + anchor_name_;
  }
  return one(begin, end, unit_of(month_of(year, nth * 3).range.first, Unit::Quarter, 0), why);
}

Match TimeFinder::match_story_unit(std::size_t i) {
  std::size_t p = i;
  const bool the = is(p, "the");
  if (the) ++p;
  const TimeWord& first = word(p);
  // "the day before", "the year after", not "the day before the vote"
  if (the && first.unit >= Unit::Day && !first.unit_plural && first.unit != Unit::Century &&
      first.unit != Unit::Decade &&
      (is(p + 1, "before") || is(p + 1, "after") || is(p + 1, "earlier") || is(p + 1, "later"))) {
    const int offset = is(p + 1, "before") || is(p + 1, "earlier") ? -1 : 1;
    if ((is(p, "day")) && (is(p + 2, "yesterday") || is(p + 2, "tomorrow"))) {
      return one(i, p + 3, day_of(days_on(anchor_, offset * 2)), "two days from " + anchor_name_);
    }
    if (!ends_phrase(p + 2)) return {};
    return story_unit(i, p + 2, first.unit, offset);
  }
  int offset = 0;
  bool told = false;
  if (first.sense == Sense::Before || first.sense == Sense::After || first.sense == Sense::Same) {
    if (first.sense != Sense::Same && !the) return {};
    if (is(p, "that") && the) return {};
    offset = first.sense == Sense::Before ? -1 : (first.sense == Sense::After ? 1 : 0);
    told = true;
  } else if (the && first.sense == Sense::Next && is(p + 1, "day")) {
    offset = 1;
    told = true;
  } else if (the && first.sense == Sense::Next && (word(p + 1).part_of_day || is_weekday(p + 1))) {
    offset = 1;
    told = true;
  }
  if (!told) return {};
  const std::size_t unit = is(p + 1, "very") ? p + 2 : p + 1;
  if (is_weekday(unit)) {
    const Date base = story_day();
    const int weekday = word(unit).weekday;
    Date day = offset < 0 ? last_weekday(days_on(base, -1), weekday)
                          : next_weekday(days_on(base, offset > 0 ? 1 : 0), weekday);
    return one(i, after_part_of_day(unit + 1), day_of(day),
               "that weekday counted from " + base.text() + ", which the story named");
  }
  if (word(unit).part_of_day && word(unit).unit == Unit::None) {
    return story_unit(i, unit + 1, Unit::Day, offset);
  }
  if (is_month(unit) && offset != 0) return {};
  const TimeWord& what = word(unit);
  if (what.unit < Unit::Day || what.unit_plural || what.unit == Unit::Century) return {};
  // "that time", "that day when": a day only when the story named one
  if (first.sense == Sense::Same && !last_range_) return {};
  return story_unit(i, unit + 1, what.unit, offset);
}

bool TimeFinder::ends_phrase(std::size_t i) const {
  if (!is_word(i)) return true;
  const std::string& lower = at(i).lower;
  return lower == "and" || lower == "but" || lower == "when" || lower == "to" || lower == "in" ||
         lower == "at" || lower == "with" || lower == "by" || lower == "from" || lower == "for" ||
         lower == "on" || cue_at(i).n_words > 0;
}

Match TimeFinder::story_unit(std::size_t begin, std::size_t end, Unit unit, int offset) {
  const bool day = unit == Unit::Day || unit == Unit::Night;
  const Date base = day || !last_range_ ? story_day() : last_range_->first;
  std::string why = "counted from " + base.text() + ", which ";
  why += (day ? last_day_.has_value() : last_range_.has_value()) ? "the story named"
                                                                 : "is the day of writing";
  const std::size_t after = day ? after_part_of_day(end) : end;
  return one(begin, after, unit_of(base, unit == Unit::Night ? Unit::Day : unit, offset), why);
}

Match TimeFinder::match_relative(std::size_t i) {
  std::size_t p = i;
  const bool the = is(p, "the") || is(p, "these") || is(p, "those");
  if (is(p, "over") || is(p, "in") || is(p, "during") || is(p, "within")) return {};
  if (the) ++p;
  // "over the weekend": the one behind or ahead
  if (is(i, "the") && is(p, "weekend") && i > 0 &&
      (is(i - 1, "over") || is(i - 1, "at") || is(i - 1, "during") || is(i - 1, "on"))) {
    const bool ahead = tense_at(i, p + 1) == Tense::Future || anchor_.weekday() >= 5;
    return one(i, p + 1, unit_of(anchor_, Unit::Weekend, ahead ? 0 : -1),
               "the weekend beside " + anchor_name_);
  }
  const Sense sense = word(p).sense;
  if (sense == Sense::None) return {};
  std::size_t q = p + 1;
  if (is(q, "calendar") || is(q, "fiscal") || is(q, "financial") || is(q, "academic")) ++q;
  // "this past Friday", "this coming week"
  Sense second = sense;
  if (sense == Sense::This && (word(q).sense == Sense::Past || word(q).sense == Sense::Coming)) {
    second = word(q).sense;
    ++q;
  }
  if (is_weekday(q) && !the) return relative_weekday(i, q, second);
  if (is_weekday(q) && second == Sense::Coming) return relative_weekday(i, q, second);
  if (is_month(q) && !the) return relative_month(i, q, second);
  if (word(q).season_month != 0 &&
      (sense == Sense::This || sense == Sense::Last || sense == Sense::Next)) {
    return relative_season(i, q, sense);
  }
  if (word(q).part_of_day && !the) {
    if (sense == Sense::Last && word(q).part_after_last) {
      return one(i, q + 1, day_of(days_on(anchor_, -1)), "the night before " + anchor_name_);
    }
    if (sense == Sense::This && word(q).unit == Unit::None) {
      return one(i, q + 1, day_of(anchor_), "the day of writing, " + anchor_name_);
    }
    return {};
  }
  const Count count = count_at(q);
  const std::size_t unit_idx = unit_at(count.end > 0 ? count.end : q);
  if (unit_idx == 0) return {};
  const TimeWord& unit = word(unit_idx);
  const std::size_t end = unit_idx + 1;
  const bool slip =
      sense == Sense::This && is(unit_idx, "years") && is(p, "this");  // for "this year's"
  if (sense == Sense::Recent || (unit.unit_plural && count.end == 0 && !slip)) {
    return vague_stretch(i, end, sense == Sense::This ? second : sense, unit.unit);
  }
  if (count.end > 0) {
    const int n = count.value * unit.unit_count;
    return counted_stretch(i, end, sense == Sense::This ? second : sense, n, unit.unit,
                           count.vague);
  }
  return relative_unit(i, end, sense, second, the, unit);
}

Match TimeFinder::relative_unit(std::size_t i, std::size_t end, Sense sense, Sense second, bool the,
                                const TimeWord& unit) {
  if (unit.unit == Unit::Minute || unit.unit == Unit::Hour || unit.unit == Unit::Century ||
      unit.unit == Unit::Night) {
    return {};
  }
  if (unit.unit == Unit::Day && sense != Sense::This) return {};
  if (unit.unit == Unit::Day) return {};  // "this day" is rarely today
  if (second == Sense::Past || second == Sense::Coming) {
    if (unit.unit == Unit::Weekend) {
      return one(i, end, unit_of(anchor_, Unit::Weekend, second == Sense::Past ? -1 : 0),
                 "the weekend beside " + anchor_name_);
    }
    return counted_stretch(i, end, second, unit.unit_count, unit.unit, false);
  }
  if (sense == Sense::Before || sense == Sense::After || sense == Sense::Same ||
      sense == Sense::Recent) {
    return {};
  }
  // "the last year", "the next year": a stretch that ends or starts today
  if (the && sense != Sense::This && unit.unit != Unit::Weekend) {
    return counted_stretch(i, end, sense, unit.unit_count, unit.unit, false);
  }
  const int offset = sense == Sense::Last ? -1 : (sense == Sense::Next ? 1 : 0);
  int shift = offset * unit.unit_count;
  if (unit.unit == Unit::Weekend && sense == Sense::Last && anchor_.weekday() >= 5) shift = -1;
  const std::string name = unit_name(unit.unit);
  const std::string why = sense == Sense::Last   ? "the " + name + " before that of "
                          : sense == Sense::Next ? "the " + name + " after that of "
                                                 : "the " + name + " of ";
  return one(i, end, unit_of(anchor_, unit.unit, shift), why + anchor_name_);
}

Match TimeFinder::relative_weekday(std::size_t i, std::size_t q, Sense sense) {
  if (sense != Sense::This && sense != Sense::Last && sense != Sense::Next &&
      sense != Sense::Past && sense != Sense::Coming) {
    return {};
  }
  const int weekday = word(q).weekday;
  const std::size_t end = after_part_of_day(q + 1);
  Date day = anchor_;
  std::string why;
  if (sense == Sense::Last || sense == Sense::Past) {
    day = last_weekday(days_on(anchor_, -1), weekday);
    why = "the last such weekday before ";
  } else if (sense == Sense::Next || sense == Sense::Coming) {
    day = next_weekday(days_on(anchor_, 1), weekday);
    why = "the next such weekday after ";
  } else {
    day = next_weekday(anchor_, weekday);
    why = "the next such weekday on or after ";
  }
  return one(i, end, day_of(day), why + anchor_name_);
}

Match TimeFinder::relative_month(std::size_t i, std::size_t q, Sense sense) {
  const int month = word(q).month;
  std::size_t end = after_point(q + 1);
  int year = anchor_.year();
  std::string why = "the one of this year, from ";
  if (sense == Sense::Last || sense == Sense::Past) {
    if (month >= anchor_.month()) --year;
    why = "the last one before ";
  } else if (sense == Sense::Next || sense == Sense::Coming) {
    if (month <= anchor_.month()) ++year;
    why = "the next one after ";
  } else if (sense != Sense::This) {
    return {};
  }
  const std::size_t day_end = day_number_end(end);
  if (day_end > 0 && !is_count_of_something(day_end)) {
    if (const auto day = Date::from_ymd(year, month, at(end).number)) {
      return one(i, day_end, day_of(*day), why + anchor_name_);
    }
  }
  return one(i, end, month_of(year, month), why + anchor_name_);
}

Match TimeFinder::counted_stretch(std::size_t begin, std::size_t end, Sense sense, int n, Unit unit,
                                  bool vague) {
  std::string why = counted_name(n, unit) + (vague ? ", a guess, " : " ");
  switch (sense) {
    case Sense::Last:
    case Sense::Past:
      return one(begin, end, nameless(moved(anchor_, unit, -n), anchor_),
                 why + "up to " + anchor_name_);
    case Sense::Next:
    case Sense::Coming:
      return one(begin, end, nameless(anchor_, moved(anchor_, unit, n)),
                 why + "from " + anchor_name_);
    case Sense::Before:
      return one(begin, end, nameless(moved(story_day(), unit, -n), story_day()),
                 why + "up to " + story_day().text());
    case Sense::After:
      return one(begin, end, nameless(story_day(), moved(story_day(), unit, n)),
                 why + "from " + story_day().text());
    case Sense::None:
    case Sense::This:
    case Sense::Same:
    case Sense::Recent:
      break;
  }
  return {};
}

Match TimeFinder::vague_stretch(std::size_t begin, std::size_t end, Sense sense, Unit unit) {
  const VagueReach& reach = words_.vague[static_cast<std::size_t>(unit)];
  if (sense == Sense::Coming || sense == Sense::Next) {
    return one(begin, end, nameless(anchor_, moved(anchor_, Unit::Day, reach.coming)),
               "an open stretch of " + unit_name(unit) + "s, guessed, from " + anchor_name_);
  }
  if (sense == Sense::Recent || sense == Sense::Past || sense == Sense::Last) {
    return one(begin, end, nameless(moved(anchor_, Unit::Day, -reach.recent), anchor_),
               "an open stretch of " + unit_name(unit) + "s, guessed, up to " + anchor_name_);
  }
  return {};
}

Match TimeFinder::match_counted(std::size_t i) {
  const Count count = count_at(i);
  if (count.end == 0) return match_within(i, i, 0);
  if (before(i) != nullptr && is_number(i) && is_glued(i) && !is(i - 1, "-")) return {};
  const std::size_t unit_idx = unit_at(count.end);
  if (unit_idx == 0 || word(unit_idx).unit == Unit::Weekend) return {};
  if (is(count.end, "-")) return {};  // "a three-day visit"
  const Unit unit = word(unit_idx).unit;
  if (unit == Unit::Minute) return {};
  const int n = count.value * word(unit_idx).unit_count;
  std::size_t end = unit_idx + 1;
  bool inexact = count.vague;
  if (is(end, "and") && is(end + 1, "a") && is(end + 2, "half")) {
    end += 3;
    inexact = true;
  }
  if (is(end, "ago") || is(end, "back")) {
    if (is(end, "back") && !ends_phrase(end + 1)) return {};
    return counted_from(i, end + 1, anchor_, anchor_name_, unit, -n, inexact);
  }
  if (is(end, "hence") || (is(end, "from") && (is(end + 1, "now") || is(end + 1, "today")))) {
    return counted_from(i, is(end, "hence") ? end + 1 : end + 2, anchor_, anchor_name_, unit, n,
                        inexact);
  }
  if (is(end, "'") && is(end + 1, "time")) {
    return counted_from(i, end + 2, anchor_, anchor_name_, unit, n, inexact);
  }
  const bool backward = is(end, "before") || is(end, "earlier") || is(end, "prior") ||
                        is(end, "previously") || is(end, "beforehand");
  const bool forward = is(end, "after") || is(end, "later") || is(end, "afterwards") ||
                       is(end, "afterward") || is(end, "following");
  const bool ahead = (is(end, "in") && is(end + 1, "advance") && is(end + 2, "of")) ||
                     (is(end, "ahead") && is(end + 1, "of"));
  if (backward || forward || ahead) {
    return counted_beside(i, end, unit, n, inexact, forward);
  }
  // "in two weeks": when the verb points ahead
  if (before_is(i, "in") && !inexact && unit >= Unit::Day && ends_phrase(end) &&
      !follows_superlative(i - 1) && tense_at(i, end) == Tense::Future) {
    return counted_from(i, end, anchor_, anchor_name_, unit, n, inexact);
  }
  return inexact ? Match{} : match_within(i, unit_idx, n);
}

// "within weeks", "within two years": when the verb points ahead
Match TimeFinder::match_within(std::size_t i, std::size_t unit_idx, int n) {
  const TimeWord& unit = word(unit_idx);
  const bool is_vague = n == 0;
  if (!before_is(i, "within") || unit.unit < Unit::Day || unit.unit == Unit::Weekend ||
      (is_vague && !unit.unit_plural) || tense_at(i, unit_idx + 1) != Tense::Future) {
    return {};
  }
  return is_vague ? vague_stretch(i, unit_idx + 1, Sense::Coming, unit.unit)
                  : counted_stretch(i, unit_idx + 1, Sense::Coming, n, unit.unit, false);
}

bool TimeFinder::follows_superlative(std::size_t i) const {
  for (std::size_t k = i; k-- > 0 && k + 5 > i && sentence_[k] == sentence_[i];) {
    if (is(k, "first") || is(k, "worst") || is(k, "best") || is(k, "most") || is(k, "least") ||
        (is_word(k) && at(k).size() > 5 && at(k).lower.ends_with("est"))) {
      return true;
    }
  }
  return false;
}

Match TimeFinder::counted_from(std::size_t begin, std::size_t end, Date base,
                               const std::string& base_name, Unit unit, int n, bool inexact) {
  std::string why = counted_name(std::abs(n), unit) + (n < 0 ? " before " : " after ") + base_name;
  const Date day = moved(base, unit, n);
  if (inexact || unit == Unit::Decade || unit == Unit::Century) {
    const int half = std::max(1, std::abs(n) / 2);
    return one(begin, end,
               nameless(moved(day, unit == Unit::Decade ? Unit::Year : unit, -half),
                        moved(day, unit == Unit::Decade ? Unit::Year : unit, half)),
               why + ", roughly");
  }
  if (unit <= Unit::Hour) return one(begin, end, nameless(day, base), why);
  const bool in_a_day = unit <= Unit::Night;
  return one(begin, end, in_a_day ? day_of(day) : unit_of(day, unit, 0), why);
}

Match TimeFinder::counted_beside(std::size_t i, std::size_t end, Unit unit, int n, bool inexact,
                                 bool forward) {
  std::size_t after = end + 1;
  if (is(end, "prior") && is(after, "to")) ++after;
  if (is(end, "in") || is(end, "ahead")) after = is(end, "in") ? end + 3 : end + 2;
  const bool from_story = is(end, "earlier") || is(end, "later") || is(end, "previously") ||
                          is(end, "beforehand") || is(end, "afterwards") || is(end, "afterward") ||
                          ((is(end, "before") || is(end, "after")) && ends_phrase(end + 1));
  const int step = forward ? n : -n;
  if (from_story) {
    // "than a year earlier": what is compared lies before the day of writing, not the story's
    const bool fine = unit <= Unit::Night || unit == Unit::Week || unit == Unit::Weekend;
    const Date base = fine ? story_day() : (last_range_ ? last_range_->first : anchor_);
    return counted_from(i, end + 1, base, base.text() + ", which the story named", unit, step,
                        inexact);
  }
  // A day right behind it is what it counts from.
  Match inner;
  if (depth_ < kMaxDepth) {
    ++depth_;
    inner = match_at(is(after, "on") ? after + 1 : after);
    --depth_;
  }
  if (inner.end > 0 && inner.pieces.size() == 1 && !inner.pieces.front().stretch.value.empty() &&
      inner.pieces.front().stretch.precision == Precision::Day && unit < Unit::Month) {
    Match match = counted_from(i, inner.end, inner.pieces.front().stretch.range.first,
                               inner.pieces.front().stretch.value, unit, step, inexact);
    return match;
  }
  if (unit == Unit::Hour) return {};
  const Date base = story_day();
  return one(
      i,
      is(end, "prior") ? end + 2 : std::max(end + 1, is(end, "in") || is(end, "ahead") ? after : 0),
      nameless(moved(base, unit, -n), moved(base, unit, n)),
      "counted from something that has no day here; at most so far from " + base.text());
}

Match TimeFinder::match_vague_ago(std::size_t i) {
  const TimeWord& unit = word(i);
  if (unit.unit == Unit::None || !unit.unit_plural || !is(i + 1, "ago")) return {};
  const VagueReach& reach = words_.vague[static_cast<std::size_t>(unit.unit)];
  return one(i, i + 2,
             nameless(moved(anchor_, Unit::Day, -reach.ago_to),
                      moved(anchor_, Unit::Day, -reach.ago_from)),
             "an open stretch, guessed, before " + anchor_name_);
}

}  // namespace detente::resolve::times
