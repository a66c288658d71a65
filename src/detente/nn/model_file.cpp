#include "detente/nn/model_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "detente/base/errors.h"
#include "detente/nn/errors.h"

static_assert(std::endian::native == std::endian::little,
              "the model file is little-endian and read in place");

namespace detente::nn {
namespace {

constexpr std::array<char, 8> kMagic{'D', 'T', 'N', 'M', 'O', 'D', 'E', 'L'};
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kNameBytes = 48;

struct Header {
  std::array<char, 8> magic;
  std::uint32_t format;
  std::uint32_t n_sections;
  std::uint64_t size_bytes;
  std::uint64_t table_checksum;
};
struct Entry {
  std::array<char, kNameBytes> name;
  std::uint64_t offset;
  std::uint64_t size_bytes;
  std::uint64_t checksum;
};

// FNV-1a over 64-bit words, then over the bytes left: finds damage, not malice; 4 GB/s keeps the
// cold start short.
std::uint64_t checksum(std::string_view bytes) {
  constexpr std::uint64_t kPrime = 0x100000001B3ULL;
  std::array<std::uint64_t, 4> lanes{0xCBF29CE484222325ULL, 0x9E3779B97F4A7C15ULL,
                                     0xC2B2AE3D27D4EB4FULL, 0x165667B19E3779F9ULL};
  std::size_t i = 0;
  for (; i + 32 <= bytes.size(); i += 32) {
    for (std::size_t lane = 0; lane < 4; ++lane) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + i + 8 * lane, 8);
      lanes[lane] = (lanes[lane] ^ word) * kPrime;
      lanes[lane] ^= lanes[lane] >> 29;
    }
  }
  std::uint64_t sum = bytes.size();
  for (std::uint64_t lane : lanes) sum = (sum ^ lane) * kPrime;
  for (; i < bytes.size(); ++i) sum = (sum ^ static_cast<unsigned char>(bytes[i])) * kPrime;
  return sum ^ (sum >> 31);
}

std::size_t aligned(std::size_t n) { return (n + kAlignment - 1) / kAlignment * kAlignment; }

}  // namespace

Result<ModelFile> ModelFile::open(const std::filesystem::path& path) {
  DETENTE_TRY(MappedFile file, MappedFile::open(path));
  ModelFile model(std::move(file), path);
  const std::string_view bytes = model.file_.text();
  Header header{};
  if (bytes.size() < sizeof(Header)) return errors::not_a_model(path);
  std::memcpy(&header, bytes.data(), sizeof(Header));
  if (header.magic != kMagic) return errors::not_a_model(path);
  if (header.format > kNewestFormat)
    return errors::model_too_new(path, header.format, kNewestFormat);
  if (header.size_bytes != bytes.size())
    return errors::cut_short(path, header.size_bytes, bytes.size());
  if (header.n_sections > (bytes.size() - sizeof(Header)) / sizeof(Entry)) {
    return errors::cut_short(
        path, sizeof(Header) + std::uint64_t{header.n_sections} * sizeof(Entry), bytes.size());
  }
  const std::string_view table = bytes.substr(sizeof(Header), header.n_sections * sizeof(Entry));
  if (checksum(table) != header.table_checksum)
    return errors::checksum_differs(path, "table of sections");
  for (std::uint32_t i = 0; i < header.n_sections; ++i) {
    Entry entry{};
    std::memcpy(&entry, table.data() + i * sizeof(Entry), sizeof(Entry));
    const std::string_view name(table.data() + i * sizeof(Entry),
                                ::strnlen(entry.name.data(), kNameBytes));
    if (entry.offset > bytes.size() || entry.size_bytes > bytes.size() - entry.offset) {
      return errors::cut_short(path, entry.offset, bytes.size());
    }
    const std::string_view section = bytes.substr(entry.offset, entry.size_bytes);
    if (checksum(section) != entry.checksum || entry.offset % kAlignment != 0) {
      return errors::checksum_differs(path, name);
    }
    model.sections_.push_back({name, model.file_.bytes().subspan(entry.offset, entry.size_bytes)});
  }
  return model;
}

std::optional<std::span<const std::byte>> ModelFile::find(std::string_view name) const {
  const auto found = std::find_if(sections_.begin(), sections_.end(),
                                  [&](const Section& s) { return s.name == name; });
  if (found == sections_.end()) return std::nullopt;
  return found->bytes;
}

Result<std::string_view> ModelFile::text(std::string_view name) const {
  const auto bytes = find(name);
  if (!bytes) return errors::section_missing(path_, name);
  return std::string_view(reinterpret_cast<const char*>(bytes->data()), bytes->size());
}

Result<std::string_view> ModelFile::numbers_bytes(std::string_view name,
                                                  std::size_t unit_bytes) const {
  DETENTE_TRY(const std::string_view bytes, text(name));
  if (bytes.size() % unit_bytes != 0)
    return errors::section_odd_size(path_, name, bytes.size(), unit_bytes);
  return bytes;
}

std::vector<std::string_view> ModelFile::names() const {
  std::vector<std::string_view> names;
  names.reserve(sections_.size());
  for (const Section& section : sections_) names.push_back(section.name);
  return names;
}

void ModelFileWriter::add(std::string_view name, std::string_view bytes) {
  DETENTE_ASSERT(name.size() < kNameBytes, "a section's name fits its field");
  sections_.push_back({std::string(name), std::string(bytes)});
}

Result<void> ModelFileWriter::write(const std::filesystem::path& path) const {
  std::string table;
  std::string body;
  const std::size_t first = aligned(sizeof(Header) + sections_.size() * sizeof(Entry));
  for (const Section& section : sections_) {
    Entry entry{};
    std::memcpy(entry.name.data(), section.name.data(), section.name.size());
    body.resize(aligned(body.size()));
    entry.offset = first + body.size();
    entry.size_bytes = section.bytes.size();
    entry.checksum = checksum(section.bytes);
    body += section.bytes;
    table.append(reinterpret_cast<const char*>(&entry), sizeof(Entry));
  }
  Header header{kMagic, kNewestFormat, static_cast<std::uint32_t>(sections_.size()),
                first + body.size(), checksum(table)};
  std::string head(reinterpret_cast<const char*>(&header), sizeof(Header));
  head += table;
  head.resize(first);

  const std::filesystem::path unfinished = path.string() + ".part";
  std::ofstream out(unfinished, std::ios::binary | std::ios::trunc);
  out.write(head.data(), static_cast<std::streamsize>(head.size()));
  out.write(body.data(), static_cast<std::streamsize>(body.size()));
  out.close();
  if (!out) return detente::errors::cannot_write(unfinished, errno);
  std::error_code failed;
  std::filesystem::rename(unfinished, path, failed);
  if (failed) return detente::errors::cannot_write(path, failed.value());
  return {};
}

}  // namespace detente::nn
