#include "detente/engine/errors.h"

namespace detente::engine::errors {

Error unknown_format(std::string_view format) {
  return {"D0801",
          "input format '" + std::string(format) + "' is not known. Known are: plain, jsonl, csv.",
          ErrorKind::BadUsage};
}

}  // namespace detente::engine::errors
