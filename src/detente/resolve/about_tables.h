#pragma once
// What the tables of data/actors hold, and until when they say that it is complete.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "detente/base/result.h"

namespace detente::resolve {

/// One state's rows in a table of offices.
struct StateCoverage {
  std::size_t n_rows = 0;
  std::string last_change;  ///< the latest day on which an office was taken or left, as written
};

struct ActorTable {
  std::string name;            ///< below the folder: "offices/africa.tsv"
  std::string complete_until;  ///< as its first line says; empty: it does not say
  std::string about;           ///< its other comment lines
  std::size_t n_rows = 0;
  std::map<std::string, std::size_t> sources;   ///< kind of source to rows
  std::map<std::string, StateCoverage> states;  ///< by code; of offices alone
};

/// By name, offices last. Errors: D00xx a file, D0404 none there.
Result<std::vector<ActorTable>> about_tables(const std::filesystem::path& actors);

}  // namespace detente::resolve
