#pragma once
// Every message that the room `nn` can give. Codes D02xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::nn::errors {

Error not_a_model(const std::filesystem::path& path);
Error cut_short(const std::filesystem::path& path, std::uint64_t expected_bytes,
                std::uint64_t found_bytes);
Error checksum_differs(const std::filesystem::path& path, std::string_view section);
Error section_missing(const std::filesystem::path& path, std::string_view section);
Error section_odd_size(const std::filesystem::path& path, std::string_view section,
                       std::size_t size_bytes, std::size_t unit_bytes);
Error model_too_new(const std::filesystem::path& path, std::uint32_t found, std::uint32_t newest);
Error shape_differs(const std::filesystem::path& path, std::string_view section, std::size_t found,
                    std::size_t expected);

}  // namespace detente::nn::errors
