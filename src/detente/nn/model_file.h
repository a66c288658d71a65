#pragma once
// The model file: named sections of bytes, checksummed, mapped, 64-byte aligned. Layout:
// docs/formats/model-file.md.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/mapped_file.h"
#include "detente/base/result.h"

namespace detente::nn {

inline constexpr std::uint32_t kNewestFormat = 1;

/// Sections by name. Spans and views into it live as long as it does.
class ModelFile {
 public:
  /// Maps the file and checks magic, format, bounds and the checksum of every section.
  /// Errors: D0001/D0002 (base), D0201 not a model file, D0202 cut short, D0203 checksum, D0207 too
  /// new.
  static Result<ModelFile> open(const std::filesystem::path& path);

  [[nodiscard]] std::optional<std::span<const std::byte>> find(std::string_view name) const;
  /// The section's bytes as text or as numbers; an error (D0204) names the section that is missing,
  /// D0205 one whose size is no multiple of the number's.
  [[nodiscard]] Result<std::string_view> text(std::string_view name) const;
  template <typename T>
  [[nodiscard]] Result<std::span<const T>> numbers(std::string_view name) const {
    DETENTE_TRY(const std::string_view bytes, numbers_bytes(name, sizeof(T)));
    return std::span<const T>(reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T));
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  struct Section {
    std::string_view name;
    std::span<const std::byte> bytes;
  };
  ModelFile(MappedFile file, std::filesystem::path path)
      : file_(std::move(file)), path_(std::move(path)) {}
  [[nodiscard]] Result<std::string_view> numbers_bytes(std::string_view name,
                                                       std::size_t unit_bytes) const;

  MappedFile file_;
  std::filesystem::path path_;
  std::vector<Section> sections_;
};

/// Collects sections, then writes them in the order they were added.
class ModelFileWriter {
 public:
  /// `name`: at most 47 bytes, not yet used.
  void add(std::string_view name, std::string_view bytes);
  template <typename T>
  void add_numbers(std::string_view name, std::span<const T> values) {
    add(name, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
  }
  /// Writes beside `path` and renames, so that a reader never sees half a file. Errors: D0003.
  Result<void> write(const std::filesystem::path& path) const;

 private:
  struct Section {
    std::string name;
    std::string bytes;
  };
  std::vector<Section> sections_;
};

}  // namespace detente::nn
