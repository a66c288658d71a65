// detente read: the reader alone, JSON lines.

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "common.h"

namespace detente::cli {
namespace {

struct ReadArguments {
  InputArguments input;
  std::string data;
};

int run(const ReadArguments& arguments) {
  const std::filesystem::path data = data_folder(arguments.data);
  return for_each_file(
      arguments.input, [] { return Result<void>(); },
      [&](const std::string& file, const InputOptions& input) {
        return Engine::read(file, data, input, [&](Result<Reading> reading) {
          if (!reading) {
            complain(reading.error());
            return true;
          }
          nlohmann::ordered_json json;
          json["document_id"] = reading->document_id;
          json["url"] = reading->url;
          json["title"] = reading->title;
          json["published"] = reading->published_at
                                  ? nlohmann::ordered_json(reading->published_at->text())
                                  : nlohmann::ordered_json(nullptr);
          json["publisher"] = reading->publisher;
          json["author"] = reading->author;
          json["language"] = reading->language;
          json["text"] = reading->text;
          std::cout << dump(json) << '\n';
          return static_cast<bool>(std::cout);
        });
      });
}

}  // namespace

void add_read(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ReadArguments>();
  CLI::App* app = program.add_subcommand(
      "read", help_text("detente read news.csv report.txt > documents.jsonl",
                        "Prints the documents as the reader sees them, as JSON lines."));
  add_input_options(*app, arguments->input);
  app->add_option("--data", arguments->data, "Folder of the tables")->type_name("DIR");
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
