#pragma once
// Room `events`: what happened, who did what to whom?
//   in:  Document, ParsedDocument, ResolvedDocument, AttributedDocument, Ontology
//   out: CodedDocument: events with sides, days, places, sizes, and the words that show them
//   invariants: every event has at least one mention; every span lies in the text; the same input
//   gives the same events and ids, whatever the machine and the number of threads absent on
//   purpose: word lists and codes (data/ontology), who is meant (`resolve`), who says so
//   (`attribute`), promises and expectations as such (`outlook`)

#include "detente/attribute/attribute.h"
#include "detente/events/coded_document.h"
#include "detente/events/ontology.h"
#include "detente/parse/parsed_document.h"
#include "detente/read/read.h"
#include "detente/resolve/resolve.h"

namespace detente::events {

/// Codes one document. Cannot fail: odd text gives remarks.
CodedDocument code(const read::Document& document, const parse::ParsedDocument& parsed,
                   const resolve::ResolvedDocument& resolved,
                   const attribute::AttributedDocument& attributed, const Ontology& ontology);

}  // namespace detente::events
