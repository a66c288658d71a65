#pragma once
// Room `parse`: which words are these, and how do they hang together?
//   in:  a Document and a ParserModel     out: ParsedDocument: tokens, sentences, tags, lemmas,
//   tree, names invariants: tokens cover every character that is not white space, in order; each
//   sentence is one or more trees;
//               the same text gives the same bytes, whatever the machine, the kernel and the number
//               of threads
//   absent on purpose: who is meant, and what happened

#include <cstdint>

#include "detente/parse/labels.h"
#include "detente/parse/parsed_document.h"
#include "detente/parse/parser_model.h"
#include "detente/read/read.h"

namespace detente::parse {

/// Where sentences may run on: over everything, as spaCy's do, or no further than the zone and the
/// paragraph, so that a headline without a full stop ends where the report begins.
enum class Sentences : std::uint8_t { AsTheModelFinds, WithinParagraphs };

/// Reads one document. Cannot fail: odd text gives remarks. `workspace` may be reused for any
/// number of documents, by one thread at a time.
ParsedDocument parse(const read::Document& document, const ParserModel& model, Workspace& workspace,
                     Sentences sentences = Sentences::AsTheModelFinds);

}  // namespace detente::parse
