#pragma once
// Room `attribute`: who says so, through whom?
//   in:  Document, ParsedDocument, ResolvedDocument     out: AttributedDocument: speaker, cue,
//   content and reporters of each saying
//   absent on purpose: whether it is true

#include "detente/attribute/attributed_document.h"
