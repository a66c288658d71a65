#pragma once
// The words of time: data/times/, loaded once.

#include <filesystem>
#include <memory>

#include "detente/base/result.h"

namespace detente::resolve::times {

/// Immutable after opening; shared by all threads.
class TimeTables {
 public:
  /// Reads the tables under `data_folder`/times. Errors: D0001, D0004, D0005 a table, D0401 a field
  /// that is none of those its column knows.
  static Result<TimeTables> open(const std::filesystem::path& data_folder);

  TimeTables(TimeTables&&) noexcept;
  TimeTables& operator=(TimeTables&&) noexcept;
  ~TimeTables();

  struct Words;
  [[nodiscard]] const Words& words() const { return *words_; }

 private:
  explicit TimeTables(std::unique_ptr<const Words> words);
  std::unique_ptr<const Words> words_;
};

}  // namespace detente::resolve::times
