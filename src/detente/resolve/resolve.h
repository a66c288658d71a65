#pragma once
// Room `resolve`: who is meant by these words, on which day, where?
//   in:  a Document, its ParsedDocument and the ReferenceTables
//   out: ResolvedDocument: mentions and their entities, times, places
//   invariants: every mention has an entity, every entity a mention or is a member of
//               one that has; spans lie within the text
//   absent on purpose: who speaks (`attribute`), what happened (`events`)

#include "detente/parse/parse.h"
#include "detente/read/read.h"
#include "detente/resolve/about_tables.h"
#include "detente/resolve/dictionaries/import_dictionaries.h"
#include "detente/resolve/reference_tables.h"
#include "detente/resolve/resolved_document.h"

namespace detente::resolve {

/// Cannot fail: what is not known stays without a code.
[[nodiscard]] ResolvedDocument resolve(const read::Document& document,
                                       const parse::ParsedDocument& parsed,
                                       const ReferenceTables& tables);

}  // namespace detente::resolve
