#include "detente/resolve/actors/name_index.h"

#include <algorithm>
#include <bit>

namespace detente::resolve {

// Hashes of 64 bits stand for the words: among a million names two would meet once in 10^7 builds.
NameIndex::NameIndex(std::size_t expected)
    : by_words_(std::bit_ceil(expected * 2)), by_first_(std::bit_ceil(expected)) {
  entries_.reserve(expected);
  entries_.emplace_back();  // so that 0 can mean none
}

NameIndex::Slot& NameIndex::slot(std::vector<Slot>& slots, std::uint64_t hash) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = static_cast<std::size_t>(hash ^ (hash >> 32)) & mask;
  while (slots[at].value != 0 && slots[at].hash != hash) at = (at + 1) & mask;
  return slots[at];
}

void NameIndex::grow(std::vector<Slot>& slots) {
  std::vector<Slot> larger(slots.size() * 2);
  for (const Slot& old : slots) {
    if (old.value != 0) slot(larger, old.hash) = old;
  }
  slots = std::move(larger);
}

void NameIndex::add(std::string_view name, NameKind kind, std::uint32_t row, bool plural) {
  NameEntry entry;
  entry.kind = kind;
  entry.row = row;
  entry.plural = plural;
  if (name.ends_with('?')) {
    entry.contextual = true;
    name.remove_suffix(1);
  }
  if (name.starts_with("the ") || name.starts_with("The ")) name.remove_prefix(4);
  if (name.empty() || name.ends_with('-')) return;
  scratch_.clear();
  fold_words(name, 0, scratch_);
  if (scratch_.empty() || scratch_.size() > 14) return;
  std::uint64_t hash = kHashSeed;
  for (std::size_t i = 0; i < scratch_.size(); ++i) {
    hash = join_hash(hash, scratch_[i].hash);
    if (scratch_[i].upper) entry.upper_words |= static_cast<std::uint16_t>(1U << i);
  }
  entry.acronym = scratch_.size() == 1 && scratch_[0].all_upper;
  Slot& words = slot(by_words_, hash);
  const auto index = static_cast<std::uint32_t>(entries_.size());
  if (words.value == 0) {
    words = {hash, index};
    ++n_words_;
  } else {
    // At the end of the chain, so that rows keep the order of the tables.
    std::uint32_t last = words.value;
    for (;;) {
      const NameEntry& other = entries_[last];
      if (other.kind == kind && other.row == row) return;
      if (other.next == 0) break;
      last = other.next;
    }
    entries_[last].next = index;
  }
  entries_.push_back(entry);
  Slot& first = slot(by_first_, scratch_[0].hash);
  const auto n = static_cast<std::uint32_t>(scratch_.size());
  if (first.value == 0) {
    first = {scratch_[0].hash, n};
    ++n_first_;
  } else {
    first.value = std::max(first.value, n);
  }
  if (n_words_ * 2 > by_words_.size()) grow(by_words_);
  if (n_first_ * 2 > by_first_.size()) grow(by_first_);
}

const NameEntry* NameIndex::find(std::uint64_t hash) const {
  const Slot& found = slot(const_cast<std::vector<Slot>&>(by_words_), hash);
  return found.value == 0 ? nullptr : &entries_[found.value];
}

std::uint32_t NameIndex::longest(std::uint64_t first_word) const {
  return slot(const_cast<std::vector<Slot>&>(by_first_), first_word).value;
}

}  // namespace detente::resolve
