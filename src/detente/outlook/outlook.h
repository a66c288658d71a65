#pragma once
// Room `outlook`: what is pledged, and what is expected?
//   in:  the values of all rooms before it, OutlookTables
//   out: Outlook: commitments with what this document tells of their fate, expectations
//   invariants: every span lies in the text; a commitment has evidence; an expectation has at least
//   one party it is about and a direction; the same input gives the same output
//   absent on purpose: word lists (data/outlook); what other documents tell (`outcome`)

#include "detente/attribute/attribute.h"
#include "detente/events/events.h"
#include "detente/outlook/identity.h"
#include "detente/outlook/outlook_document.h"
#include "detente/outlook/outlook_tables.h"
#include "detente/parse/parsed_document.h"
#include "detente/read/read.h"
#include "detente/resolve/resolve.h"

namespace detente::outlook {

/// The document as the rooms before this one left it.
struct Reading {
  const read::Document& document;
  const parse::ParsedDocument& parsed;
  const resolve::ResolvedDocument& resolved;
  const attribute::AttributedDocument& attributed;
  const events::CodedDocument& coded;
};

/// Cannot fail: odd text gives less.
Outlook find(const Reading& reading, const OutlookTables& tables);

}  // namespace detente::outlook
