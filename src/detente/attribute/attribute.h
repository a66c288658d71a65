#pragma once
// Room `attribute`: who says so, through whom?
//   in:  Document, ParsedDocument, ResolvedDocument, CueTables     out: AttributedDocument:
//   speaker, cue, content and reporters of each saying invariants: content and cue of an
//   attribution do not overlap; no span leaves its text; contents and cues stay within paragraphs
//   but for quotations that run over several absent on purpose: whether it is true

#include "detente/attribute/attributed_document.h"
#include "detente/attribute/cue_tables.h"
#include "detente/parse/parse.h"
#include "detente/read/read.h"

namespace detente::attribute {

/// Cannot fail: odd text gives fewer attributions.
AttributedDocument attribute(const read::Document& document, const parse::ParsedDocument& parsed,
                             const resolve::ResolvedDocument& resolved, const CueTables& tables);

}  // namespace detente::attribute
