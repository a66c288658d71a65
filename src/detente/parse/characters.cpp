#include "detente/parse/characters.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <span>

#include "detente/base/utf8.h"

namespace detente::parse::characters {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Unicode facts that utf8proc does not tell.
// Digits by their numeric type that are no decimal digits.
constexpr auto kOtherDigits = std::to_array<Range>(
    {{0xB2, 0xB3},       {0xB9, 0xB9},       {0x1369, 0x1371},   {0x19DA, 0x19DA},
     {0x2070, 0x2070},   {0x2074, 0x2079},   {0x2080, 0x2089},   {0x2460, 0x2468},
     {0x2474, 0x247C},   {0x2488, 0x2490},   {0x24EA, 0x24EA},   {0x24F5, 0x24FD},
     {0x24FF, 0x24FF},   {0x2776, 0x277E},   {0x2780, 0x2788},   {0x278A, 0x2792},
     {0x10A40, 0x10A43}, {0x10E60, 0x10E68}, {0x11052, 0x1105A}, {0x1F100, 0x1F10A}});
// The properties Other_Uppercase and Other_Lowercase.
constexpr auto kOtherUpper = std::to_array<Range>({{0x2160, 0x216F},
                                                   {0x24B6, 0x24CF},
                                                   {0x1F130, 0x1F149},
                                                   {0x1F150, 0x1F169},
                                                   {0x1F170, 0x1F189}});
constexpr auto kOtherLower = std::to_array<Range>(
    {{0xAA, 0xAA},       {0xBA, 0xBA},       {0x2B0, 0x2B8},     {0x2C0, 0x2C1},
     {0x2E0, 0x2E4},     {0x345, 0x345},     {0x37A, 0x37A},     {0x1D2C, 0x1D6A},
     {0x1D78, 0x1D78},   {0x1D9B, 0x1DBF},   {0x2071, 0x2071},   {0x207F, 0x207F},
     {0x2090, 0x209C},   {0x2170, 0x217F},   {0x24D0, 0x24E9},   {0x2C7C, 0x2C7D},
     {0xA69C, 0xA69D},   {0xA770, 0xA770},   {0xA7F8, 0xA7F9},   {0xAB5C, 0xAB5F},
     {0x10780, 0x10780}, {0x10783, 0x10785}, {0x10787, 0x107B0}, {0x107B2, 0x107BA}});
// Marks that may stand within a word: together with the categories Mn, Me, Cf, Lm, Sk they are what
// the rule for a final sigma looks through.
constexpr auto kInsideWord = std::to_array<Range>({{0x27, 0x27},
                                                   {0x2E, 0x2E},
                                                   {0x3A, 0x3A},
                                                   {0xB7, 0xB7},
                                                   {0x387, 0x387},
                                                   {0x55F, 0x55F},
                                                   {0x5F4, 0x5F4},
                                                   {0x2018, 0x2019},
                                                   {0x2024, 0x2024},
                                                   {0x2027, 0x2027},
                                                   {0xFE13, 0xFE13},
                                                   {0xFE52, 0xFE52},
                                                   {0xFE55, 0xFE55},
                                                   {0xFF07, 0xFF07},
                                                   {0xFF0E, 0xFF0E},
                                                   {0xFF1A, 0xFF1A}});

bool in(std::span<const Range> ranges, char32_t c) noexcept {
  const auto at = std::lower_bound(ranges.begin(), ranges.end(), c,
                                   [](const Range& r, char32_t x) { return r.last < x; });
  return at != ranges.end() && at->first <= c;
}

utf8proc_category_t category(char32_t c) noexcept {
  return utf8proc_category(static_cast<utf8proc_int32_t>(c));
}

bool is_cased(char32_t c) noexcept { return is_lower(c) || is_upper(c) || is_title(c); }

bool is_looked_through(char32_t c) noexcept {
  switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK:
      return true;
    default:
      return in(kInsideWord, c);
  }
}

constexpr char32_t kCapitalSigma = 0x3A3;
constexpr char32_t kSigma = 0x3C3;
constexpr char32_t kFinalSigma = 0x3C2;
constexpr char32_t kDottedCapitalI = 0x130;
constexpr char32_t kDotAbove = 0x307;

// Final: a letter stands before it, none after it.
bool is_final_sigma(std::string_view text, std::size_t at, std::size_t size) noexcept {
  std::size_t i = at;
  bool letter_before = false;
  while (i > 0) {
    --i;
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    const char32_t c = utf8::decode(text, i).code_point;
    if (is_looked_through(c)) continue;
    letter_before = is_cased(c);
    break;
  }
  if (!letter_before) return false;
  for (i = at + size; i < text.size();) {
    const utf8::Decoded d = utf8::decode(text, i);
    if (!is_looked_through(d.code_point)) return !is_cased(d.code_point);
    i += d.size_bytes;
  }
  return true;
}

template <typename Predicate>
bool all_of(std::string_view text, Predicate predicate) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded d = utf8::decode(text, i);
    if (!d.valid || !predicate(d.code_point)) return false;
    i += d.size_bytes;
  }
  return !text.empty();
}

}  // namespace

bool is_space(char32_t c) noexcept {
  if (c < 0x80) return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool is_alpha(char32_t c) noexcept {
  if (c < 0x80) return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  const utf8proc_category_t k = category(c);
  return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

bool is_digit(char32_t c) noexcept {
  if (c < 0x80) return c >= '0' && c <= '9';
  return category(c) == UTF8PROC_CATEGORY_ND || in(kOtherDigits, c);
}

bool is_upper(char32_t c) noexcept {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  return category(c) == UTF8PROC_CATEGORY_LU || in(kOtherUpper, c);
}

bool is_lower(char32_t c) noexcept {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return category(c) == UTF8PROC_CATEGORY_LL || in(kOtherLower, c);
}

bool is_title(char32_t c) noexcept { return c >= 0x80 && category(c) == UTF8PROC_CATEGORY_LT; }

std::string lower(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + ('a' - 'A') : byte);
      ++i;
      continue;
    }
    const utf8::Decoded d = utf8::decode(text, i);
    if (!d.valid) {
      out += text[i];
    } else if (d.code_point == kCapitalSigma) {
      utf8::append(out, is_final_sigma(text, i, d.size_bytes) ? kFinalSigma : kSigma);
    } else if (d.code_point == kDottedCapitalI) {
      out += 'i';
      utf8::append(out, kDotAbove);
    } else {
      const auto c = static_cast<utf8proc_int32_t>(d.code_point);
      utf8::append(out, static_cast<char32_t>(utf8proc_tolower(c)));
    }
    i += d.size_bytes;
  }
  return out;
}

bool all_alpha(std::string_view text) noexcept { return all_of(text, is_alpha); }
bool all_digit(std::string_view text) noexcept { return all_of(text, is_digit); }
bool all_space(std::string_view text) noexcept { return all_of(text, is_space); }

bool is_title_text(std::string_view text) noexcept {
  bool after_cased = false;
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded d = utf8::decode(text, i);
    i += d.size_bytes;
    const bool capital = is_upper(d.code_point) || is_title(d.code_point);
    const bool small = !capital && is_lower(d.code_point);
    if ((capital && after_cased) || (small && !after_cased)) return false;
    after_cased = capital || small;
    any = any || after_cased;
  }
  return any;
}

bool is_upper_text(std::string_view text) noexcept {
  bool any = false;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded d = utf8::decode(text, i);
    i += d.size_bytes;
    if (is_lower(d.code_point) || is_title(d.code_point)) return false;
    any = any || is_upper(d.code_point);
  }
  return any;
}

}  // namespace detente::parse::characters
