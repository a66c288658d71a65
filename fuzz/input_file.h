#pragma once
// The bytes of a fuzz target as a file, for readers that open one.

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>

namespace detente::fuzz {

/// A file of that ending, written anew by each call and left for the next.
inline std::filesystem::path input_file(const std::uint8_t* data, std::size_t size,
                                        const std::string& ending) {
  static const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                            ("detente_fuzz." + std::to_string(getpid()) + ending);
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  return path;
}

}  // namespace detente::fuzz
