#pragma once
// Look-up by hashes of 64 bits that stand for the keys themselves, in one block of memory: made at
// every start of the command, where a node for each key would take longer than all the rest.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace detente {

/// From hash to Value. Open addressing, at most half full. Values move when it grows.
template <typename Value>
class FlatMap {
 public:
  explicit FlatMap(std::size_t expected = 8) : slots_(std::bit_ceil(expected * 2)) {}

  /// The value of `key`, made on first sight.
  Value& operator[](std::uint64_t key) {
    if (size_ * 2 >= slots_.size()) grow();
    Slot& slot = slots_[place(slots_, key)];
    if (!slot.used) {
      slot = {key, true, Value()};
      ++size_;
    }
    return slot.value;
  }

  /// Null: not there.
  [[nodiscard]] const Value* find(std::uint64_t key) const {
    const Slot& slot = slots_[place(slots_, key)];
    return slot.used ? &slot.value : nullptr;
  }

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  struct Slot {
    std::uint64_t key = 0;
    bool used = false;
    Value value{};
  };

  static std::size_t place(const std::vector<Slot>& slots, std::uint64_t key) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = static_cast<std::size_t>(key ^ (key >> 32)) & mask;
    while (slots[at].used && slots[at].key != key) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> larger(slots_.size() * 2);
    for (Slot& old : slots_) {
      if (old.used) larger[place(larger, old.key)] = std::move(old);
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

/// From hash to several numbers, in the order in which they came.
class FlatMultimap {
 public:
  explicit FlatMultimap(std::size_t expected = 8) : ends_(expected) { links_.reserve(expected); }

  /// A number that the key already has stays once.
  void add(std::uint64_t key, std::uint32_t value) {
    Ends& ends = ends_[key];
    for (std::uint32_t at = ends.first; at != kNone; at = links_[at].next) {
      if (links_[at].value == value) return;
    }
    const auto index = static_cast<std::uint32_t>(links_.size());
    links_.push_back({value, kNone});
    (ends.first == kNone ? ends.first : links_[ends.last].next) = index;
    ends.last = index;
  }

  [[nodiscard]] std::vector<std::uint32_t> find(std::uint64_t key) const {
    std::vector<std::uint32_t> values;
    const Ends* ends = ends_.find(key);
    for (std::uint32_t at = ends == nullptr ? kNone : ends->first; at != kNone;
         at = links_[at].next) {
      values.push_back(links_[at].value);
    }
    return values;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  struct Ends {
    std::uint32_t first = kNone, last = kNone;
  };
  struct Link {
    std::uint32_t value, next;
  };
  FlatMap<Ends> ends_;
  std::vector<Link> links_;
};

}  // namespace detente
