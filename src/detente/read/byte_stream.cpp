#include "detente/read/byte_stream.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <utility>

#include "detente/base/errors.h"
#include "detente/read/errors.h"
#include "detente/read/unpacker.h"

namespace detente::read {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{64} << 10;
// Texts shrink to a fourth, repeated ones to a hundredth; what unpacks to more is made to harm.
constexpr std::uint64_t kMostGrowth = 400;
constexpr std::uint64_t kWindowBytes = std::uint64_t{64} << 20;

}  // namespace

struct ByteStream::Source {
  std::FILE* file = nullptr;
  bool owns_file = false;
  std::string_view memory;
  bool sniffed = false;
  std::unique_ptr<Unpacker> unpacker;  // null: not packed
  bool inside_member = false;
  std::string packed_bytes;
  std::size_t packed_begin = 0;
  std::uint64_t window_packed = 0;  // see grows_without_end()
  std::uint64_t window_unpacked = 0;
  std::uint64_t packed_before = 0;  // bytes that have left packed_bytes

  // Where members begin, for what is still in the buffer: unpacked position, place in the file.
  struct Member {
    std::uint64_t position = 0;
    std::uint64_t place = 0;
  };
  std::deque<Member> members;

  Source() = default;
  Source(const Source&) = delete;
  Source& operator=(const Source&) = delete;
  ~Source() {
    if (owns_file && file != nullptr) std::fclose(file);
  }

  // Looked at anew every so many bytes, so that a sound beginning hides nothing.
  bool grows_without_end(std::size_t n_packed, std::size_t n_unpacked) {
    window_packed += n_packed;
    window_unpacked += n_unpacked;
    if (window_unpacked < kWindowBytes) return false;
    const bool grows = window_packed * kMostGrowth < window_unpacked;
    window_packed = window_unpacked = 0;
    return grows;
  }

  [[nodiscard]] std::string_view packed() const {
    return std::string_view(packed_bytes).substr(packed_begin);
  }
  [[nodiscard]] std::uint64_t packed_place() const { return packed_before + packed_begin; }

  // Reads more packed bytes behind those at hand; false at the end.
  Result<bool> read_packed(const std::string& name) {
    packed_before += packed_begin;
    packed_bytes.erase(0, packed_begin);
    packed_begin = 0;
    DETENTE_TRY(const std::size_t n, read_raw(packed_bytes, name));
    return n > 0;
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

Result<void> ByteStream::sniff() {
  Source& s = *source_;
  s.sniffed = true;
  for (bool more = true; more && s.packed_bytes.size() < 4;) {
    DETENTE_TRY(more, s.read_packed(name_));
  }
  s.unpacker = unpacker_for(s.packed_bytes);
  if (s.unpacker == nullptr) {
    buffer_.append(s.packed_bytes);
    s.packed_bytes.clear();
    at_end_ = buffer_.empty();
  }
  return {};
}

Result<void> ByteStream::fill() {
  if (at_end_) return {};
  taken_before_ += begin_;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = buffer_.size();
  Result<void> filled = fill_bytes();
  if (utf16_) {
    const std::string bytes = buffer_.substr(before);
    buffer_.resize(before);
    utf16_->decode(bytes, buffer_);
  }
  return filled;
}

void ByteStream::decode_utf16() {
  std::string bytes = buffer_.substr(begin_);
  utf16_.emplace(utf16_name(bytes) == "utf-16be");
  if (has_utf16_mark(bytes)) bytes.erase(0, kUtf16MarkBytes);
  buffer_.resize(begin_);
  utf16_->decode(bytes, buffer_);
}

Result<void> ByteStream::fill_bytes() {
  Source& s = *source_;
  if (!s.sniffed) {
    DETENTE_TRY_VOID(sniff());
    if (s.unpacker == nullptr) return {};
  }
  if (s.unpacker != nullptr) return fill_unpacked();
  DETENTE_TRY(const std::size_t n, s.read_raw(buffer_, name_));
  at_end_ = n == 0;
  return {};
}

Result<void> ByteStream::fill_unpacked() {
  Source& s = *source_;
  const std::size_t before = buffer_.size();
  while (s.members.size() > 1 && s.members[1].position <= taken_before_) s.members.pop_front();
  while (buffer_.size() == before) {
    if (s.packed().empty()) {
      DETENTE_TRY(const bool more, s.read_packed(name_));
      if (!more) {
        at_end_ = true;
        if (s.inside_member) return errors::damaged_packing(name_, "it is cut short");
        return {};
      }
    }
    if (!s.inside_member) {
      // Zero bytes after the last member are padding.
      if (s.packed().front() == '\0') {
        ++s.packed_begin;
        continue;
      }
      s.unpacker->begin_member();
      s.inside_member = true;
      s.members.push_back({taken_before_ + before, s.packed_place()});
    }
    const std::size_t had = buffer_.size();
    const Unpacker::Step step = s.unpacker->step(s.packed(), buffer_, kChunkBytes);
    s.packed_begin += step.taken;
    if (s.grows_without_end(step.taken, buffer_.size() - had)) {
      return errors::damaged_packing(name_, "it holds hundreds of times its size, as no news does");
    }
    const bool stands = step.taken == 0 && buffer_.size() == before && !step.member_ended;
    if (step.member_ended) s.inside_member = false;
    if (!step.damage.empty() || stands) {
      return errors::damaged_packing(name_, stands ? "it does not go on" : step.damage);
    }
  }
  return {};
}

std::uint64_t ByteStream::place_in_file() const {
  const std::deque<Source::Member>& members = source_->members;
  if (source_->unpacker == nullptr) return position();
  std::uint64_t place = 0;
  for (const Source::Member& member : members) {
    if (member.position <= position()) place = member.place;
  }
  return place;
}

Result<bool> ByteStream::pass_over_damage() {
  Source& s = *source_;
  taken_before_ += buffer_.size();
  buffer_.clear();
  begin_ = 0;
  if (s.unpacker == nullptr || at_end_) return false;
  const std::string_view magic = s.unpacker->magic();
  s.inside_member = false;
  const bool at_its_beginning = !s.members.empty() && s.members.back().place == s.packed_place();
  if (at_its_beginning && !s.packed().empty()) ++s.packed_begin;
  for (;;) {
    const std::size_t at = s.packed().find(magic);
    if (at != std::string_view::npos) {
      s.packed_begin += at;
      return true;
    }
    // The magic may lie across two reads.
    s.packed_begin += s.packed().size() - std::min(s.packed().size(), magic.size() - 1);
    const std::size_t kept = s.packed().size();
    DETENTE_TRY(const bool more, s.read_packed(name_));
    if (!more && s.packed().size() <= kept) {
      at_end_ = true;
      return false;
    }
  }
}

Result<std::string_view> ByteStream::peek(std::size_t n) {
  while (buffer_.size() - begin_ < n && !at_end_ && !behind_buffer_) {
    Result<void> filled = fill();
    if (filled) continue;
    if (begin_ == buffer_.size()) return filled.error();
    behind_buffer_ = filled.error();
  }
  return std::string_view(buffer_).substr(begin_, n);
}

Result<std::string_view> ByteStream::available() {
  if (begin_ == buffer_.size() && behind_buffer_) return *std::exchange(behind_buffer_, {});
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
