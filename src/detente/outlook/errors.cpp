#include "detente/outlook/errors.h"

#include <string>

namespace detente::outlook::errors {

Error unknown_word(const std::filesystem::path& path, std::uint32_t line, std::string_view column,
                   std::string_view word, std::string_view known) {
  return {"D1001", path.string() + ":" + std::to_string(line) + ": '" + std::string(word) +
                       "' is no " + std::string(column) + ". Known are: " + std::string(known) +
                       "."};
}

}  // namespace detente::outlook::errors
