#pragma once
// A file's bytes, mapped read-only into memory.

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>

#include "detente/base/result.h"

namespace detente {

/// Owns the mapping. The bytes live as long as this object; a file cut short under us is the
/// caller's risk.
class MappedFile {
 public:
  /// Errors: D0001 the file cannot be opened or read, D0002 it is a folder.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const& noexcept { return {data_, size_bytes_}; }
  [[nodiscard]] std::string_view text() const& noexcept {
    return {reinterpret_cast<const char*>(data_), size_bytes_};
  }
  std::span<const std::byte> bytes() const&& = delete;  // a view of a mapping that is gone
  std::string_view text() const&& = delete;

 private:
  MappedFile(const std::byte* data, std::size_t size_bytes)
      : data_(data), size_bytes_(size_bytes) {}
  const std::byte* data_ = nullptr;
  std::size_t size_bytes_ = 0;
};

}  // namespace detente
