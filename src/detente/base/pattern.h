#pragma once
// A compiled regular expression (PCRE2, UTF-8). Immutable after compiling, shared by all threads.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/text_span.h"

namespace detente {

/// One match. Spans are bytes into the text that was searched.
struct PatternMatch {
  TextSpan whole;
  std::vector<TextSpan> groups;  ///< as many as group names were given to compile(); empty: not set
};

class Pattern {
 public:
  /// `group_names`: the named groups that matches report, in this order; a name that the
  /// expression lacks stays empty. Error: D0006 with the expression and the place of the fault.
  static Result<Pattern> compile(std::string_view expression,
                                 std::vector<std::string> group_names = {});

  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// The first match at or after `from`. `text` must be valid UTF-8. Gives up (no match) on
  /// expressions that need more than a bounded number of steps.
  [[nodiscard]] std::optional<PatternMatch> find(std::string_view text,
                                                 std::uint32_t from = 0) const;
  /// A match that starts at `from`.
  [[nodiscard]] std::optional<PatternMatch> match_at(std::string_view text,
                                                     std::uint32_t from = 0) const;
  /// True when all of `text` matches.
  [[nodiscard]] bool matches_whole(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  [[nodiscard]] std::optional<PatternMatch> run(std::string_view text, std::uint32_t from,
                                                std::uint32_t options) const;
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace detente
