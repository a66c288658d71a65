#pragma once
// Reads expressions of time from left to right, so that "the next day" knows which day came before.
// For the files match_*.cpp, tense.cpp and time_finder.cpp alone.

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "detente/resolve/times/atoms.h"
#include "detente/resolve/times/calendar.h"
#include "detente/resolve/times/time_words.h"
#include "detente/resolve/times/times.h"

namespace detente::resolve::times {

using Kind = Atom::Kind;

inline const TimeWord kNoWord;

inline constexpr int kEarliestOldYear = 1500;
inline constexpr int kEarliestPlainYear =
    1900;  // before and after, a number needs a word that says year
inline constexpr int kLatestPlainYear = 2059;
inline constexpr int kMaxRangeYears = 300;
inline constexpr std::size_t kMaxReach = 80;  // atoms that one rule looks back or on
inline constexpr int kMaxDepth = 3;           // "two days before three days after …"

using Tense = TenseCue::Tense;

/// What a match means, before it becomes a TimeExpression.
struct Piece {
  std::size_t begin = 0;  // atoms
  std::size_t end = 0;
  Stretch stretch;
  std::string derivation;
  bool year_said = false;  // the words name the year themselves
  std::optional<DateRange> period;
};

/// A part of the calendar as written: zero where the words leave it open.
struct Written {
  int year = 0;
  int month = 0;
  int day = 0;
  int weekday = -1;
};

struct Match {
  std::size_t end = 0;  // first atom behind it
  std::vector<Piece> pieces;
};

inline Date days_on(Date day, int n) { return moved(day, Unit::Day, n); }

inline int two_digit_year(int yy, int near_year) {
  int year = near_year / 100 * 100 + yy;
  if (year > near_year + 20) year -= 100;
  return year;
}

class TimeFinder {
 public:
  TimeFinder(const read::Document& document, const parse::ParsedDocument& parsed, Date anchor,
             bool has_anchor, const TimeTables::Words& words);
  std::vector<TimeExpression> run();

 private:
  // Looking at atoms.
  [[nodiscard]] const Atom& at(std::size_t i) const;
  [[nodiscard]] bool is_word(std::size_t i) const { return at(i).kind == Kind::Word; }
  [[nodiscard]] bool is_number(std::size_t i) const { return at(i).kind == Kind::Number; }
  [[nodiscard]] bool is(std::size_t i, std::string_view lower) const;
  [[nodiscard]] bool is_glued(std::size_t i) const;
  [[nodiscard]] const TimeWord& word(std::size_t i) const;
  [[nodiscard]] const Atom* before(std::size_t i) const;
  [[nodiscard]] bool before_is(std::size_t i, std::string_view lower) const;
  // A point behind a short form belongs to it: "Sept. 3".
  [[nodiscard]] std::size_t after_point(std::size_t i) const;
  [[nodiscard]] bool is_read(std::size_t i) const;
  [[nodiscard]] bool matches_words(std::size_t i, const std::vector<std::string>& words) const;
  [[nodiscard]] std::size_t length_of_no_time(std::size_t i) const;

  // Sentences.
  void find_sentences();

  // Tense.
  struct Cue {
    std::size_t n_words = 0;
    Tense tense = Tense::None;
  };
  [[nodiscard]] Cue cue_at(std::size_t i) const;
  // "will (not) (be) (formally)" or "to be" right before a participle.
  [[nodiscard]] bool follows_modal(std::size_t participle) const;
  [[nodiscard]] bool parts_clauses(std::size_t i) const;
  // The nearest cue in the sentence, a clause border counting like seven words.
  // Present tense counts only where it is asked for.
  [[nodiscard]] Tense tense_at(std::size_t begin, std::size_t end, bool with_present = false) const;

  // What the story has named.
  void keep(Piece& piece);
  [[nodiscard]] parse::TokenRange tokens_of(TextSpan span) const;
  // "In 1990 … On August 2 …": the year of the same or the sentence before, when it is long past.
  [[nodiscard]] std::optional<int> year_of_story(std::size_t i) const;
  [[nodiscard]] Date story_day() const { return last_day_.value_or(anchor_); }

  // Matching.
  Match match_at(std::size_t i);
  static Match one(std::size_t begin, std::size_t end, Stretch stretch, std::string derivation,
                   bool year_said = false);
  // A cardinal: "3", "twenty-one", "a couple of". Gives the atom behind it.
  struct Count {
    std::size_t end = 0;
    int value = 0;
    bool vague = false;
  };
  [[nodiscard]] Count count_at(std::size_t i) const;
  // "ten-day": the unit may hang on a dash.
  [[nodiscard]] std::size_t unit_at(std::size_t i) const;
  // Parts of a day that follow its name: "Tuesday night", "yesterday's early morning".
  [[nodiscard]] std::size_t after_part_of_day(std::size_t i) const;

  // Days with a name.
  [[nodiscard]] std::optional<Date> named_in(const std::string& rule, int year) const;
  Match match_named_day(std::size_t i);
  // The day of a yearly date that fits the tense: the last one past, the next one to come, or the
  // nearest.
  template <typename InYear>
  [[nodiscard]] std::optional<Date> nearest_year(const InYear& in_year, Tense tense) const {
    std::optional<Date> best;
    for (int year = anchor_.year() - 1; year <= anchor_.year() + 1; ++year) {
      const std::optional<Date> day = in_year(year);
      if (!day) continue;
      if (tense == Tense::Past && *day > anchor_) continue;
      if (tense == Tense::Future && *day < anchor_) continue;
      const auto distance = [this](Date d) {
        return std::abs(d.days_since_1970() - anchor_.days_since_1970());
      };
      if (!best || distance(*day) < distance(*best)) best = day;
    }
    return best;
  }

  // Dates in numbers.
  [[nodiscard]] bool writes_month_first() const;
  Match match_numeric(std::size_t i);

  // Months and days.
  [[nodiscard]] bool is_month(std::size_t i) const;
  [[nodiscard]] bool is_weekday(std::size_t i) const;
  // A number that can only be a year when it stands in a date.
  [[nodiscard]] bool is_year_number(std::size_t i) const;
  [[nodiscard]] bool is_ordinal_tail(std::size_t i) const;
  // Atom behind a day of the month ("3", "3rd"), or 0.
  [[nodiscard]] std::size_t day_number_end(std::size_t i) const;
  // ", 2015" or "2015" behind a day; "of 2015", ", 2015" behind a month. Atom behind it, or 0.
  [[nodiscard]] std::size_t year_end(std::size_t i, bool after_month) const;
  [[nodiscard]] int year_before(std::size_t end) const;
  [[nodiscard]] bool joins(std::size_t i) const;
  [[nodiscard]] bool joins_as_range(std::size_t joint, std::size_t begin) const;
  struct Reading {
    std::size_t begin = 0;
    std::size_t end = 0;
    Written written;
    bool joined_as_range = false;  // to the one before
  };
  // One date of month and day in any order, weekday before or after, with the days joined to it.
  // Empty when there is none.
  [[nodiscard]] std::vector<Reading> read_calendar(std::size_t i) const;
  void read_month_first(std::size_t begin, std::size_t p, Written base,
                        std::vector<Reading>& readings) const;
  void read_day_first(std::size_t begin, std::size_t p, Written base,
                      std::vector<Reading>& readings) const;
  void give_year(std::size_t end, std::vector<Reading>& readings) const;
  [[nodiscard]] bool is_count_of_something(std::size_t after_number) const;
  // A month without a day: "May 2015", "May of 2015", "May". `said`: a word before it says that it
  // is a time.
  [[nodiscard]] std::optional<Reading> read_month(std::size_t i, bool said) const;
  // "March this year", "May 3 of last year": the year stands behind as an expression of its own.
  [[nodiscard]] int relative_year_at(std::size_t i) const;
  [[nodiscard]] bool month_stands_alone(std::size_t i, std::size_t after) const;
  [[nodiscard]] Piece resolve_written(const Reading& reading, std::optional<int> forced_year);
  void choose_year(Written& w, const Reading& reading, std::string& why);
  Match match_calendar(std::size_t i);
  // "October is the month of …", "every July", "on July 4 each year"
  [[nodiscard]] bool comes_every_year(std::size_t i, const std::vector<Reading>& readings) const;
  [[nodiscard]] Match every_year(const std::vector<Reading>& readings);
  // "May 30 to June 2, 2015", "July and August", "between July 2003 and December 2004".
  void add_joined(std::size_t begin, std::vector<Reading>& readings) const;
  [[nodiscard]] Match resolve_readings(const std::vector<Reading>& readings);
  static int key(const Written& w) { return w.month * 32 + w.day; }

  // Weekdays.
  [[nodiscard]] Date last_weekday(Date from, int weekday) const;
  [[nodiscard]] Date next_weekday(Date from, int weekday) const;
  // "on a Monday", "every Monday": no day in particular, nor are the others of that sentence.
  [[nodiscard]] bool is_habit(std::size_t i) const;
  Match match_weekday(std::size_t i);

  // Parts of units: "late May", "the end of the year".
  [[nodiscard]] Stretch part_of(const Stretch& whole, Edge edge) const;
  // What an edge may stand before: one stretch of the calendar.
  Match match_whole(std::size_t i);
  Match match_edge(std::size_t i);
  // "the first half of 2015", "the third quarter", "Q3 2015", "the first week of May", "the first
  // three months of 2015".
  Match match_part(std::size_t i);
  Match quarter(std::size_t begin, std::size_t end, int nth);

  // Units counted from the story: "the next day", "the year before".
  Match match_story_unit(std::size_t i);
  [[nodiscard]] bool ends_phrase(std::size_t i) const;
  Match story_unit(std::size_t begin, std::size_t end, Unit unit, int offset);

  // Units counted from the day of writing.
  Match match_relative(std::size_t i);
  Match relative_unit(std::size_t i, std::size_t end, Sense sense, Sense second, bool the,
                      const TimeWord& unit);
  Match relative_weekday(std::size_t i, std::size_t q, Sense sense);
  Match relative_month(std::size_t i, std::size_t q, Sense sense);
  // `n` units back from or on from the day of writing: a stretch without a name.
  Match counted_stretch(std::size_t begin, std::size_t end, Sense sense, int n, Unit unit,
                        bool vague);
  Match vague_stretch(std::size_t begin, std::size_t end, Sense sense, Unit unit);

  // Counted units: "two days ago", "three weeks before his term ends".
  Match match_counted(std::size_t i);
  Match match_within(std::size_t i, std::size_t unit_idx, int n);
  // "the worst in 41 years", "for the first time in ten years"
  [[nodiscard]] bool follows_superlative(std::size_t i) const;
  Match counted_from(std::size_t begin, std::size_t end, Date base, const std::string& base_name,
                     Unit unit, int n, bool inexact);
  // "two days before Christmas", "a week later", "three weeks before his term ends".
  Match counted_beside(std::size_t i, std::size_t end, Unit unit, int n, bool inexact,
                       bool forward);
  // "years ago", "decades ago"
  Match match_vague_ago(std::size_t i);

  // The rest.
  Match match_day_word(std::size_t i);
  [[nodiscard]] Stretch season_in(int year, const TimeWord& season) const;
  Match relative_season(std::size_t i, std::size_t q, Sense sense);
  // "summer 2015", "the spring of 2015"
  Match match_season(std::size_t i);
  Match coming_season(std::size_t i);
  Match match_century(std::size_t i);
  // "the 40s": the last ones that have begun.
  [[nodiscard]] int last_decade(int tens) const;
  Match match_decade(std::size_t i);
  // "on the 22nd", "the 22nd of this month"
  Match match_bare_ordinal(std::size_t i);

  // Years.
  [[nodiscard]] bool is_range_of_years(std::size_t i, std::size_t& second) const;
  [[nodiscard]] bool is_year(std::size_t i) const;
  // A noun that is counted follows: "2000 people", "2000-strong".
  [[nodiscard]] bool is_counted(std::size_t i) const;
  Match match_year(std::size_t i);
  [[nodiscard]] bool is_year_in_range(std::size_t i, std::size_t second) const;
  // "Reagan in 80 and 84, Bush in 88": only where a sentence has several of them.
  Match match_short_year(std::size_t i);
  [[nodiscard]] bool stands_like_short_year(std::size_t i) const;
  const read::Document& document_;
  const parse::ParsedDocument& parsed_;
  Date anchor_;
  bool has_anchor_ = true;
  const TimeTables::Words& words_;
  std::string anchor_name_;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> sentence_;
  bool month_first_ = false;
  int depth_ = 0;
  std::optional<Date> last_day_;
  std::optional<DateRange> last_range_;
  int said_year_ = 0;
  std::uint32_t said_year_sentence_ = 0;
  std::optional<std::uint32_t> listed_sentence_;  // months in a row lie the same way
  Tense listed_tense_ = Tense::None;
  std::vector<TimeExpression> found_;
};

}  // namespace detente::resolve::times
