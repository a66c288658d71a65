#pragma once
// What Python's str methods say of a character, because trained pipelines were fed with that.
// Unicode tables are utf8proc's; a character newer than one side's tables may differ.

#include <cstdint>
#include <string>
#include <string_view>

namespace detente::parse::characters {

/// str.isspace of one character.
[[nodiscard]] bool is_space(char32_t c) noexcept;
/// str.isalpha: any letter, of any script.
[[nodiscard]] bool is_alpha(char32_t c) noexcept;
/// str.isdigit: decimal digits of all scripts, and digits in circles, raised, lowered.
[[nodiscard]] bool is_digit(char32_t c) noexcept;
[[nodiscard]] bool is_upper(char32_t c) noexcept;  ///< letters and circled letters
[[nodiscard]] bool is_lower(char32_t c) noexcept;
[[nodiscard]] bool is_title(char32_t c) noexcept;  ///< "ǅ": one character of two letters

/// str.lower of a whole text: İ becomes two characters, Σ looks at its neighbours. Bytes that are
/// no UTF-8 stay.
[[nodiscard]] std::string lower(std::string_view text);

/// str.isalpha, isdigit, isspace, istitle, isupper of a whole text; false for the empty text.
[[nodiscard]] bool all_alpha(std::string_view text) noexcept;
[[nodiscard]] bool all_digit(std::string_view text) noexcept;
[[nodiscard]] bool all_space(std::string_view text) noexcept;
[[nodiscard]] bool is_title_text(std::string_view text) noexcept;
[[nodiscard]] bool is_upper_text(std::string_view text) noexcept;

}  // namespace detente::parse::characters
