#pragma once
// A page of HTML as a document: its story and what it says about itself.

#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/read.h"

namespace detente::read {

/// What is known of a page before it is looked at.
struct PageSource {
  std::string where;    ///< for messages
  std::string id;       ///< document's id; empty: made from the content
  std::string url;      ///< where it came from; the page's own canonical address wins
  std::string charset;  ///< as the transport says; empty: unknown
};

/// A text that came over the web. Errors: D0101, D0102.
Result<Document> read_text(std::string_view bytes, const PageSource& source,
                           const ReadOptions& options);

/// Errors: D0101, D0102, D0111, D0112, D0113. `options.zone_tables` must be there.
Result<Document> read_page(std::string_view bytes, const PageSource& source,
                           const ReadOptions& options);

}  // namespace detente::read
