// detente: reads news reports and keeps the record of what states and their people do, say and
// promise.

#include <iostream>

#include "common.h"

int main(int argc, char** argv) {
  using namespace detente::cli;
  std::ios::sync_with_stdio(false);
  int status = kDone;
  CLI::App program(
      "Reads news reports: who did, said and promised what, to whom, when and where, according to "
      "whom.");
  program.name("detente");
  program.footer(
      "Example:\n  detente annotate report.txt --published 2022-04-22 --tokens\n\n`detente COMMAND "
      "--help` tells more.");
  program.set_version_flag("--version", std::string("detente ") + std::string(detente::kVersion));
  program.require_subcommand(1);
  add_annotate(program, status);
  add_read(program, status);
  add_model_command(program, status);
  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return program.exit(problem) == 0 ? kDone : kWrongUsage;
  } catch (const std::exception& problem) {
    std::cerr << "detente: D0999 " << problem.what()
              << ". This is our fault; please report it with the input.\n";
    return kOurFault;
  }
  std::cout.flush();
  return status;
}
