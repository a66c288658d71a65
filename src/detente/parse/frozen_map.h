#pragma once
// A map from bytes to bytes that lies in a model file and is used where it lies: nothing to load.
// Layout: docs/formats/model-file.md.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detente/base/result.h"
#include "detente/nn/nn.h"

namespace detente::parse {

class FrozenMap {
 public:
  /// The bytes of a section. When a key stands twice, the first value counts.
  static std::string build(std::span<const std::pair<std::string, std::string>> entries);

  /// No entries.
  FrozenMap() = default;
  /// The map lives as long as `model`. Errors: D0204 (nn) section missing, D0305 damaged.
  static Result<FrozenMap> open(const nn::ModelFile& model, std::string_view section);
  /// Nothing when the bytes are no whole map.
  static std::optional<FrozenMap> from_bytes(std::string_view bytes);

  [[nodiscard]] std::size_t size() const noexcept { return n_entries_; }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view key) const noexcept;
  [[nodiscard]] bool contains(std::string_view key) const noexcept { return find(key).has_value(); }
  /// Entry `i` < size(), in the order given to build().
  [[nodiscard]] std::string_view key(std::size_t i) const noexcept;
  [[nodiscard]] std::string_view value(std::size_t i) const noexcept;

 private:
  [[nodiscard]] std::uint32_t number(std::size_t word) const noexcept;
  [[nodiscard]] std::string_view piece(std::size_t i) const noexcept;

  std::string_view bytes_;
  std::string_view pieces_;
  std::uint32_t n_entries_ = 0;
  std::uint32_t n_slots_ = 0;
};

}  // namespace detente::parse
