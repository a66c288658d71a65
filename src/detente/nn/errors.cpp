#include "detente/nn/errors.h"

namespace detente::nn::errors {
namespace {

constexpr std::string_view kMakeAnew = " Make it anew: detente model add FOLDER.";

}  // namespace

Error not_a_model(const std::filesystem::path& path) {
  return {"D0201", path.string() + ": is not a Detente model file." + std::string(kMakeAnew)};
}

Error cut_short(const std::filesystem::path& path, std::uint64_t expected_bytes,
                std::uint64_t found_bytes) {
  return {"D0202", path.string() + ": is cut short: " + std::to_string(found_bytes) +
                       " bytes where " + std::to_string(expected_bytes) + " are announced." +
                       std::string(kMakeAnew)};
}

Error checksum_differs(const std::filesystem::path& path, std::string_view section) {
  return {"D0203", path.string() + ": section '" + std::string(section) +
                       "' does not match its checksum; the file is damaged." +
                       std::string(kMakeAnew)};
}

Error section_missing(const std::filesystem::path& path, std::string_view section) {
  return {"D0204", path.string() + ": section '" + std::string(section) + "' is missing." +
                       std::string(kMakeAnew)};
}

Error section_odd_size(const std::filesystem::path& path, std::string_view section,
                       std::size_t size_bytes, std::size_t unit_bytes) {
  return {"D0205", path.string() + ": section '" + std::string(section) + "' has " +
                       std::to_string(size_bytes) + " bytes, no multiple of " +
                       std::to_string(unit_bytes) + "." + std::string(kMakeAnew)};
}

Error shape_differs(const std::filesystem::path& path, std::string_view section, std::size_t found,
                    std::size_t expected) {
  return {"D0206", path.string() + ": section '" + std::string(section) + "' holds " +
                       std::to_string(found) + " numbers where " + std::to_string(expected) +
                       " are needed." + std::string(kMakeAnew)};
}

Error model_too_new(const std::filesystem::path& path, std::uint32_t found, std::uint32_t newest) {
  return {"D0207", path.string() + ": model format " + std::to_string(found) +
                       " is newer than this program reads (" + std::to_string(newest) +
                       "). Upgrade detente, or convert the model's folder with this one: "
                       "detente model add FOLDER."};
}

}  // namespace detente::nn::errors
