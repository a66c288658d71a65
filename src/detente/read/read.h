#pragma once
// Room `read`: what does the page say?
//   in:  bytes of a file         out: Documents with valid UTF-8 text, metadata and zones
//   invariants: the text of a plain file is the file, unchanged, unless bytes had to be repaired (a
//   remark says so); zones never overlap and cover all that is not blank
//   absent on purpose: language understanding; nothing here looks at grammar

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/document.h"
#include "detente/read/zone_tables.h"
#include "detente/read/zones.h"

namespace detente::read {

/// What a file holds. Each has its reader; a new one is a row in for_each.cpp.
enum class Format : std::uint8_t {
  Plain,      ///< one news item
  JsonLines,  ///< one JSON object a line
  Csv,        ///< a header and one row a document; parted by comma, semicolon or tab
  Html,       ///< one page
  Archive,    ///< WARC or ARC: a document for each page or text in it
  Feed,       ///< RSS, Atom or a news sitemap: a document for each item
};

/// "plain", "jsonl", "csv", "html", "warc", "feed".
[[nodiscard]] std::optional<Format> format_named(std::string_view name);

/// More text than this is no news item.
inline constexpr std::size_t kMaxTextBytes = std::size_t{4} << 20;
/// A line or row of records may be this long; escapes make it longer than its text.
inline constexpr std::size_t kMaxRecordBytes = std::size_t{32} << 20;

struct ReadOptions {
  std::string id;  ///< id of the document, when the file holds one; empty: made from the content
  /// For plain text it overrides what the page says; for records it serves those that say nothing.
  std::optional<Date> published_at;
  std::optional<Date> file_date;      ///< the file's own date: the last resort for plain text
  bool file_date_is_capture = false;  ///< file_date is the day on which a crawler came by
  /// Documents in a language that the rooms behind this one do not read come as the error D0117,
  /// and count as skipped.
  bool skip_other_languages = false;
  std::optional<Format> format;             ///< empty: sniffed
  const ZoneTables* zone_tables = nullptr;  ///< null: no zones are found
  std::string name;                         ///< Document::name when the file holds one
};

/// Reads one plain-text news item. Errors: D0101 nothing in it, D0102 larger than kMaxTextBytes.
/// Bad UTF-8 and NUL bytes are replaced by U+FFFD and noted as remarks.
Result<Document> read_plain(std::string_view bytes, const ReadOptions& options);

/// Where a document or its error stands in the input.
struct Place {
  std::string file;           ///< as it was given; "standard input" for "-"
  std::uint64_t ordinal = 0;  ///< counts documents and errors of the file, from 0
  std::uint64_t line = 0;     ///< of records in lines: where it begins, from 1; else 0
  /// Of archives: the byte at which the record begins, in the file as it lies on disk (for packed
  /// members: the member's first byte); else 0.
  std::uint64_t offset = 0;
  std::string member;  ///< what the file calls it: an archive record's or a feed item's address
};

/// One document with its place, or the error that stands there.
struct Item {
  Place place;
  Result<Document> document;
};

/// Takes each item; false ends the reading.
using OnItem = std::function<bool(Item)>;
/// The same for those who do not ask for the place.
using OnDocument = std::function<bool(Result<Document>)>;

struct ReadSummary {
  std::uint64_t n_documents = 0;
  std::uint64_t n_refused = 0;
  std::uint64_t n_skipped = 0;  ///< for their language
};

/// Reads a file document by document, in bounded memory; gzip and zstd are unpacked on the way, "-"
/// is standard input. The same bytes give the same items in the same order, so that a reader that
/// was stopped goes on behind the last Place::ordinal it kept. Documents that cannot be read come
/// as errors (D0101, D0102, D0104 a record too long, D0105 no JSON, D0106 no text, D0107 a row of
/// another width, D0111 to D0113 a page, D0114 and D0115 an archive's record, D0116 a feed from
/// there on, D0117 another language), and the rest goes on. Fails as a whole when the file cannot
/// be opened or unpacked, or is of no known format (D0001, D0002, D0108, D0109, D0110).
Result<ReadSummary> for_each_item(const std::filesystem::path& path, const ReadOptions& options,
                                  const OnItem& on_item);
Result<ReadSummary> for_each_document(const std::filesystem::path& path, const ReadOptions& options,
                                      const OnDocument& on_document);
/// The same for bytes at hand; `name` stands for the file's name in messages and in the sniffing.
Result<ReadSummary> for_each_item_in(std::string_view bytes, std::string_view name,
                                     const ReadOptions& options, const OnItem& on_item);
Result<ReadSummary> for_each_document_in(std::string_view bytes, std::string_view name,
                                         const ReadOptions& options, const OnDocument& on_document);

}  // namespace detente::read
