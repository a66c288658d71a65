// detente actors: the parties of a store's events, or what the tables of actors hold.

#include "detente/actors.h"

#include <iomanip>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "common.h"
#include "store_options.h"

namespace detente::cli {
namespace {

struct ActorsArguments {
  StoreArguments store;
  bool about = false;
  std::string data;
  std::string actors;
};

nlohmann::ordered_json to_json(const ActorTableInfo& table) {
  nlohmann::ordered_json json;
  json["table"] = table.name;
  json["rows"] = table.n_rows;
  json["complete_until"] = table.complete_until;
  json["about"] = table.about;
  json["sources"] = table.sources;
  if (!table.states.empty()) {
    for (const auto& [code, state] : table.states)
      json["states"][code] = {{"rows", state.n_rows}, {"last_change", state.last_change}};
  }
  return json;
}

void print_row(const std::string& name, const std::string& rows, const std::string& until,
               const std::string& rest) {
  std::cout << std::left << std::setw(36) << name << std::right << std::setw(7) << rows << "  "
            << std::left << std::setw(14) << until << rest << '\n';
}

int run(const ActorsArguments& arguments) {
  if (arguments.about != arguments.store.store.empty()) {
    return complain({"D0900",
                     "`detente actors` needs either --store, whose parties are listed, or --about, "
                     "the tables and how complete they are.",
                     ErrorKind::BadUsage});
  }
  if (!arguments.about) return actors_of_store(arguments.store);
  const std::filesystem::path folder = arguments.actors.empty()
                                           ? data_folder(arguments.data) / "actors"
                                           : std::filesystem::path(arguments.actors);
  const Result<std::vector<ActorTableInfo>> tables = about_actor_tables(folder);
  if (!tables) return complain(tables.error());
  if (arguments.store.json) {
    for (const ActorTableInfo& table : *tables) std::cout << to_json(table).dump() << '\n';
    return kDone;
  }
  std::size_t n_rows = 0;
  print_row("table", "rows", "until", "sources");
  for (const ActorTableInfo& table : *tables) {
    n_rows += table.n_rows;
    std::string sources;
    for (const auto& [source, n] : table.sources)
      sources += (sources.empty() ? "" : ", ") + source + " " + std::to_string(n);
    print_row(table.name, std::to_string(table.n_rows), table.complete_until, sources);
  }
  print_row("all", std::to_string(n_rows), "", "");
  return kDone;
}

}  // namespace

void add_actors(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ActorsArguments>();
  CLI::App* app = program.add_subcommand(
      "actors",
      help_text("detente actors --store news.duckdb --since 2024-01-01",
                "The parties of a store's events, the most frequent first.\n"
                "With --about: the tables of actors, their rows, sources, and until when\n"
                "each is complete."));
  add_store_options(*app, arguments->store);
  app->get_option("--store")->required(false);
  add_filter_options(*app, arguments->store);
  app->add_flag("--about", arguments->about, "What each table holds and until when it is complete");
  app->add_option("--data", arguments->data, "Folder of the tables")->type_name("DIR");
  app->add_option("--actors", arguments->actors, "Folder of the tables of actors, else DATA/actors")
      ->type_name("DIR");
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
