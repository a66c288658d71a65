// detente: reads news reports and keeps the record of what states and their people do, say and
// promise.

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "common.h"

namespace {

// In the list of subcommands: the first line of what it does, without its example.
class OneLineFormatter : public CLI::Formatter {
 public:
  std::string make_subcommand(const CLI::App* sub) const override {
    std::string what = sub->get_description();
    if (const std::size_t blank = what.find("\n\n"); blank != std::string::npos)
      what.erase(0, blank + 2);
    what.erase(std::min(what.find('\n'), what.size()));
    std::string line = "  " + sub->get_name();
    line.resize(std::max<std::size_t>(line.size() + 1, 14), ' ');
    return line + what + "\n";
  }
};

// How many letters must be changed, added or dropped to make one word of the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min(
          {row[j] + 1, row[j - 1] + 1, diagonal + static_cast<std::size_t>(a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row[b.size()];
}

// The parser only says that a subcommand is missing when it does not know the word that stands
// there.
std::string usage_problem(const CLI::App& program, const CLI::ParseError& problem, int argc,
                          char** argv) {
  const std::string first = argc > 1 ? argv[1] : "";
  const auto commands = program.get_subcommands([](const CLI::App*) { return true; });
  std::string known;
  std::string nearest;
  for (const CLI::App* command : commands) {
    known += (known.empty() ? "" : ", ") + command->get_name();
    if (command->get_name() == first)
      return std::string(problem.what()) + ". See: detente " + first + " --help";
    if (distance(first, command->get_name()) <= 2) nearest = command->get_name();
  }
  if (first.empty()) return "which command? Known are: " + known + ". See: detente --help";
  return "'" + first + "' is no command. " +
         (nearest.empty() ? "Known are: " + known + "." : "Did you mean '" + nearest + "'?");
}

}  // namespace

int main(int argc, char** argv) {
  using namespace detente::cli;
  std::ios::sync_with_stdio(false);
  int status = kDone;
  CLI::App program(
      help_text("detente annotate report.txt --published 2022-04-22 --tokens",
                "Reads news reports: who did, said and promised what, to whom, when and where,\n"
                "according to whom. `detente COMMAND --help` tells more."));
  program.name("detente");
  program.formatter(std::make_shared<OneLineFormatter>());
  program.set_version_flag("--version", std::string("detente ") + std::string(detente::kVersion));
  program.require_subcommand(1);
  add_code(program, status);
  add_annotate(program, status);
  add_read(program, status);
  add_eval(program, status);
  add_ingest(program, status);
  add_events(program, status);
  add_claims(program, status);
  add_commitments(program, status);
  add_expectations(program, status);
  add_stories(program, status);
  add_actors(program, status);
  add_explain(program, status);
  add_timeline(program, status);
  add_export(program, status);
  add_import_dictionary(program, status);
  add_model_command(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    if (problem.get_exit_code() == 0) return program.exit(problem);
    std::cerr << "detente: D0900 " << usage_problem(program, problem, argc, argv) << '\n';
    return kWrongUsage;
  } catch (const std::exception& problem) {
    std::cerr << "detente: D0999 " << problem.what()
              << ". This is our fault; please report it with the input.\n";
    return kOurFault;
  }
  std::cout.flush();
  return status;
}
