#pragma once
// Dictionaries of the TABARI and PETRARCH coders: actors with the days on which their codes hold,
// and agents. The format has no standard beyond the programs that read it, and real files hold
// accidents; docs/formats/dictionaries.md tells what is taken and what is not.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detente/base/date.h"

namespace detente::resolve {

enum class DictionaryKind : std::uint8_t { Actors, Agents, Discards, Verbs, Unknown };

/// "actors", "agents", … as printed.
[[nodiscard]] std::string_view dictionary_kind_name(DictionaryKind kind);

/// A code and the days on which it holds; open on both sides when the line gives none.
struct DictionaryCode {
  std::string code;  ///< as written; empty: the line says that there is no actor
  DateRange held;
  bool dated = false;
  std::uint32_t line = 0;
};

struct DictionaryEntry {
  std::uint32_t line = 0;
  std::vector<std::string> phrases;  ///< blanks for underscores, as written else
  std::vector<DictionaryCode> codes;
  std::vector<std::string> plurals;  ///< of an agent's phrases, in their order
  bool whole_story = false;          ///< of a discard: not the sentence alone
};

/// A line that was not taken as it stands.
struct DictionaryRemark {
  std::uint32_t line = 0;
  bool imported = false;  ///< taken after all, mended as `reason` says
  std::string reason;
  std::string text;  ///< of the line
};

struct Dictionary {
  DictionaryKind kind = DictionaryKind::Unknown;
  std::uint32_t n_lines = 0;
  std::uint32_t n_empty = 0;     ///< blank lines and comments
  std::uint32_t n_imported = 0;  ///< lines
  std::vector<DictionaryEntry> entries;
  std::vector<DictionaryRemark> remarks;  ///< in order of lines

  [[nodiscard]] std::uint32_t n_refused() const { return n_lines - n_empty - n_imported; }
};

/// Cannot fail: every line is empty, imported, or has a remark that says why it is not. Verb
/// dictionaries and unknown files are told apart and left alone: their lines are not counted.
[[nodiscard]] Dictionary read_dictionary(std::string_view bytes);

}  // namespace detente::resolve
