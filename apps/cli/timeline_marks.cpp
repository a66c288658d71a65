#include "timeline_marks.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <set>

#include "record_text.h"

namespace detente::cli {
namespace {

constexpr std::size_t kMostSpans = 12;

std::string code_of(const std::string& party) { return party.substr(0, party.find('/')); }

bool is_toward(const CommitmentRecord& commitment, const std::string& code) {
  return commitment.to.empty() ||
         std::any_of(commitment.to.begin(), commitment.to.end(),
                     [&](const EntityRecord& party) { return party.code == code; });
}

bool is_over(const StoredCommitment& commitment) { return commitment.record.status != "open"; }

Date begin_of(const StoredCommitment& commitment) {
  return commitment.record.made.value_or(commitment.first_seen.value_or(Date()));
}

// The step that ended it, else its deadline; none: it goes on.
std::optional<Date> end_of(const StoredCommitment& commitment) {
  const CommitmentRecord& record = commitment.record;
  if (is_over(commitment)) {
    const auto last =
        std::find_if(record.history.rbegin(), record.history.rend(), [](const StepRecord& step) {
          return step.status != "broken?" && step.status != "extended";
        });
    if (last != record.history.rend()) return last->enddate;
  }
  if (record.deadline) return record.deadline->enddate;
  return std::nullopt;
}

// --- rows of one character per column ------------------------------------------------------------

using Row = std::vector<std::string>;

/// The column that holds a day; days before and behind the chart are at its edges.
std::size_t column_of(Date day, const std::vector<Date>& begins) {
  const auto after = std::upper_bound(begins.begin(), begins.end(), day);
  return after == begins.begin() ? 0 : static_cast<std::size_t>(after - begins.begin()) - 1;
}

void print_row(const Row& row) {
  std::string line = "  ";
  for (const std::string& cell : row) line += cell;
  line.erase(line.find_last_not_of(' ') + 1);
  std::cout << line << '\n';
}

const char* end_mark(const StoredCommitment& commitment) {
  const std::string& status = commitment.record.status;
  if (status == "kept") return "✓";
  if (status == "broken") return "✗";
  if (status == "stalled") return "‖";
  if (status == "withdrawn") return "○";
  return commitment.record.deadline ? "┤" : "…";
}

Row span_row(const StoredCommitment& commitment, char letter, const std::vector<Date>& begins) {
  Row row(begins.size(), " ");
  const std::size_t first = column_of(begin_of(commitment), begins);
  const auto end = end_of(commitment);
  const std::size_t last = std::max(first, end ? column_of(*end, begins) : begins.size() - 1);
  for (std::size_t i = first; i <= last; ++i) row[i] = "─";
  for (const StepRecord& step : commitment.record.history) {
    if (step.status == "broken?") row[column_of(step.enddate, begins)] = "?";
  }
  row[last] = end_mark(commitment);
  row[first] = std::string(1, letter);
  return row;
}

const char* expectation_mark(const ExpectationRecord& expectation) {
  if (expectation.outcome == "failed") return "×";
  const bool came = expectation.outcome == "came_true";
  if (expectation.direction == "cooperation") return came ? "▲" : "△";
  return came ? "▼" : "▽";
}

Row tension_row(const std::vector<TensionPoint>& points, const std::vector<Date>& begins) {
  constexpr const char* kLevels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  Row row(begins.size(), " ");
  const auto [least, most] = std::minmax_element(
      points.begin(), points.end(),
      [](const TensionPoint& a, const TensionPoint& b) { return a.tension < b.tension; });
  const double range = std::max(most->tension - least->tension, 0.001);
  for (const TensionPoint& point : points) {
    const auto level = static_cast<std::size_t>((point.tension - least->tension) / range * 7.99);
    // A column of several weeks shows the last of them.
    row[column_of(point.week, begins)] = kLevels[std::min<std::size_t>(level, 7)];
  }
  return row;
}

// --- lists ---------------------------------------------------------------------------------------

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

void draw_tension(const std::vector<TensionPoint>& points, const std::vector<Date>& begins) {
  if (points.empty() || begins.empty()) return;
  const TensionPoint& last = points.back();
  const auto most = std::max_element(
      points.begin(), points.end(),
      [](const TensionPoint& a, const TensionPoint& b) { return a.tension < b.tension; });
  std::cout << "tension (-10 to 10) at last " << number(last.tension) << " [" << number(last.low)
            << ", " << number(last.high) << "] in the week of " << last.week.text() << ", highest "
            << number(most->tension) << " in that of " << most->week.text() << '\n';
  print_row(tension_row(points, begins));
}

std::string legend(const StoredCommitment& commitment, char letter) {
  const CommitmentRecord& record = commitment.record;
  const auto end = end_of(commitment);
  std::string line = std::string("  ") + letter + " " + begin_of(commitment).text() + ".." +
                     (end ? end->text() : "");
  pad(line, 28);
  line += record.form + ", " + record.status;
  if (commitment.n_doubts > 0) line += " (broken? x" + std::to_string(commitment.n_doubts) + ")";
  line += "  " + sides(record.by) + (record.to.empty() ? "" : " > " + sides(record.to)) + "  " +
          one_line(record.content, 50);
  if (commitment.n_documents > 1) line += "  x" + std::to_string(commitment.n_documents);
  return line + "  " + record.id;
}

std::string legend(const StoredExpectation& expectation) {
  const ExpectationRecord& record = expectation.record;
  const std::string& name = name_of(record.by);
  std::string line = std::string("  ") + expectation_mark(record) + " " +
                     days(expectation.document.published_at, std::nullopt) + "  " +
                     (name.empty() ? "(unsaid)" : one_line(name, 40)) + ": " + record.direction +
                     (record.event.empty() ? "" : " (" + record.event + ")") + ", \"" +
                     record.hedge + "\"";
  if (record.horizon) line += ", " + one_line(record.horizon->text, 30);
  return line + ": " + record.outcome + "  " + record.id;
}

void draw_commitments(const std::vector<StoredCommitment>& all, const std::vector<Date>& begins) {
  if (all.empty()) return;
  const std::size_t n = std::min(all.size(), kMostSpans);
  std::cout << "commitments: ✓ kept ✗ broken ‖ stalled ○ withdrawn … open ┤ its deadline ? in "
               "doubt\n";
  for (std::size_t i = 0; i < n && !begins.empty(); ++i) {
    print_row(span_row(all[i], static_cast<char>('a' + i), begins));
  }
  for (std::size_t i = 0; i < n; ++i) {
    std::cout << legend(all[i], static_cast<char>('a' + i)) << '\n';
  }
  if (all.size() > n) std::cout << "  and " << all.size() - n << " more\n";
}

void draw_expectations(const std::vector<StoredExpectation>& all, const std::vector<Date>& begins) {
  if (all.empty()) return;
  std::cout << "expectations: △ cooperation ▽ conflict, ▲▼ came true, × failed\n";
  Row row(begins.size(), " ");
  for (const StoredExpectation& one : all) {
    const auto day = one.document.published_at;
    if (day && !begins.empty()) row[column_of(*day, begins)] = expectation_mark(one.record);
  }
  if (!begins.empty()) print_row(row);
  const std::size_t n = std::min(all.size(), kMostSpans);
  for (std::size_t i = all.size() - n; i < all.size(); ++i) std::cout << legend(all[i]) << '\n';
  if (all.size() > n) std::cout << "  and " << all.size() - n << " older\n";
}

/// Those of one party toward the other, that were not over before `filter.since`.
Result<void> add_commitments(const Ledger& ledger, const std::string& by, const std::string& to,
                             const LedgerFilter& filter, std::vector<StoredCommitment>& all) {
  std::set<std::string> seen;
  for (const StoredCommitment& one : all) seen.insert(one.record.id);
  LedgerFilter bound;
  bound.actor = by;
  bound.until = filter.until;
  DETENTE_TRY_VOID(ledger.commitments(bound, [&](const StoredCommitment& one) {
    const auto end = end_of(one);
    const bool is_past = filter.since && end && *end < *filter.since;
    if (!is_past && is_toward(one.record, code_of(to)) && seen.count(one.record.id) == 0) {
      all.push_back(one);
    }
    return true;
  }));
  return {};
}

}  // namespace

Result<RelationMarks> marks_of(const Ledger& ledger, const std::string& a, const std::string& b,
                               const LedgerFilter& filter) {
  RelationMarks marks;
  DETENTE_TRY(marks.tension, ledger.tension(code_of(a), code_of(b), filter));
  DETENTE_TRY_VOID(add_commitments(ledger, a, b, filter, marks.commitments));
  DETENTE_TRY_VOID(add_commitments(ledger, b, a, filter, marks.commitments));
  // Those that most documents tell of come first.
  std::stable_sort(marks.commitments.begin(), marks.commitments.end(),
                   [](const StoredCommitment& x, const StoredCommitment& y) {
                     return x.n_documents > y.n_documents;
                   });
  const auto n_shown = static_cast<long>(std::min(marks.commitments.size(), kMostSpans));
  std::stable_sort(marks.commitments.begin(), marks.commitments.begin() + n_shown,
                   [](const StoredCommitment& x, const StoredCommitment& y) {
                     return begin_of(x) < begin_of(y);
                   });
  LedgerFilter about = filter;
  about.actor = a;
  about.recipient = b;
  DETENTE_TRY_VOID(ledger.expectations(about, [&](const StoredExpectation& one) {
    marks.expectations.push_back(one);
    return true;
  }));
  return marks;
}

void draw_marks(const RelationMarks& marks, const std::vector<Date>& begins) {
  draw_tension(marks.tension, begins);
  draw_commitments(marks.commitments, begins);
  draw_expectations(marks.expectations, begins);
}

}  // namespace detente::cli
