// detente import-dictionary: TABARI and PETRARCH dictionaries become a folder of tables.

#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "common.h"
#include "detente/actors.h"

namespace detente::cli {
namespace {

struct ImportArguments {
  std::vector<std::string> paths;
  std::string out;
  std::string data;
  bool with_ours = false;
  bool mended = false;
  bool json = false;
};

nlohmann::ordered_json to_json(const DictionaryFile& file) {
  nlohmann::ordered_json json;
  json["file"] = file.path.string();
  json["kind"] = file.kind;
  json["lines"] = file.n_lines;
  json["empty"] = file.n_empty;
  json["imported"] = file.n_imported;
  json["remarks"] = nlohmann::ordered_json::array();
  for (const DictionaryLine& line : file.lines)
    json["remarks"].push_back({{"line", line.line},
                               {"imported", line.imported},
                               {"reason", line.reason},
                               {"text", line.text}});
  return json;
}

void print_file(const DictionaryFile& file, bool mended) {
  if (file.kind == "verbs") {
    std::cout << file.path.string()
              << ": verbs, which are rules and not actors: detente code --ontology petrarch:"
              << file.path.string() << '\n';
    return;
  }
  if (file.kind == "unknown") {
    std::cout << file.path.string() << ": no dictionary that this command knows\n";
    return;
  }
  std::size_t n_refused = 0;
  for (const DictionaryLine& line : file.lines) {
    if (!line.imported) ++n_refused;
    if (line.imported && !mended) continue;
    std::cout << file.path.string() << ':' << line.line << ": "
              << (line.imported ? "mended: " : "not imported: ") << line.reason << ": " << line.text
              << '\n';
  }
  const std::uint32_t n = file.n_lines - file.n_empty;
  std::cout << file.path.string() << ": " << file.kind << ", " << file.n_imported << " of " << n
            << " lines imported (" << std::fixed << std::setprecision(2)
            << (n == 0 ? 100.0 : 100.0 * file.n_imported / n) << "%), "
            << file.lines.size() - n_refused << " of them mended; " << file.n_empty
            << " blank or comments\n";
}

int run(const ImportArguments& arguments) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : arguments.paths) {
    std::error_code failed;
    if (!std::filesystem::is_directory(path, failed)) {
      files.emplace_back(path);
      continue;
    }
    std::vector<std::filesystem::path> inside;
    for (const auto& entry : std::filesystem::directory_iterator(path, failed)) {
      if (entry.path().extension() == ".txt") inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  const Result<DictionarySummary> summary =
      import_dictionaries(files, data_folder(arguments.data), arguments.out, arguments.with_ours);
  if (!summary) return complain(summary.error());
  for (const DictionaryFile& file : summary->files) {
    if (arguments.json) {
      std::cout << dump(to_json(file)) << '\n';
    } else {
      print_file(file, arguments.mended);
    }
  }
  for (const auto& [name, n_rows] : summary->tables)
    std::cerr << "detente: " << (std::filesystem::path(arguments.out) / name).string() << ": "
              << n_rows << " rows\n";
  std::cerr << "detente: use them with --actors " << arguments.out << ".\n";
  return kDone;
}

}  // namespace

void add_import_dictionary(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ImportArguments>();
  CLI::App* app = program.add_subcommand(
      "import-dictionary",
      help_text("detente import-dictionary Phoenix.Countries.actors.txt --out tables",
                "Makes tables of actors from TABARI and PETRARCH dictionaries."));
  app->add_option("PATH", arguments->paths, "Dictionaries, or folders of .txt")
      ->required()
      ->check(CLI::ExistingPath);
  app->add_option("--out", arguments->out, "Folder to write")->type_name("DIR")->required();
  app->add_flag("--with-ours", arguments->with_ours,
                "Put the new rows behind Detente's own, else they take their place");
  app->add_flag("--mended", arguments->mended, "Also list the lines that had to be mended");
  app->add_flag("--json", arguments->json, "One JSON object per file, all remarks in it");
  app->add_option("--data", arguments->data, "Folder of Detente's tables")->type_name("DIR");
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
