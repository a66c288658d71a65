#include "detente/attribute/errors.h"

#include <string>

namespace detente::attribute::errors {
namespace {

std::string place(const std::filesystem::path& path, std::uint32_t line) {
  return path.string() + ":" + std::to_string(line) + ": ";
}

}  // namespace

Error unknown_word(const std::filesystem::path& path, std::uint32_t line, std::string_view column,
                   std::string_view word, std::string_view known) {
  return {"D0501", place(path, line) + "'" + std::string(word) + "' is no " + std::string(column) +
                       ". Known are: " + std::string(known) + "."};
}

Error empty_cell(const std::filesystem::path& path, std::uint32_t line, std::string_view column) {
  return {"D0502", place(path, line) + "nothing stands under " + std::string(column) + "."};
}

Error row_repeated(const std::filesystem::path& path, std::uint32_t line, std::string_view word,
                   std::uint32_t first_line) {
  return {"D0503", place(path, line) + "'" + std::string(word) + "' has a row already, in line " +
                       std::to_string(first_line) + "."};
}

}  // namespace detente::attribute::errors
