#pragma once
// One document as its input file spells it, before it becomes a Document.

#include <optional>
#include <string>
#include <string_view>

#include "detente/base/result.h"
#include "detente/read/read.h"

namespace detente::read {

struct Record {
  enum class Field : std::uint8_t { Id, Text, Published, Title, Url, Publisher, Language, Author };
  static constexpr std::size_t kNumFields = 8;

  /// The field that a column or key means, and how strongly: 0 is the name on our own page, larger
  /// numbers are aliases that give way to it.
  struct Meaning {
    Field field = Field::Id;
    std::uint8_t rank = 0;
  };
  [[nodiscard]] static std::optional<Meaning> meaning_of(std::string_view name);

  std::string values[kNumFields];
  std::uint8_t ranks[kNumFields] = {255, 255, 255, 255, 255, 255, 255, 255};

  /// Keeps the value unless a stronger name gave one already; an empty value says nothing.
  void take(Meaning meaning, std::string value);
  [[nodiscard]] std::string& operator[](Field field) {
    return values[static_cast<std::size_t>(field)];
  }
};

/// Turns a record into a document with repaired text, zones and a day of publication. `where`:
/// "file:line" for messages. Errors: D0101, D0102.
Result<Document> document_of(Record record, std::string_view where, const ReadOptions& options);

}  // namespace detente::read
