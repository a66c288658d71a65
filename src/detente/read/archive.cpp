#include "detente/read/archive.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "detente/read/errors.h"

namespace detente::read {
namespace {

constexpr std::size_t kLongestLine = std::size_t{64} << 10;
constexpr std::size_t kMostFields = 256;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
    text.remove_suffix(1);
  }
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  return text;
}

std::string small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<std::uint64_t> number_of(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool is_warc_header(std::string_view line) {
  return line.size() > 6 && line.starts_with("WARC/") && is_digit(line[5]);
}

struct ArcLine {
  std::string_view url, date, content_type;
  std::uint64_t size_bytes = 0;
};

// "URL address date type … length": addresses may hold blanks, so the fields are told from behind.
std::optional<ArcLine> arc_line(std::string_view line) {
  constexpr std::size_t kDateDigits = 14;
  line = trimmed(line);
  const std::size_t scheme = line.find("://");
  const std::size_t last = line.rfind(' ');
  if (scheme == std::string_view::npos || scheme > 12 || last == std::string_view::npos) {
    return std::nullopt;
  }
  const auto size_bytes = number_of(line.substr(last + 1));
  if (!size_bytes) return std::nullopt;
  for (std::size_t end = last; end > scheme;) {
    const std::size_t begin = line.rfind(' ', end - 1);
    if (begin == std::string_view::npos) return std::nullopt;
    const std::string_view field = line.substr(begin + 1, end - begin - 1);
    if (field.size() == kDateDigits && std::all_of(field.begin(), field.end(), is_digit)) {
      const std::size_t address = line.rfind(' ', begin - 1);
      if (address == std::string_view::npos || address <= scheme || end > last) return std::nullopt;
      const std::string_view rest = end < last ? line.substr(end + 1, last - end - 1) : "";
      return ArcLine{line.substr(0, address), field, rest.substr(0, rest.find(' ')), *size_bytes};
    }
    end = begin;
  }
  return std::nullopt;
}

bool may_hold_document(const std::string& type) {
  return type == "response" || type == "resource" || type == "conversion";
}

}  // namespace

bool is_archive(std::string_view head) {
  return is_warc_header(head) || head.starts_with("filedesc://");
}

Result<ArchiveReader::State> ArchiveReader::next() {
  Result<State> state = try_next();
  if (state || state.error().code != "D0108") return state;
  // A packed member is damaged: the others need not be.
  if (record_.target.empty()) record_.place = stream_.place_in_file();
  DETENTE_TRY_VOID(stream_.pass_over_damage());
  header_found_.reset();
  why_ = "its packed data are damaged";
  return State::Broken;
}

Result<ArchiveReader::State> ArchiveReader::broken(std::string_view why) {
  why_ = why;
  DETENTE_TRY_VOID(seek_next_header());
  return State::Broken;
}

// Passes over lines until one begins a record.
Result<void> ArchiveReader::seek_next_header() {
  std::string line;
  for (;;) {
    const std::uint64_t place = stream_.place_in_file();
    DETENTE_TRY(const LineState state, next_line(stream_, line, kLongestLine));
    if (state == LineState::End) return {};
    if (state == LineState::Line && (is_warc_header(line) || arc_line(line))) {
      header_found_ = std::move(line);
      place_of_found_ = place;
      return {};
    }
  }
}

// The first line of the next record; false at the end of the file.
Result<bool> ArchiveReader::find_header(std::string& line) {
  if (header_found_) {
    line = *std::exchange(header_found_, std::nullopt);
    record_.place = place_of_found_;
    return true;
  }
  for (;;) {
    DETENTE_TRY(const std::string_view bytes, stream_.available());
    if (bytes.empty()) return false;
    const std::size_t blank = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    stream_.skip(blank);
    if (blank < bytes.size()) break;
  }
  record_.place = stream_.place_in_file();
  DETENTE_TRY(const LineState state, next_line(stream_, line, kLongestLine));
  return state != LineState::End;
}

Result<ArchiveReader::State> ArchiveReader::try_next() {
  std::string line;
  for (;;) {
    record_ = ArchiveRecord();
    DETENTE_TRY(const bool found, find_header(line));
    if (!found) return State::End;
    State state = State::Record;
    if (is_warc_header(line)) {
      DETENTE_TRY(state, read_fields());
    } else {
      DETENTE_TRY(state, read_arc_line(line));
    }
    // End: the record holds no document.
    if (state != State::End) return state;
  }
}

Result<ArchiveReader::State> ArchiveReader::read_fields() {
  std::optional<std::uint64_t> size_bytes;
  std::string line;
  for (std::size_t n = 0;; ++n) {
    DETENTE_TRY(const LineState state, next_line(stream_, line, kLongestLine));
    if (state == LineState::End) return broken("it ends inside its header");
    if (state == LineState::TooLong || n > kMostFields) return broken("its header has no end");
    const std::string_view field = trimmed(line);
    if (field.empty()) break;
    const std::size_t colon = field.find(':');
    if (colon == std::string_view::npos) continue;  // a line that goes on with the one before
    const std::string name = small(field.substr(0, colon));
    std::string value(trimmed(field.substr(colon + 1)));
    if (name == "content-length") {
      size_bytes = number_of(value);
    } else if (name == "warc-type") {
      record_.type = small(value);
    } else if (name == "warc-target-uri") {
      // Some writers put the address in the brackets of the standard's grammar.
      if (value.starts_with('<') && value.ends_with('>')) value = value.substr(1, value.size() - 2);
      record_.target = std::move(value);
    } else if (name == "warc-date") {
      record_.date = std::move(value);
    } else if (name == "content-type") {
      record_.content_type = small(value);
    } else if (name == "warc-truncated") {
      record_.truncated = std::move(value);
    }
  }
  if (!size_bytes) return broken("its header states no length that can be read");
  return read_block(*size_bytes, may_hold_document(record_.type));
}

Result<ArchiveReader::State> ArchiveReader::read_arc_line(const std::string& line) {
  const auto header = arc_line(line);
  if (!header) return broken("no record begins where one should");
  record_.type = "response";
  record_.target = header->url;
  record_.date = header->date;
  const bool wanted = !header->url.starts_with("filedesc:") && !header->url.starts_with("dns:");
  if (wanted) record_.content_type = "application/http; msgtype=response";
  return read_block(header->size_bytes, wanted);
}

// Record: it is read. End: it is passed over.
Result<ArchiveReader::State> ArchiveReader::read_block(std::uint64_t size_bytes, bool wanted) {
  record_.block_bytes = size_bytes;
  std::uint64_t left = size_bytes;
  while (left > 0) {
    DETENTE_TRY(const std::string_view bytes, stream_.available());
    if (bytes.empty()) {
      return broken("it is cut short: " + std::to_string(left) + " of its " +
                    std::to_string(size_bytes) + " bytes are missing");
    }
    const auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left, bytes.size()));
    if (wanted) {
      record_.block.append(bytes.substr(0, std::min(n, kMaxBlockBytes - record_.block.size())));
    }
    stream_.skip(n);
    left -= n;
  }
  return wanted ? State::Record : State::End;
}

}  // namespace detente::read
