#pragma once
// Room `resolve`: who is meant by these words, on which day, where?
//   in:  a Document and its ParsedDocument     out: ResolvedDocument: mentions and their entities,
//   times, places
//   invariants: every mention has an entity, every entity a mention; spans lie within the text
//   absent on purpose: who speaks (`attribute`), what happened (`events`)

#include "detente/resolve/resolved_document.h"
#include "detente/resolve/times/times.h"
