#pragma once
// The way of every document from its reader to the caller.

#include <string>
#include <string_view>
#include <utility>

#include "detente/read/byte_stream.h"
#include "detente/read/errors.h"
#include "detente/read/read.h"

namespace detente::read {

/// Counts what goes by and says where it stands.
class Giver {
 public:
  Giver(const std::string& file, const OnItem& on_item) : file_(file), on_item_(on_item) {}

  /// Fills file and ordinal of the place; false: the caller wants no more.
  bool give(Result<Document> document, Place place) {
    place.file = file_;
    place.ordinal = summary.n_documents + summary.n_refused + summary.n_skipped;
    const bool is_skipped = !document && document.error().code == errors::kSkippedForLanguage;
    ++(document ? summary.n_documents : is_skipped ? summary.n_skipped : summary.n_refused);
    return on_item_({std::move(place), std::move(document)});
  }
  bool give(Result<Document> document, std::uint64_t line = 0) {
    Place place;
    place.line = line;
    return give(std::move(document), std::move(place));
  }

  ReadSummary summary;

 private:
  const std::string& file_;
  const OnItem& on_item_;
};

/// What holds for each document of a file of many: no id, name or date of the file's.
[[nodiscard]] ReadOptions options_for_records(const ReadOptions& options);

/// Readers of files of many documents, each a row in for_each.cpp.
Result<void> read_archive_stream(ByteStream& stream, const ReadOptions& options, Giver& giver);
Result<void> read_feed_stream(ByteStream& stream, const ReadOptions& options, Giver& giver);
/// Begins like a feed or a sitemap.
[[nodiscard]] bool is_feed(std::string_view head);

}  // namespace detente::read
