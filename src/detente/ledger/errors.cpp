#include "detente/ledger/errors.h"

#include <string>

namespace detente::ledger::errors {
namespace {

// "… Conflicting lock is held in detente (PID 4711) …" -> "process 4711"
std::string holder(std::string_view message) {
  const std::size_t at = message.find("(PID ");
  if (at == std::string_view::npos) return "another process";
  const std::string_view rest = message.substr(at + 5);
  return "process " + std::string(rest.substr(0, rest.find(')')));
}

std::string first_line(std::string_view message) {
  return std::string(message.substr(0, message.find('\n')));
}

}  // namespace

Error from_database(const std::filesystem::path& path, std::string_view message) {
  const auto says = [&](std::string_view what) { return message.find(what) != message.npos; };
  if (says("Could not set lock")) {
    return {"D1102", path.string() + ": " + holder(message) +
                         " has the store open. One alone may write, and nobody read meanwhile: "
                         "wait until it is done, or end it."};
  }
  if (says("No space left") || says("File too large") || says("Disk quota") ||
      says("Could not write")) {
    return {"D1103", path.string() +
                         ": no room on the disk. What was committed stays in the store; make room "
                         "and run the same command again. (" +
                         first_line(message) + ")"};
  }
  if (says("replaying WAL") || says("Corrupt WAL")) {
    return {"D1111",
            path.string() +
                ".wal: the log of what was committed last is damaged. Move it away and run "
                "the ingest again: what it held is read anew. (" +
                first_line(message) + ")"};
  }
  if (says("Corrupt database") || says("read enough bytes") || says("checksum")) {
    return {"D1112",
            path.string() +
                ": the file is damaged, and nothing in it is trusted. Go back to a copy, or "
                "remove it and ingest again. (" +
                first_line(message) + ")"};
  }
  if (says("not a valid DuckDB database")) {
    return {"D1104", path.string() + ": is no store. Name another file, or remove this one."};
  }
  return {"D1101", path.string() + ": the store says: " + first_line(message)};
}

Error no_store(const std::filesystem::path& path) {
  return {"D1105", path.string() +
                       ": there is no such store. Make it with: detente ingest FILE --store " +
                       path.string()};
}

Error not_a_ledger(const std::filesystem::path& path) {
  return {"D1106",
          path.string() + ": a DuckDB database, but none of Detente's stores. Name another file."};
}

Error newer_schema(const std::filesystem::path& path, int found, int newest) {
  return {"D1107", path.string() + ": store version " + std::to_string(found) +
                       " is newer than this program knows (" + std::to_string(newest) +
                       "). Upgrade detente."};
}

Error older_schema(const std::filesystem::path& path, int found, int newest) {
  return {"D1108", path.string() + ": store version " + std::to_string(found) +
                       " is older than this program's (" + std::to_string(newest) +
                       "). Bring it up to date with: detente ingest --store " + path.string()};
}

Error folder_in_use(const std::filesystem::path& path) {
  return {"D1109", path.string() + ": is there already and not an empty folder. Name a new one.",
          ErrorKind::BadUsage};
}

}  // namespace detente::ledger::errors
