#include "detente/resolve/actors/name_index.h"

#include <algorithm>
#include <bit>

#include "detente/base/assert.h"

namespace detente::resolve {

// Hashes of 64 bits stand for the words: among a million names two would meet once in 10^7 builds.
NameIndex::NameIndex(std::size_t expected)
    : by_words_(std::bit_ceil(expected * 2)), by_first_(std::bit_ceil(expected)) {
  entries_.reserve(expected);
  pending_.reserve(kMostPending);
  entries_.emplace_back();  // so that 0 can mean none
}

std::size_t NameIndex::home(const std::vector<Slot>& slots, std::uint64_t hash) {
  return static_cast<std::size_t>(hash ^ (hash >> 32)) & (slots.size() - 1);
}

NameIndex::Slot& NameIndex::slot(std::vector<Slot>& slots, std::uint64_t hash) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = home(slots, hash);
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
  Pending pending;
  pending.hash = kHashSeed;
  for (std::size_t i = 0; i < scratch_.size(); ++i) {
    pending.hash = join_hash(pending.hash, scratch_[i].hash);
    if (scratch_[i].upper) entry.upper_words |= static_cast<std::uint16_t>(1U << i);
  }
  entry.acronym = scratch_.size() == 1 && scratch_[0].all_upper;
  pending.first_word = scratch_[0].hash;
  pending.n_words = static_cast<std::uint32_t>(scratch_.size());
  pending.entry = entry;
  __builtin_prefetch(&by_words_[home(by_words_, pending.hash)], 1);
  __builtin_prefetch(&by_first_[home(by_first_, pending.first_word)], 1);
  pending_.push_back(pending);
  if (pending_.size() == kMostPending) settle();
}

void NameIndex::settle() {
  for (const Pending& pending : pending_) insert(pending);
  pending_.clear();
}

void NameIndex::insert(const Pending& pending) {
  Slot& words = slot(by_words_, pending.hash);
  const auto index = static_cast<std::uint32_t>(entries_.size());
  if (words.value == 0) {
    words = {pending.hash, index};
    ++n_words_;
  } else {
    // At the end of the chain, so that rows keep the order of the tables.
    std::uint32_t last = words.value;
    for (;;) {
      const NameEntry& other = entries_[last];
      if (other.kind == pending.entry.kind && other.row == pending.entry.row) return;
      if (other.next == 0) break;
      last = other.next;
    }
    entries_[last].next = index;
  }
  entries_.push_back(pending.entry);
  Slot& first = slot(by_first_, pending.first_word);
  if (first.value == 0) {
    first = {pending.first_word, pending.n_words};
    ++n_first_;
  } else {
    first.value = std::max(first.value, pending.n_words);
  }
  if (n_words_ * 2 > by_words_.size()) grow(by_words_);
  if (n_first_ * 2 > by_first_.size()) grow(by_first_);
}

const NameEntry* NameIndex::find(std::uint64_t hash) const {
  DETENTE_ASSERT(pending_.empty(), "names are looked up when all are in");
  const Slot& found = slot(const_cast<std::vector<Slot>&>(by_words_), hash);
  return found.value == 0 ? nullptr : &entries_[found.value];
}

std::uint32_t NameIndex::longest(std::uint64_t first_word) const {
  return slot(const_cast<std::vector<Slot>&>(by_first_), first_word).value;
}

}  // namespace detente::resolve
