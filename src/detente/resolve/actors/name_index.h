#pragma once
// Names by their folded words. Cost of a look-up: one hash per word, whatever the number of names.

#include <cstdint>
#include <string_view>
#include <vector>

#include "detente/resolve/actors/fold.h"

namespace detente::resolve {

enum class NameKind : std::uint8_t {
  Country,
  Demonym,  ///< of people, or adjective
  Capital,
  Seat,
  Organization,
  Person,
  Surname,
  Collective,
  People,
  Agent,
};

/// One name of one table row.
struct NameEntry {
  std::uint32_t row = 0;
  std::uint32_t next = 0;         ///< the next entry of the same words; 0: none
  std::uint16_t upper_words = 0;  ///< bit i: word i starts with an upper-case letter
  NameKind kind = NameKind::Country;
  bool contextual = false;  ///< has this meaning only in context ("the North")
  bool acronym = false;     ///< must stand in upper case
  bool plural = false;      ///< of demonyms and agents
};

class NameIndex {
 public:
  explicit NameIndex(std::size_t expected);

  /// `name` as the table writes it; a trailing '?' marks a contextual name. Found after `settle`.
  void add(std::string_view name, NameKind kind, std::uint32_t row, bool plural = false);
  /// Closes a run of `add`.
  void settle();

  /// First entry of these words (chained by `next`); null: none.
  [[nodiscard]] const NameEntry* find(std::uint64_t hash) const;
  [[nodiscard]] const NameEntry* next(const NameEntry& entry) const {
    return entry.next == 0 ? nullptr : &entries_[entry.next];
  }
  /// Words of the longest name that starts with this word; 0: none does.
  [[nodiscard]] std::uint32_t longest(std::uint64_t first_word) const;
  [[nodiscard]] std::size_t size() const { return entries_.size() - 1; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t value = 0;
  };
  // A name on its way in. Its slots lie anywhere in megabytes: asked for when the name comes, they
  // have arrived from memory when some more names have been read.
  struct Pending {
    std::uint64_t hash = 0, first_word = 0;
    std::uint32_t n_words = 0;
    NameEntry entry;
  };
  static constexpr std::size_t kMostPending = 32;
  static std::size_t home(const std::vector<Slot>& slots, std::uint64_t hash);
  static Slot& slot(std::vector<Slot>& slots, std::uint64_t hash);
  static void grow(std::vector<Slot>& slots);
  void insert(const Pending& pending);
  std::vector<Slot> by_words_, by_first_;
  std::size_t n_words_ = 0, n_first_ = 0;
  std::vector<NameEntry> entries_;
  std::vector<FoldedWord> scratch_;
  std::vector<Pending> pending_;
};

}  // namespace detente::resolve
