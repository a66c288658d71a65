#define PCRE2_CODE_UNIT_WIDTH 8
#include "detente/parse/regex.h"

#include <pcre2.h>

#include <array>

#include "detente/base/utf8.h"
#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

constexpr std::uint32_t kMostSteps = 10'000'000;
constexpr std::size_t kFirstStackBytes = 32 * 1024;
constexpr std::size_t kLargestStackBytes = 1024 * 1024;

PCRE2_SPTR units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

template <auto Free>
struct Freer {
  template <typename T>
  void operator()(T* p) const noexcept {
    Free(p);
  }
};

}  // namespace

struct RegexScratch::Parts {
  // Only the whole match is asked for, never a group.
  std::unique_ptr<pcre2_match_data, Freer<pcre2_match_data_free>> data{
      pcre2_match_data_create(1, nullptr)};
  std::unique_ptr<pcre2_match_context, Freer<pcre2_match_context_free>> context{
      pcre2_match_context_create(nullptr)};
  std::unique_ptr<pcre2_jit_stack, Freer<pcre2_jit_stack_free>> stack{
      pcre2_jit_stack_create(kFirstStackBytes, kLargestStackBytes, nullptr)};
};

RegexScratch::RegexScratch() : parts_(std::make_unique<Parts>()) {
  pcre2_set_match_limit(parts_->context.get(), kMostSteps);
  pcre2_jit_stack_assign(parts_->context.get(), nullptr, parts_->stack.get());
}
RegexScratch::RegexScratch(RegexScratch&&) noexcept = default;
RegexScratch& RegexScratch::operator=(RegexScratch&&) noexcept = default;
RegexScratch::~RegexScratch() = default;

struct Regex::Code {
  std::unique_ptr<pcre2_code, Freer<pcre2_code_free>> pcre;
};

Regex::Regex(std::unique_ptr<Code> code, const RegexFacts& facts)
    : code_(std::move(code)), facts_(facts) {}
Regex::Regex(Regex&&) noexcept = default;
Regex& Regex::operator=(Regex&&) noexcept = default;
Regex::~Regex() = default;

Result<Regex> Regex::compile(std::string_view pattern, std::string_view name, Where where) {
  DETENTE_TRY(const TranslatedRegex translated, translate_python_regex(pattern, name));
  const std::unique_ptr<pcre2_compile_context, Freer<pcre2_compile_context_free>> context(
      pcre2_compile_context_create(nullptr));
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  const std::uint32_t options = PCRE2_UTF | (where == Where::AtStart ? PCRE2_ANCHORED : 0U);
  int error = 0;
  PCRE2_SIZE offset = 0;
  auto code = std::make_unique<Code>();
  code->pcre.reset(pcre2_compile(units(translated.pcre), translated.pcre.size(), options, &error,
                                 &offset, context.get()));
  if (!code->pcre) {
    std::array<PCRE2_UCHAR, 256> why{};
    pcre2_get_error_message(error, why.data(), why.size());
    return errors::regex_refused(name, 0, reinterpret_cast<const char*>(why.data()));
  }
  pcre2_jit_compile(code->pcre.get(), PCRE2_JIT_COMPLETE);  // where there is no JIT, it runs slower
  return Regex(std::move(code), translated.facts);
}

std::optional<RegexMatch> Regex::search(std::string_view text, RegexScratch& scratch,
                                        std::size_t from, bool may_be_empty_at_from) const {
  RegexScratch::Parts& parts = *scratch.parts_;
  const std::uint32_t options =
      PCRE2_NO_UTF_CHECK | (may_be_empty_at_from ? 0U : PCRE2_NOTEMPTY_ATSTART);
  const int found = pcre2_match(code_->pcre.get(), units(text), text.size(), from, options,
                                parts.data.get(), parts.context.get());
  if (found < 0) return std::nullopt;
  const PCRE2_SIZE* bounds = pcre2_get_ovector_pointer(parts.data.get());
  return RegexMatch{bounds[0], bounds[1]};
}

void Regex::find_all(std::string_view text, RegexScratch& scratch,
                     std::vector<RegexMatch>& out) const {
  std::size_t from = 0;
  bool may_be_empty = true;
  while (const auto match = search(text, scratch, from, may_be_empty)) {
    out.push_back(*match);
    from = match->end;
    may_be_empty = match->size() > 0;
  }
}

}  // namespace detente::parse
