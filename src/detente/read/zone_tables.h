#pragma once
// What tells a page's furniture from its story: data/zones/ and data/html/, loaded once.

#include <filesystem>
#include <memory>
#include <string_view>

#include "detente/base/result.h"

namespace detente::read {

/// Immutable after opening; shared by all threads.
class ZoneTables {
 public:
  /// Reads the tables under `data_folder` (zones/*.tsv, html/*.tsv and times/months.tsv). Errors:
  /// D0001, D0004, D0005 a table, D0103 a row's pattern.
  static Result<ZoneTables> open(const std::filesystem::path& data_folder);

  ZoneTables(ZoneTables&&) noexcept;
  ZoneTables& operator=(ZoneTables&&) noexcept;
  ~ZoneTables();

  struct Rows;
  [[nodiscard]] const Rows& rows() const { return *rows_; }

 private:
  explicit ZoneTables(std::unique_ptr<const Rows> rows);
  std::unique_ptr<const Rows> rows_;
};

}  // namespace detente::read
