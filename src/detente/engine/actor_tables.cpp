#include "detente/actors.h"
#include "detente/resolve/resolve.h"

namespace detente {

Result<std::vector<ActorTableInfo>> about_actor_tables(const std::filesystem::path& actors) {
  DETENTE_TRY(std::vector<resolve::ActorTable> tables, resolve::about_tables(actors));
  std::vector<ActorTableInfo> out;
  for (resolve::ActorTable& table : tables) {
    ActorTableInfo info{std::move(table.name),    std::move(table.complete_until),
                        std::move(table.about),   table.n_rows,
                        std::move(table.sources), {}};
    for (auto& [code, state] : table.states)
      info.states.emplace(code, ActorStateCoverage{state.n_rows, std::move(state.last_change)});
    out.push_back(std::move(info));
  }
  return out;
}

Result<DictionarySummary> import_dictionaries(const std::vector<std::filesystem::path>& files,
                                              const std::filesystem::path& data,
                                              const std::filesystem::path& out, bool with_ours) {
  DETENTE_TRY(resolve::DictionaryImport import,
              resolve::import_dictionaries(files, data, out, with_ours));
  DictionarySummary summary;
  summary.tables = std::move(import.tables);
  for (resolve::DictionaryReport& report : import.files) {
    resolve::Dictionary& dictionary = report.dictionary;
    DictionaryFile file{
        std::move(report.file), std::string(resolve::dictionary_kind_name(dictionary.kind)),
        dictionary.n_lines,     dictionary.n_empty,
        dictionary.n_imported,  {}};
    for (resolve::DictionaryRemark& remark : dictionary.remarks)
      file.lines.push_back(
          {remark.line, remark.imported, std::move(remark.reason), std::move(remark.text)});
    summary.files.push_back(std::move(file));
  }
  return summary;
}

}  // namespace detente
