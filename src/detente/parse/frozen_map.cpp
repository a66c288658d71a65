#include "detente/parse/frozen_map.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "detente/base/assert.h"
#include "detente/nn/nn.h"
#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

// Words of 32 bits: number of entries, number of slots, the slots (entry + 1, or 0), the ends of
// key 0, value 0, key 1, … in the bytes that follow.
constexpr std::size_t kHeadWords = 2;

void append_number(std::string& out, std::uint32_t value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof(value));
}

}  // namespace

std::string FrozenMap::build(std::span<const std::pair<std::string, std::string>> entries) {
  const auto n_slots =
      static_cast<std::uint32_t>(std::bit_ceil(std::max<std::size_t>(2, entries.size() * 2)));
  std::vector<std::uint32_t> slots(n_slots, 0);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t slot = nn::murmur_hash64a(entries[i].first, 1) & (n_slots - 1);
    bool known = false;
    for (; slots[slot] != 0; slot = (slot + 1) & (n_slots - 1))
      known = known || entries[slots[slot] - 1].first == entries[i].first;
    if (!known) slots[slot] = static_cast<std::uint32_t>(i + 1);
  }
  std::string out;
  append_number(out, static_cast<std::uint32_t>(entries.size()));
  append_number(out, n_slots);
  for (const std::uint32_t slot : slots) append_number(out, slot);
  std::size_t end = 0;
  for (const auto& [key, value] : entries) {
    append_number(out, static_cast<std::uint32_t>(end += key.size()));
    append_number(out, static_cast<std::uint32_t>(end += value.size()));
  }
  for (const auto& [key, value] : entries) {
    out += key;
    out += value;
  }
  return out;
}

Result<FrozenMap> FrozenMap::open(const nn::ModelFile& model, std::string_view section) {
  DETENTE_TRY(const std::string_view bytes, model.text(section));
  if (const auto map = from_bytes(bytes)) return *map;
  return errors::section_damaged(model.path(), section);
}

std::optional<FrozenMap> FrozenMap::from_bytes(std::string_view bytes) {
  FrozenMap map;
  map.bytes_ = bytes;
  if (bytes.size() < kHeadWords * 4) return std::nullopt;
  map.n_entries_ = map.number(0);
  map.n_slots_ = map.number(1);
  const std::uint64_t n_words =
      kHeadWords + std::uint64_t{map.n_slots_} + 2 * std::uint64_t{map.n_entries_};
  if (!std::has_single_bit(map.n_slots_) || map.n_slots_ <= map.n_entries_) return std::nullopt;
  if (n_words * 4 > bytes.size()) return std::nullopt;
  map.pieces_ = bytes.substr(n_words * 4);
  return map;
}

std::uint32_t FrozenMap::number(std::size_t word) const noexcept {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes_.data() + word * 4, 4);
  return value;
}

// Bounds are checked here rather than once for all: opening stays free of cost, and damage that no
// checksum saw gives empty text instead of a crash.
std::string_view FrozenMap::piece(std::size_t i) const noexcept {
  const std::size_t first_end = kHeadWords + n_slots_;
  const std::size_t begin = i == 0 ? 0 : number(first_end + i - 1);
  const std::size_t end = number(first_end + i);
  if (begin > end || end > pieces_.size()) return {};
  return pieces_.substr(begin, end - begin);
}

std::string_view FrozenMap::key(std::size_t i) const noexcept {
  DETENTE_ASSERT(i < n_entries_, "an entry that exists is asked for");
  return piece(2 * i);
}

std::string_view FrozenMap::value(std::size_t i) const noexcept {
  DETENTE_ASSERT(i < n_entries_, "an entry that exists is asked for");
  return piece(2 * i + 1);
}

std::optional<std::string_view> FrozenMap::find(std::string_view key) const noexcept {
  if (n_entries_ == 0) return std::nullopt;
  std::size_t slot = nn::murmur_hash64a(key, 1) & (n_slots_ - 1);
  for (std::uint32_t tried = 0; tried < n_slots_; ++tried, slot = (slot + 1) & (n_slots_ - 1)) {
    const std::uint32_t entry = number(kHeadWords + slot);
    if (entry == 0) return std::nullopt;
    if (entry <= n_entries_ && piece(2 * (entry - 1)) == key) return piece(2 * (entry - 1) + 1);
  }
  return std::nullopt;
}

}  // namespace detente::parse
