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

}  // namespace detente::errors
