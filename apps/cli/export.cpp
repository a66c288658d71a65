// detente export: a store in the formats that the field's tools read.

#include <iostream>
#include <memory>

#include "common.h"
#include "store_options.h"

namespace detente::cli {
namespace {

struct ExportArguments {
  StoreArguments store;
  std::string format, out;
};

int run(const ExportArguments& arguments) {
  return ask_store(arguments.store,
                   [&](const Ledger& ledger, const LedgerFilter&) -> Result<std::uint64_t> {
                     DETENTE_TRY_VOID(ledger.copy_tables(arguments.format, arguments.out));
                     return std::uint64_t{1};
                   });
}

}  // namespace

void add_export(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ExportArguments>();
  CLI::App* app = program.add_subcommand(
      "export",
      help_text("detente export --format parquet --store news.duckdb -o news/",
                "Writes a store in the formats that the field's tools read.\n"
                "csv, parquet: a folder with a file per table, Parquet's events by month."));
  app->add_option("--format", arguments->format, "csv or parquet")
      ->required()
      ->check(CLI::IsMember({"csv", "parquet"}));
  app->add_option("--store", arguments->store.store, "The store")->type_name("FILE")->required();
  app->add_option("-o,--out", arguments->out, "Where to: a folder, new or empty")
      ->type_name("PATH")
      ->required();
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
