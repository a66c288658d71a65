#include <algorithm>
#include <charconv>

#include "detente/base/table_file.h"
#include "detente/resolve/errors.h"
#include "detente/resolve/times/atoms.h"
#include "detente/resolve/times/time_words.h"

namespace detente::resolve::times {
namespace {

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Unit> unit_named(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames{"",        "minute", "hour",    "day",
                                                    "night",   "week",   "weekend", "month",
                                                    "quarter", "year",   "decade",  "century"};
  const auto at = std::find(kNames.begin() + 1, kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Unit>(at - kNames.begin());
}

std::optional<Sense> sense_named(std::string_view name) {
  constexpr std::array<std::string_view, 10> kNames{"",       "this",   "last",  "next", "past",
                                                    "coming", "before", "after", "same", "recent"};
  const auto at = std::find(kNames.begin() + 1, kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Sense>(at - kNames.begin());
}

std::optional<Edge> edge_named(std::string_view name) {
  constexpr std::array<std::string_view, 6> kNames{"", "early", "mid", "late", "start", "end"};
  const auto at = std::find(kNames.begin() + 1, kNames.end(), name);
  if (at == kNames.end()) return std::nullopt;
  return static_cast<Edge>(at - kNames.begin());
}

std::vector<std::string> as_atoms(std::string_view phrase) {
  std::vector<std::string> words;
  for (Atom& atom : cut_atoms(phrase, {})) {
    if (atom.kind != Atom::Kind::Break) words.push_back(std::move(atom.lower));
  }
  return words;
}

// Reads one table and hands each row to `take`, which returns false for a row that it cannot use.
template <typename Take>
Result<void> each_row(const std::filesystem::path& path,
                      std::initializer_list<std::string_view> columns, const Take& take) {
  DETENTE_TRY(const TableFile table, TableFile::open(path, columns));
  for (const TableRow& row : table.rows) {
    if (!take(row.fields)) return errors::bad_table_row(path, row.line, row.fields.front());
  }
  return {};
}

using Fields = std::vector<std::string>;

class Loader {
 public:
  explicit Loader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::unique_ptr<const TimeTables::Words>> load() {
    DETENTE_TRY_VOID(load_calendar_words());
    DETENTE_TRY_VOID(load_placing_words());
    DETENTE_TRY_VOID(load_phrases());
    DETENTE_TRY_VOID(load_neighbours_of_numbers());
    return std::unique_ptr<const TimeTables::Words>(std::move(words_));
  }

 private:
  TimeWord& word(const std::string& text) { return words_->words[text]; }

  Result<void> load_calendar_words() {
    DETENTE_TRY_VOID(each_row(folder_ / "months.tsv", {"word", "month", "ambiguous", "short"},
                              [this](const Fields& f) {
                                word(f[0]).month = number_of(f[1]).value_or(0);
                                word(f[0]).month_ambiguous = f[2] == "yes";
                                word(f[0]).month_short = f[3] == "yes";
                                return word(f[0]).month >= 1 && word(f[0]).month <= 12;
                              }));
    DETENTE_TRY_VOID(each_row(folder_ / "weekdays.tsv", {"word", "weekday", "ambiguous"},
                              [this](const Fields& f) {
                                word(f[0]).weekday = number_of(f[1]).value_or(-1);
                                word(f[0]).weekday_ambiguous = f[2] == "yes";
                                return word(f[0]).weekday >= 0 && word(f[0]).weekday <= 6;
                              }));
    DETENTE_TRY_VOID(each_row(folder_ / "units.tsv", {"word", "unit", "count", "plural"},
                              [this](const Fields& f) {
                                const auto unit = unit_named(f[1]);
                                word(f[0]).unit = unit.value_or(Unit::None);
                                word(f[0]).unit_count = number_of(f[2]).value_or(1);
                                word(f[0]).unit_plural = f[3] == "yes";
                                return unit.has_value();
                              }));
    return each_row(folder_ / "seasons.tsv", {"word", "month", "code", "ambiguous"},
                    [this](const Fields& f) {
                      word(f[0]).season_month = number_of(f[1]).value_or(0);
                      word(f[0]).season_code = number_of(f[2]).value_or(0);
                      word(f[0]).season_ambiguous = f[3] == "yes";
                      return word(f[0]).season_month > 0 && word(f[0]).season_code > 0;
                    });
  }

  Result<void> load_placing_words() {
    DETENTE_TRY_VOID(
        each_row(folder_ / "numbers.tsv", {"word", "number", "vague"}, [this](const Fields& f) {
          word(f[0]).number = number_of(f[1]).value_or(-1);
          word(f[0]).number_vague = f[2] == "yes";
          return word(f[0]).number >= 0;
        }));
    DETENTE_TRY_VOID(
        each_row(folder_ / "ordinals.tsv", {"word", "number"}, [this](const Fields& f) {
          word(f[0]).ordinal = number_of(f[1]).value_or(0);
          return word(f[0]).ordinal > 0;
        }));
    DETENTE_TRY_VOID(
        each_row(folder_ / "relatives.tsv", {"word", "sense"}, [this](const Fields& f) {
          word(f[0]).sense = sense_named(f[1]).value_or(Sense::None);
          return word(f[0]).sense != Sense::None;
        }));
    DETENTE_TRY_VOID(each_row(folder_ / "day_words.tsv", {"word", "day"}, [this](const Fields& f) {
      word(f[0]).day_offset = number_of(f[1]);
      return word(f[0]).day_offset.has_value();
    }));
    DETENTE_TRY_VOID(
        each_row(folder_ / "parts_of_day.tsv", {"word", "last"}, [this](const Fields& f) {
          word(f[0]).part_of_day = true;
          word(f[0]).part_after_last = f[1] == "yes";
          return true;
        }));
    DETENTE_TRY_VOID(
        each_row(folder_ / "edges.tsv", {"word", "part", "form"}, [this](const Fields& f) {
          const auto edge = edge_named(f[1]);
          if (!edge) return false;
          if (f[2] != "of") word(f[0]).edge_before = *edge;
          if (f[2] != "before") word(f[0]).edge_of = *edge;
          return true;
        }));
    return each_row(folder_ / "vague.tsv", {"unit", "recent", "coming", "ago_from", "ago_to"},
                    [this](const Fields& f) {
                      const auto unit = unit_named(f[0]);
                      if (!unit) return false;
                      words_->vague[static_cast<std::size_t>(*unit)] = {
                          number_of(f[1]).value_or(0), number_of(f[2]).value_or(0),
                          number_of(f[3]).value_or(0), number_of(f[4]).value_or(0)};
                      return true;
                    });
  }

  Result<void> load_phrases() {
    DETENTE_TRY_VOID(
        each_row(folder_ / "named_days.tsv", {"name", "day", "alone"}, [this](const Fields& f) {
          NamedDay day{as_atoms(f[0]), f[1], f[2] == "yes"};
          if (day.words.empty()) return false;
          words_->named_days[day.words.front()].push_back(std::move(day));
          return true;
        }));
    DETENTE_TRY_VOID(each_row(folder_ / "not_times.tsv", {"phrase"}, [this](const Fields& f) {
      std::vector<std::string> words = as_atoms(f[0]);
      if (words.empty()) return false;
      words_->not_times[words.front()].push_back(std::move(words));
      return true;
    }));
    DETENTE_TRY_VOID(
        each_row(folder_ / "tense.tsv", {"word", "then", "sense"}, [this](const Fields& f) {
          using Tense = TenseCue::Tense;
          const Tense tense = f[2] == "future"    ? Tense::Future
                              : f[2] == "past"    ? Tense::Past
                              : f[2] == "present" ? Tense::Present
                                                  : Tense::None;
          TenseCue cue{as_atoms(f[0] + " " + f[1]), tense};
          if (cue.words.empty()) return false;
          words_->tense[cue.words.front()].push_back(std::move(cue));
          return tense != Tense::None;
        }));
    for (auto& [first, days] : words_->named_days) {
      std::stable_sort(days.begin(), days.end(), [](const NamedDay& a, const NamedDay& b) {
        return a.words.size() > b.words.size();
      });
    }
    for (auto& [first, cues] : words_->tense) {
      std::stable_sort(cues.begin(), cues.end(), [](const TenseCue& a, const TenseCue& b) {
        return a.words.size() > b.words.size();
      });
    }
    return {};
  }

  Result<void> load_neighbours_of_numbers() {
    DETENTE_TRY_VOID(
        each_row(folder_ / "before_year.tsv", {"word", "strong"}, [this](const Fields& f) {
          words_->before_year[f[0]] = f[1] == "yes";
          return true;
        }));
    DETENTE_TRY_VOID(each_row(folder_ / "before_number.tsv", {"word"}, [this](const Fields& f) {
      words_->before_number.insert(f[0]);
      return true;
    }));
    return each_row(folder_ / "after_number.tsv", {"word"}, [this](const Fields& f) {
      words_->after_number.insert(f[0]);
      return true;
    });
  }

  std::filesystem::path folder_;
  std::unique_ptr<TimeTables::Words> words_ = std::make_unique<TimeTables::Words>();
};

}  // namespace

TimeTables::TimeTables(std::unique_ptr<const Words> words) : words_(std::move(words)) {}
TimeTables::TimeTables(TimeTables&&) noexcept = default;
TimeTables& TimeTables::operator=(TimeTables&&) noexcept = default;
TimeTables::~TimeTables() = default;

Result<TimeTables> TimeTables::open(const std::filesystem::path& data_folder) {
  DETENTE_TRY(std::unique_ptr<const Words> words, Loader(data_folder / "times").load());
  return TimeTables(std::move(words));
}

}  // namespace detente::resolve::times
