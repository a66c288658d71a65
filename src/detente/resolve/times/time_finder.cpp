// Reads expressions of time from left to right, so that "the next day" knows which day came before.

#include <algorithm>
#include <array>
#include <cstdlib>

#include "detente/resolve/times/atoms.h"
#include "detente/resolve/times/calendar.h"
#include "detente/resolve/times/time_words.h"
#include "detente/resolve/times/times.h"

namespace detente::resolve::times {
namespace {

using Kind = Atom::Kind;

const TimeWord kNoWord;

constexpr int kEarliestPlainYear = 1900;  // before and after, a number needs a word that says year
constexpr int kLatestPlainYear = 2059;
constexpr int kMaxRangeYears = 300;

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

Date days_on(Date day, int n) { return moved(day, Unit::Day, n); }

int two_digit_year(int yy, int near_year) {
  int year = near_year / 100 * 100 + yy;
  if (year > near_year + 20) year -= 100;
  return year;
}

class TimeFinder {
 public:
  TimeFinder(const read::Document& document, const parse::ParsedDocument& parsed, Date anchor,
             const TimeTables::Words& words)
      : document_(document), parsed_(parsed), anchor_(anchor), words_(words) {
    std::vector<TextSpan> stretches;
    for (const read::ZoneSpan& zone : document.zones) stretches.push_back(zone.span);
    atoms_ = cut_atoms(document.text, stretches);
    find_sentences();
    anchor_name_ = document.published_at == anchor ? "published_at " : "the day of writing ";
    if (document.dateline && document.dateline->day == anchor && document.published_at != anchor) {
      anchor_name_ = "the dateline's ";
    }
    anchor_name_ += anchor.text();
    month_first_ = writes_month_first();
  }

  std::vector<TimeExpression> run() {
    for (std::size_t i = 0; i < atoms_.size();) {
      if (atoms_[i].kind == Kind::Break || !is_read(i)) {
        ++i;
        continue;
      }
      if (const std::size_t n = length_of_no_time(i); n > 0) {
        i += n;
        continue;
      }
      Match match = match_at(i);
      if (match.end <= i) {
        ++i;
        continue;
      }
      for (Piece& piece : match.pieces) keep(piece);
      i = match.end;
    }
    return std::move(found_);
  }

 private:
  // --- looking at atoms
  // ---------------------------------------------------------------------------

  [[nodiscard]] const Atom& at(std::size_t i) const {
    return atoms_[std::min(i, atoms_.size() - 1)];
  }
  [[nodiscard]] bool is_word(std::size_t i) const { return at(i).kind == Kind::Word; }
  [[nodiscard]] bool is_number(std::size_t i) const { return at(i).kind == Kind::Number; }
  [[nodiscard]] bool is(std::size_t i, std::string_view lower) const {
    return at(i).lower == lower && at(i).kind != Kind::Break;
  }
  [[nodiscard]] bool is_glued(std::size_t i) const {
    return at(i).kind != Kind::Break && !at(i).space_before;
  }
  [[nodiscard]] const TimeWord& word(std::size_t i) const {
    if (!is_word(i)) return kNoWord;
    const auto found = words_.words.find(at(i).lower);
    return found == words_.words.end() ? kNoWord : found->second;
  }
  [[nodiscard]] const Atom* before(std::size_t i) const {
    return i == 0 || atoms_[i - 1].kind == Kind::Break ? nullptr : &atoms_[i - 1];
  }
  [[nodiscard]] bool before_is(std::size_t i, std::string_view lower) const {
    const Atom* previous = before(i);
    return previous != nullptr && previous->lower == lower;
  }

  // A point behind a short form belongs to it: "Sept. 3".
  [[nodiscard]] std::size_t after_point(std::size_t i) const {
    if (!is(i, ".") || !is_glued(i) || i == 0) return i;
    const TimeWord& name = word(i - 1);
    const bool is_short = name.month != 0 ? name.month_short : name.weekday_ambiguous;
    return is_short ? i + 1 : i;
  }

  [[nodiscard]] bool is_read(std::size_t i) const {
    const read::Zone zone = document_.zone_at(at(i).span.begin);
    return zone != read::Zone::Link && zone != read::Zone::Credit &&
           zone != read::Zone::Boilerplate;
  }

  [[nodiscard]] bool matches_words(std::size_t i, const std::vector<std::string>& words) const {
    for (std::size_t k = 0; k < words.size(); ++k) {
      if (at(i + k).kind == Kind::Break) return false;
      if (words[k] != "*" && at(i + k).lower != words[k]) return false;
    }
    return true;
  }

  [[nodiscard]] std::size_t length_of_no_time(std::size_t i) const {
    const auto rows = words_.not_times.find(at(i).lower);
    if (rows == words_.not_times.end()) return 0;
    std::size_t longest = 0;
    for (const auto& phrase : rows->second) {
      if (matches_words(i, phrase)) longest = std::max(longest, phrase.size());
    }
    return longest;
  }

  // --- sentences
  // ----------------------------------------------------------------------------------

  void find_sentences() {
    sentence_.assign(atoms_.size(), 0);
    std::uint32_t n = 0;
    if (!parsed_.sentences.empty()) {
      std::size_t s = 0;
      for (std::size_t i = 0; i < atoms_.size(); ++i) {
        while (s + 1 < parsed_.sentences.size() &&
               parsed_.tokens.begin[parsed_.sentences[s + 1].begin] <= atoms_[i].span.begin) {
          ++s;
          ++n;
        }
        sentence_[i] = n;
        if (atoms_[i].kind == Kind::Break) ++n;
      }
      return;
    }
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      sentence_[i] = n;
      const bool full_stop = is(i, ".") || is(i, "!") || is(i, "?");
      const bool abbreviation =
          is(i, ".") && i > 0 && is_word(i - 1) &&
          (at(i - 1).size() == 1 || word(i - 1).month != 0 || word(i - 1).weekday >= 0 ||
           (at(i - 1).capital && at(i - 1).size() <= 3));
      if (at(i).kind == Kind::Break || (full_stop && !abbreviation && at(i + 1).space_before)) ++n;
    }
  }

  // --- tense
  // --------------------------------------------------------------------------------------

  struct Cue {
    std::size_t n_words = 0;
    Tense tense = Tense::None;
  };

  [[nodiscard]] Cue cue_at(std::size_t i) const {
    if (!is_word(i)) return {};
    const auto rows = words_.tense.find(at(i).lower);
    if (rows != words_.tense.end() &&
        !(at(i).capital && i > 0 && !is(i - 1, ".") && before(i) != nullptr && is(i, "may"))) {
      for (const TenseCue& cue : rows->second) {
        if (!matches_words(i, cue.words)) continue;
        // "will be held": the participle's past is only a form.
        if (cue.tense == Tense::Past && follows_modal(i)) return {1, Tense::Future};
        return {cue.words.size(), cue.tense};
      }
    }
    // Regular pasts: "rescued", but not "United" or "need".
    const std::string& lower = at(i).lower;
    const bool regular =
        lower.size() >= 5 && lower.ends_with("ed") && !lower.ends_with("eed") && !at(i).capital;
    if (!regular) return {};
    return {1, follows_modal(i) ? Tense::Future : Tense::Past};
  }

  // "will (not) (be) (formally)" or "to be" right before a participle.
  [[nodiscard]] bool follows_modal(std::size_t participle) const {
    bool be = false;
    for (std::size_t i = participle; i-- > 0 && is_word(i);) {
      const std::string& lower = at(i).lower;
      if (lower == "be" || lower == "have" || lower == "been") {
        be = be || lower == "be";
        continue;
      }
      if (lower == "not" || lower == "also" || lower == "then" || lower == "'t" ||
          lower.ends_with("ly")) {
        continue;
      }
      if (lower == "to") return be;
      const auto rows = words_.tense.find(lower);
      return be && rows != words_.tense.end() &&
             std::any_of(rows->second.begin(), rows->second.end(), [](const TenseCue& cue) {
               return cue.words.size() == 1 && cue.tense == Tense::Future;
             });
    }
    return false;
  }

  [[nodiscard]] bool parts_clauses(std::size_t i) const {
    constexpr std::array<std::string_view, 22> kParting{
        ",",     ";",   ":",     "(",     ")",    "\"",      "“",       "”",
        "that",  "who", "which", "after", "when", "while",   "because", "before",
        "since", "but", "as",    "where", "-",    "although"};
    if (is(i, "-") && !at(i).space_before) return false;
    return std::find(kParting.begin(), kParting.end(), at(i).lower) != kParting.end();
  }

  // The nearest cue in the sentence, a clause border counting like seven words.
  // Present tense counts only where it is asked for.
  [[nodiscard]] Tense tense_at(std::size_t begin, std::size_t end,
                               bool with_present = false) const {
    constexpr int kBorder = 7;
    constexpr int kFarthest = 40;
    int best = kFarthest;
    Tense tense = Tense::None;
    const auto take = [&](const Cue& cue, int distance) {
      if (cue.n_words == 0 || distance > best) return;
      if (distance == best && cue.n_words < 2) return;  // "to be held" over "held"
      if (cue.tense == Tense::Present && !with_present) return;
      best = distance;
      tense = cue.tense;
    };
    int distance = 0;
    for (std::size_t i = begin; i-- > 0 && sentence_[i] == sentence_[begin];) {
      if (parts_clauses(i)) distance += kBorder;
      ++distance;
      Cue cue = cue_at(i);
      if (cue.n_words > 0 && i + cue.n_words > begin) cue.n_words = 0;
      // "is due to begin on": the cue's last word is nearer than its first.
      take(cue, distance - static_cast<int>(cue.n_words > 0 ? cue.n_words - 1 : 0));
      if (distance > kFarthest) break;
    }
    distance = 0;
    for (std::size_t i = end; i < atoms_.size() && sentence_[i] == sentence_[begin]; ++i) {
      if (at(i).kind == Kind::Break) break;
      if (parts_clauses(i)) distance += kBorder;
      ++distance;
      take(cue_at(i), distance + 1);
      if (distance > kFarthest) break;
    }
    return tense;
  }

  // --- what the story has named
  // -------------------------------------------------------------------

  void keep(Piece& piece) {
    TimeExpression time;
    time.span = {at(piece.begin).span.begin, at(piece.end - 1).span.end};
    time.tokens = tokens_of(time.span);
    time.value = piece.stretch.value;
    time.range = piece.stretch.range;
    time.precision = piece.stretch.precision;
    time.derivation = std::move(piece.derivation);
    time.period = piece.period;
    const read::Zone zone = document_.zone_at(time.span.begin);
    const bool is_story = zone == read::Zone::Body || zone == read::Zone::Heading;
    if (is_story && !time.value.empty()) {
      if (time.precision == Precision::Day) last_day_ = time.range.first;
      last_range_ = time.range;
      if (piece.year_said && time.precision <= Precision::Year) {
        said_year_ = time.range.first.year();
        said_year_sentence_ = sentence_[piece.begin];
      }
    }
    found_.push_back(std::move(time));
  }

  [[nodiscard]] parse::TokenRange tokens_of(TextSpan span) const {
    const parse::Tokens& tokens = parsed_.tokens;
    const auto first = std::upper_bound(tokens.end.begin(), tokens.end.end(), span.begin);
    const auto last = std::lower_bound(tokens.begin.begin(), tokens.begin.end(), span.end);
    return {static_cast<std::uint32_t>(first - tokens.end.begin()),
            static_cast<std::uint32_t>(last - tokens.begin.begin())};
  }

  // "In 1990 … On August 2 …": the year of the same or the sentence before, when it is long past.
  [[nodiscard]] std::optional<int> year_of_story(std::size_t i) const {
    if (said_year_ == 0 || said_year_ >= anchor_.year()) return std::nullopt;
    if (sentence_[i] > said_year_sentence_ + 1) return std::nullopt;
    return said_year_;
  }

  [[nodiscard]] Date story_day() const { return last_day_.value_or(anchor_); }

  // --- matching
  // -----------------------------------------------------------------------------------

  Match match_at(std::size_t i) {
    using Rule = Match (TimeFinder::*)(std::size_t);
    constexpr std::array<Rule, 15> kRules{
        &TimeFinder::match_named_day, &TimeFinder::match_numeric,
        &TimeFinder::match_edge,      &TimeFinder::match_part,
        &TimeFinder::match_calendar,  &TimeFinder::match_story_unit,
        &TimeFinder::match_relative,  &TimeFinder::match_counted,
        &TimeFinder::match_vague_ago, &TimeFinder::match_day_word,
        &TimeFinder::match_season,    &TimeFinder::match_century,
        &TimeFinder::match_decade,    &TimeFinder::match_bare_ordinal,
        &TimeFinder::match_year};
    for (const Rule rule : kRules) {
      Match match = (this->*rule)(i);
      if (match.end > i) return match;
    }
    return {};
  }

  static Match one(std::size_t begin, std::size_t end, Stretch stretch, std::string derivation,
                   bool year_said = false) {
    Match match;
    match.end = end;
    match.pieces.push_back({begin, end, std::move(stretch), std::move(derivation), year_said, {}});
    return match;
  }

  // A cardinal: "3", "twenty-one", "a couple of". Gives the atom behind it.
  struct Count {
    std::size_t end = 0;
    int value = 0;
    bool vague = false;
  };
  [[nodiscard]] Count count_at(std::size_t i) const {
    if (is_number(i)) {
      if (at(i).number < 0 || at(i).number > 9999) return {};
      if (is(i + 1, ".") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2)) {
        return {i + 3, at(i).number, true};
      }
      if (is(i + 1, ",") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2)) return {};
      return {i + 1, at(i).number, false};
    }
    if (is(i, "half") && (is(i + 1, "a") || is(i + 1, "an"))) return {i + 2, 1, true};
    const TimeWord& first = word(i);
    if (first.number < 0) return {};
    if ((is(i, "a") || is(i, "an")) && word(i + 1).number_vague) {
      Count rest = count_at(i + 1);
      return rest;
    }
    std::size_t end = i + 1;
    int value = first.number;
    bool vague = first.number_vague;
    if (value >= 20 && value % 10 == 0 && value < 100) {
      const std::size_t units = is(end, "-") && is_glued(end) ? end + 1 : end;
      const TimeWord& small = word(units);
      if (small.number > 0 && small.number < 10 && !small.number_vague && !is(units, "a")) {
        value += small.number;
        end = units + 1;
      }
    }
    if (is(end, "hundred") && value < 20) {
      value *= 100;
      ++end;
    }
    if (vague && is(end, "of")) ++end;
    if (is(end, "or") && count_at(end + 1).end > 0) {
      const Count other = count_at(end + 1);
      return {other.end, other.value, true};
    }
    return {end, value, vague};
  }

  // "ten-day": the unit may hang on a dash.
  [[nodiscard]] std::size_t unit_at(std::size_t i) const {
    const std::size_t at_unit = is(i, "-") && is_glued(i) ? i + 1 : i;
    return word(at_unit).unit != Unit::None ? at_unit : 0;
  }

  // Parts of a day that follow its name: "Tuesday night", "yesterday's early morning".
  [[nodiscard]] std::size_t after_part_of_day(std::size_t i) const {
    if (word(i).part_of_day) return i + 1;
    if ((is(i, "early") || is(i, "late") || is(i, "mid")) && word(i + 1).part_of_day) return i + 2;
    if (is(i, "at") && (is(i + 1, "noon") || is(i + 1, "midnight") || is(i + 1, "dawn"))) {
      return i + 2;
    }
    return i;
  }

  // --- days with a name
  // ---------------------------------------------------------------------------

  [[nodiscard]] std::optional<Date> named_in(const std::string& rule, int year) const {
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

  Match match_named_day(std::size_t i) {
    const bool shifted = word(i).sense == Sense::This || word(i).sense == Sense::Last ||
                         word(i).sense == Sense::Next;
    const std::size_t name = shifted ? i + 1 : i;
    const auto rows = words_.named_days.find(at(name).lower);
    if (rows == words_.named_days.end()) return {};
    for (const NamedDay& day : rows->second) {
      if (!matches_words(name, day.words)) continue;
      if (is_word(name) && !at(name).capital) continue;
      std::size_t end = name + day.words.size();
      const bool placed = shifted || before_is(i, "on") || before_is(i, "by") ||
                          before_is(i, "since") || before_is(i, "until") ||
                          before_is(i, "before") || before_is(i, "after") ||
                          before_is(i, "around") || before_is(i, "at") || before_is(i, "over");
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

  // --- dates in numbers
  // ---------------------------------------------------------------------------

  [[nodiscard]] bool writes_month_first() const {
    int month_first = 0;
    int day_first = 0;
    for (std::size_t i = 0; i + 4 < atoms_.size(); ++i) {
      if (is_number(i) && is(i + 1, "/") && is_number(i + 2) && is(i + 3, "/") &&
          is_number(i + 4)) {
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

  Match match_numeric(std::size_t i) {
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

  // --- months and days
  // ----------------------------------------------------------------------------

  [[nodiscard]] bool is_month(std::size_t i) const {
    return word(i).month != 0 && (at(i).capital || at(i).all_caps);
  }
  [[nodiscard]] bool is_weekday(std::size_t i) const {
    return word(i).weekday >= 0 && (at(i).capital || at(i).all_caps);
  }
  // A number that can only be a year when it stands in a date.
  [[nodiscard]] bool is_year_number(std::size_t i) const {
    return is_number(i) && at(i).size() == 4 && at(i).number >= 1000 && at(i).number <= 2199 &&
           !(is(i + 1, ",") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2));
  }
  [[nodiscard]] bool is_ordinal_tail(std::size_t i) const {
    return is_glued(i) && (is(i, "st") || is(i, "nd") || is(i, "rd") || is(i, "th"));
  }
  // Atom behind a day of the month ("3", "3rd"), or 0.
  [[nodiscard]] std::size_t day_number_end(std::size_t i) const {
    if (!is_number(i) || at(i).size() > 2 || at(i).number < 1 || at(i).number > 31) return 0;
    if (is_ordinal_tail(i + 1)) return i + 2;
    if (is(i + 1, ".") && is_glued(i + 1) && is_number(i + 2) && is_glued(i + 2)) return 0;
    if (is(i + 1, ":") && is_glued(i + 1) && is_number(i + 2)) return 0;
    if ((is(i + 1, "%") || (is_word(i + 1) && is_glued(i + 1)))) return 0;
    return i + 1;
  }
  // ", 2015" or "2015" behind a day; "of 2015", ", 2015" behind a month. Atom behind it, or 0.
  [[nodiscard]] std::size_t year_end(std::size_t i, bool after_month) const {
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
  [[nodiscard]] int year_before(std::size_t end) const {
    const Atom& year = at(end - 1);
    return year.size() == 2 ? two_digit_year(year.number, anchor_.year()) : year.number;
  }
  [[nodiscard]] bool joins(std::size_t i) const {
    return is(i, "-") || is(i, "to") || is(i, "and") || is(i, "until") || is(i, "till") ||
           is(i, "through") || is(i, "or") || is(i, "thru") || is(i, "&");
  }
  [[nodiscard]] bool joins_as_range(std::size_t joint, std::size_t begin) const {
    return is(joint, "-") || is(joint, "to") || is(joint, "until") || is(joint, "till") ||
           is(joint, "through") || is(joint, "thru") ||
           (is(joint, "and") && before_is(begin, "between"));
  }

  struct Reading {
    std::size_t begin = 0;
    std::size_t end = 0;
    Written written;
    bool joined_as_range = false;  // to the one before
  };

  // One date of month and day in any order, weekday before or after, with the days joined to it.
  // Empty when there is none.
  [[nodiscard]] std::vector<Reading> read_calendar(std::size_t i) const {
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

  void read_month_first(std::size_t begin, std::size_t p, Written base,
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

  void read_day_first(std::size_t begin, std::size_t p, Written base,
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
      readings.push_back({k == 0 ? begin : days[k], k + 1 == days.size() ? after_month : day_end,
                          more, ranges[k]});
    }
    std::size_t year = after_month;
    if (is(year, "-") && is_glued(year) && is_year_number(year + 1)) ++year;
    give_year(year_end(year, true), readings);
  }

  void give_year(std::size_t end, std::vector<Reading>& readings) const {
    if (end == 0) return;
    for (Reading& reading : readings) reading.written.year = year_before(end);
    readings.back().end = end;
  }

  [[nodiscard]] bool is_count_of_something(std::size_t after_number) const {
    return is(after_number, "%") || words_.after_number.contains(at(after_number).lower) ||
           word(after_number).unit != Unit::None;
  }

  // A month without a day: "May 2015", "May of 2015", "May". `said`: a word before it says that it
  // is a time.
  [[nodiscard]] std::optional<Reading> read_month(std::size_t i, bool said) const {
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
    if (!said && !month_stands_alone(i, after_month)) return std::nullopt;
    return Reading{i, after_month, written, false};
  }

  [[nodiscard]] bool month_stands_alone(std::size_t i, std::size_t after) const {
    const Atom* previous = before(i);
    const bool placed =
        previous != nullptr &&
        (words_.before_year.contains(previous->lower) || word(i - 1).sense != Sense::None ||
         word(i - 1).edge_before != Edge::None) &&
        previous->lower != "the" && previous->lower != "a" && previous->lower != "for" &&
        previous->lower != "to" && previous->lower != "as" && previous->lower != "'s" &&
        previous->lower != "with" && previous->lower != "on";
    const bool name_follows = is_word(after) && at(after).capital && !is_month(after);
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

  [[nodiscard]] Piece resolve_written(const Reading& reading, std::optional<int> forced_year) {
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
      piece.derivation =
          w.day != 0 ? "day, month and year as written" : "month and year as written";
    }
    if (w.day != 0) {
      const auto day = Date::from_ymd(w.year, w.month, w.day);
      piece.stretch = day ? day_of(*day) : month_of(w.year, w.month);
    } else {
      piece.stretch = month_of(w.year, w.month);
    }
    return piece;
  }

  void choose_year(Written& w, const Reading& reading, std::string& why) {
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

  Match match_calendar(std::size_t i) {
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

  // "October is the month of …", "every July", "on July 4 each year"
  [[nodiscard]] bool comes_every_year(std::size_t i, const std::vector<Reading>& readings) const {
    const std::size_t end = readings.back().end;
    if (before_is(i, "every") || before_is(i, "each")) return true;
    const std::size_t each = is(end, "of") ? end + 1 : end;
    if ((is(each, "every") || is(each, "each")) && is(each + 1, "year")) return true;
    const bool opens = before(i) == nullptr || sentence_[i - 1] != sentence_[i];
    return opens && readings.front().written.day == 0 && is(end, "is");
  }

  [[nodiscard]] Match every_year(const std::vector<Reading>& readings) {
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

  // "May 30 to June 2, 2015", "July and August", "between July 2003 and December 2004".
  void add_joined(std::size_t begin, std::vector<Reading>& readings) const {
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

  [[nodiscard]] Match resolve_readings(const std::vector<Reading>& readings) {
    Match match;
    match.end = readings.back().end;
    for (std::size_t k = 0; k < readings.size(); ++k) {
      std::optional<int> year;
      if (readings[k].written.year == 0) {
        // A year behind the last of them serves them all; else the first one's year goes on.
        for (std::size_t n = k + 1; n < readings.size() && !year; ++n) {
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

  static int key(const Written& w) { return w.month * 32 + w.day; }

  // --- weekdays
  // -----------------------------------------------------------------------------------

  [[nodiscard]] Date last_weekday(Date from, int weekday) const {
    return days_on(from, -((from.weekday() - weekday + 7) % 7));
  }
  [[nodiscard]] Date next_weekday(Date from, int weekday) const {
    return days_on(from, (weekday - from.weekday() + 7) % 7);
  }

  // "on a Monday", "every Monday": no day in particular, nor are the others of that sentence.
  [[nodiscard]] bool is_habit(std::size_t i) const {
    for (std::size_t k = i; k > 0 && sentence_[k] == sentence_[i]; --k) {
      if (is_weekday(k) &&
          (is(k - 1, "a") || is(k - 1, "every") || is(k - 1, "each") || is(k - 1, "any"))) {
        return true;
      }
    }
    return false;
  }

  Match match_weekday(std::size_t i) {
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

  // --- parts of units: "late May", "the end of the year"
  // ------------------------------------------

  [[nodiscard]] Stretch part_of(const Stretch& whole, Edge edge) const {
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

  // What an edge may stand before: one stretch of the calendar.
  Match match_whole(std::size_t i) {
    if (is(i, "the") || is(i, "in") || is(i, "on")) {
      if (is(i, "the") && is(i + 1, "year") && is_year_number(i + 2)) return match_year(i + 2);
      if (is(i, "the") && !is_number(i + 1)) {
        // "the end of the year": this one; "of the day", "of the decade" likewise
        const TimeWord& unit = word(i + 1);
        if (unit.unit >= Unit::Week && unit.unit != Unit::Century && !unit.unit_plural) {
          const bool counted = word(i + 2).unit != Unit::None;
          if (!counted) {
            return one(i, i + 2, unit_of(anchor_, unit.unit, 0), "the one of " + anchor_name_);
          }
        }
      }
      return match_whole(i + 1);
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
    if (is_year_number(i) && !words_.after_number.contains(at(i + 1).lower) && ends_phrase(i + 1)) {
      return one(i, i + 1, year_of(at(i).number), "the year as written", true);
    }
    return {};
  }

  Match match_edge(std::size_t i) {
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

  // "the first half of 2015", "the third quarter", "Q3 2015", "the first week of May", "the first
  // three months of 2015".
  Match match_part(std::size_t i) {
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

  Match quarter(std::size_t begin, std::size_t end, int nth) {
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

  // --- units counted from the story: "the next day", "the year before"
  // ----------------------------

  Match match_story_unit(std::size_t i) {
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
    } else if (the && first.sense == Sense::Next &&
               (word(p + 1).part_of_day || is_weekday(p + 1))) {
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

  [[nodiscard]] bool ends_phrase(std::size_t i) const {
    if (!is_word(i)) return true;
    const std::string& lower = at(i).lower;
    return lower == "and" || lower == "but" || lower == "when" || lower == "to" || lower == "in" ||
           lower == "at" || lower == "with" || lower == "by" || lower == "from" || lower == "for" ||
           lower == "on" || cue_at(i).n_words > 0;
  }

  Match story_unit(std::size_t begin, std::size_t end, Unit unit, int offset) {
    const bool day = unit == Unit::Day || unit == Unit::Night;
    const Date base = day || !last_range_ ? story_day() : last_range_->first;
    std::string why = "counted from " + base.text() + ", which ";
    why += (day ? last_day_.has_value() : last_range_.has_value()) ? "the story named"
                                                                   : "is the day of writing";
    const std::size_t after = day ? after_part_of_day(end) : end;
    return one(begin, after, unit_of(base, unit == Unit::Night ? Unit::Day : unit, offset), why);
  }

  // --- units counted from the day of writing
  // ------------------------------------------------------

  Match match_relative(std::size_t i) {
    std::size_t p = i;
    const bool the = is(p, "the") || is(p, "these") || is(p, "those");
    if (is(p, "over") || is(p, "in") || is(p, "during") || is(p, "within")) return {};
    if (the) ++p;
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

  Match relative_unit(std::size_t i, std::size_t end, Sense sense, Sense second, bool the,
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
    const std::string why = sense == Sense::Last   ? "the one before that of "
                            : sense == Sense::Next ? "the one after that of "
                                                   : "the one of ";
    return one(i, end, unit_of(anchor_, unit.unit, shift), why + anchor_name_);
  }

  Match relative_weekday(std::size_t i, std::size_t q, Sense sense) {
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
      day = tense_at(i, end) == Tense::Past ? last_weekday(anchor_, weekday)
                                            : next_weekday(anchor_, weekday);
      why = "that weekday nearest to ";
    }
    return one(i, end, day_of(day), why + anchor_name_);
  }

  Match relative_month(std::size_t i, std::size_t q, Sense sense) {
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

  // `n` units back from or on from the day of writing: a stretch without a name.
  Match counted_stretch(std::size_t begin, std::size_t end, Sense sense, int n, Unit unit,
                        bool vague) {
    std::string why = std::to_string(n) + " units of time ";
    if (vague) why = "a few units of time, a guess, ";
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

  Match vague_stretch(std::size_t begin, std::size_t end, Sense sense, Unit unit) {
    const VagueReach& reach = words_.vague[static_cast<std::size_t>(unit)];
    if (sense == Sense::Coming || sense == Sense::Next) {
      return one(begin, end, nameless(anchor_, moved(anchor_, Unit::Day, reach.coming)),
                 "an open stretch, guessed, from " + anchor_name_);
    }
    if (sense == Sense::Recent || sense == Sense::Past || sense == Sense::Last) {
      return one(begin, end, nameless(moved(anchor_, Unit::Day, -reach.recent), anchor_),
                 "an open stretch, guessed, up to " + anchor_name_);
    }
    return {};
  }

  // --- counted units: "two days ago", "three weeks before his term ends"
  // --------------------------

  Match match_counted(std::size_t i) {
    const Count count = count_at(i);
    if (count.end == 0) return {};
    if (before(i) != nullptr && is_number(i) && words_.before_number.contains(at(i - 1).lower)) {
      return {};
    }
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
        tense_at(i, end) == Tense::Future) {
      return counted_from(i, end, anchor_, anchor_name_, unit, n, inexact);
    }
    return {};
  }

  Match counted_from(std::size_t begin, std::size_t end, Date base, const std::string& base_name,
                     Unit unit, int n, bool inexact) {
    std::string why =
        std::to_string(std::abs(n)) + " of its unit " + (n < 0 ? "before " : "after ") + base_name;
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

  // "two days before Christmas", "a week later", "three weeks before his term ends".
  Match counted_beside(std::size_t i, std::size_t end, Unit unit, int n, bool inexact,
                       bool forward) {
    std::size_t after = end + 1;
    if (is(end, "prior") && is(after, "to")) ++after;
    if (is(end, "in") || is(end, "ahead")) after = is(end, "in") ? end + 3 : end + 2;
    const bool from_story = is(end, "earlier") || is(end, "later") || is(end, "previously") ||
                            is(end, "beforehand") || is(end, "afterwards") ||
                            is(end, "afterward") ||
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
    Match inner = match_at(is(after, "on") ? after + 1 : after);
    if (inner.end > 0 && inner.pieces.size() == 1 && !inner.pieces.front().stretch.value.empty() &&
        inner.pieces.front().stretch.precision == Precision::Day && unit < Unit::Month) {
      Match match = counted_from(i, inner.end, inner.pieces.front().stretch.range.first,
                                 inner.pieces.front().stretch.value, unit, step, inexact);
      return match;
    }
    if (unit == Unit::Hour) return {};
    const Date base = story_day();
    return one(i,
               is(end, "prior") ? end + 2
                                : std::max(end + 1, is(end, "in") || is(end, "ahead") ? after : 0),
               nameless(moved(base, unit, -n), moved(base, unit, n)),
               "counted from something that has no day here; at most so far from " + base.text());
  }

  // "years ago", "decades ago"
  Match match_vague_ago(std::size_t i) {
    const TimeWord& unit = word(i);
    if (unit.unit == Unit::None || !unit.unit_plural || !is(i + 1, "ago")) return {};
    const VagueReach& reach = words_.vague[static_cast<std::size_t>(unit.unit)];
    return one(i, i + 2,
               nameless(moved(anchor_, Unit::Day, -reach.ago_to),
                        moved(anchor_, Unit::Day, -reach.ago_from)),
               "an open stretch, guessed, before " + anchor_name_);
  }

  // --- the rest
  // -----------------------------------------------------------------------------------

  Match match_day_word(std::size_t i) {
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

  [[nodiscard]] Stretch season_in(int year, const TimeWord& season) const {
    return season_of(year, season.season_month, season.season_code);
  }

  Match relative_season(std::size_t i, std::size_t q, Sense sense) {
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

  // "summer 2015", "the spring of 2015"
  Match match_season(std::size_t i) {
    const TimeWord& season = word(i);
    if (season.season_month == 0) return {};
    const std::size_t year = is(i + 1, "of") ? i + 2 : i + 1;
    if (!is_year_number(year)) return {};
    return one(i, year + 1, season_in(at(year).number, season), "the season of the year named",
               true);
  }

  Match match_century(std::size_t i) {
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

  Match match_decade(std::size_t i) {
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
      if (at(p).size() == 2 && number % 10 == 0 && number >= 10 && placed) {
        return one(i, p + 2, decade_of(two_digit_year(number, anchor_.year()) / 10 * 10),
                   "the ten years of the last such decade", true);
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
    return one(i, p + 1, decade_of(two_digit_year(base->second.number, anchor_.year())),
               "the ten years of the last such decade", true);
  }

  // "on the 22nd", "the 22nd of this month"
  Match match_bare_ordinal(std::size_t i) {
    if (!is(i, "the") || !before_is(i, "on")) return {};
    if (!is_number(i + 1) || !is_ordinal_tail(i + 2)) return {};
    const int day = at(i + 1).number;
    if (day < 1 || day > 31) return {};
    std::size_t end = i + 3;
    Date base = last_range_ ? last_range_->last : anchor_;
    if (is(end, "of") && word(end + 1).sense != Sense::None && is(end + 2, "month")) {
      const Sense sense = word(end + 1).sense;
      base =
          moved(anchor_, Unit::Month, sense == Sense::Last ? -1 : (sense == Sense::Next ? 1 : 0));
      end += 3;
    } else if (!ends_phrase(end)) {
      return {};
    }
    const auto date = Date::from_ymd(base.year(), base.month(), day);
    if (!date) return {};
    return one(i, end, day_of(*date), "that day of the month of " + base.text());
  }

  // --- years
  // --------------------------------------------------------------------------------------

  [[nodiscard]] bool is_range_of_years(std::size_t i, std::size_t& second) const {
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

  [[nodiscard]] bool is_year(std::size_t i) const {
    if (!is_year_number(i)) return false;
    if (is_glued(i + 1) && (is_word(i + 1) && !is(i + 1, "'s") && !is(i + 1, "'"))) return false;
    if (is(i + 1, "%") || is(i + 1, "$")) return false;
    const bool decimals = is_glued(i + 1) && (is(i + 1, ".") || is(i + 1, ":")) &&
                          is_number(i + 2) && is_glued(i + 2);
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
        word(i - 2).edge_before == Edge::None && word(i - 2).month == 0) {
      if (!is_year_number(i - 2)) return false;
    }
    if (is(i + 1, "bc") || is(i + 1, "bce")) return false;
    const int year = at(i).number;
    const bool counted =
        words_.after_number.contains(at(i + 1).lower) ||
        (is(i + 1, "-") && is_glued(i + 1) &&
         (word(i + 2).unit != Unit::None || words_.after_number.contains(at(i + 2).lower)));
    bool strong = false;
    bool placed = false;
    if (previous != nullptr) {
      const auto row = words_.before_year.find(previous->lower);
      placed = row != words_.before_year.end();
      strong = placed && row->second;
      if (words_.before_number.contains(previous->lower)) return false;
    }
    if (counted) {
      // "in 2014 people fled": a year all the same
      return strong && is(i - 1, "in") && year >= kEarliestPlainYear && year <= kLatestPlainYear &&
             year % 100 != 0 && at(i + 1).kind == Kind::Word && !at(i + 1).lower.empty() &&
             word(i + 1).unit == Unit::None && !is(i + 1, "percent") && !is(i + 1, "per");
    }
    if (word(i + 1).unit != Unit::None && !word(i + 1).unit_plural && is(i + 2, "old"))
      return false;
    if (year < kEarliestPlainYear || year > kLatestPlainYear) {
      return strong && (ends_phrase(i + 1) || at(i + 1).capital || is_glued(i + 1));
    }
    if (placed || previous == nullptr) return true;
    // "more 2000 soldiers"-like counts end in a plural
    const std::string& next = at(i + 1).lower;
    const bool plural = is_word(i + 1) && !at(i + 1).capital && next.size() > 3 &&
                        next.ends_with("s") && !next.ends_with("ss") && !next.ends_with("'s");
    return !plural || is_glued(i + 1);
  }

  Match match_year(std::size_t i) {
    if (is(i, "'") && is_number(i + 1) && is_glued(i + 1) && at(i + 1).size() == 2 &&
        before(i) != nullptr && at(i).space_before && !(is_glued(i + 2) && is_word(i + 2)) &&
        words_.before_year.contains(at(i - 1).lower)) {
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

  [[nodiscard]] bool is_year_in_range(std::size_t i, std::size_t second) const {
    if (words_.after_number.contains(at(second + 1).lower)) return false;
    if (is(i + 1, "and") || is(i + 1, "to") || is(i + 1, "or")) {
      return is_year(i) && is_year_number(second) && is_year(second);
    }
    const int first_year = at(i).number;
    if (before(i) != nullptr && words_.before_number.contains(at(i - 1).lower)) return false;
    return first_year >= 1500 && first_year <= kLatestPlainYear;
  }

  // "Reagan in 80 and 84, Bush in 88": only where a sentence has several of them.
  Match match_short_year(std::size_t i) {
    if (!stands_like_short_year(i)) return {};
    std::size_t n = 0;
    for (std::size_t k = i; k-- > 0 && sentence_[k] == sentence_[i];)
      n += stands_like_short_year(k);
    for (std::size_t k = i; k < atoms_.size() && sentence_[k] == sentence_[i]; ++k) {
      n += stands_like_short_year(k);
    }
    if (n < 3) return {};
    return one(i, i + 1, year_of(two_digit_year(at(i).number, anchor_.year())),
               "the last year that ends so", true);
  }

  [[nodiscard]] bool stands_like_short_year(std::size_t i) const {
    if (!is_number(i) || at(i).size() != 2 || before(i) == nullptr) return false;
    if (is_glued(i + 1) && !is(i + 1, ",") && !is(i + 1, ".") && !is(i + 1, ";") &&
        !is(i + 1, ")")) {
      return false;
    }
    const bool ends = at(i + 1).kind != Kind::Word || is(i + 1, "and");
    if (is(i + 1, "%") || (is_glued(i + 2) && is_number(i + 2))) return false;
    const bool after_in = is(i - 1, "in");
    const bool after_and = is(i - 1, "and") && i >= 2 && is_number(i - 2) &&
                           at(i - 2).size() == 2 && i >= 3 && is(i - 3, "in");
    return ends && (after_in || after_and);
  }

  const read::Document& document_;
  const parse::ParsedDocument& parsed_;
  Date anchor_;
  const TimeTables::Words& words_;
  std::string anchor_name_;
  std::vector<Atom> atoms_;
  std::vector<std::uint32_t> sentence_;
  bool month_first_ = false;
  std::optional<Date> last_day_;
  std::optional<DateRange> last_range_;
  int said_year_ = 0;
  std::uint32_t said_year_sentence_ = 0;
  std::optional<std::uint32_t> listed_sentence_;  // months in a row lie the same way
  Tense listed_tense_ = Tense::None;
  std::vector<TimeExpression> found_;
};

}  // namespace

std::optional<Date> anchor_day(const read::Document& document) {
  constexpr int kNearDays = 7;
  if (document.dateline && document.dateline->day) {
    const Date day = *document.dateline->day;
    if (!document.published_at) return day;
    const int before = document.published_at->days_since_1970() - day.days_since_1970();
    if (before >= 0 && before <= kNearDays) return day;
  }
  return document.published_at;
}

std::vector<TimeExpression> find_times(const read::Document& document,
                                       const parse::ParsedDocument& parsed, Date anchor,
                                       const TimeTables& tables) {
  return TimeFinder(document, parsed, anchor, tables.words()).run();
}

}  // namespace detente::resolve::times
