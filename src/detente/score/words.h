#pragma once
// Words and letters of any script, as the scorers compare them.

#include <string>
#include <string_view>
#include <vector>

namespace detente::score {

/// Letters and digits alone, in lower case.
std::string letters_of(std::string_view text);

/// Runs of letters, digits and underscores.
std::vector<std::string_view> words_of(std::string_view text);

}  // namespace detente::score
