#include "detente/resolve/times/atoms.h"

#include "detente/base/utf8.h"

namespace detente::resolve::times {
namespace {

bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' || c == 0xA0 ||
         (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000;
}

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019 || c == 0x2018; }

bool is_dash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || is_upper(c);
  // Beyond ASCII all is taken for letters but the punctuation and the symbols that papers print.
  return c >= 0xAA && c != 0xAB && c != 0xBB && c != 0xB7 && c != 0xD7 &&
         !(c >= 0x2000 && c <= 0x2BFF) && !(c >= 0x3000 && c <= 0x3003) && c != 0xFFFD;
}

}  // namespace

std::vector<Atom> cut_atoms(std::string_view text, const std::vector<TextSpan>& stretches) {
  std::vector<Atom> atoms;
  std::size_t stretch = 0;
  bool space = true;
  const auto add_break = [&atoms](std::uint32_t at) {
    if (atoms.empty() || atoms.back().kind == Atom::Kind::Break) return;
    Atom atom;
    atom.kind = Atom::Kind::Break;
    atom.span = {at, at};
    atoms.push_back(std::move(atom));
  };
  for (std::uint32_t i = 0; i < text.size();) {
    const utf8::Decoded first = utf8::decode(text, i);
    const char32_t c = first.code_point;
    if (c == '\n') {
      while (stretch < stretches.size() && stretches[stretch].end <= i) ++stretch;
      const bool inside = stretch < stretches.size() && stretches[stretch].begin <= i;
      if (!inside) add_break(i);
      space = true;
      ++i;
      continue;
    }
    if (is_space(c)) {
      space = true;
      i += first.size_bytes;
      continue;
    }
    Atom atom;
    atom.space_before = space;
    space = false;
    std::uint32_t end = i + first.size_bytes;
    if (is_digit(c)) {
      atom.kind = Atom::Kind::Number;
      while (end < text.size() && is_digit(static_cast<unsigned char>(text[end]))) ++end;
      if (end - i > 9) {
        atom.number = -1;
      } else {
        for (std::uint32_t k = i; k < end; ++k) atom.number = atom.number * 10 + (text[k] - '0');
      }
      atom.lower = std::string(text.substr(i, end - i));
    } else if (is_letter(c) || is_apostrophe(c)) {
      atom.kind = is_letter(c) ? Atom::Kind::Word : Atom::Kind::Mark;
      atom.capital = is_upper(c);
      atom.all_caps = is_upper(c);
      atom.lower = is_apostrophe(c) ? "'" : "";
      for (std::uint32_t k = is_apostrophe(c) ? end : i; k < text.size();) {
        const utf8::Decoded next = utf8::decode(text, k);
        if (!is_letter(next.code_point)) break;
        atom.kind = Atom::Kind::Word;
        if (is_upper(next.code_point)) {
          atom.lower += static_cast<char>(next.code_point | 0x20);
        } else {
          atom.all_caps = false;
          atom.lower += text.substr(k, next.size_bytes);
        }
        k += next.size_bytes;
        end = k;
      }
      if (atom.size() < 2) atom.all_caps = false;
    } else {
      atom.kind = Atom::Kind::Mark;
      atom.lower = is_dash(c) ? "-" : std::string(text.substr(i, first.size_bytes));
    }
    atom.span = {i, end};
    atoms.push_back(std::move(atom));
    i = end;
  }
  add_break(static_cast<std::uint32_t>(text.size()));
  return atoms;
}

}  // namespace detente::resolve::times
