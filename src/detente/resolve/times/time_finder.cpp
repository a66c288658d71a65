// The walk over a text, and what every rule looks at.

#include "detente/resolve/times/time_finder.h"

namespace detente::resolve::times {

const Atom& TimeFinder::at(std::size_t i) const { return atoms_[std::min(i, atoms_.size() - 1)]; }

bool TimeFinder::is(std::size_t i, std::string_view lower) const {
  return at(i).lower == lower && at(i).kind != Kind::Break;
}

bool TimeFinder::is_glued(std::size_t i) const {
  return at(i).kind != Kind::Break && !at(i).space_before;
}

const TimeWord& TimeFinder::word(std::size_t i) const {
  if (!is_word(i)) return kNoWord;
  const auto found = words_.words.find(at(i).lower);
  return found == words_.words.end() ? kNoWord : found->second;
}

const Atom* TimeFinder::before(std::size_t i) const {
  return i == 0 || atoms_[i - 1].kind == Kind::Break ? nullptr : &atoms_[i - 1];
}

bool TimeFinder::before_is(std::size_t i, std::string_view lower) const {
  const Atom* previous = before(i);
  return previous != nullptr && previous->lower == lower;
}

std::size_t TimeFinder::after_point(std::size_t i) const {
  if (!is(i, ".") || !is_glued(i) || i == 0) return i;
  const TimeWord& name = word(i - 1);
  const bool is_short = name.month != 0 ? name.month_short : name.weekday_ambiguous;
  return is_short ? i + 1 : i;
}

bool TimeFinder::is_read(std::size_t i) const {
  const read::Zone zone = document_.zone_at(at(i).span.begin);
  return zone != read::Zone::Link && zone != read::Zone::Credit && zone != read::Zone::Boilerplate;
}

bool TimeFinder::matches_words(std::size_t i, const std::vector<std::string>& words) const {
  for (std::size_t k = 0; k < words.size(); ++k) {
    if (at(i + k).kind == Kind::Break) return false;
    if (words[k] != "*" && at(i + k).lower != words[k]) return false;
  }
  return true;
}

std::size_t TimeFinder::length_of_no_time(std::size_t i) const {
  const auto rows = words_.not_times.find(at(i).lower);
  if (rows == words_.not_times.end()) return 0;
  std::size_t longest = 0;
  for (const auto& phrase : rows->second) {
    if (matches_words(i, phrase)) longest = std::max(longest, phrase.size());
  }
  return longest;
}

TimeFinder::TimeFinder(const read::Document& document, const parse::ParsedDocument& parsed,
                       Date anchor, bool has_anchor, const TimeTables::Words& words)
    : document_(document),
      parsed_(parsed),
      anchor_(anchor),
      has_anchor_(has_anchor),
      words_(words) {
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

std::vector<TimeExpression> TimeFinder::run() {
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

void TimeFinder::find_sentences() {
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

void TimeFinder::keep(Piece& piece) {
  if (!has_anchor_ && !piece.year_said) return;
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

parse::TokenRange TimeFinder::tokens_of(TextSpan span) const {
  const parse::Tokens& tokens = parsed_.tokens;
  const auto first = std::upper_bound(tokens.end.begin(), tokens.end.end(), span.begin);
  const auto last = std::lower_bound(tokens.begin.begin(), tokens.begin.end(), span.end);
  return {static_cast<std::uint32_t>(first - tokens.end.begin()),
          static_cast<std::uint32_t>(last - tokens.begin.begin())};
}

std::optional<int> TimeFinder::year_of_story(std::size_t i) const {
  if (said_year_ == 0 || said_year_ >= anchor_.year()) return std::nullopt;
  if (sentence_[i] > said_year_sentence_ + 1) return std::nullopt;
  return said_year_;
}

Match TimeFinder::match_at(std::size_t i) {
  using Rule = Match (TimeFinder::*)(std::size_t);
  constexpr std::array<Rule, 15> kRules{
      &TimeFinder::match_named_day, &TimeFinder::match_numeric,      &TimeFinder::match_edge,
      &TimeFinder::match_part,      &TimeFinder::match_calendar,     &TimeFinder::match_story_unit,
      &TimeFinder::match_relative,  &TimeFinder::match_counted,      &TimeFinder::match_vague_ago,
      &TimeFinder::match_day_word,  &TimeFinder::match_season,       &TimeFinder::match_century,
      &TimeFinder::match_decade,    &TimeFinder::match_bare_ordinal, &TimeFinder::match_year};
  for (const Rule rule : kRules) {
    Match match = (this->*rule)(i);
    if (match.end > i) return match;
  }
  return {};
}

Match TimeFinder::one(std::size_t begin, std::size_t end, Stretch stretch, std::string derivation,
                      bool year_said) {
  Match match;
  match.end = end;
  match.pieces.push_back({begin, end, std::move(stretch), std::move(derivation), year_said, {}});
  return match;
}

TimeFinder::Count TimeFinder::count_at(std::size_t i) const {
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

std::size_t TimeFinder::unit_at(std::size_t i) const {
  const std::size_t at_unit = is(i, "-") && is_glued(i) ? i + 1 : i;
  return word(at_unit).unit != Unit::None ? at_unit : 0;
}

std::size_t TimeFinder::after_part_of_day(std::size_t i) const {
  if (word(i).part_of_day) return i + 1;
  if ((is(i, "early") || is(i, "late") || is(i, "mid")) && word(i + 1).part_of_day) return i + 2;
  if (is(i, "at") && (is(i + 1, "noon") || is(i + 1, "midnight") || is(i + 1, "dawn"))) {
    return i + 2;
  }
  return i;
}

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
                                       const parse::ParsedDocument& parsed,
                                       std::optional<Date> anchor, const TimeTables& tables) {
  // Without a day of writing some day serves for short years ("'98"), and nothing else is kept.
  const Date some_day = *Date::from_ymd(2020, 1, 1);
  return TimeFinder(document, parsed, anchor.value_or(some_day), anchor.has_value(), tables.words())
      .run();
}

}  // namespace detente::resolve::times
