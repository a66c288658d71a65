#include "detente/parse/errors.h"

namespace detente::parse::errors {
namespace {

std::string place(std::string_view file, std::string_view where) {
  std::string text(file);
  text += ": ";
  if (!where.empty()) text += "at " + std::string(where) + ": ";
  return text;
}

}  // namespace

Error broken_msgpack(std::string_view file, std::size_t offset, std::string_view what) {
  return {"D0301", std::string(file) + ": byte " + std::to_string(offset) + ": " +
                       std::string(what) +
                       "; this is no whole MessagePack file. Fetch the pipeline's folder again."};
}

Error value_missing(std::string_view file, std::string_view where, std::string_view key) {
  return {"D0302", place(file, where) + "'" + std::string(key) +
                       "' is missing. Is this the folder of a spaCy 3 pipeline?"};
}

Error wrong_kind(std::string_view file, std::string_view where, std::string_view needed,
                 std::string_view found) {
  return {"D0303", place(file, where) + std::string(needed) + " is needed, found " +
                       std::string(found) + ". Is this the folder of a spaCy 3 pipeline?"};
}

Error array_unreadable(std::string_view file, std::string_view where, std::string_view why) {
  return {"D0304", place(file, where) + "array of numbers: " + std::string(why) +
                       ". Arrays of float32 or float64 are read."};
}

}  // namespace detente::parse::errors
