#include "detente/read/byte_stream.h"

#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "detente/base/errors.h"
#include "detente/read/errors.h"

namespace detente::read {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;

}  // namespace

struct ByteStream::Source {
  std::FILE* file = nullptr;
  bool owns_file = false;
  std::string_view memory;
  bool sniffed = false;
  bool packed = false;
  bool inside_member = false;  // gzip files may be several members in a row
  z_stream inflater{};
  std::string packed_bytes;
  std::size_t packed_begin = 0;

  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() {
    if (packed) inflateEnd(&inflater);
    if (owns_file && file != nullptr) std::fclose(file);
  }

  // Appends up to a chunk of raw bytes; 0 at the end.
  Result<std::size_t> read_raw(std::string& out, const std::string& name) {
    const std::size_t before = out.size();
    if (file == nullptr) {
      const std::size_t n = std::min(kChunkBytes, memory.size());
      out.append(memory.substr(0, n));
      memory.remove_prefix(n);
      return n;
    }
    out.resize(before + kChunkBytes);
    const std::size_t n = std::fread(out.data() + before, 1, kChunkBytes, file);
    const int error = errno;
    out.resize(before + n);
    if (n == 0 && std::ferror(file) != 0) return detente::errors::cannot_open(name, error);
    return n;
  }
};

ByteStream::ByteStream(std::unique_ptr<Source> source, std::string name)
    : source_(std::move(source)), name_(std::move(name)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

Result<ByteStream> ByteStream::open(const std::filesystem::path& path) {
  auto source = std::make_unique<Source>();
  if (path == "-") {
    source->file = stdin;
    return ByteStream(std::move(source), "standard input");
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return detente::errors::is_a_folder(path);
  source->file = std::fopen(path.c_str(), "rb");
  if (source->file == nullptr) return detente::errors::cannot_open(path, errno);
  source->owns_file = true;
  return ByteStream(std::move(source), path.string());
}

ByteStream ByteStream::over(std::string_view bytes, std::string_view name) {
  auto source = std::make_unique<Source>();
  source->memory = bytes;
  return {std::move(source), std::string(name)};
}

Result<void> ByteStream::fill() {
  if (at_end_) return {};
  if (begin_ > 0) {
    buffer_.erase(0, begin_);
    begin_ = 0;
  }
  Source& s = *source_;
  if (!s.sniffed) {
    s.sniffed = true;
    for (std::size_t n = 1; n > 0 && s.packed_bytes.size() < 2;) {
      DETENTE_TRY(n, s.read_raw(s.packed_bytes, name_));
    }
    const bool is_gzip =
        s.packed_bytes.size() >= 2 && s.packed_bytes[0] == '\x1f' && s.packed_bytes[1] == '\x8b';
    if (!is_gzip) {
      buffer_.append(s.packed_bytes);
      s.packed_bytes.clear();
      at_end_ = buffer_.empty();
      return {};
    }
    if (inflateInit2(&s.inflater, 15 + 16) != Z_OK) {
      return errors::damaged_gzip(name_, "no memory for it");
    }
    s.packed = true;
    s.inside_member = true;
  }
  if (!s.packed) {
    DETENTE_TRY(const std::size_t n, s.read_raw(buffer_, name_));
    at_end_ = n == 0;
    return {};
  }
  const std::size_t before = buffer_.size();
  while (buffer_.size() == before) {
    if (s.packed_begin == s.packed_bytes.size()) {
      s.packed_bytes.clear();
      s.packed_begin = 0;
      DETENTE_TRY(const std::size_t n, s.read_raw(s.packed_bytes, name_));
      if (n == 0) {
        at_end_ = true;
        if (s.inside_member) return errors::damaged_gzip(name_, "it is cut short");
        return {};
      }
    }
    if (!s.inside_member) {
      // Zero bytes after the last member are padding.
      if (s.packed_bytes[s.packed_begin] == '\0') {
        ++s.packed_begin;
        continue;
      }
      inflateReset(&s.inflater);
      s.inside_member = true;
    }
    buffer_.resize(before + kChunkBytes);
    s.inflater.next_in = reinterpret_cast<Bytef*>(s.packed_bytes.data() + s.packed_begin);
    s.inflater.avail_in = static_cast<uInt>(s.packed_bytes.size() - s.packed_begin);
    s.inflater.next_out = reinterpret_cast<Bytef*>(buffer_.data() + before);
    s.inflater.avail_out = static_cast<uInt>(kChunkBytes);
    const int status = inflate(&s.inflater, Z_NO_FLUSH);
    s.packed_begin = s.packed_bytes.size() - s.inflater.avail_in;
    buffer_.resize(before + kChunkBytes - s.inflater.avail_out);
    if (status == Z_STREAM_END) {
      s.inside_member = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      at_end_ = true;
      return errors::damaged_gzip(name_, s.inflater.msg == nullptr ? "bad data" : s.inflater.msg);
    }
  }
  return {};
}

Result<std::string_view> ByteStream::peek(std::size_t n) {
  while (buffer_.size() - begin_ < n && !at_end_) DETENTE_TRY_VOID(fill());
  return std::string_view(buffer_).substr(begin_, n);
}

Result<std::string_view> ByteStream::available() {
  while (begin_ == buffer_.size() && !at_end_) DETENTE_TRY_VOID(fill());
  return std::string_view(buffer_).substr(begin_);
}

Result<LineState> next_line(ByteStream& stream, std::string& line, std::size_t most_bytes) {
  line.clear();
  bool any = false;
  bool too_long = false;
  for (;;) {
    DETENTE_TRY(const std::string_view bytes, stream.available());
    if (bytes.empty()) break;
    any = true;
    const std::size_t newline = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, newline);
    if (line.size() + piece.size() > most_bytes) {
      too_long = true;
      line.clear();
      line.shrink_to_fit();
    }
    if (!too_long) line.append(piece);
    stream.skip(newline == std::string_view::npos ? bytes.size() : newline + 1);
    if (newline != std::string_view::npos) break;
  }
  if (!any) return LineState::End;
  return too_long ? LineState::TooLong : LineState::Line;
}

}  // namespace detente::read
