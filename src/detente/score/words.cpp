#include "detente/score/words.h"

#include <utf8proc.h>

#include "detente/base/utf8.h"

namespace detente::score {
namespace {

bool is_letter_or_digit(char32_t c) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      return true;
    default:
      return false;
  }
}

}  // namespace

std::string letters_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded c = utf8::decode(text, i);
    i += c.size_bytes;
    if (!is_letter_or_digit(c.code_point)) continue;
    utf8::append(
        out, static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c.code_point))));
  }
  return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> out;
  std::size_t begin = 0;
  std::size_t i = 0;
  const auto close = [&] {
    if (i > begin) out.push_back(text.substr(begin, i - begin));
  };
  while (i < text.size()) {
    const utf8::Decoded c = utf8::decode(text, i);
    if (!is_letter_or_digit(c.code_point) && c.code_point != U'_') {
      close();
      begin = i + c.size_bytes;
    }
    i += c.size_bytes;
  }
  close();
  return out;
}

}  // namespace detente::score
