#include "detente/read/errors.h"

namespace detente::read::errors {

Error empty_document(std::string_view id) {
  return {"D0101",
          std::string(id) +
              ": holds no text. Nothing to read; check that the file is the one you meant."};
}

Error too_large(std::string_view id, std::size_t size_bytes) {
  return {"D0102",
          std::string(id) + ": " + std::to_string(size_bytes) +
              " bytes in one document; the most is 2147483647. Split it into its news items."};
}

}  // namespace detente::read::errors
