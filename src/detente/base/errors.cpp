#include "detente/base/errors.h"

#include <system_error>

namespace detente::errors {

Error cannot_open(const std::filesystem::path& path, int system_error) {
  return {"D0001", path.string() +
                       ": cannot be read: " + std::generic_category().message(system_error) +
                       ". Check the name and the permissions."};
}

Error is_a_folder(const std::filesystem::path& path) {
  return {"D0002", path.string() + ": is a folder where a file is needed. Name the file in it."};
}

Error cannot_write(const std::filesystem::path& path, int system_error) {
  return {"D0003", path.string() +
                       ": cannot be written: " + std::generic_category().message(system_error) +
                       ". Check the folder, the permissions and the space left."};
}

Error table_lacks_column(const std::filesystem::path& path, std::string_view column) {
  return {"D0004", path.string() + ": has no column '" + std::string(column) +
                       "'. Its first line that is no '#' line must name the columns."};
}

Error table_row_differs(const std::filesystem::path& path, std::uint32_t line, std::size_t found,
                        std::size_t expected) {
  return {"D0005", path.string() + ":" + std::to_string(line) + ": " + std::to_string(found) +
                       " fields where the first line names " + std::to_string(expected) +
                       ". Fields are parted by one tab."};
}

Error bad_pattern(std::string_view expression, std::size_t offset, std::string_view why) {
  return {"D0006", "pattern " + std::string(expression) + ": " + std::string(why) +
                       " at character " + std::to_string(offset) + ". Mend the pattern."};
}

}  // namespace detente::errors
