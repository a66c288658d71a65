#include "detente/read/zones.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "detente/base/utf8.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

constexpr std::size_t kTopLines = 8;
constexpr std::size_t kEndLines = 8;
constexpr std::size_t kMaxPatternBytes = 700;  // furniture is short; longer lines are story
constexpr std::size_t kMaxTitleBytes = 220;
constexpr std::size_t kMaxTitleWords = 22;
constexpr std::size_t kMaxHeadingWords = 12;
constexpr std::size_t kMaxHeadingBytes = 100;
constexpr std::size_t kMaxListLines = 12;
constexpr std::size_t kMaxPartsOfLine = 64;

// A stretch that is judged as a whole: a line, or in hard-wrapped text a block between blank lines.
struct Unit {
  TextSpan span;
  Zone zone = Zone::Body;
  bool settled = false;  // some pattern decided; headings and titles look elsewhere
  bool blank_before = false;
  std::vector<ZoneSpan> parts;  // inline spans, in order
};

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

TextSpan trimmed(std::string_view text, TextSpan span) {
  while (span.begin < span.end && is_blank(text[span.begin])) ++span.begin;
  while (span.begin < span.end && is_blank(text[span.end - 1])) --span.end;
  return span;
}

std::vector<Unit> lines_of(std::string_view text) {
  std::vector<Unit> units;
  bool blank_before = true;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find('\n', begin);
    if (end == std::string_view::npos) end = text.size();
    Unit unit;
    unit.span = trimmed(text, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    if (unit.span.empty()) {
      blank_before = true;
    } else {
      unit.blank_before = blank_before;
      units.push_back(std::move(unit));
      blank_before = false;
    }
    begin = end + 1;
  }
  return units;
}

// The last character that is no quote or bracket.
char last_mark(std::string_view line) {
  for (;;) {
    if (line.empty()) return '\0';
    bool cut = false;
    for (const std::string_view quote :
         {std::string_view("\""), std::string_view("'"), std::string_view("”"),
          std::string_view("’"), std::string_view("»"), std::string_view(")"),
          std::string_view("]"), std::string_view("*")}) {
      if (line.ends_with(quote)) {
        line.remove_suffix(quote.size());
        cut = true;
      }
    }
    if (!cut) return line.ends_with("…") ? '.' : line.back();
  }
}

bool ends_sentence(std::string_view line) {
  const char mark = last_mark(line);
  return mark == '.' || mark == '!' || mark == '?';
}

std::size_t count_words(std::string_view line) {
  std::size_t n = 0;
  bool inside = false;
  for (const char c : line) {
    if (is_blank(c)) {
      inside = false;
    } else if (!inside) {
      inside = true;
      ++n;
    }
  }
  return n;
}

// Mail and old wires break lines at a fixed width; there a line is no unit of sense.
bool is_hard_wrapped(std::string_view text, const std::vector<Unit>& lines) {
  std::size_t n_runs_on = 0;
  std::size_t n_inner = 0;
  std::size_t longest = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    longest = std::max<std::size_t>(longest, lines[i].span.size_bytes());
    if (lines[i + 1].blank_before) continue;
    ++n_inner;
    const char next = text[lines[i + 1].span.begin];
    if (!ends_sentence(lines[i].span.in(text)) &&
        ((next >= 'a' && next <= 'z') || lines[i].span.size_bytes() > 50)) {
      ++n_runs_on;
    }
  }
  return longest <= 110 && n_inner >= 4 && n_runs_on * 2 > n_inner && n_inner * 2 > lines.size();
}

std::vector<Unit> blocks_of(const std::vector<Unit>& lines) {
  std::vector<Unit> blocks;
  for (const Unit& line : lines) {
    if (line.blank_before || blocks.empty()) {
      blocks.push_back(line);
    } else {
      blocks.back().span.end = line.span.end;
    }
  }
  return blocks;
}

bool starts_lower(std::string_view line) { return line[0] >= 'a' && line[0] <= 'z'; }

bool is_list_item(std::string_view line) {
  for (const std::string_view mark :
       {std::string_view("-"), std::string_view("•"), std::string_view("*"), std::string_view("–"),
        std::string_view("—"), std::string_view("·")}) {
    if (line.starts_with(mark)) return true;
  }
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && digits <= 2 && digits < line.size() &&
         (line[digits] == '.' || line[digits] == ')');
}

bool looks_like_headline(std::string_view line) {
  if (line.size() > kMaxTitleBytes || starts_lower(line) || is_list_item(line)) return false;
  const char mark = last_mark(line);
  const bool is_quote = mark != line.back() && (mark == '!' || mark == '?');
  const std::size_t n_words = count_words(line);
  return mark != '.' && mark != ',' && mark != ';' && mark != ':' && !is_quote && n_words >= 2 &&
         n_words <= kMaxTitleWords;
}

bool looks_like_story(std::string_view line) {
  return line.size() >= 100 || (count_words(line) >= 8 && ends_sentence(line));
}

class ZoneFinder {
 public:
  ZoneFinder(Document& document, const ZoneTables::Rows& rows, std::optional<Date> near)
      : document_(document), rows_(rows), near_(near), text_(document.text) {
    units_ = lines_of(text_);
    if (is_hard_wrapped(text_, units_)) units_ = blocks_of(units_);
  }

  void run() {
    match_lines();
    match_inside();
    find_title();
    find_captions_above_credits();
    find_headings();
    find_datelines();
    document_.zones.clear();
    for (const Unit& unit : units_) emit(unit);
  }

 private:
  [[nodiscard]] std::string_view line(std::size_t i) const { return units_[i].span.in(text_); }

  [[nodiscard]] bool is_at(Where where, std::size_t i) const {
    if (where == Where::Top) return i < kTopLines;
    if (where == Where::Low) return i >= 2;
    if (where == Where::Last) return i + 1 == units_.size();
    if (where == Where::End) return i + kEndLines >= units_.size();
    return true;
  }

  void settle(std::size_t i, Zone zone) {
    units_[i].zone = zone;
    units_[i].settled = true;
  }

  void match_lines() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (units_[i].settled || line(i).size() > kMaxPatternBytes) continue;
      for (const LineRow& row : rows_.lines) {
        if (!is_at(row.where, i) || !row.pattern.matches_whole(line(i))) continue;
        settle(i, row.zone);
        if (row.zone == Zone::Dateline) note_dateline(units_[i].span, {}, units_[i].span, {});
        if (row.list_follows) settle_list(i, row.zone);
        break;
      }
    }
  }

  // The titles under "Related articles", up to the first line that is story.
  void settle_list(std::size_t label, Zone zone) {
    for (std::size_t i = label + 1; i < units_.size() && i <= label + kMaxListLines; ++i) {
      if (!looks_like_headline(line(i)) || looks_like_story(line(i))) break;
      // A short line right above a paragraph, parted from the list, is the heading of what follows.
      if (i > label + 1 && units_[i].blank_before && i + 1 < units_.size() &&
          looks_like_story(line(i + 1)) && count_words(line(i)) <= 5) {
        break;
      }
      settle(i, zone);
    }
  }

  [[nodiscard]] bool is_given_title(std::string_view candidate) const {
    std::string_view title = document_.title;
    return !title.empty() && candidate == title;
  }

  void find_title() {
    for (std::size_t i = 0; i < units_.size() && i < 3; ++i) {
      if (is_given_title(line(i))) {
        settle(i, Zone::Title);
        return;
      }
    }
    std::size_t first = 0;
    while (first < units_.size() && first < 3 && units_[first].settled) ++first;
    if (first + 1 >= units_.size() || first == 3) return;
    if (!looks_like_headline(line(first)) || opens_like_a_report(line(first))) return;
    const bool has_story =
        std::any_of(units_.begin() + static_cast<std::ptrdiff_t>(first) + 1, units_.end(),
                    [this](const Unit& unit) {
                      const std::string_view below = unit.span.in(text_);
                      return !unit.settled && looks_like_story(below) && ends_sentence(below);
                    });
    if (!has_story) return;
    settle(first, Zone::Title);
    // Pages often print the title twice.
    if (first + 1 < units_.size() && line(first + 1) == line(first)) {
      settle(first + 1, Zone::Boilerplate);
    }
  }

  // "LEON, May 3 - A boy was bitten": a story whose first sentence lost its full stop.
  [[nodiscard]] bool opens_like_a_report(std::string_view words) const {
    return std::any_of(rows_.datelines.begin(), rows_.datelines.end(), [&](const DatelineRow& row) {
      const auto match = row.known_place ? std::nullopt : row.pattern.match_at(words);
      return match &&
             (match->groups[0].empty() || may_be_place(match->groups[0].in(words), false)) &&
             words.size() - match->whole.end > 60;
    });
  }

  // "© Reuters" under a short line without a full stop: that line describes the picture.
  void find_captions_above_credits() {
    for (std::size_t i = 1; i < units_.size(); ++i) {
      if (units_[i].zone != Zone::Credit) continue;
      for (std::size_t above = i; above-- > 0;) {
        if (units_[above].settled || !looks_like_headline(line(above))) break;
        if (above + 1 != i && line(above) != line(above + 1)) break;
        settle(above, Zone::Caption);
      }
    }
  }

  [[nodiscard]] bool may_head(std::size_t i) const {
    const std::string_view words = line(i);
    if (units_[i].settled || i + 1 >= units_.size() || words.size() > kMaxHeadingBytes)
      return false;
    if (starts_lower(words) || is_list_item(words) || count_words(words) > kMaxHeadingWords) {
      return false;
    }
    const char mark = last_mark(words);
    return mark == words.back() ? std::string_view(".,;:!").find(mark) == std::string_view::npos
                                : std::string_view(".,;:!?").find(mark) == std::string_view::npos;
  }

  // A short line without a full stop between two paragraphs.
  void find_headings() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      if (!may_head(i)) continue;
      std::size_t below = i + 1;
      while (below < units_.size() && units_[below].settled) ++below;
      if (below == units_.size() || !looks_like_story(line(below)) || is_list_item(line(below))) {
        continue;
      }
      std::size_t above = i;
      while (above > 0 && units_[above - 1].settled && units_[above - 1].zone != Zone::Title) {
        --above;
      }
      const bool after_title = above > 0 && units_[above - 1].zone == Zone::Title;
      const bool after_story = above > 0 && !units_[above - 1].settled &&
                               looks_like_story(line(above - 1)) && ends_sentence(line(above - 1));
      if (after_title || after_story) settle(i, Zone::Heading);
    }
  }

  void find_datelines() {
    std::size_t n_paragraphs = 0;
    for (std::size_t i = 0; i < units_.size() && n_paragraphs < 4; ++i) {
      if (units_[i].settled) continue;
      ++n_paragraphs;
      if (try_dateline(i, n_paragraphs == 1)) return;
    }
  }

  bool try_dateline(std::size_t i, bool is_first) {
    const std::string_view head = line(i).substr(0, 240);
    const std::uint32_t base = units_[i].span.begin;
    for (const DatelineRow& row : rows_.datelines) {
      if (row.first_only && !is_first) continue;
      const auto match = row.pattern.match_at(head);
      if (!match || match->whole.end >= units_[i].span.size_bytes()) continue;
      const std::string_view place = match->groups[0].in(head);
      if (!place.empty() && !may_be_place(place, row.known_place)) continue;
      const auto moved = [base](TextSpan span) {
        return span.empty() ? TextSpan{} : TextSpan{span.begin + base, span.end + base};
      };
      const TextSpan span = trimmed(text_, moved(match->whole));
      if (!units_[i].parts.empty() && units_[i].parts.front().span.begin < span.end) continue;
      note_dateline(span, moved(match->groups[0]), moved(match->groups[1]),
                    moved(match->groups[2]));
      units_[i].parts.push_back({span, Zone::Dateline});
      return true;
    }
    return false;
  }

  [[nodiscard]] bool may_be_place(std::string_view place, bool must_be_known) const {
    std::string lower(place);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    const std::string first_part = lower.substr(0, lower.find(','));
    const std::string first_word = lower.substr(0, lower.find_first_of(" ,"));
    for (const std::string& part : {lower, first_part, first_word}) {
      if (rows_.not_places.contains(part)) return false;
    }
    if (!must_be_known) return true;
    return rows_.known_places.contains(place) ||
           rows_.known_places.contains(place.substr(0, place.find_first_of(",/")));
  }

  void note_dateline(TextSpan span, TextSpan place, TextSpan day_text, TextSpan agency) {
    if (!document_.dateline) document_.dateline = Dateline{span, {}, {}, {}, {}};
    Dateline& dateline = *document_.dateline;
    if (dateline.place.empty()) dateline.place = place;
    if (dateline.agency.empty()) dateline.agency = agency;
    if (!dateline.day && !day_text.empty()) {
      if (const auto day = read_day(day_text.in(text_))) {
        dateline.day = day;
        dateline.day_text = day_text;
      }
    }
    if (!place.empty()) dateline.span = span;  // the one in the story says more than the page's
  }

  // "Friday, April 22, 2022 10:30 GMT", "3 June", "2022-04-22": the first month, day and year.
  [[nodiscard]] std::optional<Date> read_day(std::string_view words) const {
    for (std::size_t i = 0; i + 10 <= words.size(); ++i) {
      if (const auto iso = Date::parse(words.substr(i, 10))) return iso;
    }
    int year = 0;
    int month = 0;
    int day = 0;
    std::array<int, 3> small{};
    std::size_t n_small = 0;
    bool slashed = false;
    for (std::size_t i = 0; i < words.size();) {
      const char c = words[i];
      std::size_t end = i + 1;
      if (c >= '0' && c <= '9') {
        while (end < words.size() && words[end] >= '0' && words[end] <= '9') ++end;
        const int value =
            std::atoi(std::string(words.substr(i, std::min<std::size_t>(end - i, 6))).c_str());
        if (end - i == 4 && year == 0) {
          year = value;
        } else if (end - i <= 2 && n_small < small.size()) {
          const bool is_clock = end < words.size() && words[end] == ':';
          if (is_clock) break;
          slashed = slashed || (end < words.size() && (words[end] == '/' || words[end] == '.'));
          small[n_small++] = value;
        }
      } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
        std::string word;
        for (end = i; end < words.size() && ((words[end] >= 'a' && words[end] <= 'z') ||
                                             (words[end] >= 'A' && words[end] <= 'Z'));
             ++end) {
          word += static_cast<char>(words[end] | 0x20);
        }
        const auto named = rows_.months.find(word);
        if (named != rows_.months.end() && month == 0) month = named->second;
      }
      i = end;
    }
    if (month != 0 && n_small > 0) {
      day = small[0];
    } else if (month == 0 && slashed && n_small >= 2 && year != 0) {
      // 22/04/2022 says which is the day; 04/05/2022 does not.
      if (small[0] > 12) {
        day = small[0];
        month = small[1];
      } else if (small[1] > 12) {
        month = small[0];
        day = small[1];
      }
    }
    if (day == 0 || month == 0) return std::nullopt;
    if (year != 0) return Date::from_ymd(year, month, day);
    if (!near_) return std::nullopt;
    std::optional<Date> best;
    for (int y = near_->year() - 1; y <= near_->year() + 1; ++y) {
      const auto candidate = Date::from_ymd(y, month, day);
      // A page or its file is not older than its own date line, but for a slip of some days.
      constexpr int kMostAhead = 7;
      if (!candidate || candidate->days_since_1970() > near_->days_since_1970() + kMostAhead)
        continue;
      const auto distance = [this](Date d) {
        return std::abs(d.days_since_1970() - near_->days_since_1970());
      };
      if (!best || distance(*candidate) < distance(*best)) best = candidate;
    }
    return best;
  }

  void match_inside() {
    for (std::size_t i = 0; i < units_.size(); ++i) {
      Unit& unit = units_[i];
      if (unit.settled) continue;
      for (const InlineRow& row : rows_.inlines) {
        if (!is_at(row.where, i)) continue;
        if (row.rest_is_caption && line(i).size() > kMaxPatternBytes) continue;
        match_inside(unit, row);
      }
    }
  }

  void match_inside(Unit& unit, const InlineRow& row) {
    const std::string_view words = unit.span.in(text_);
    for (std::uint32_t from = 0; from < words.size() && unit.parts.size() < kMaxPartsOfLine;) {
      const auto match = row.pattern.find(words, from);
      if (!match || match->whole.empty()) return;
      from = match->whole.end;
      const TextSpan span = trimmed(
          text_, {unit.span.begin + match->whole.begin, unit.span.begin + match->whole.end});
      const bool taken =
          span.empty() || std::any_of(unit.parts.begin(), unit.parts.end(),
                                      [span](const ZoneSpan& z) { return z.span.overlaps(span); });
      if (taken) continue;
      unit.parts.push_back({span, row.zone});
      if (row.zone == Zone::Dateline) note_dateline(span, {}, span, {});
      if (row.rest_is_caption) {
        unit.zone = Zone::Caption;
        unit.settled = true;
      }
    }
  }

  void add(TextSpan span, Zone zone) {
    span = trimmed(text_, span);
    if (!span.empty()) document_.zones.push_back({span, zone});
  }

  void emit(const Unit& unit) {
    std::vector<ZoneSpan> parts = unit.parts;
    std::sort(parts.begin(), parts.end(),
              [](const ZoneSpan& a, const ZoneSpan& b) { return a.span.begin < b.span.begin; });
    std::uint32_t at = unit.span.begin;
    for (const ZoneSpan& part : parts) {
      add({at, part.span.begin}, unit.zone);
      add(part.span, part.zone);
      at = part.span.end;
    }
    add({at, unit.span.end}, unit.zone);
  }

  Document& document_;
  const ZoneTables::Rows& rows_;
  std::optional<Date> near_;
  std::string_view text_;
  std::vector<Unit> units_;
};

}  // namespace

void find_zones(Document& document, const ZoneTables& tables, std::optional<Date> near) {
  document.dateline.reset();
  ZoneFinder(document, tables.rows(), near).run();
}

}  // namespace detente::read
