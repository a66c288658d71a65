#pragma once
// One line of a JSON lines file.

#include <string_view>

#include "detente/base/result.h"
#include "detente/read/read.h"

namespace detente::read {

/// Errors: D0101, D0102, D0105 no JSON object, D0106 no text. `where`: "file:line".
Result<Document> read_json_line(std::string_view line, std::string_view where,
                                const ReadOptions& options);

}  // namespace detente::read
