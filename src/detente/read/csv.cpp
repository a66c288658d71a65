#include "detente/read/csv.h"

#include <algorithm>

namespace detente::read {
namespace {

constexpr std::size_t kMaxFields = 4096;

}  // namespace

Result<void> CsvReader::sniff_separator() {
  DETENTE_TRY(const std::string_view head, stream_.peek(std::size_t{64} << 10));
  const std::string_view line = head.substr(0, head.find('\n'));
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto n = std::count(line.begin(), line.end(), candidate);
    if (n > most) {
      most = n;
      separator_ = candidate;
    }
  }
  return {};
}

Result<RowState> CsvReader::next(std::vector<std::string>& fields, std::size_t most_bytes) {
  enum class At : std::uint8_t { FieldStart, Plain, Quoted, QuoteInQuoted };
  fields.clear();
  fields.emplace_back();
  At at = At::FieldStart;
  std::size_t size_bytes = 0;
  bool too_long = false;
  bool any = false;
  row_line_ = next_line_;
  for (;;) {
    DETENTE_TRY(const std::string_view bytes, stream_.available());
    if (bytes.empty()) {
      ended_in_quotes_ = at == At::Quoted;
      if (too_long) return RowState::TooLong;
      return any ? RowState::Row : RowState::End;
    }
    std::size_t i = 0;
    bool done = false;
    for (; i < bytes.size() && !done; ++i) {
      const char c = bytes[i];
      if (c == '\n') ++next_line_;
      if (too_long) {
        done = c == '\n';
        continue;
      }
      if (++size_bytes > most_bytes || fields.size() > kMaxFields) {
        too_long = true;
        fields.clear();
        fields.shrink_to_fit();
        done = c == '\n';
        continue;
      }
      if (at == At::Quoted) {
        if (c == '"') {
          at = At::QuoteInQuoted;
        } else {
          fields.back() += c;
        }
        continue;
      }
      if (at == At::QuoteInQuoted && c == '"') {
        fields.back() += '"';
        at = At::Quoted;
        continue;
      }
      if (c == '"' && at == At::FieldStart) {
        at = At::Quoted;
        any = true;
      } else if (c == separator_) {
        fields.emplace_back();
        at = At::FieldStart;
        any = true;
      } else if (c == '\n') {
        if (any) {
          done = true;
        } else {
          row_line_ = next_line_;  // a blank line
          size_bytes = 0;
        }
      } else if (c != '\r') {
        fields.back() += c;
        at = At::Plain;
        any = true;
      }
    }
    stream_.skip(i);
    if (done) return too_long ? RowState::TooLong : RowState::Row;
  }
}

}  // namespace detente::read
