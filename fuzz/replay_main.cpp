// Runs a fuzz target over the files of the folders given, each also cut short and with bytes
// changed, so that a build without libFuzzer keeps what the fuzzers found.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& bytes) {
  // A copy without a spare byte at its end, so that the sanitizers see a read past it.
  const std::vector<std::uint8_t> exact(bytes.begin(), bytes.end());
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
}

void run_with_changes(const std::string& bytes) {
  run(bytes);
  const std::size_t step = 1 + bytes.size() / 64;
  for (std::size_t i = 0; i < bytes.size(); i += step) {
    run(bytes.substr(0, i));
    std::string changed = bytes;
    for (const unsigned char flip : {0x01, 0x80, 0xFF}) {
      changed[i] = static_cast<char>(static_cast<unsigned char>(bytes[i]) ^ flip);
      run(changed);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t n_files = 0;
  run("");
  for (int i = 1; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      run_with_changes({std::istreambuf_iterator<char>(file), {}});
      ++n_files;
    }
  }
  std::cout << n_files << " inputs replayed, each with its changes\n";
  return n_files > 0 ? 0 : 1;
}
