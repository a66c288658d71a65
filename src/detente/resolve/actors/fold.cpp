#include "detente/resolve/actors/fold.h"

#include <utf8proc.h>

#include <array>

#include "detente/base/utf8.h"

namespace detente::resolve {
namespace {

constexpr std::uint64_t kPrime = 0x100000001b3ULL;

// What a letter beyond ASCII is compared as; empty: it parts words.
void fold_beyond_ascii(char32_t code_point, std::string& out, bool& upper, bool& parts) {
  parts = false;
  upper = false;
  if (code_point == U'’' || code_point == U'‘' || code_point == U'ʻ' || code_point == U'ʼ' ||
      code_point == U'ʿ' || code_point == U'ʾ' || code_point == 0xAD || code_point == 0x200B) {
    return;
  }
  struct Letter {
    char32_t letter;
    std::string_view as;
  };
  constexpr std::array kLetters = std::to_array<Letter>({{U'ø', "o"},
                                                         {U'Ø', "o"},
                                                         {U'ł', "l"},
                                                         {U'Ł', "l"},
                                                         {U'đ', "d"},
                                                         {U'Đ', "d"},
                                                         {U'ð', "d"},
                                                         {U'þ', "th"},
                                                         {U'ß', "ss"},
                                                         {U'æ', "ae"},
                                                         {U'Æ', "ae"},
                                                         {U'œ', "oe"},
                                                         {U'ı', "i"},
                                                         {U'ə', "a"}});
  for (const Letter& letter : kLetters) {
    if (letter.letter == code_point) {
      out += letter.as;
      upper = utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_LU;
      return;
    }
  }
  std::array<utf8proc_int32_t, 8> parts_of{};
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
  int boundary = 0;
  const utf8proc_ssize_t n =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code_point), parts_of.data(),
                              parts_of.size(), options, &boundary);
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code_point));
  if (category != UTF8PROC_CATEGORY_LU && category != UTF8PROC_CATEGORY_LL &&
      category != UTF8PROC_CATEGORY_LO && category != UTF8PROC_CATEGORY_LM &&
      category != UTF8PROC_CATEGORY_LT && category != UTF8PROC_CATEGORY_MN &&
      category != UTF8PROC_CATEGORY_ND) {
    parts = true;
    return;
  }
  upper = category == UTF8PROC_CATEGORY_LU;
  for (utf8proc_ssize_t i = 0; i < n && i < static_cast<utf8proc_ssize_t>(parts_of.size()); ++i) {
    const utf8proc_int32_t part = utf8proc_tolower(parts_of[static_cast<std::size_t>(i)]);
    if (utf8proc_category(part) == UTF8PROC_CATEGORY_MN) continue;
    utf8::append(out, static_cast<char32_t>(part));
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// Calls `letter(bytes, upper)` for each folded letter and `part(mark)` where words part.
template <typename OnLetters, typename OnPart>
void walk(std::string_view text, const OnLetters& letters, const OnPart& part) {
  std::string beyond;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (is_lower(c) || is_digit(c)) {
      letters(std::string_view(&text[i], 1), false, i, 1);
      ++i;
    } else if (is_upper(c)) {
      const char low = static_cast<char>(c + 32);
      letters(std::string_view(&low, 1), true, i, 1);
      ++i;
    } else if (static_cast<unsigned char>(c) < 0x80) {
      const bool possessive =
          (i + 1 < text.size() && (text[i + 1] == 's' || text[i + 1] == 'S')) &&
          (i + 2 == text.size() || !(is_lower(text[i + 2]) || is_upper(text[i + 2])));
      if (c == '\'' || c == '`') {
        if (possessive && i > 0) part(' ');
      } else if (c == '&') {
        part(' ');
        letters("and", false, i, 1);
        part(' ');
      } else if (c != '.' || i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n') {
        part(c);
      }
      ++i;
    } else {
      const utf8::Decoded decoded = utf8::decode(text, i);
      const std::uint32_t size = decoded.size_bytes == 0 ? 1 : decoded.size_bytes;
      beyond.clear();
      bool upper = false;
      bool parts = false;
      fold_beyond_ascii(decoded.code_point, beyond, upper, parts);
      const bool apostrophe = decoded.code_point == U'’';
      const std::size_t next = i + size;
      if (apostrophe && i > 0 && next < text.size() && text[next] == 's' &&
          (next + 1 == text.size() || !is_lower(text[next + 1]))) {
        part(' ');
      } else if (parts) {
        const bool dash = decoded.code_point >= 0x2010 && decoded.code_point <= 0x2015;
        part(decoded.code_point == 0xA0 ? ' ' : dash ? '-' : '"');
      } else if (!beyond.empty()) {
        letters(std::string_view(beyond), upper, i, size);
      }
      i = next;
    }
  }
}

}  // namespace

void fold_words(std::string_view text, std::uint32_t offset, std::vector<FoldedWord>& out) {
  FoldedWord word;
  bool inside = false;
  bool breaks = false;
  std::uint32_t n_letters = 0;
  bool has_lower = false;
  const auto close = [&] {
    if (!inside) return;
    word.all_upper = n_letters >= 2 && !has_lower;
    out.push_back(word);
    inside = false;
  };
  walk(
      text,
      [&](std::string_view bytes, bool upper, std::size_t at, std::size_t size) {
        if (!inside) {
          inside = true;
          word = FoldedWord();
          word.hash = kHashSeed;
          word.span.begin = offset + static_cast<std::uint32_t>(at);
          word.upper = upper;
          word.breaks = breaks;
          breaks = false;
          n_letters = 0;
          has_lower = false;
        }
        for (const char c : bytes) word.hash = (word.hash ^ static_cast<unsigned char>(c)) * kPrime;
        word.span.end = offset + static_cast<std::uint32_t>(at + size);
        ++n_letters;
        has_lower = has_lower || !upper;
      },
      [&](char mark) {
        close();
        if (mark != ' ' && mark != '-') breaks = true;
      });
  close();
}

std::string folded(std::string_view text) {
  std::string out;
  bool pending = false;
  walk(
      text,
      [&](std::string_view bytes, bool, std::size_t, std::size_t) {
        if (pending && !out.empty()) out += ' ';
        pending = false;
        out += bytes;
      },
      [&](char) { pending = true; });
  return out;
}

std::uint64_t skeleton_hash(std::string_view name) {
  std::uint64_t hash = kHashSeed;
  std::uint32_t n = 0;
  char last = 0;
  char first = 0;
  const auto add = [&](char c) {
    if (c == last) return;
    hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
    last = c;
    ++n;
  };
  walk(
      name,
      [&](std::string_view bytes, bool, std::size_t, std::size_t) {
        for (char c : bytes) {
          if (first == 0) {
            first = c;
            add(c);
            continue;
          }
          if (c == 'c' || c == 'q') c = 'k';
          if (c == 'z') c = 's';
          if (c == 'w') c = 'v';
          if (c == 'g') c = 'j';
          if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'h')
            continue;
          add(c);
        }
      },
      [&](char) {});
  return n >= 5 ? hash : 0;
}

}  // namespace detente::resolve
