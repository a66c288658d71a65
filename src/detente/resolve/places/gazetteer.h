#pragma once
// The gazetteer (.cache/places/places.tsv) through its index of names (places.idx): nothing is read
// before it is asked for.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

#include "detente/base/mapped_file.h"
#include "detente/base/result.h"

namespace detente::resolve {

struct GazetteerPlace {
  std::string_view name, country, admin1, feature;
  std::uint64_t geonameid = 0;
  std::uint64_t population = 0;
  double lat = 0;
  double lon = 0;
};

class Gazetteer {
 public:
  Gazetteer() = default;
  /// An empty gazetteer when the folder has none. Error: D0001 a file cannot be read.
  static Result<Gazetteer> open(const std::filesystem::path& folder);

  /// All places of these folded words (joined with spaces), at most `most`. Views live as long as
  /// this.
  [[nodiscard]] std::vector<GazetteerPlace> find(std::string_view folded_name,
                                                 std::size_t most = 64) const;
  [[nodiscard]] bool empty() const { return !table_; }

 private:
  std::optional<MappedFile> table_, index_;
};

}  // namespace detente::resolve
