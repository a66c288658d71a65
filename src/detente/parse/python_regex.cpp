#include "detente/parse/python_regex.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "detente/base/utf8.h"
#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

constexpr std::uint32_t kUnlimited = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kMostRepeats = 65535;  // PCRE2's limit
constexpr int kDeepestNesting = 200;

struct Range {
  char32_t first;
  char32_t last;
};

// Python's \s; PCRE2's own would leave out some control characters.
constexpr auto kSpaces = std::to_array<Range>({{0x09, 0x0D},
                                               {0x1C, 0x20},
                                               {0x85, 0x85},
                                               {0xA0, 0xA0},
                                               {0x1680, 0x1680},
                                               {0x2000, 0x200A},
                                               {0x2028, 0x2029},
                                               {0x202F, 0x202F},
                                               {0x205F, 0x205F},
                                               {0x3000, 0x3000}});

struct Class {
  bool negated = false;
  std::vector<Range> ranges;
  bool digits = false;  // \d, \w, and their opposites
  bool words = false;
  bool not_digits = false;
  bool not_spaces = false;
};

enum class Kind : std::uint8_t {
  Class,
  AnyButNewline,
  Sequence,
  Choice,
  Repeat,
  Group,      // capturing
  Look,       // ahead or behind
  TextStart,  // ^ or \A
  TextEnd,    // $
  VeryEnd,    // \Z
  WordBoundary,
  NoWordBoundary,
  BackReference,
};

struct Node {
  Kind kind = Kind::Sequence;
  Class set;
  std::vector<Node> children;
  std::uint32_t least = 0;  // of Repeat; the number of BackReference
  std::uint32_t most = 0;
  char how = 0;  // of Repeat: '?' lazy, '+' possessive
  bool behind = false;
  bool negated = false;
};

// ---------------------------------------------------------------- reading

class Reader {
 public:
  Reader(std::string_view pattern, std::string_view name) : text_(pattern), name_(name) {}

  Result<Node> read() {
    DETENTE_TRY_VOID(global_flags());
    DETENTE_TRY(Node node, choice(0));
    if (at_ < text_.size()) return fail("')' without '('");
    return node;
  }
  [[nodiscard]] bool ignores_case() const { return ignores_case_; }
  [[nodiscard]] bool dot_is_all() const { return dot_is_all_; }

 private:
  [[nodiscard]] Error fail(std::string_view why) const {
    return errors::regex_refused(name_, at_, why);
  }
  [[nodiscard]] bool ahead(std::string_view what) const {
    return text_.substr(at_, what.size()) == what;
  }
  bool take(std::string_view what) {
    if (!ahead(what)) return false;
    at_ += what.size();
    return true;
  }

  // (?u) and the like stand at the very start.
  Result<void> global_flags() {
    while (ahead("(?") && at_ + 2 < text_.size() && text_[at_ + 2] >= 'a' &&
           text_[at_ + 2] <= 'z') {
      const std::size_t end = text_.find(')', at_);
      if (end == std::string_view::npos) return fail("flags without an end");
      for (const char flag : text_.substr(at_ + 2, end - at_ - 2)) {
        if (flag == 'i') {
          ignores_case_ = true;
        } else if (flag == 's') {
          dot_is_all_ = true;
        } else if (flag != 'u') {
          return fail("only the flags u, i and s are understood");
        }
      }
      at_ = end + 1;
    }
    return {};
  }

  Result<Node> choice(int depth) {  // NOLINT(misc-no-recursion): at most kDeepestNesting deep
    if (depth > kDeepestNesting) return fail("groups are nested too deeply");
    Node node;
    node.kind = Kind::Choice;
    do {
      DETENTE_TRY(Node branch, sequence(depth));
      node.children.push_back(std::move(branch));
    } while (take("|"));
    if (node.children.size() == 1) {
      Node only = std::move(node.children.front());
      return only;
    }
    return node;
  }

  Result<Node> sequence(int depth) {  // NOLINT(misc-no-recursion)
    Node node;
    while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
      if (take("(?#")) {
        const std::size_t end = text_.find(')', at_);
        if (end == std::string_view::npos) return fail("a note without an end");
        at_ = end + 1;
        continue;
      }
      DETENTE_TRY(Node item, atom(depth));
      DETENTE_TRY(item, repeated(std::move(item)));
      node.children.push_back(std::move(item));
    }
    return node;
  }

  Result<Node> repeated(Node item) {
    Node repeat;
    if (take("*")) {
      repeat.least = 0, repeat.most = kUnlimited;
    } else if (take("+")) {
      repeat.least = 1, repeat.most = kUnlimited;
    } else if (take("?")) {
      repeat.least = 0, repeat.most = 1;
    } else if (const auto counts = braces()) {
      repeat.least = counts->first, repeat.most = counts->last;
    } else {
      return item;
    }
    if (repeat.most != kUnlimited && (repeat.least > repeat.most || repeat.most > kMostRepeats))
      return fail("a repeat count out of bounds");
    if (repeat.least > kMostRepeats) return fail("a repeat count out of bounds");
    repeat.kind = Kind::Repeat;
    repeat.children.push_back(std::move(item));
    if (take("?")) {
      repeat.how = '?';
    } else if (take("+")) {
      repeat.how = '+';
    } else if (ahead("*") || ahead("{")) {
      if (ahead("*") || braces()) return fail("a repeat of a repeat");
    }
    return repeat;
  }

  // {2}, {2,}, {,2} or {2,3}; anything else in braces is plain text.
  std::optional<Range> braces() {
    if (!ahead("{")) return std::nullopt;
    std::size_t i = at_ + 1;
    const auto number = [&]() -> std::optional<std::uint32_t> {
      const std::size_t begin = i;
      std::uint64_t value = 0;
      for (; i < text_.size() && text_[i] >= '0' && text_[i] <= '9'; ++i)
        value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(text_[i] - '0'),
                                        kMostRepeats + 1);
      if (i == begin) return std::nullopt;
      return static_cast<std::uint32_t>(value);
    };
    const auto least = number();
    auto most = least;
    if (i < text_.size() && text_[i] == ',') {
      ++i;
      most = number();
      if (!most) most = kUnlimited;
      if (!least && *most == kUnlimited) return std::nullopt;
    } else if (!least) {
      return std::nullopt;
    }
    if (i >= text_.size() || text_[i] != '}') return std::nullopt;
    at_ = i + 1;
    return Range{least.value_or(0), *most};
  }

  Result<Node> atom(int depth) {  // NOLINT(misc-no-recursion)
    Node node;
    if (ahead("(")) return group(depth);
    if (ahead("[")) return character_class();
    if (ahead("\\")) return escape();
    if (take("^")) {
      node.kind = Kind::TextStart;
    } else if (take("$")) {
      node.kind = Kind::TextEnd;
    } else if (take(".")) {
      node.kind = dot_is_all_ ? Kind::Class : Kind::AnyButNewline;
      node.set.negated = true;
    } else if (ahead("*") || ahead("+") || ahead("?")) {
      return fail("a repeat of nothing");
    } else {
      DETENTE_TRY(const char32_t c, plain_character());
      node.kind = Kind::Class;
      node.set.ranges.push_back({c, c});
    }
    return node;
  }

  Result<char32_t> plain_character() {
    const utf8::Decoded d = utf8::decode(text_, at_);
    if (!d.valid || d.size_bytes == 0) return fail("bytes that are no UTF-8");
    at_ += d.size_bytes;
    return d.code_point;
  }

  Result<Node> group(int depth) {  // NOLINT(misc-no-recursion)
    Node outer;
    take("(");
    if (take("?:")) {
      outer.kind = Kind::Sequence;
    } else if (take("?=")) {
      outer.kind = Kind::Look;
    } else if (take("?!")) {
      outer.kind = Kind::Look, outer.negated = true;
    } else if (take("?<=")) {
      outer.kind = Kind::Look, outer.behind = true;
    } else if (take("?<!")) {
      outer.kind = Kind::Look, outer.behind = true, outer.negated = true;
    } else if (take("?P<")) {
      const std::size_t end = text_.find('>', at_);
      if (end == std::string_view::npos) return fail("a group's name without an end");
      at_ = end + 1;
      outer.kind = Kind::Group;
    } else if (ahead("?")) {
      return fail("a kind of group that is not understood");
    } else {
      outer.kind = Kind::Group;
    }
    DETENTE_TRY(Node inner, choice(depth + 1));
    if (!take(")")) return fail("'(' without ')'");
    outer.children.push_back(std::move(inner));
    return outer;
  }

  // After a backslash: \uXXXX and other characters by number or name; nothing for other escapes.
  Result<std::optional<char32_t>> escaped_character() {
    const char c = text_[at_];
    const auto hex = [&](std::size_t n) -> Result<std::optional<char32_t>> {
      char32_t value = 0;
      for (std::size_t i = 1; i <= n; ++i) {
        const char digit = at_ + i < text_.size() ? text_[at_ + i] : '?';
        const char small = static_cast<char>(digit | 0x20);
        if (digit >= '0' && digit <= '9') {
          value = value * 16 + static_cast<char32_t>(digit - '0');
        } else if (small >= 'a' && small <= 'f') {
          value = value * 16 + static_cast<char32_t>(small - 'a' + 10);
        } else {
          return fail("a character number with too few digits");
        }
      }
      at_ += n + 1;
      if (value > 0x10FFFF) return fail("a character number out of bounds");
      return std::optional<char32_t>(value);
    };
    switch (c) {
      case 'x':
        return hex(2);
      case 'u':
        return hex(4);
      case 'U':
        return hex(8);
      case '0':
        ++at_;
        if (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '7')
          return fail("octal character numbers are not understood");
        return std::optional<char32_t>(0);
      default:
        break;
    }
    constexpr std::string_view kNames = "abfnrtv";
    constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v";
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos && c != 'b') {
      ++at_;
      return std::optional<char32_t>(static_cast<char32_t>(kMeanings[i]));
    }
    const bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
    if (letter) return std::optional<char32_t>();
    DETENTE_TRY(const char32_t plain, plain_character());
    return std::optional<char32_t>(plain);
  }

  // \d \w \s and their opposites, into `set`; false when the next character is none of them.
  Result<bool> class_escape(Class& set, bool in_brackets) {
    switch (text_[at_]) {
      case 'd':
        set.digits = true;
        break;
      case 'w':
        set.words = true;
        break;
      case 's':
        set.ranges.insert(set.ranges.end(), kSpaces.begin(), kSpaces.end());
        break;
      case 'D':
        set.not_digits = true;
        break;
      case 'S':
        if (in_brackets) {
          set.not_spaces = true;
        } else {
          set.negated = true;
          set.ranges.assign(kSpaces.begin(), kSpaces.end());
        }
        break;
      case 'W':
        if (in_brackets) return fail("\\W in brackets is not understood");
        set.negated = true;
        set.words = true;
        break;
      default:
        return false;
    }
    ++at_;
    return true;
  }

  Result<Node> escape() {
    Node node;
    take("\\");
    if (at_ >= text_.size()) return fail("a backslash at the end");
    node.kind = Kind::Class;
    DETENTE_TRY(const bool is_class, class_escape(node.set, false));
    if (is_class) return node;
    const char c = text_[at_];
    if (c >= '1' && c <= '9') {
      node.kind = Kind::BackReference;
      for (; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9' && node.least < 100;
           ++at_)
        node.least = node.least * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
      return node;
    }
    if (c == 'A' || c == 'Z' || c == 'b' || c == 'B') {
      ++at_;
      node.kind = c == 'A'   ? Kind::TextStart
                  : c == 'Z' ? Kind::VeryEnd
                  : c == 'b' ? Kind::WordBoundary
                             : Kind::NoWordBoundary;
      return node;
    }
    DETENTE_TRY(const std::optional<char32_t> plain, escaped_character());
    if (!plain) return fail("an escape that is not understood");
    node.set.ranges.push_back({*plain, *plain});
    return node;
  }

  Result<Node> character_class() {
    Node node;
    node.kind = Kind::Class;
    take("[");
    node.set.negated = take("^");
    bool first = true;
    while (first || !ahead("]")) {
      if (at_ >= text_.size()) return fail("'[' without ']'");
      first = false;
      DETENTE_TRY(const std::optional<char32_t> from, class_member(node.set));
      if (!from) continue;
      char32_t to = *from;
      if (ahead("-") && !ahead("-]") && at_ + 1 < text_.size()) {
        take("-");
        DETENTE_TRY(const std::optional<char32_t> last, class_member(node.set));
        if (!last) return fail("a range that ends in a class");
        to = *last;
      }
      if (to < *from) return fail("a range that ends before it begins");
      node.set.ranges.push_back({*from, to});
    }
    take("]");
    return node;
  }

  // One character, or nothing when a class such as \d was added to `set`.
  Result<std::optional<char32_t>> class_member(Class& set) {
    if (!take("\\")) {
      DETENTE_TRY(const char32_t c, plain_character());
      return std::optional<char32_t>(c);
    }
    if (at_ >= text_.size()) return fail("a backslash at the end");
    DETENTE_TRY(const bool is_class, class_escape(set, true));
    if (is_class) return std::optional<char32_t>();
    if (take("b")) return std::optional<char32_t>('\b');
    DETENTE_TRY(const std::optional<char32_t> c, escaped_character());
    if (!c) return fail("an escape that is not understood");
    return c;
  }

  std::string_view text_;
  std::string_view name_;
  std::size_t at_ = 0;
  bool ignores_case_ = false;
  bool dot_is_all_ = false;
};

// ---------------------------------------------------------------- writing for PCRE2

constexpr char32_t kFirstSurrogate = 0xD800;
constexpr char32_t kLastSurrogate = 0xDFFF;
constexpr std::string_view kWord = "\\p{L}\\p{N}_";  // as Python has it; PCRE2 10.43 adds marks

class Writer {
 public:
  std::string write(const Node& node) {
    out_.clear();
    put(node);
    return std::move(out_);
  }

 private:
  void put_character(char32_t c) {
    const bool plain =
        (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
    if (plain) {
      out_ += static_cast<char>(c);
      return;
    }
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    out_ += "\\x{";
    int shift = 20;
    while (shift > 4 && (c >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) out_ += kDigits[(c >> shift) & 0xF];
    out_ += '}';
  }

  void put_ranges(const std::vector<Range>& ranges) {
    const auto put_range = [&](char32_t first, char32_t last) {
      if (first > last) return;
      put_character(first);
      if (first == last) return;
      out_ += '-';
      put_character(last);
    };
    for (const Range& range : ranges) {  // PCRE2 takes no surrogates by name
      if (range.last < kFirstSurrogate || range.first > kLastSurrogate) {
        put_range(range.first, range.last);
        continue;
      }
      put_range(range.first, kFirstSurrogate - 1);
      put_range(kLastSurrogate + 1, range.last);
    }
  }

  void put_class(const Class& set) {
    if (set.not_spaces) {  // [^\s] within brackets: its own class, joined by a choice
      Class rest = set;
      rest.not_spaces = false;
      Class no_space;
      no_space.negated = true;
      no_space.ranges.assign(kSpaces.begin(), kSpaces.end());
      if (set.negated) {  // neither the rest nor anything but spaces
        rest.negated = false;
        out_ += is_empty(rest) ? "(?:" : "(?:(?!";
        if (!is_empty(rest)) {
          put_class(rest);
          out_ += ')';
        }
        no_space.negated = false;
      } else {
        out_ += "(?:";
        if (!is_empty(rest)) {
          put_class(rest);
          out_ += '|';
        }
      }
      put_class(no_space);
      out_ += ')';
      return;
    }
    const bool single = !set.negated && !set.digits && !set.words && !set.not_digits &&
                        set.ranges.size() == 1 && set.ranges[0].first == set.ranges[0].last;
    const bool surrogate =
        single && set.ranges[0].first >= kFirstSurrogate && set.ranges[0].first <= kLastSurrogate;
    if (single && !surrogate) {
      put_character(set.ranges[0].first);
      return;
    }
    std::string before = std::move(out_);
    out_.clear();
    put_ranges(set.ranges);
    if (set.digits) out_ += "\\p{Nd}";
    if (set.words) out_ += kWord;
    if (set.not_digits) out_ += "\\P{Nd}";
    if (out_.empty()) {  // nothing, or everything
      out_ = std::move(before) + (set.negated ? "(?s:.)" : "(?!)");
    } else {
      out_ = std::move(before) + (set.negated ? "[^" : "[") + out_ + "]";
    }
  }
  static bool is_empty(const Class& set) {
    return set.ranges.empty() && !set.digits && !set.words && !set.not_digits;
  }

  void put_wrapped(std::string_view head, const Node& inner) {  // NOLINT(misc-no-recursion)
    out_ += head;
    put(inner);
    out_ += ')';
  }

  void put_repeat(const Node& node) {  // NOLINT(misc-no-recursion)
    const Node& inner = node.children[0];
    if (inner.kind == Kind::Class || inner.kind == Kind::AnyButNewline) {
      put(inner);
    } else {
      put_wrapped("(?:", inner);
    }
    if (node.most == kUnlimited && node.least <= 1) {
      out_ += node.least == 0 ? '*' : '+';
    } else if (node.least == 0 && node.most == 1) {
      out_ += '?';
    } else {
      out_ += '{' + std::to_string(node.least) + ',';
      if (node.most != kUnlimited) out_ += std::to_string(node.most);
      out_ += '}';
    }
    if (node.how != 0) out_ += node.how;
  }

  void put(const Node& node) {  // NOLINT(misc-no-recursion)
    switch (node.kind) {
      case Kind::Class:
        put_class(node.set);
        break;
      case Kind::AnyButNewline:
        out_ += "[^\\x{0A}]";
        break;
      case Kind::Sequence:
        for (const Node& child : node.children) {
          if (child.kind == Kind::Choice) {
            put_wrapped("(?:", child);
          } else {
            put(child);
          }
        }
        break;
      case Kind::Choice:
        for (std::size_t i = 0; i < node.children.size(); ++i) {
          if (i > 0) out_ += '|';
          put(node.children[i]);
        }
        break;
      case Kind::Repeat:
        put_repeat(node);
        break;
      case Kind::Group:
        put_wrapped("(", node.children[0]);
        break;
      case Kind::Look:
        put_wrapped(node.behind ? (node.negated ? "(?<!" : "(?<=") : (node.negated ? "(?!" : "(?="),
                    node.children[0]);
        break;
      case Kind::TextStart:
        out_ += "\\A";
        break;
      case Kind::TextEnd:
        out_ += "\\Z";  // PCRE2's \Z lets a last line break pass, as Python's $ does
        break;
      case Kind::VeryEnd:
        out_ += "\\z";
        break;
      case Kind::WordBoundary:
        put_boundary("(?:(?<=[", "])(?![", "])|(?<![", "])(?=[", "]))");
        break;
      case Kind::NoWordBoundary:
        put_boundary("(?:(?<=[", "])(?=[", "])|(?<![", "])(?![", "]))");
        break;
      case Kind::BackReference:
        out_ += "\\g{" + std::to_string(node.least) + "}";
        break;
    }
  }
  void put_boundary(std::string_view a, std::string_view b, std::string_view c, std::string_view d,
                    std::string_view e) {
    for (const std::string_view part : {a, kWord, b, kWord, c, kWord, d, kWord, e}) out_ += part;
  }

  std::string out_;
};

// ---------------------------------------------------------------- asking

CharacterSet members(const Class& set) {
  CharacterSet result;
  for (const Range& range : set.ranges) {
    for (char32_t c = range.first; c <= range.last && c < 0x80; ++c) result.add(c);
    if (range.last >= 0x80) result.others = true;
  }
  const auto add_if = [&](auto predicate) {
    for (char32_t c = 0; c < 0x80; ++c) {
      if (predicate(c)) result.add(c);
    }
    result.others = true;
  };
  const auto is_digit = [](char32_t c) { return c >= '0' && c <= '9'; };
  if (set.digits) add_if(is_digit);
  if (set.not_digits) add_if([&](char32_t c) { return !is_digit(c); });
  if (set.words) {
    add_if([&](char32_t c) {
      return is_digit(c) || c == '_' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    });
  }
  if (set.not_spaces) {
    add_if([](char32_t c) {
      return std::none_of(kSpaces.begin(), kSpaces.end(),
                          [c](const Range& r) { return r.first <= c && c <= r.last; });
    });
  }
  if (set.negated) result = {~result.low, ~result.high, true};
  return result;
}

CharacterSet consumed(const Node& node) {  // NOLINT(misc-no-recursion)
  CharacterSet result;
  if (node.kind == Kind::Class) return members(node.set);
  if (node.kind == Kind::AnyButNewline || node.kind == Kind::BackReference) {
    result.add_all();
    return result;
  }
  if (node.kind == Kind::Look) return result;
  for (const Node& child : node.children) result |= consumed(child);
  return result;
}

// How common a set's characters are in words: the rarer, the better the filter.
int commonness(const CharacterSet& set) {
  constexpr std::uint64_t kDigits = 0x03FF000000000000ULL;
  constexpr std::uint64_t kLetters = 0x07FFFFFE07FFFFFEULL;
  const int digits = std::popcount(set.low & kDigits);
  const int letters = std::popcount(set.high & kLetters);
  const int rest = std::popcount(set.low) + std::popcount(set.high) - digits - letters;
  return letters * 100 + digits * 10 + rest + (set.others ? 5 : 0);
}

// At least one of these stands in every text that matches; nothing when no such set is known.
std::optional<CharacterSet> needs(const Node& node) {  // NOLINT(misc-no-recursion)
  switch (node.kind) {
    case Kind::Class:
      return members(node.set);
    case Kind::Repeat:
      if (node.least == 0) return std::nullopt;
      return needs(node.children[0]);
    case Kind::Look:
      if (node.negated) return std::nullopt;
      return needs(node.children[0]);
    case Kind::Group:
      return needs(node.children[0]);
    case Kind::Choice: {
      CharacterSet all;
      for (const Node& child : node.children) {
        const auto one = needs(child);
        if (!one) return std::nullopt;
        all |= *one;
      }
      return all;
    }
    case Kind::Sequence: {
      std::optional<CharacterSet> best;
      for (const Node& child : node.children) {
        const auto one = needs(child);
        if (one && (!best || commonness(*one) < commonness(*best))) best = one;
      }
      return best;
    }
    default:
      return std::nullopt;
  }
}

bool may_be_empty(const Node& node) {  // NOLINT(misc-no-recursion)
  switch (node.kind) {
    case Kind::Class:
    case Kind::AnyButNewline:
      return false;
    case Kind::Repeat:
      return node.least == 0 || may_be_empty(node.children[0]);
    case Kind::Group:
      return may_be_empty(node.children[0]);
    case Kind::Choice:
      return std::any_of(node.children.begin(), node.children.end(), may_be_empty);
    case Kind::Sequence:
      return std::all_of(node.children.begin(), node.children.end(), may_be_empty);
    default:
      return true;  // what looks and consumes nothing
  }
}

// What the first (last) character of a match that is not empty can be.
CharacterSet edge(const Node& node, bool first) {  // NOLINT(misc-no-recursion)
  if (node.kind != Kind::Sequence) {
    if (node.kind == Kind::Choice || node.kind == Kind::Repeat || node.kind == Kind::Group) {
      CharacterSet all;
      for (const Node& child : node.children) all |= edge(child, first);
      return all;
    }
    return consumed(node);
  }
  CharacterSet all;
  const std::size_t n = node.children.size();
  for (std::size_t i = 0; i < n; ++i) {
    const Node& child = node.children[first ? i : n - 1 - i];
    all |= edge(child, first);
    if (!may_be_empty(child)) break;
  }
  return all;
}

// Whether every match is held at the text's start (end).
bool is_held(const Node& node, bool at_start) {  // NOLINT(misc-no-recursion)
  switch (node.kind) {
    case Kind::TextStart:
      return at_start;
    case Kind::TextEnd:
    case Kind::VeryEnd:
      return !at_start;
    case Kind::Group:
      return is_held(node.children[0], at_start);
    case Kind::Choice:
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const Node& child) { return is_held(child, at_start); });
    case Kind::Sequence: {
      const std::size_t n = node.children.size();
      for (std::size_t i = 0; i < n; ++i) {
        const Node& child = node.children[at_start ? i : n - 1 - i];
        if (is_held(child, at_start)) return true;
        if (child.kind != Kind::Look) return false;
      }
      return false;
    }
    default:
      return false;
  }
}

std::uint32_t longest(const Node& node) {  // NOLINT(misc-no-recursion)
  const auto limited = [](std::uint64_t n) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, kUnlimited));
  };
  switch (node.kind) {
    case Kind::Class:
    case Kind::AnyButNewline:
      return 1;
    case Kind::Repeat: {
      const std::uint32_t one = longest(node.children[0]);
      if (one == 0) return 0;
      if (one == kUnlimited || node.most == kUnlimited) return kUnlimited;
      return limited(std::uint64_t{one} * node.most);
    }
    case Kind::Group:
      return longest(node.children[0]);
    case Kind::Choice: {
      std::uint32_t most = 0;
      for (const Node& child : node.children) most = std::max(most, longest(child));
      return most;
    }
    case Kind::Sequence: {
      std::uint64_t sum = 0;
      for (const Node& child : node.children) sum += longest(child);
      return limited(sum);
    }
    case Kind::BackReference:
      return kUnlimited;
    default:
      return 0;
  }
}

RegexFacts facts_of(const Node& root, bool ignores_case) {
  RegexFacts facts;
  facts.needs.add_all();
  facts.first.add_all();
  facts.last.add_all();
  if (ignores_case) {  // sets would have to know of both cases: no filter then
    facts.longest = kUnlimited;
    return facts;
  }
  facts.needs = needs(root).value_or(facts.needs);
  facts.only_at_start = is_held(root, true);
  facts.only_at_end = is_held(root, false);
  facts.first = edge(root, true);
  facts.last = edge(root, false);
  constexpr std::uint32_t kStillShort = 64;
  const auto branch = [&](const Node& node) {
    const std::uint32_t most = longest(node);
    if (most <= kStillShort) {
      facts.longest = std::max(facts.longest, most);
    } else {
      facts.long_set |= consumed(node);
    }
  };
  if (root.kind == Kind::Choice) {
    for (const Node& child : root.children) branch(child);
  } else {
    branch(root);
  }
  return facts;
}

}  // namespace

CharacterSet CharacterSet::of(std::string_view text) noexcept {
  CharacterSet set;
  for (const char c : text) set.add(static_cast<unsigned char>(c));
  return set;
}

void CharacterSet::add(char32_t c) noexcept {
  if (c < 0x40) {
    low |= 1ULL << c;
  } else if (c < 0x80) {
    high |= 1ULL << (c - 0x40);
  } else {
    others = true;
  }
}

bool CharacterSet::has(char32_t c) const noexcept {
  if (c < 0x40) return (low >> c & 1U) != 0;
  if (c < 0x80) return (high >> (c - 0x40) & 1U) != 0;
  return others;
}

CharacterSet& CharacterSet::operator|=(const CharacterSet& other) noexcept {
  low |= other.low;
  high |= other.high;
  others = others || other.others;
  return *this;
}

Result<TranslatedRegex> translate_python_regex(std::string_view pattern, std::string_view name) {
  Reader reader(pattern, name);
  DETENTE_TRY(const Node root, reader.read());
  TranslatedRegex result;
  result.pcre = (reader.ignores_case() ? "(?i)" : "") + Writer().write(root);
  result.facts = facts_of(root, reader.ignores_case());
  return result;
}

}  // namespace detente::parse
