#pragma once
// What the commands that ask a store have in common.

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "detente/ledger.h"

namespace detente::cli {

struct StoreArguments {
  std::string store, actor, recipient, event, since, until;
  bool json = false;
};

void add_store_options(CLI::App& app, StoreArguments& arguments, bool with_json = true);
/// --actor, --recipient, --event, --since, --until
void add_filter_options(CLI::App& app, StoreArguments& arguments);

/// Opens the store for reading and asks it; `ask` says how many it found. Gives the exit status.
int ask_store(const StoreArguments& arguments,
              const std::function<Result<std::uint64_t>(const Ledger&, const LedgerFilter&)>& ask);

/// The parties of a store's events, the most frequent first.
int actors_of_store(const StoreArguments& arguments);

}  // namespace detente::cli
