#include "detente/base/utf8.h"

#include <algorithm>

#include "detente/base/assert.h"

namespace detente::utf8 {
namespace {

constexpr std::uint32_t kBlockBytes = 64;

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

Decoded decode(std::string_view text, std::size_t offset) noexcept {
  constexpr Decoded kBad{0xFFFD, 1, false};
  if (offset >= text.size()) return {0, 0, true};
  const auto b0 = static_cast<unsigned char>(text[offset]);
  if (b0 < 0x80) return {b0, 1, true};
  std::uint32_t size = 0;
  char32_t point = 0;
  char32_t smallest = 0;
  if ((b0 & 0xE0) == 0xC0) {
    size = 2, point = b0 & 0x1F, smallest = 0x80;
  } else if ((b0 & 0xF0) == 0xE0) {
    size = 3, point = b0 & 0x0F, smallest = 0x800;
  } else if ((b0 & 0xF8) == 0xF0) {
    size = 4, point = b0 & 0x07, smallest = 0x10000;
  } else {
    return kBad;
  }
  if (offset + size > text.size()) return kBad;
  for (std::uint32_t i = 1; i < size; ++i) {
    if (!is_continuation(text[offset + i])) return kBad;
    point = (point << 6) | (static_cast<unsigned char>(text[offset + i]) & 0x3F);
  }
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < smallest || point > 0x10FFFF || surrogate) return kBad;
  return {point, size, true};
}

void append(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_valid(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    const Decoded d = decode(text, i);
    if (!d.valid) return false;
    i += d.size_bytes;
  }
  return true;
}

std::size_t count_code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !is_continuation(c); }));
}

Repaired repair(std::string_view bytes) {
  Repaired result;
  result.text.reserve(bytes.size());
  bool in_bad_run = false;
  for (std::size_t i = 0; i < bytes.size();) {
    const Decoded d = decode(bytes, i);
    if (d.valid) {
      result.text.append(bytes.substr(i, d.size_bytes));
      in_bad_run = false;
    } else if (!in_bad_run) {
      if (result.n_replaced++ == 0) result.first_bad_offset = static_cast<std::uint32_t>(i);
      append(result.text, 0xFFFD);
      in_bad_run = true;
    }
    i += d.size_bytes;
  }
  return result;
}

OffsetMap::OffsetMap(std::string_view text) : text_(text) {
  before_block_.reserve(text.size() / kBlockBytes + 1);
  std::uint32_t n = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i % kBlockBytes == 0) before_block_.push_back(n);
    if (i < text.size() && !is_continuation(text[i])) ++n;
  }
}

std::uint32_t OffsetMap::to_code_points(std::uint32_t byte_offset) const {
  DETENTE_ASSERT(byte_offset <= text_.size(), "the offset lies in the text");
  const std::uint32_t block = byte_offset / kBlockBytes;
  std::uint32_t n = before_block_[block];
  for (std::uint32_t i = block * kBlockBytes; i < byte_offset; ++i) n += !is_continuation(text_[i]);
  return n;
}

std::uint32_t OffsetMap::to_bytes(std::uint32_t code_point_offset) const {
  const auto block =
      std::upper_bound(before_block_.begin(), before_block_.end(), code_point_offset);
  const auto idx = static_cast<std::uint32_t>(block - before_block_.begin() - 1);
  std::uint32_t n = before_block_[idx];
  std::uint32_t i = idx * kBlockBytes;
  while (i < text_.size() && (n < code_point_offset || is_continuation(text_[i]))) {
    n += !is_continuation(text_[i]);
    ++i;
  }
  return i;
}

}  // namespace detente::utf8
