#pragma once
// config.cfg of a spaCy 3 pipeline folder: sections of `key = JSON value` lines.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente::parse {

class PipelineConfig {
 public:
  /// Errors: D0001/D0002 (base), D0351 a line that is neither a section nor `key = value`.
  static Result<PipelineConfig> open(const std::filesystem::path& folder);

  /// The value as it stands, without quotes; empty when there is none.
  [[nodiscard]] std::optional<std::string> value(std::string_view section,
                                                 std::string_view key) const;
  /// A list of strings; empty when there is none.
  [[nodiscard]] std::vector<std::string> list(std::string_view section, std::string_view key) const;

 private:
  std::map<std::string, std::map<std::string, std::string>> sections_;
};

}  // namespace detente::parse
