#include "detente/engine/errors.h"

namespace detente::engine::errors {

Error unknown_format(std::string_view format) {
  return {"D0801",
          "input format '" + std::string(format) +
              "' is not known. Known are: plain, jsonl, csv, html, warc, "
              "feed.",
          ErrorKind::BadUsage};
}

Error opened_without_rules() {
  return {
      "D0802",
      "the engine was opened for reading alone (EngineOptions::coding = false) and cannot code.",
      ErrorKind::Internal};
}

Error rules_beside_dictionary(const std::filesystem::path& rules) {
  return {"D0803",
          "a verb dictionary takes the place of all rules, those of " + rules.string() +
              " too. Name the one or the other.",
          ErrorKind::BadUsage};
}

}  // namespace detente::engine::errors
