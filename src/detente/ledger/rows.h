#pragma once
// Records become rows of the tables, and rows become records again.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "detente/base/utf8.h"
#include "detente/ledger.h"
#include "detente/ledger/database.h"

namespace detente::ledger {

/// A document that waits for its transaction.
struct Pending {
  CodedRecords coded;
  Place place;
  std::string key, content_hash, version;
  std::uint32_t revision = 1;
  std::string copy_group;
  bool is_current = true;
};

/// Parted by semicolons.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);
[[nodiscard]] std::vector<std::string> parted(std::string_view text);

/// "name=value;name=value", and back.
using Weights = std::vector<std::pair<std::string, double>>;
[[nodiscard]] std::string joined(const Weights& weights);
[[nodiscard]] Weights weights_of(std::string_view text);

/// "PRK/GOV;KOR/GOV"
[[nodiscard]] std::string side_codes(const std::vector<EntityRecord>& sides);

/// Start and end in code points, then in bytes.
Appender& offsets(Appender& row, const utf8::OffsetMap& map, Offsets at);

/// The same for reports of one event: type, sides, days. An event whose sides are not known shares
/// its story with nobody, unless its place is known.
[[nodiscard]] std::string story_id(const EventRecord& event);

/// Appends documents and their records within the connection's transaction.
class RowWriter {
 public:
  static Result<RowWriter> open(const Connection& connection);
  RowWriter(RowWriter&&) noexcept;
  ~RowWriter();
  void write(const Pending& document);
  Result<void> close();

 private:
  struct Tables;
  explicit RowWriter(std::unique_ptr<Tables> tables);
  std::unique_ptr<Tables> tables_;
};

}  // namespace detente::ledger
