// Laws: bytes that are no sound model file are refused with a code; a file that is taken gives
// sections whose every byte can be read.

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <string>

#include "detente/nn/nn.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  static const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                            ("detente_model_file_fuzz." + std::to_string(getpid()));
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  const auto model = nn::ModelFile::open(path);
  if (!model) {
    DETENTE_LAW(model.error().code.size() == 5 && !model.error().message.empty());
  } else {
    for (const std::string_view name : model->names()) {
      const auto text = model->text(name);
      DETENTE_LAW(text.has_value());
      [[maybe_unused]] volatile int sum = std::accumulate(text->begin(), text->end(), 0);
    }
  }
  std::filesystem::remove(path);
  return 0;
}
