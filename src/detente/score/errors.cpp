#include "detente/score/errors.h"

#include <string>

namespace detente::score::errors {

Error no_known_gold(const std::filesystem::path& path) {
  return {"D0701",
          path.string() +
              ": no gold that we know. Known are JSON lines of sentences with their event, a "
              "folder of NAME.txt with NAME.gold.json, one NAME.gold.json beside its text, "
              "and a folder of pages with ground-truth.json."};
}

Error gold_lacks(std::string_view where, std::string_view what) {
  return {"D0702",
          std::string(where) + ": a record of the gold lacks '" + std::string(what) + "'."};
}

Error evidence_not_in_text(const std::filesystem::path& path, std::string_view evidence) {
  return {"D0703", path.string() + ": the text does not hold the evidence \"" +
                       std::string(evidence) + "\"."};
}

Error no_record(std::string_view where) {
  return {"D0704",
          std::string(where) +
              ": neither a record of `detente code` nor a reading of `detente annotate` or "
              "`detente read`. One JSON object a line is expected."};
}

}  // namespace detente::score::errors
