#pragma once
// What the commands that ask a store have in common.

#include <CLI/CLI.hpp>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "detente/ledger.h"

namespace detente::cli {

struct StoreArguments {
  std::string store, actor, recipient, event, since, until, status, holder;
  bool json = false, by_holder = false;
};

void add_store_options(CLI::App& app, StoreArguments& arguments, bool with_json = true);
/// --actor, --recipient, --event, --since, --until
void add_filter_options(CLI::App& app, StoreArguments& arguments);

/// --since, --until
void add_day_options(CLI::App& app, StoreArguments& arguments);

/// One line on standard output. False: nobody reads on.
bool print(const std::string& line);
bool print(const nlohmann::ordered_json& json);

using Ask =
    std::function<Result<std::uint64_t>(const StoreArguments&, const Ledger&, const LedgerFilter&)>;
using AddOptions = std::function<void(CLI::App&, StoreArguments&)>;

/// A subcommand that asks a store; `what` is the rest of its help.
void add_ask(CLI::App& program, int& status, const char* name, const char* what,
             const AddOptions& add_options, Ask ask);

/// Opens the store for reading and asks it; `ask` says how many it found. Gives the exit status.
int ask_store(const StoreArguments& arguments,
              const std::function<Result<std::uint64_t>(const Ledger&, const LedgerFilter&)>& ask);

/// The parties of a store's events, the most frequent first.
int actors_of_store(const StoreArguments& arguments);

}  // namespace detente::cli
