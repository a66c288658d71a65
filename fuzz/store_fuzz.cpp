// Laws: a store whose file or log was cut or has bytes changed is refused with a code, or opens and
// holds whole commits alone. The input is what happens to the two files of a sound store:
//   which (0 log, 1 file; +2: cut there; +4 in the first: opened for reading), where (3 bytes, of
//   the file's length), bits to turn

#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "detente/ledger/ledger.h"
#include "law.h"

namespace {

namespace fs = std::filesystem;
using namespace detente;

constexpr int kCommits = 4;
constexpr int kDocumentsOfACommit = 5;

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

CodedRecords coded(int number) {
  CodedRecords records;
  records.reading.document_id = "d" + std::to_string(number);
  records.reading.text = "Ghana met Togo for the " + std::to_string(number) + "th time.";
  EventRecord event;
  event.id = "e" + std::to_string(number);
  event.document_id = records.reading.document_id;
  event.event = "CONSULT";
  event.date = event.enddate = *Date::from_ymd(2024, 3, 11);
  event.mentions = {{0, {0, 4}, {6, 9}, "Ghana met Togo", {"RULE/one"}}};
  records.events.push_back(event);
  return records;
}

// A store as a writer that was killed leaves it: some commits in the file, some in the log.
struct Sound {
  fs::path folder = fs::temp_directory_path() / ("detente_store_fuzz." + std::to_string(getpid()));
  fs::path path = folder / "store.duckdb";
  fs::path log_path = folder / "store.duckdb.wal";
  std::string file, log;

  Sound() {
    fs::create_directories(folder);
    const fs::path made = folder / "made.duckdb";
    for (int commit = 0; commit < kCommits; ++commit) {
      Result<Ledger> ledger = Ledger::open(made, {});
      DETENTE_LAW(ledger);
      for (int i = 0; i < kDocumentsOfACommit; ++i) {
        DETENTE_LAW(
            ledger->append(coded(commit * kDocumentsOfACommit + i), {"file", 0, 0, {}}, "v"));
      }
      DETENTE_LAW(ledger->commit());
      if (commit + 1 < kCommits) {
        DETENTE_LAW(ledger->close());
      } else {
        file = bytes_of(made);
        log = bytes_of(made.string() + ".wal");
      }
    }
    DETENTE_LAW(!file.empty() && !log.empty());
  }
  ~Sound() { fs::remove_all(folder); }
  Sound(const Sound&) = delete;
  Sound& operator=(const Sound&) = delete;
};

void harm(std::string& file, std::string& log, const std::uint8_t* step) {
  std::string& one = (step[0] & 1U) != 0 ? file : log;
  const std::uint64_t share = static_cast<std::uint64_t>(step[1]) << 16U |
                              static_cast<std::uint64_t>(step[2]) << 8U | step[3];
  const auto at = static_cast<std::size_t>(share * one.size() >> 24U);
  if ((step[0] & 2U) != 0) {
    one.resize(at);
  } else if (at < one.size()) {
    one[at] = static_cast<char>(static_cast<std::uint8_t>(one[at]) ^ step[4]);
  }
}

// The events that are there; 0 when the store is refused.
int open_and_ask(const fs::path& path, bool read_only) {
  LedgerOptions options;
  options.read_only = read_only;
  const Result<Ledger> ledger = Ledger::open(path, options);
  if (!ledger) {
    DETENTE_LAW(ledger.error().code.size() == 5 && !ledger.error().message.empty());
    return 0;
  }
  int n_events = 0;
  const auto asked = ledger->events({}, [&n_events](const StoredEvent&) {
    ++n_events;
    return true;
  });
  if (asked) DETENTE_LAW(n_events % kDocumentsOfACommit == 0);
  return n_events;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kStepBytes = 5;
  static const Sound sound;
  std::string file = sound.file;
  std::string log = sound.log;
  for (std::size_t at = 0; at + kStepBytes <= size; at += kStepBytes) harm(file, log, data + at);
  write(sound.path, file);
  write(sound.log_path, log);
  const bool read_only = size > 0 && (data[0] & 4U) != 0;
  const int n_events = open_and_ask(sound.path, read_only);
  DETENTE_LAW(size >= kStepBytes || n_events == kCommits * kDocumentsOfACommit);
  return 0;
}
