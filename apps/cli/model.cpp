// detente model add: a spaCy 3 pipeline folder becomes a model file.

#include <iostream>
#include <memory>

#include "common.h"

namespace detente::cli {
namespace {

struct ModelArguments {
  std::string folder;
  std::string out;
  std::string data;
};

int run(const ModelArguments& arguments) {
  const Result<void> done = add_model(arguments.folder, data_folder(arguments.data), arguments.out);
  if (!done) return complain(done.error());
  std::cerr << "detente: wrote " << arguments.out << ". Use it with --model " << arguments.out
            << ".\n";
  return kDone;
}

}  // namespace

void add_model_command(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ModelArguments>();
  CLI::App* model = program.add_subcommand(
      "model",
      help_text("detente model add en_core_web_sm-3.8.0 --out en.dtm", "Models for the reader."));
  model->require_subcommand(1);
  CLI::App* add = model->add_subcommand(
      "add", help_text("detente model add en_core_web_sm-3.8.0 --out en.dtm",
                       "Converts a spaCy 3 pipeline folder of the kind of en_core_web_sm."));
  add->add_option("FOLDER", arguments->folder, "The folder that holds config.cfg")
      ->required()
      ->check(CLI::ExistingDirectory);
  add->add_option("--out", arguments->out, "The model file to write")
      ->type_name("FILE")
      ->required();
  add->add_option("--data", arguments->data, "Folder of the tables")->type_name("DIR");
  add->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
