// detente annotate: the reading alone, one JSON object per document.

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "common.h"

namespace detente::cli {
namespace {

struct AnnotateArguments {
  EngineArguments engine;
  InputArguments input;
  std::string out;
  std::string format;
  bool tokens = false;
};

// A document's name may come from outside: only what is safe in a file's name stays.
std::string file_name(const Reading& reading, std::set<std::string>& taken) {
  std::string name = reading.name.empty() ? reading.document_id : reading.name;
  for (char& c : name) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ||
                       c == '.' || static_cast<unsigned char>(c) >= 0x80;
    if (!plain) c = '_';
  }
  if (name.empty() || name[0] == '.') name.insert(0, "_");
  if (name.size() > 200) name.resize(200);
  std::string free_name = name;
  for (int i = 2; !taken.insert(free_name).second; ++i) free_name = name + "-" + std::to_string(i);
  return free_name + ".json";
}

void print_table(const Reading& reading) {
  std::cout << "# " << reading.document_id << "  "
            << (reading.published_at ? reading.published_at->text() : "no date") << '\n';
  std::size_t i = 0;
  for (const Offsets& sentence : reading.sentences) {
    std::cout << "\n";
    for (; i < reading.tokens.size() && reading.tokens[i].at.end <= sentence.end; ++i) {
      const ReadToken& token = reading.tokens[i];
      std::string line = std::to_string(i);
      for (const std::string& cell :
           {token.text, token.lemma, token.pos, token.tag, std::to_string(token.head), token.dep,
            token.ent.empty() ? std::string("-") : token.ent}) {
        line += '\t';
        for (char c : cell) line += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
      }
      std::cout << line << '\n';
    }
  }
}

int run(const AnnotateArguments& arguments) {
  const bool as_table = arguments.out.empty() &&
                        (arguments.format.empty() ? arguments.tokens && ::isatty(STDOUT_FILENO) == 1
                                                  : arguments.format == "table");
  std::set<std::string> taken;
  std::optional<Engine> engine;
  const auto prepare = [&]() -> Result<void> {
    if (!arguments.out.empty()) {
      std::error_code failed;
      std::filesystem::create_directories(arguments.out, failed);
      if (failed)
        return Error{"D0902",
                     arguments.out + ": cannot be made a folder: " + failed.message() + "."};
    }
    EngineOptions options = engine_options(arguments.engine);
    options.coding = false;
    DETENTE_TRY(Engine opened, Engine::open(options));
    engine = std::move(opened);
    return {};
  };
  return for_each_file(
      arguments.input, prepare, [&](const std::string& file, const InputOptions& input) {
        return engine->annotate(
            file, input, {arguments.tokens || as_table}, [&](Result<Reading> reading) {
              if (!reading) {
                complain(reading.error());
                return true;
              }
              if (as_table) {
                print_table(*reading);
                return true;
              }
              const std::string line = dump(to_json(*reading, arguments.tokens));
              if (arguments.out.empty()) {
                std::cout << line << '\n';
                return static_cast<bool>(std::cout);
              }
              const std::filesystem::path path =
                  std::filesystem::path(arguments.out) / file_name(*reading, taken);
              std::ofstream out(path);
              out << line << '\n';
              out.close();
              if (!out)
                complain(
                    {"D0003",
                     path.string() + ": cannot be written. Check the folder and the space left."});
              return static_cast<bool>(out);
            });
      });
}

}  // namespace

void add_annotate(CLI::App& program, int& status) {
  auto arguments = std::make_shared<AnnotateArguments>();
  CLI::App* app = program.add_subcommand(
      "annotate", help_text("detente annotate report.txt --published 2022-04-22 --tokens",
                            "Reads news and writes what was read: dates, voices, actors, zones."));
  add_input_options(*app, arguments->input);
  app->add_option("--out", arguments->out, "Write one NAME.json per document into this folder")
      ->type_name("DIR");
  app->add_option("--format", arguments->format,
                  "json, or table: the parse, a token a line; else by where it goes")
      ->type_name("FORMAT")
      ->check(CLI::IsMember({"json", "table"}))
      ->excludes("--out");
  app->add_flag("--tokens", arguments->tokens,
                "Also the parse: tokens, tags, lemmas, tree, names, sentences");
  add_engine_options(*app, arguments->engine);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
