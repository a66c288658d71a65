#include "detente/attribute/quotations.h"

#include <array>
#include <cctype>
#include <cstdint>
#include <optional>

namespace detente::attribute {
namespace {

// Single marks further apart than this are apostrophes; also bounds the time that looking takes.
constexpr std::size_t kLongestSingle = 600;

// Which marks belong together.
enum class Family : std::uint8_t { Double, Guillemet, Single };

struct Mark {
  Family family = Family::Double;
  bool may_open = false;
  bool may_close = false;
  std::uint32_t size_bytes = 0;
};

bool is_letter_or_digit(std::string_view text, std::size_t i) {
  if (i >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[i]);
  if (c >= 0x80) {
    // Typographic marks and spaces (E2 80 xx) are no letters; other multi-byte characters are.
    return !(c == 0xE2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0x80) &&
           !(c == 0xC2);
  }
  return std::isalnum(c) != 0;
}

bool ends_word(std::string_view text, std::size_t i) {
  if (i == 0) return false;
  const auto c = static_cast<unsigned char>(text[i - 1]);
  if (c < 0x80) return std::isspace(c) == 0 && c != '(' && c != '[' && c != '-' && c != '/';
  // An em dash, an en dash or an opening mark before: nothing that a closing mark could end.
  if (i >= 3 && static_cast<unsigned char>(text[i - 3]) == 0xE2 &&
      static_cast<unsigned char>(text[i - 2]) == 0x80) {
    return c != 0x93 && c != 0x94 && c != 0x95 && c != 0x98 && c != 0x9C;
  }
  return c != 0xA0;
}

bool begins_word(std::string_view text, std::size_t i) {
  if (i >= text.size()) return false;
  const auto c = static_cast<unsigned char>(text[i]);
  if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) == 0xA0) {
    return false;
  }
  return std::isspace(c) == 0 && c != ',' && c != '.' && c != ';' && c != ':' && c != ')' &&
         c != '?' && c != '!';
}

struct Typographic {
  std::string_view text;
  Family family;
  bool opens, closes;
};

// „…“ closes with the mark that opens “…”: both may do both, and what stands around them decides.
constexpr auto kTypographic = std::to_array<Typographic>({
    {"“", Family::Double, true, true},
    {"”", Family::Double, false, true},
    {"„", Family::Double, true, false},
    {"‟", Family::Double, true, false},
    {"``", Family::Double, true, false},
    {"''", Family::Double, true, true},
    {"\"", Family::Double, true, true},
    {"«", Family::Guillemet, true, true},
    {"»", Family::Guillemet, true, true},
    {"‘", Family::Single, true, false},
    {"’", Family::Single, false, true},
    {"'", Family::Single, true, true},
});

std::optional<Mark> mark_at(std::string_view text, std::size_t i) {
  for (const Typographic& each : kTypographic) {
    if (!text.substr(i).starts_with(each.text)) continue;
    const auto size = static_cast<std::uint32_t>(each.text.size());
    const bool after_word = ends_word(text, i);
    const bool before_word = begins_word(text, i + size);
    if (each.family == Family::Single) {
      // An apostrophe stands within a word, or at its end ("the students' union").
      const bool opens =
          each.opens && before_word && !after_word && is_letter_or_digit(text, i + size);
      const bool closes = each.closes && after_word && !is_letter_or_digit(text, i + size);
      return Mark{each.family, opens, closes, size};
    }
    Mark mark{each.family, each.opens, each.closes, size};
    if (each.opens && each.closes) {
      // A mark that may be either: a space on one side decides; glued on both sides it closes
      // what is open.
      mark.may_open = before_word;
      mark.may_close = after_word || !before_word;
      if (each.text == "“" && before_word) mark.may_close = false;
      if (each.text == "«" && before_word) mark.may_close = false;
      if (each.text == "»" && after_word) mark.may_open = false;
    }
    return mark;
  }
  return std::nullopt;
}

}  // namespace

std::vector<Quotation> find_quotations(std::string_view text) {
  std::vector<Quotation> found;
  struct Open {
    std::uint32_t begin;
    Family family;
  };
  std::optional<Open> open;
  std::size_t resume = 0;
  const auto close_at = [&](std::size_t end, bool is_closed) {
    found.push_back({{open->begin, static_cast<std::uint32_t>(end)}, is_closed, false});
    open.reset();
  };
  bool fresh_line = true;  // nothing but white space since the last newline
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (open && open->family == Family::Single && (c == '\n' || i > open->begin + kLongestSingle)) {
      // A single mark that nothing closes was an apostrophe: look again behind it.
      i = open->begin + 1;
      open.reset();
      resume = i;
      continue;
    }
    if (c == '\n') {
      if (open) {
        std::size_t end = i;
        while (end > open->begin && std::isspace(static_cast<unsigned char>(text[end - 1])) != 0) {
          --end;
        }
        close_at(end, false);
      }
      fresh_line = true;
      ++i;
      continue;
    }
    const bool may_be_mark = c == '"' || c == '\'' || c == '`' || c == 0xE2 || c == 0xC2;
    const auto mark = may_be_mark ? mark_at(text, i) : std::nullopt;
    if (!mark) {
      if (std::isspace(c) == 0) fresh_line = false;
      ++i;
      continue;
    }
    if (open && open->family == mark->family && mark->may_close) {
      close_at(i + mark->size_bytes, true);
    } else if (!open && mark->may_open && (mark->family != Family::Single || i >= resume)) {
      open = Open{static_cast<std::uint32_t>(i), mark->family};
      if (fresh_line && !found.empty() && !found.back().is_closed) {
        // The paragraph before left its quotation open, and this one begins with a mark.
        const std::string_view between =
            text.substr(found.back().span.end, i - found.back().span.end);
        bool blank = true;
        for (const char b : between) blank = blank && std::isspace(static_cast<unsigned char>(b));
        found.back().goes_on = blank;
      }
    }
    fresh_line = false;
    i += mark->size_bytes;
  }
  if (open && open->family != Family::Single) close_at(text.size(), false);
  return found;
}

}  // namespace detente::attribute
