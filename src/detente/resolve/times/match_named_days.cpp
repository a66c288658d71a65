// Days with a name: Christmas, Easter Sunday, 9/11.

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

std::optional<Date> TimeFinder::named_in(const std::string& rule, int year) const {
  const auto number = [&rule](std::size_t from, std::size_t n) {
    return std::atoi(rule.substr(from, n).c_str());
  };
  if (rule.starts_with("easter")) return days_on(easter_sunday(year), number(6, 8));
  if (rule.size() == 10) return Date::parse(rule);
  if (rule.size() == 5) return Date::from_ymd(year, number(0, 2), number(3, 2));
  if (rule.size() != 6) return std::nullopt;  // MM/n/weekday
  const int month = number(0, 2);
  const int nth = number(3, 1);
  const int weekday = number(5, 1);
  const auto first = Date::from_ymd(year, month, 1);
  if (!first) return std::nullopt;
  Date day = days_on(*first, (weekday - first->weekday() + 7) % 7);
  if (nth < 9) return days_on(day, (nth - 1) * 7);
  while (days_on(day, 7).month() == month) day = days_on(day, 7);
  return day;
}

Match TimeFinder::match_named_day(std::size_t i) {
  const bool shifted =
      word(i).sense == Sense::This || word(i).sense == Sense::Last || word(i).sense == Sense::Next;
  const std::size_t name = shifted ? i + 1 : i;
  const auto rows = words_.named_days.find(at(name).lower);
  if (rows == words_.named_days.end()) return {};
  for (const NamedDay& day : rows->second) {
    if (!matches_words(name, day.words)) continue;
    if (is_word(name) && !at(name).capital) continue;
    std::size_t end = name + day.words.size();
    const bool placed = shifted || before_is(i, "on") || before_is(i, "by") ||
                        before_is(i, "since") || before_is(i, "until") || before_is(i, "before") ||
                        before_is(i, "after") || before_is(i, "around") || before_is(i, "at") ||
                        before_is(i, "over");
    const bool year_follows = is_year_number(end);
    if (!day.alone && !placed && !year_follows) continue;
    if (is(end, "'s")) continue;
    const std::size_t beside = at(end).kind == Kind::Mark ? end + 1 : end;
    if (!read_calendar(beside).empty()) continue;  // "Waitangi Day - February 6": that says it
    const std::string label =
        std::string(TextSpan{at(name).span.begin, at(end - 1).span.end}.in(document_.text));
    if (day.rule.size() == 10 && day.rule[4] == '-') {
      return one(i, end, day_of(*Date::parse(day.rule)), label + " is one day in history", true);
    }
    if (year_follows) {
      const auto date = named_in(day.rule, at(end).number);
      if (!date) continue;
      return one(i, end + 1, day_of(*date), label + " of the year named", true);
    }
    int step = 0;
    if (shifted) {
      step = word(i).sense == Sense::Last ? -1 : (word(i).sense == Sense::Next ? 1 : 0);
    }
    const auto date =
        nearest_year([&](int year) { return named_in(day.rule, year); },
                     step < 0 ? Tense::Past : (step > 0 ? Tense::Future : tense_at(i, end)));
    if (!date) continue;
    return one(i, end, day_of(*date), label + " nearest to " + anchor_name_);
  }
  return {};
}

}  // namespace detente::resolve::times
