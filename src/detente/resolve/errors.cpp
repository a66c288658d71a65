#include "detente/resolve/errors.h"

namespace detente::resolve::errors {

Error bad_table_row(const std::filesystem::path& path, std::uint32_t line, std::string_view row) {
  return {"D0401", path.string() + ":" + std::to_string(line) + ": row '" + std::string(row) +
                       "' holds a field that its column does not know. The lines above the "
                       "header say what it takes."};
}

}  // namespace detente::resolve::errors
