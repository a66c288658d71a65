#pragma once
// Bytes of a file, of standard input or of memory, unpacked when they are gzip or zstd. One pass,
// bounded memory.

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/encoding.h"

namespace detente::read {

class ByteStream {
 public:
  /// "-" is standard input. Errors: D0001, D0002.
  static Result<ByteStream> open(const std::filesystem::path& path);
  /// `bytes` must outlive the stream.
  static ByteStream over(std::string_view bytes, std::string_view name);

  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;
  ~ByteStream();

  /// The next bytes without taking them, at most `n`; fewer only at the end.
  Result<std::string_view> peek(std::size_t n);
  /// The bytes at hand, read anew when there are none; empty at the end. Take them with skip().
  Result<std::string_view> available();
  void skip(std::size_t n) { begin_ += n; }

  /// From here on the bytes are UTF-16, with or without its byte order mark, and come as UTF-8.
  void decode_utf16();

  /// Where the next byte stands: in the unpacked bytes; and in the file as it lies on disk, the
  /// beginning of the packed member that holds it (the byte itself when nothing is packed).
  [[nodiscard]] std::uint64_t position() const { return taken_before_ + begin_; }
  [[nodiscard]] std::uint64_t place_in_file() const;
  /// After D0108: goes on at the next packed member; false when there is none. What was unpacked
  /// before and not yet taken is dropped.
  Result<bool> pass_over_damage();

  [[nodiscard]] const std::string& name() const { return name_; }

 private:
  struct Source;
  ByteStream(std::unique_ptr<Source> source, std::string name);
  Result<void> fill();
  Result<void> fill_bytes();
  Result<void> sniff();
  Result<void> fill_unpacked();
  std::unique_ptr<Source> source_;
  std::string name_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t taken_before_ = 0;  // bytes that have left the buffer
  bool at_end_ = false;
  std::optional<Utf16Decoder> utf16_;
  std::optional<Error> behind_buffer_;  // what peek() met behind bytes that are still good
};

/// A line without its line break, or what became of it.
enum class LineState : std::uint8_t { Line, TooLong, End };

/// Reads up to the next '\n' into `line`. A line longer than `most_bytes` is passed over and comes
/// back empty as TooLong.
Result<LineState> next_line(ByteStream& stream, std::string& line, std::size_t most_bytes);

}  // namespace detente::read
