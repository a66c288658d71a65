#include "detente/resolve/places/gazetteer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace detente::resolve {
namespace {

// places.idx: 12 bytes per name, sorted: 8 of the FNV-1a hash of the folded name, 4 of the row's
// offset in places.tsv; little-endian.
constexpr std::size_t kEntryBytes = 12;

std::uint64_t entry_hash(const std::byte* entry) {
  std::uint64_t hash = 0;
  std::memcpy(&hash, entry, sizeof(hash));
  return hash;
}

std::uint64_t fnv(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

template <typename T>
T number(std::string_view text) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

GazetteerPlace parse_row(std::string_view line) {
  std::array<std::string_view, 10> cells;
  for (std::string_view& cell : cells) {
    const std::size_t tab = line.find('\t');
    cell = line.substr(0, tab);
    line.remove_prefix(tab == std::string_view::npos ? line.size() : tab + 1);
  }
  GazetteerPlace place;
  place.name = cells[0];
  place.geonameid = number<std::uint64_t>(cells[3]);
  place.lat = number<double>(cells[4]);
  place.lon = number<double>(cells[5]);
  place.country = cells[6];
  place.admin1 = cells[7];
  place.population = number<std::uint64_t>(cells[8]);
  place.feature = cells[9];
  return place;
}

}  // namespace

Result<Gazetteer> Gazetteer::open(const std::filesystem::path& folder) {
  Gazetteer gazetteer;
  std::error_code failed;
  if (folder.empty() || !std::filesystem::exists(folder / "places.tsv", failed) ||
      !std::filesystem::exists(folder / "places.idx", failed)) {
    return gazetteer;
  }
  DETENTE_TRY(MappedFile table, MappedFile::open(folder / "places.tsv"));
  DETENTE_TRY(MappedFile index, MappedFile::open(folder / "places.idx"));
  gazetteer.table_.emplace(std::move(table));
  gazetteer.index_.emplace(std::move(index));
  return gazetteer;
}

std::vector<GazetteerPlace> Gazetteer::find(std::string_view folded_name, std::size_t most) const {
  std::vector<GazetteerPlace> places;
  if (!table_) return places;
  const std::span<const std::byte> index = index_->bytes();
  const std::string_view table = table_->text();
  const std::uint64_t hash = fnv(folded_name);
  std::size_t low = 0;
  std::size_t high = index.size() / kEntryBytes;
  const std::size_t n = high;
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (entry_hash(index.data() + middle * kEntryBytes) < hash) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (; low < n && places.size() < most; ++low) {
    const std::byte* entry = index.data() + low * kEntryBytes;
    if (entry_hash(entry) != hash) break;
    std::uint32_t offset = 0;
    std::memcpy(&offset, entry + 8, sizeof(offset));
    if (offset >= table.size()) break;
    const std::string_view rest = table.substr(offset);
    places.push_back(parse_row(rest.substr(0, rest.find('\n'))));
  }
  return places;
}

}  // namespace detente::resolve
