#pragma once
// A compiled pattern. Python syntax in, PCRE2 underneath, with a filter in front that knows without
// matching that most texts do not match.

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/parse/python_regex.h"

namespace detente::parse {

struct RegexMatch {
  std::size_t begin = 0;
  std::size_t end = 0;
  [[nodiscard]] std::size_t size() const noexcept { return end - begin; }
};

/// Room that matching needs; one per thread, for any number of patterns.
class RegexScratch {
 public:
  RegexScratch();
  RegexScratch(RegexScratch&&) noexcept;
  RegexScratch& operator=(RegexScratch&&) noexcept;
  ~RegexScratch();

 private:
  friend class Regex;
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// Immutable; shared by all threads. Texts must be UTF-8 without bad bytes. Cannot fail: a search
/// that takes more than ten million steps counts as no match.
class Regex {
 public:
  enum class Where : std::uint8_t { Anywhere, AtStart };  // re.search, re.match

  /// Errors: D0307 (see translate_python_regex).
  static Result<Regex> compile(std::string_view pattern, std::string_view name, Where where);

  Regex(Regex&&) noexcept;
  Regex& operator=(Regex&&) noexcept;
  ~Regex();

  /// The first match at or after `from`; what stands before is seen by lookbehinds.
  [[nodiscard]] std::optional<RegexMatch> search(std::string_view text, RegexScratch& scratch,
                                                 std::size_t from = 0,
                                                 bool may_be_empty_at_from = true) const;
  /// All matches one after another, as re.finditer gives them, appended to `out`.
  void find_all(std::string_view text, RegexScratch& scratch, std::vector<RegexMatch>& out) const;

  /// False when no match is possible, known without looking for one.
  [[nodiscard]] bool may_match(std::string_view text) const noexcept {
    return facts_.needs.meets(CharacterSet::of(text));
  }
  [[nodiscard]] const RegexFacts& facts() const noexcept { return facts_; }

 private:
  struct Code;
  Regex(std::unique_ptr<Code> code, const RegexFacts& facts);
  std::unique_ptr<Code> code_;
  RegexFacts facts_;
};

}  // namespace detente::parse
