#pragma once
// The rooms in running order, and what they share.

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include "detente/attribute/attribute.h"
#include "detente/base/result.h"
#include "detente/engine.h"
#include "detente/events/events.h"
#include "detente/outlook/outlook.h"
#include "detente/parse/parse.h"
#include "detente/read/read.h"
#include "detente/resolve/resolve.h"

namespace detente::engine {

/// Models and tables: loaded once, immutable, shared by all threads.
struct Tables {
  parse::ParserModel model;
  read::ZoneTables zones;
  resolve::ReferenceTables reference;
  attribute::CueTables cues;
  std::optional<events::Ontology> ontology;  ///< none: nothing is coded
  outlook::OutlookTables outlook;
  std::optional<DictionaryReport> dictionary;
};

/// Errors: those of the rooms.
Result<Tables> open_tables(const EngineOptions& options);

/// One document and all that the rooms have made of it so far.
struct Walk {
  const read::Document& document;
  parse::ParsedDocument parsed;
  resolve::ResolvedDocument resolved;
  attribute::AttributedDocument attributed;
  events::CodedDocument coded;
  outlook::Outlook outlook;
};

enum class Stage : std::uint8_t { Parse, Resolve, Attribute, Code, Outlook };
inline constexpr std::array<std::string_view, 5> kStageNames{"parse", "resolve", "attribute",
                                                             "code", "outlook"};

/// Time spent in each stage by one thread.
using StageTimes = std::array<std::chrono::nanoseconds, kStageNames.size()>;

/// Walks the document through the rooms up to and with `last`. Adds to `times` when it is given.
Walk walk(const read::Document& document, const Tables& tables, parse::Workspace& workspace,
          Stage last, StageTimes* times = nullptr);

}  // namespace detente::engine
