// warc_probe FILE: reads a web archive up to the documents' bytes (records found, headers read,
// chunks joined, bodies unpacked; nothing extracted) on one thread, and prints what and how fast.

#include <chrono>
#include <iostream>

#include "detente/read/archive.h"
#include "detente/read/http_message.h"

int main(int argc, char** argv) {
  using namespace detente;  // NOLINT(google-build-using-namespace): a probe of one function
  if (argc != 2) return 2;
  const auto start = std::chrono::steady_clock::now();
  auto stream = read::ByteStream::open(argv[1]);
  if (!stream) {
    std::cerr << stream.error().text() << '\n';
    return 3;
  }
  read::ArchiveReader reader(*stream);
  std::uint64_t n_records = 0;
  std::uint64_t n_broken = 0;
  std::uint64_t body_bytes = 0;
  for (;;) {
    const auto state = reader.next();
    if (!state || *state == read::ArchiveReader::State::End) break;
    if (*state == read::ArchiveReader::State::Broken) {
      ++n_broken;
      continue;
    }
    ++n_records;
    body_bytes += read::read_http(reader.record().block, read::kMaxBlockBytes).body.size();
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  std::cout << "{\"records\": " << n_records << ", \"broken\": " << n_broken
            << ", \"body_bytes\": " << body_bytes << ", \"bytes\": " << stream->position()
            << ", \"seconds\": " << took.count() << "}\n";
  return 0;
}
