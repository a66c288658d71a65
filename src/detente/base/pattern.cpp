#define PCRE2_CODE_UNIT_WIDTH 8
#include "detente/base/pattern.h"

#include <pcre2.h>

#include <array>

#include "detente/base/errors.h"

namespace detente {
namespace {

// Steps that one search may take: far above what an honest line needs, far below a hang.
constexpr std::uint32_t kMaxSteps = 200000;

}  // namespace

struct Pattern::Compiled {
  pcre2_code* code = nullptr;
  pcre2_match_context* context = nullptr;
  std::vector<std::vector<std::uint32_t>> group_numbers;  // a name may stand in several branches

  Compiled() = default;
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;
  ~Compiled() {
    pcre2_match_context_free(context);
    pcre2_code_free(code);
  }
};

Pattern::Pattern(std::unique_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(std::string_view expression,
                                 std::vector<std::string> group_names) {
  int error = 0;
  PCRE2_SIZE error_offset = 0;
  auto compiled = std::make_unique<Compiled>();
  compiled->code = pcre2_compile(
      reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
      PCRE2_UTF | PCRE2_UCP | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY,
      &error, &error_offset, nullptr);
  if (compiled->code == nullptr) {
    std::array<PCRE2_UCHAR, 256> message{};
    pcre2_get_error_message(error, message.data(), message.size());
    return errors::bad_pattern(expression, error_offset,
                               reinterpret_cast<const char*>(message.data()));
  }
  // Without a JIT on this processor the interpreter does the same work.
  pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE);
  compiled->context = pcre2_match_context_create(nullptr);
  pcre2_set_match_limit(compiled->context, kMaxSteps);
  for (const std::string& name : group_names) {
    std::vector<std::uint32_t> numbers;
    PCRE2_SPTR first = nullptr;
    PCRE2_SPTR last = nullptr;
    const int entry_size = pcre2_substring_nametable_scan(
        compiled->code, reinterpret_cast<PCRE2_SPTR>(name.c_str()), &first, &last);
    if (entry_size > 0) {
      for (PCRE2_SPTR entry = first; entry <= last; entry += entry_size) {
        numbers.push_back(static_cast<std::uint32_t>(entry[0]) << 8 | entry[1]);
      }
    }
    compiled->group_numbers.push_back(std::move(numbers));
  }
  return Pattern(std::move(compiled));
}

std::optional<PatternMatch> Pattern::run(std::string_view text, std::uint32_t from,
                                         std::uint32_t options) const {
  if (from > text.size()) return std::nullopt;
  pcre2_match_data* data = pcre2_match_data_create_from_pattern(compiled_->code, nullptr);
  const int n = pcre2_match(compiled_->code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
                            from, options | PCRE2_NO_UTF_CHECK, data, compiled_->context);
  std::optional<PatternMatch> match;
  if (n > 0) {
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(data);
    match.emplace();
    match->whole = {static_cast<std::uint32_t>(ends[0]), static_cast<std::uint32_t>(ends[1])};
    for (const auto& numbers : compiled_->group_numbers) {
      TextSpan span;
      for (const std::uint32_t number : numbers) {
        if (number >= static_cast<std::uint32_t>(n) || ends[2 * number] == PCRE2_UNSET) continue;
        span = {static_cast<std::uint32_t>(ends[2 * number]),
                static_cast<std::uint32_t>(ends[2 * number + 1])};
        break;
      }
      match->groups.push_back(span);
    }
    // \K and look-behind may turn a match inside out; nobody downstream wants that.
    if (match->whole.begin > match->whole.end) match.reset();
  }
  pcre2_match_data_free(data);
  return match;
}

std::optional<PatternMatch> Pattern::find(std::string_view text, std::uint32_t from) const {
  return run(text, from, 0);
}

std::optional<PatternMatch> Pattern::match_at(std::string_view text, std::uint32_t from) const {
  return run(text, from, PCRE2_ANCHORED);
}

bool Pattern::matches_whole(std::string_view text) const {
  return run(text, 0, PCRE2_ANCHORED | PCRE2_ENDANCHORED).has_value();
}

}  // namespace detente
