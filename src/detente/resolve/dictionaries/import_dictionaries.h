#pragma once
// Dictionaries of other coders into a folder of tables like data/actors.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "detente/base/result.h"
#include "detente/resolve/dictionaries/read_dictionary.h"

namespace detente::resolve {

/// What became of one file; its entries are in the tables.
struct DictionaryReport {
  std::filesystem::path file;
  Dictionary dictionary;
};

struct DictionaryImport {
  std::vector<DictionaryReport> files;
  std::vector<std::pair<std::string, std::size_t>> tables;  ///< name, rows that the files gave
};

/// Reads the files and writes tables into `out`, which may exist. `data`: the folder of our tables,
/// which also says how codes translate. With `with_ours` the new rows stand behind ours; else only
/// what no dictionary has (titles, given names, …) is ours. Errors: D00xx a file, D0403 no file
/// holds actors, agents or discards.
Result<DictionaryImport> import_dictionaries(const std::vector<std::filesystem::path>& files,
                                             const std::filesystem::path& data,
                                             const std::filesystem::path& out, bool with_ours);

}  // namespace detente::resolve
