// detente timeline: the relation of two parties over time, cooperation above, conflict below.

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>

#include "common.h"
#include "json.h"
#include "record_json.h"
#include "store_options.h"
#include "timeline_marks.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;

struct TimelineArguments {
  StoreArguments store;
  std::string a, b, unit;
};

constexpr int kHeight = 6;  // lines, above and below

std::size_t width_of_terminal() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return size.ws_col;
  return 80;
}

Date next_step(Date begin, TimeUnit unit) {
  if (unit == TimeUnit::Month) return begin.plus_months(1);
  return begin.plus_days(unit == TimeUnit::Week ? 7 : 1);
}

// Every step from the first to the last, those without events among them.
std::vector<SeriesPoint> without_gaps(const std::vector<SeriesPoint>& points, TimeUnit unit) {
  std::vector<SeriesPoint> all;
  for (const SeriesPoint& point : points) {
    while (!all.empty() && next_step(all.back().begin, unit) < point.begin) {
      SeriesPoint empty;
      empty.begin = next_step(all.back().begin, unit);
      all.push_back(empty);
    }
    all.push_back(point);
  }
  return all;
}

// Neighbours are drawn as one where there are more steps than columns.
std::vector<SeriesPoint> bundled(const std::vector<SeriesPoint>& points, std::size_t per_column) {
  std::vector<SeriesPoint> out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % per_column == 0) {
      out.push_back(points[i]);
      continue;
    }
    out.back().n_cooperation += points[i].n_cooperation;
    out.back().n_conflict += points[i].n_conflict;
  }
  return out;
}

std::string bar_above(std::uint64_t n, std::uint64_t most, int line) {
  constexpr const char* kEighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  const auto eighths = static_cast<int>((n * kHeight * 8 + most - 1) / most);
  return kEighths[std::clamp(eighths - line * 8, 0, 8)];
}

std::string bar_below(std::uint64_t n, std::uint64_t most, int line) {
  constexpr const char* kHalves[] = {" ", "▀", "█"};
  const auto halves = static_cast<int>((n * kHeight * 2 + most - 1) / most);
  return kHalves[std::clamp(halves - line * 2, 0, 2)];
}

/// Draws the events; gives the first day of each column.
std::vector<Date> draw(const TimelineArguments& arguments, const std::vector<SeriesPoint>& points,
                       TimeUnit unit, const char* unit_name) {
  const std::vector<SeriesPoint> steps = without_gaps(points, unit);
  const std::size_t room = width_of_terminal() - 8;
  const std::size_t per_column = (steps.size() + room - 1) / room;
  const std::vector<SeriesPoint> columns = bundled(steps, per_column);
  std::uint64_t most = 1;
  std::uint64_t n_cooperation = 0;
  std::uint64_t n_conflict = 0;
  for (const SeriesPoint& column : columns) {
    most = std::max({most, column.n_cooperation, column.n_conflict});
    n_cooperation += column.n_cooperation;
    n_conflict += column.n_conflict;
  }
  std::cout << arguments.a << " and " << arguments.b << ", a column is "
            << (per_column > 1 ? std::to_string(per_column) + " " + unit_name + "s"
                               : std::string("one ") + unit_name)
            << ": " << n_cooperation << " cooperative events above, " << n_conflict
            << " conflictual below; full height " << most << "\n";
  for (int line = kHeight; line-- > 0;) {
    std::cout << "  ";
    for (const SeriesPoint& column : columns) {
      std::cout << bar_above(column.n_cooperation, most, line);
    }
    std::cout << '\n';
  }
  std::cout << "  ";
  for (std::size_t i = 0; i < columns.size(); ++i) std::cout << "─";
  std::cout << '\n';
  for (int line = 0; line < kHeight; ++line) {
    std::cout << "  ";
    for (const SeriesPoint& column : columns) {
      std::cout << bar_below(column.n_conflict, most, line);
    }
    std::cout << '\n';
  }
  const std::string first = columns.front().begin.text();
  const std::string last = columns.back().begin.text();
  std::cout << "  " << first;
  if (columns.size() > 2 * first.size()) {
    std::cout << std::string(columns.size() - first.size() - last.size(), ' ') << last;
  } else if (last != first) {
    std::cout << " to " << last;
  }
  std::cout << '\n';
  std::vector<Date> begins;
  for (const SeriesPoint& column : columns) begins.push_back(column.begin);
  return begins;
}

TimeUnit unit_for(const std::vector<SeriesPoint>& by_day) {
  const int span =
      by_day.back().begin.days_since_1970() - by_day.front().begin.days_since_1970() + 1;
  const auto room = static_cast<int>(width_of_terminal() - 8);
  // A column may hold up to four weeks.
  if (span <= room) return TimeUnit::Day;
  return span <= room * 4 * 7 ? TimeUnit::Week : TimeUnit::Month;
}

constexpr const char* kUnitNames[] = {"day", "week", "month"};

/// How every line about this pair begins.
Json headed(const TimelineArguments& arguments, const char* kind) {
  Json json;
  json["kind"] = kind;
  json["a"] = arguments.a;
  json["b"] = arguments.b;
  return json;
}

Json step_json(const TimelineArguments& arguments, const SeriesPoint& point, TimeUnit unit) {
  Json json = headed(arguments, "step");
  json["unit"] = kUnitNames[static_cast<std::size_t>(unit)];
  json["begin"] = point.begin.text();
  json["n_cooperation"] = point.n_cooperation;
  json["n_conflict"] = point.n_conflict;
  json["n_stories"] = point.n_stories;
  json["goldstein_sum"] = point.goldstein_sum;
  return json;
}

Json tension_json(const TimelineArguments& arguments, const TensionPoint& point) {
  Json json = headed(arguments, "tension");
  json["week"] = point.week.text();
  json["tension"] = point.tension;
  json["low"] = point.low;
  json["high"] = point.high;
  json["n_stories"] = point.n_stories;
  return json;
}

/// All that is known of the relation.
struct Relation {
  TimeUnit unit = TimeUnit::Day;
  std::vector<SeriesPoint> points;
  RelationMarks marks;
};

Result<Relation> relation_of(const TimelineArguments& arguments, const Ledger& ledger,
                             const LedgerFilter& filter) {
  Relation all;
  all.unit = arguments.unit == "month"  ? TimeUnit::Month
             : arguments.unit == "week" ? TimeUnit::Week
                                        : TimeUnit::Day;
  DETENTE_TRY(all.points, ledger.series(arguments.a, arguments.b, all.unit, filter));
  if (!all.points.empty() && arguments.unit.empty()) {
    all.unit = unit_for(all.points);
    DETENTE_TRY(all.points, ledger.series(arguments.a, arguments.b, all.unit, filter));
  }
  DETENTE_TRY(all.marks, marks_of(ledger, arguments.a, arguments.b, filter));
  return all;
}

void print_json(const TimelineArguments& arguments, const Relation& relation) {
  for (const SeriesPoint& point : relation.points) {
    print(step_json(arguments, point, relation.unit));
  }
  for (const TensionPoint& point : relation.marks.tension) print(tension_json(arguments, point));
  for (const StoredCommitment& one : relation.marks.commitments) {
    print(stored_commitment_json(one));
  }
  for (const StoredExpectation& one : relation.marks.expectations) {
    print(stored_expectation_json(one));
  }
}

int run(const TimelineArguments& arguments) {
  return ask_store(arguments.store,
                   [&](const Ledger& ledger, const LedgerFilter& filter) -> Result<std::uint64_t> {
                     DETENTE_TRY(const Relation relation, relation_of(arguments, ledger, filter));
                     const RelationMarks& marks = relation.marks;
                     if (arguments.store.json) {
                       print_json(arguments, relation);
                     } else {
                       std::vector<Date> begins;
                       if (!relation.points.empty()) {
                         begins = draw(arguments, relation.points, relation.unit,
                                       kUnitNames[static_cast<std::size_t>(relation.unit)]);
                       }
                       draw_marks(marks, begins);
                     }
                     return std::uint64_t{relation.points.size() + marks.commitments.size() +
                                          marks.expectations.size()};
                   });
}

}  // namespace

void add_timeline(CLI::App& program, int& status) {
  auto arguments = std::make_shared<TimelineArguments>();
  CLI::App* app = program.add_subcommand(
      "timeline",
      help_text("detente timeline PRK KOR --store news.duckdb --since 2017-01-01",
                "The relation of two parties over time, in the terminal.\n"
                "What was done together above the line, against each other below, in both\n"
                "directions; how tense it was, week by week; what was promised, as spans with\n"
                "their end, and expected, as marks."));
  app->add_option("A", arguments->a, "One party: PRK, or with a sector PRK/GOV")->required();
  app->add_option("B", arguments->b, "The other")->required();
  add_store_options(*app, arguments->store);
  app->add_option("--event", arguments->store.event, "Of this type alone");
  add_day_options(*app, arguments->store);
  app->add_option("--unit", arguments->unit, "day, week or month; else as the width allows")
      ->check(CLI::IsMember({"day", "week", "month"}));
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
