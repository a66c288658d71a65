#pragma once
// Records of web archives: WARC 0.17 to 1.1 and ARC, one after the other, whatever is broken among
// them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/byte_stream.h"

namespace detente::read {

/// A record's body is kept up to here; what is longer is no page of the news.
inline constexpr std::size_t kMaxBlockBytes = std::size_t{9} << 20;

struct ArchiveRecord {
  std::uint64_t place = 0;   ///< in the file: see ByteStream::place_in_file()
  std::string type;          ///< "response", "resource", "conversion"; of ARC always "response"
  std::string target;        ///< the address that was fetched
  std::string date;          ///< of the fetch: "2024-05-18T01:58:10Z" or "20240518015810"
  std::string content_type;  ///< of the block as the archive states it
  std::string truncated;     ///< why the crawler cut it; empty: it is whole
  std::string block;         ///< at most kMaxBlockBytes of it
  std::uint64_t block_bytes = 0;
};

class ArchiveReader {
 public:
  explicit ArchiveReader(ByteStream& stream) : stream_(stream) {}

  enum class State : std::uint8_t { Record, Broken, End };
  /// Reads on to the next record that may hold a document, into record(); others are passed over.
  /// Broken: why() says it, record() holds place and target as far as they are known, and the next
  /// call goes on behind the damage. Errors: D0001.
  Result<State> next();

  [[nodiscard]] ArchiveRecord& record() { return record_; }
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  Result<State> try_next();
  Result<bool> find_header(std::string& line);
  Result<State> read_fields();
  Result<State> read_arc_line(const std::string& line);
  Result<State> read_block(std::uint64_t size_bytes, bool wanted);
  Result<State> broken(std::string_view why);
  Result<void> seek_next_header();

  ByteStream& stream_;
  ArchiveRecord record_;
  std::string why_;
  std::optional<std::string> header_found_;  // while passing over damage
  std::uint64_t place_of_found_ = 0;
};

/// Begins like a WARC or ARC file.
[[nodiscard]] bool is_archive(std::string_view head);

}  // namespace detente::read
