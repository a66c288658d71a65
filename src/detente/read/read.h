#pragma once
// Room `read`: what does the page say?
//   in:  bytes of a file         out: Documents with valid UTF-8 text, metadata and zones
//   invariants: the text of a plain file is the file, unchanged, unless bytes had to be repaired (a
//   remark says so) absent on purpose: language understanding; nothing here looks at grammar

#include <span>
#include <string>

#include "detente/base/result.h"
#include "detente/read/document.h"

namespace detente::read {

struct ReadOptions {
  std::string id;                    ///< id of the document, when the file holds one
  std::optional<Date> published_at;  ///< overrides what the page says
};

/// Reads one plain-text news item. Errors: D0101 nothing in it, D0102 larger than 2 GiB.
/// Bad UTF-8 and NUL bytes are replaced by U+FFFD and noted as remarks.
Result<Document> read_plain(std::string_view bytes, const ReadOptions& options);

}  // namespace detente::read
