#pragma once
// CSV as RFC 4180 has it, with comma, semicolon or tab: quoted fields may hold separators, line
// breaks and doubled quotes.

#include <string>
#include <vector>

#include "detente/base/result.h"
#include "detente/read/byte_stream.h"

namespace detente::read {

enum class RowState : std::uint8_t { Row, TooLong, End };

class CsvReader {
 public:
  explicit CsvReader(ByteStream& stream) : stream_(stream) {}
  /// Looks at the first line for its separator; call once, before next().
  Result<void> sniff_separator();
  /// Reads the next row that is not blank. A row longer than `most_bytes` is passed over up to the
  /// next line break.
  Result<RowState> next(std::vector<std::string>& fields, std::size_t most_bytes);
  /// The line on which the last row began, from 1.
  [[nodiscard]] std::uint64_t line() const { return row_line_; }
  /// The last row was ended by the end of the file, inside quotes.
  [[nodiscard]] bool ended_in_quotes() const { return ended_in_quotes_; }

 private:
  ByteStream& stream_;
  char separator_ = ',';
  std::uint64_t next_line_ = 1;
  std::uint64_t row_line_ = 0;
  bool ended_in_quotes_ = false;
};

}  // namespace detente::read
