#pragma once
// The tables of actors: what they hold, and how to make them from other coders' dictionaries.

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "detente/export.h"
#include "detente/result.h"

namespace detente {

/// One state's rows in a table of offices.
struct ActorStateCoverage {
  std::size_t n_rows = 0;
  std::string last_change;  ///< the latest day on which an office was taken or left
};

struct ActorTableInfo {
  std::string name;            ///< below the folder: "offices/africa.tsv"
  std::string complete_until;  ///< YYYY-MM-DD; empty: the table does not say
  std::string about;
  std::size_t n_rows = 0;
  std::map<std::string, std::size_t> sources;        ///< kind of source to rows
  std::map<std::string, ActorStateCoverage> states;  ///< by code; of offices alone
};

/// Errors: D00xx a file, D0404 no tables there.
DETENTE_API Result<std::vector<ActorTableInfo>> about_actor_tables(
    const std::filesystem::path& actors);

/// A line of a dictionary that was not taken as it stands.
struct DictionaryLine {
  std::uint32_t line = 0;
  bool imported = false;  ///< taken after all, mended as `reason` says
  std::string reason;
  std::string text;
};

struct DictionaryFile {
  std::filesystem::path path;
  std::string kind;  ///< actors, agents, discards, verbs, unknown
  std::uint32_t n_lines = 0;
  std::uint32_t n_empty = 0;  ///< blank lines and comments
  std::uint32_t n_imported = 0;
  std::vector<DictionaryLine> lines;  ///< mended and refused ones
};

struct DictionarySummary {
  std::vector<DictionaryFile> files;
  std::vector<std::pair<std::string, std::size_t>> tables;  ///< name, rows written from the files
};

/// Makes a folder of tables from dictionaries of TABARI and PETRARCH, for EngineOptions::actors.
/// `data`: folder of our tables; `with_ours`: the new rows stand behind ours. Errors: D00xx a file,
/// D0403 no file holds actors, agents or discards.
DETENTE_API Result<DictionarySummary> import_dictionaries(
    const std::vector<std::filesystem::path>& files, const std::filesystem::path& data,
    const std::filesystem::path& out, bool with_ours);

}  // namespace detente
