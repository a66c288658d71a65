#include "detente/resolve/dictionaries/read_dictionary.h"

#include <algorithm>
#include <map>
#include <optional>

#include "detente/base/utf8.h"

namespace detente::resolve {
namespace {

const Date kFirstDay(-719162);  // 0001-01-01
const Date kLastDay(2932896);   // 9999-12-31

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// Valid UTF-8 without control bytes. `mended`: what had to be done, empty if nothing.
std::string clean(std::string_view bytes, std::string& mended) {
  std::string text;
  bool dropped = false;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\t') {
      text += c;
    } else if (c != '\r') {
      dropped = true;
    }
  }
  if (dropped) mended = "a control byte left out";
  if (!utf8::is_valid(text)) {
    // Old files are Latin-1.
    std::string latin;
    for (const char c : text) utf8::append(latin, static_cast<unsigned char>(c));
    text = std::move(latin);
    mended = "read as Latin-1";
  }
  return text;
}

// The line up to its comment.
std::string_view without_comment(std::string_view line) {
  if (line.starts_with("<!") || line.starts_with("/")) return {};
  return line.substr(0, line.find_first_of("#;"));
}

struct DayRead {
  Date first, last;  ///< of the day, or of the month or year when the digits give no more
  std::string mended;
};

// "911231", "19911231", and what real files have for them.
std::optional<DayRead> read_day(std::string_view digits) {
  DayRead out;
  std::string text(digits);
  if (text.size() > 8) {
    out.mended = "digits behind the day left out";
    text.resize(8);
  } else if (text.size() == 7) {
    out.mended = "seven digits";
    if (text.starts_with("19") || text.starts_with("20")) {
      text.insert(6, "0");
    } else {
      text.resize(6);
    }
  }
  if (text.size() == 4) text += "0000";
  if (text.size() == 6) {
    const int year = (text[0] - '0') * 10 + text[1] - '0';
    text.insert(0, year <= 30 ? "20" : "19");
  }
  if (text.size() != 8) return std::nullopt;
  constexpr int kLastYear = 2100;
  if (text.size() == 8 && (text.substr(0, 4) > "2100" || text.substr(4, 2) > "12") &&
      text.substr(4, 4) > "1500" && text.substr(4, 4) <= "2100") {
    out.mended = "the day stands first";
    text = text.substr(4) + text.substr(2, 2) + text.substr(0, 2);
  }
  const int year = std::stoi(text.substr(0, 4));
  int month = std::stoi(text.substr(4, 2));
  int day = std::stoi(text.substr(6, 2));
  if (year < 1 || year > kLastYear) return std::nullopt;
  if (month > 12 && day >= 1 && day <= 12) {
    std::swap(month, day);
    out.mended = "day and month changed places";
  }
  if (month > 12) return std::nullopt;
  if (month == 0 || day == 0) {
    out.mended = month == 0 ? "no month: the year" : "no day: the month";
    const int last_month = month == 0 ? 12 : month;
    out.first = *Date::from_ymd(year, std::max(1, month), 1);
    out.last = *Date::from_ymd(year, last_month, days_in_month(year, last_month));
    return out;
  }
  if (day > days_in_month(year, month)) {
    out.mended = "no such day: the last of the month";
    day = days_in_month(year, month);
  }
  out.first = out.last = *Date::from_ymd(year, month, day);
  return out;
}

struct CodesRead {
  std::vector<DictionaryCode> codes;
  std::string mended;
  std::string refused;
};

void add_reason(std::string& to, const std::string& reason) {
  if (reason.empty()) return;
  to += (to.empty() ? "" : "; ") + reason;
}

// "<911231", "> 920101", "911231-920101", with blanks anywhere.
void read_restriction(std::string_view text, DictionaryCode& code, CodesRead& out) {
  std::string packed;
  for (const char c : text) {
    if (!is_blank(c)) packed += c;
  }
  code.held = {kFirstDay, kLastDay};
  if (packed.empty()) return;
  code.dated = true;
  const auto day = [&](std::string_view digits) -> std::optional<DayRead> {
    if (digits.empty() || !std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
    std::optional<DayRead> read = read_day(digits);
    if (read) add_reason(out.mended, read->mended);
    return read;
  };
  const std::size_t dash = packed.find('-');
  if (packed[0] == '<' || packed[0] == '>') {
    const std::optional<DayRead> end = day(std::string_view(packed).substr(1));
    if (!end) {
      out.refused = "'" + packed + "' is no day";
    } else if (packed[0] == '<') {
      code.held.last = end->last;
    } else {
      code.held.first = end->first;
    }
    return;
  }
  const std::optional<DayRead> from = day(std::string_view(packed).substr(0, dash));
  const std::optional<DayRead> until =
      dash == std::string::npos ? from : day(std::string_view(packed).substr(dash + 1));
  if (!from || !until) {
    out.refused = "'" + packed + "' is no day and no range of days";
    return;
  }
  if (dash == std::string::npos) {
    add_reason(out.mended, "a day without < or >: from that day");
    code.held.first = from->first;
    return;
  }
  if (until->last < from->first) {
    out.refused = "'" + packed + "' ends before it begins";
    return;
  }
  code.held = {from->first, until->last};
}

// All "[CODE <DATE]" of a line.
CodesRead read_codes(std::string_view text, std::uint32_t line) {
  CodesRead out;
  while (out.refused.empty()) {
    const std::size_t open = text.find('[');
    if (open == std::string_view::npos) {
      if (out.codes.empty() && !trimmed(text).empty()) {
        // "MNCUSA]": the bracket stands on the line before.
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos) {
          out.refused = "no code in brackets";
          return out;
        }
        add_reason(out.mended, "the opening bracket is missing");
        text = trimmed(text.substr(0, end));
      } else {
        return out;
      }
    } else {
      text.remove_prefix(open + 1);
    }
    const std::size_t close = text.find_first_of("]}");
    if (close == std::string_view::npos || text[close] == '}')
      add_reason(out.mended, "the closing bracket is missing");
    std::string_view inside = trimmed(text.substr(0, close));
    text = close == std::string_view::npos ? std::string_view() : text.substr(close + 1);
    DictionaryCode code;
    code.line = line;
    std::size_t n = 0;
    while (n < inside.size() &&
           (is_letter(inside[n]) || is_digit(inside[n]) || inside[n] == '/' || inside[n] == '~'))
      ++n;
    if (inside.starts_with("---") || inside.starts_with("###") || inside.starts_with("+++")) {
      n = 3;
    } else if (n == 0 || is_digit(inside[0])) {
      out.refused = inside.empty() ? "empty brackets" : "no code before the days";
      return out;
    } else {
      code.code = inside.substr(0, n);
      for (char& c : code.code) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
      }
    }
    read_restriction(inside.substr(n), code, out);
    if (out.refused.empty()) out.codes.push_back(std::move(code));
  }
  return out;
}

// "KIM_JONG_IL_": words with blanks between.
std::string phrase_of(std::string_view text, std::string& mended) {
  std::string out;
  for (const char c : text) {
    if (c == '_' || is_blank(c)) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else if (c == ']' || c == '}' || c == '"') {
      mended = "a stray bracket left out";
    } else {
      out += c;
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string regular_plural(const std::string& noun) {
  const auto ends = [&](std::string_view with) { return noun.ends_with(with); };
  if (ends("Y") && noun.size() > 1 &&
      std::string_view("AEIOU").find(noun[noun.size() - 2]) == std::string_view::npos)
    return noun.substr(0, noun.size() - 1) + "IES";
  if (ends("S") || ends("X") || ends("CH") || ends("SH")) return noun + "ES";
  return noun + "S";
}

// What most lines look like.
DictionaryKind kind_of(const std::vector<std::string>& lines) {
  std::size_t agents = 0;
  std::size_t verbs = 0;
  std::size_t actors = 0;
  std::size_t bare = 0;
  for (const std::string& line : lines) {
    const std::string_view body = trimmed(without_comment(line));
    if (body.empty()) continue;
    const std::size_t open = body.find('[');
    const bool pattern = (body.starts_with("- ") && body.find('*') != std::string_view::npos) ||
                         body.starts_with("--- ") || body.starts_with("&");
    if (pattern || (open != std::string_view::npos && open + 1 < body.size() &&
                    (is_digit(body[open + 1]) || body[open + 1] == ':'))) {
      ++verbs;
    } else if (body.find("[~") != std::string_view::npos ||
               body.find("~]") != std::string_view::npos) {
      ++agents;
    } else if (open != std::string_view::npos) {
      ++actors;
    } else {
      ++bare;
    }
  }
  if (verbs > agents + actors) return DictionaryKind::Verbs;
  if (agents > actors) return DictionaryKind::Agents;
  if (actors > 0) return DictionaryKind::Actors;
  return bare > 0 ? DictionaryKind::Discards : DictionaryKind::Unknown;
}

class Reader {
 public:
  explicit Reader(std::vector<std::string> lines, std::vector<std::string> mended)
      : lines_(std::move(lines)), mended_(std::move(mended)) {}

  Dictionary read(DictionaryKind kind) {
    out_.kind = kind;
    if (kind == DictionaryKind::Verbs || kind == DictionaryKind::Unknown) return std::move(out_);
    out_.n_lines = static_cast<std::uint32_t>(lines_.size());
    bool finished = false;
    for (line_ = 1; line_ <= lines_.size(); ++line_) {
      const std::string& line = lines_[line_ - 1];
      finished = finished || line.starts_with("~FINISH");
      const std::string_view body = finished ? std::string_view() : without_comment(line);
      if (trimmed(body).empty()) {
        gap_ = gap_ || trimmed(line).empty();
        ++out_.n_empty;
        continue;
      }
      if (kind == DictionaryKind::Actors) read_actor(body);
      if (kind == DictionaryKind::Agents) read_agent(body);
      if (kind == DictionaryKind::Discards) read_discard(body);
    }
    gap_ = true;
    close();
    std::stable_sort(out_.remarks.begin(), out_.remarks.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(out_);
  }

 private:
  void imported(std::string reason) {
    ++out_.n_imported;
    add_reason(reason, mended_[line_ - 1]);
    if (!reason.empty()) out_.remarks.push_back({line_, true, reason, lines_[line_ - 1]});
  }
  void refuse(std::uint32_t line, std::string reason) {
    out_.remarks.push_back({line, false, std::move(reason), lines_[line - 1]});
  }

  // Ends the entry that is being read; one without codes stays open up to a blank line.
  void close() {
    const bool gap = std::exchange(gap_, false);
    if (open_.phrases.empty()) return;
    if (open_.codes.empty()) {
      if (!gap) return;
      std::erase_if(out_.remarks, [&](const DictionaryRemark& remark) {
        return remark.imported && remark.line >= phrase_lines_.front();
      });
      for (const std::uint32_t line : phrase_lines_) refuse(line, "no code follows");
      out_.n_imported -= static_cast<std::uint32_t>(phrase_lines_.size());
    } else {
      out_.entries.push_back(std::move(open_));
    }
    open_ = {};
    phrase_lines_.clear();
  }

  void read_actor(std::string_view body) {
    const bool goes_on = is_blank(body[0]) || body[0] == '[';
    std::string reason;
    if (!goes_on) {
      std::string_view words = body.substr(0, body.find('['));
      const bool synonym = words.starts_with("+");
      if (synonym) words.remove_prefix(1);
      const std::string phrase = phrase_of(words, reason);
      if (phrase.empty()) return refuse(line_, "no words");
      if (!synonym) {
        close();
        // Two names without a code between: the second lacks its plus.
        if (!open_.phrases.empty()) add_reason(reason, "taken as a synonym of the line before");
      }
      if (synonym && open_.phrases.empty()) add_reason(reason, "a synonym of nothing: a name");
      if (open_.phrases.empty()) open_.line = line_;
      open_.phrases.push_back(phrase);
      phrase_lines_.push_back(line_);
      if (body.find('[') == std::string_view::npos) return imported(std::move(reason));
      body.remove_prefix(body.find('['));
    } else if (open_.phrases.empty()) {
      return refuse(line_, "a code without a name before it");
    }
    CodesRead read = read_codes(body, line_);
    if (!read.refused.empty()) {
      // "NAME [", the code on the next line
      if (!goes_on && trimmed(body) == "[") {
        add_reason(reason, "the code stands on the next line");
        return imported(std::move(reason));
      }
      if (!goes_on) phrase_lines_.pop_back();
      return refuse(line_, std::move(read.refused));
    }
    for (DictionaryCode& code : read.codes) open_.codes.push_back(std::move(code));
    add_reason(reason, read.mended);
    imported(std::move(reason));
  }

  // "!PERSON! = MAN, MEN, WOMAN"
  bool read_macro(std::string_view body) {
    const std::size_t equals = body.find('=');
    if (body[0] != '!' || equals == std::string_view::npos) return false;
    std::vector<std::string>& words = macros_[std::string(trimmed(body.substr(0, equals)))];
    for (std::string_view rest = body.substr(equals + 1); !rest.empty();) {
      const std::size_t comma = rest.find(',');
      words.emplace_back(trimmed(rest.substr(0, comma)));
      rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return true;
  }

  // The phrase for every word of the first macro in it.
  std::vector<std::string> expanded(std::string_view words, std::string& reason) const {
    const std::size_t begin = words.find('!');
    const std::size_t end = begin == std::string_view::npos ? begin : words.find('!', begin + 1);
    if (end == std::string_view::npos) return {std::string(words)};
    const auto macro = macros_.find(std::string(words.substr(begin, end + 1 - begin)));
    if (macro == macros_.end()) {
      reason = "the set " + std::string(words.substr(begin, end + 1 - begin)) + " is not defined";
      return {};
    }
    std::vector<std::string> out;
    for (const std::string& word : macro->second) {
      std::string phrase(words.substr(0, begin));
      phrase += word;
      phrase += words.substr(end + 1);
      out.push_back(std::move(phrase));
    }
    return out;
  }

  void read_agent(std::string_view body) {
    if (read_macro(trimmed(body))) return imported({});
    std::string reason;
    const std::size_t open = body.find('[');
    if (open == std::string_view::npos) return refuse(line_, "no code in brackets");
    CodesRead read = read_codes(body.substr(open), line_);
    if (!read.refused.empty()) return refuse(line_, std::move(read.refused));
    add_reason(reason, read.mended);
    DictionaryEntry entry;
    entry.line = line_;
    entry.codes = std::move(read.codes);
    std::string_view words = body.substr(0, open);
    std::optional<std::string> plural;
    if (const std::size_t brace = words.find('{'); brace != std::string_view::npos) {
      const std::size_t end = words.find('}', brace);
      if (end == std::string_view::npos) reason = "the closing brace is missing";
      std::string ignored;
      plural = phrase_of(
          words.substr(brace + 1, end == std::string_view::npos ? end : end - brace - 1), ignored);
      words = words.substr(0, brace);
    }
    std::string problem;
    const bool is_set = words.find('!') != std::string_view::npos;
    for (const std::string& one : expanded(trimmed(words), problem)) {
      std::string phrase = phrase_of(one, reason);
      if (phrase.empty()) continue;
      // The words of a set bring their own plurals.
      entry.plurals.push_back(plural || is_set ? plural.value_or("") : regular_plural(phrase));
      entry.phrases.push_back(std::move(phrase));
    }
    if (!problem.empty()) return refuse(line_, std::move(problem));
    if (entry.phrases.empty()) return refuse(line_, "no words");
    out_.entries.push_back(std::move(entry));
    imported(std::move(reason));
  }

  void read_discard(std::string_view body) {
    DictionaryEntry entry;
    entry.line = line_;
    body = trimmed(body);
    entry.whole_story = body.starts_with("+");
    if (entry.whole_story) body.remove_prefix(1);
    std::string reason;
    entry.phrases.push_back(phrase_of(body, reason));
    if (entry.phrases[0].empty()) return refuse(line_, "no words");
    out_.entries.push_back(std::move(entry));
    imported(std::move(reason));
  }

  std::vector<std::string> lines_, mended_;
  Dictionary out_;
  DictionaryEntry open_;
  std::vector<std::uint32_t> phrase_lines_;  ///< of open_
  std::map<std::string, std::vector<std::string>> macros_;
  std::uint32_t line_ = 0;
  bool gap_ = false;  ///< a blank line stood before this one
};

}  // namespace

std::string_view dictionary_kind_name(DictionaryKind kind) {
  switch (kind) {
    case DictionaryKind::Actors:
      return "actors";
    case DictionaryKind::Agents:
      return "agents";
    case DictionaryKind::Discards:
      return "discards";
    case DictionaryKind::Verbs:
      return "verbs";
    case DictionaryKind::Unknown:
      break;
  }
  return "unknown";
}

Dictionary read_dictionary(std::string_view bytes) {
  std::vector<std::string> lines;
  std::vector<std::string> mended;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty()) {
    const std::size_t newline = bytes.find('\n');
    lines.push_back(clean(bytes.substr(0, newline), mended.emplace_back()));
    bytes.remove_prefix(newline == std::string_view::npos ? bytes.size() : newline + 1);
  }
  const DictionaryKind kind = kind_of(lines);
  return Reader(std::move(lines), std::move(mended)).read(kind);
}

}  // namespace detente::resolve
