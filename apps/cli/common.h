#pragma once
// What the subcommands share: places of model and tables, exit statuses, talk on stderr, JSON of
// the records.

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "detente/detente.h"

namespace detente::cli {

/// Exit statuses of every subcommand.
enum ExitStatus : int {
  kDone = 0,
  kNothingFound = 1,
  kWrongUsage = 2,
  kBadInput = 3,
  kOurFault = 4,
  kInterrupted = 130  ///< by Ctrl-C, as shells have it
};

/// Options of every subcommand that runs the engine.
struct EngineArguments {
  std::string model;
  std::string data;
  std::string actors;
  unsigned n_threads = 1;
};
void add_engine_options(CLI::App& app, EngineArguments& arguments);
/// Options of every subcommand that reads documents.
struct InputArguments {
  std::vector<std::string> files;
  std::string published;
  std::string format;
};
void add_input_options(CLI::App& app, InputArguments& arguments);

/// Model and tables: as asked for, else from the environment (DETENTE_MODEL, DETENTE_DATA), else
/// beside the program.
[[nodiscard]] EngineOptions engine_options(const EngineArguments& arguments);
[[nodiscard]] std::filesystem::path data_folder(const std::string& asked);
/// What --ontology names: folders and files of rules, or "petrarch:PATH".
void use_ontology(const std::vector<std::string>& asked, EngineOptions& options);
/// On stderr: which lines of a dictionary are not in use, and why.
void tell_refused(const Engine& engine);

/// Prints "detente: D0101 …" on stderr and gives the exit status for it.
int complain(const Error& error);

/// Checks the options and lists the files (folders: each file in them, by name). Gives the exit
/// status so far; goes on after a file that is not there.
int input_files(const InputArguments& arguments, InputOptions& input,
                std::vector<std::string>& files);

/// Does so, then calls `prepare` once (what is dear to load)
/// and `one` on every file (folders: each file in them, by name). Goes on after bad input. Gives
/// the exit status.
int for_each_file(const InputArguments& arguments, const std::function<Result<void>()>& prepare,
                  const std::function<Result<RunSummary>(const std::string& file,
                                                         const InputOptions& input)>& one);

/// The help of a subcommand: a working example first, then what it does.
[[nodiscard]] std::string help_text(std::string_view example, std::string_view what);

[[nodiscard]] nlohmann::ordered_json to_json(const Reading& reading, bool with_tokens);
/// One line; what is no UTF-8 is replaced.
[[nodiscard]] std::string dump(const nlohmann::ordered_json& json);

/// Subcommands: each adds itself to the program; its callback leaves the exit status in `status`.
void add_actors(CLI::App& program, int& status);
void add_annotate(CLI::App& program, int& status);
void add_claims(CLI::App& program, int& status);
void add_code(CLI::App& program, int& status);
void add_commitments(CLI::App& program, int& status);
void add_eval(CLI::App& program, int& status);
void add_events(CLI::App& program, int& status);
void add_expectations(CLI::App& program, int& status);
void add_explain(CLI::App& program, int& status);
void add_export(CLI::App& program, int& status);
void add_ingest(CLI::App& program, int& status);
void add_import_dictionary(CLI::App& program, int& status);
void add_model_command(CLI::App& program, int& status);
void add_read(CLI::App& program, int& status);
void add_stories(CLI::App& program, int& status);
void add_timeline(CLI::App& program, int& status);

}  // namespace detente::cli
