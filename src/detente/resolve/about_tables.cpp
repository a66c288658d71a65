#include "detente/resolve/about_tables.h"

#include <algorithm>

#include "detente/base/mapped_file.h"
#include "detente/base/table_file.h"
#include "detente/resolve/errors.h"

namespace detente::resolve {
namespace {

namespace fs = std::filesystem;

void read_comments(std::string_view text, ActorTable& table) {
  constexpr std::string_view kUntil = "complete_until:";
  constexpr std::string_view kCoverage = "coverage:";
  while (text.starts_with("#")) {
    std::string_view line = text.substr(1, text.find('\n') - 1);
    text.remove_prefix(std::min(text.size(), line.size() + 2));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with(kUntil)) {
      line.remove_prefix(kUntil.size());
      line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
      table.complete_until = line;
      continue;
    }
    if (line.starts_with(kCoverage)) line.remove_prefix(kCoverage.size() + 1);
    if (!table.about.empty()) table.about += ' ';
    table.about += line;
  }
}

Result<ActorTable> about_table(const fs::path& path, std::string name) {
  ActorTable table;
  table.name = std::move(name);
  DETENTE_TRY(const MappedFile mapped, MappedFile::open(path));
  read_comments(mapped.text(), table);
  DETENTE_TRY(const TableFile rows,
              TableFile::open(path, {"source", "code?", "office?", "from?", "until?"}));
  table.n_rows = rows.rows.size();
  for (const TableRow& row : rows.rows) {
    ++table.sources[row.fields[0]];
    if (row.fields[2].empty()) continue;
    StateCoverage& state = table.states[row.fields[1]];
    ++state.n_rows;
    state.last_change = std::max({state.last_change, row.fields[3], row.fields[4]});
  }
  return table;
}

}  // namespace

Result<std::vector<ActorTable>> about_tables(const fs::path& actors) {
  std::vector<ActorTable> tables;
  std::error_code failed;
  for (const char* folder : {"", "offices"}) {
    std::vector<fs::path> paths;
    for (const fs::directory_entry& entry : fs::directory_iterator(actors / folder, failed)) {
      if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    for (const fs::path& path : paths) {
      DETENTE_TRY(ActorTable table,
                  about_table(path, (fs::path(folder) / path.filename()).string()));
      tables.push_back(std::move(table));
    }
  }
  if (tables.empty()) return errors::no_tables(actors);
  return tables;
}

}  // namespace detente::resolve
