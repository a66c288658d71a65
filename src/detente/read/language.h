#pragma once
// In which language is a text written?

#include <string>
#include <string_view>

namespace detente::read {

struct Language {
  std::string code;  ///< ISO 639-1 where there is one; empty: it cannot be told
  std::string name;  ///< in English
};

/// `stated`: the code that the document gives; a text of some length overrules it, and where
/// nothing is stated a sentence tells. A long text whose words are of no language that is known is
/// "und".
[[nodiscard]] Language language_of(std::string_view text, std::string_view stated);

/// Whether the rooms behind this one can read it; a language that cannot be told passes.
[[nodiscard]] bool is_readable(const Language& language);

}  // namespace detente::read
