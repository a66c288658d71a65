#pragma once
// Which parts of a text are its story, and which are furniture of the page.

#include <optional>
#include <vector>

#include "detente/read/document.h"
#include "detente/read/zone_tables.h"

namespace detente::read {

/// Fills document.zones and document.dateline from its text (and title). A dateline without a year
/// takes the one that brings it nearest to `near`, a week after it at most, or stays without a day.
/// Cannot fail. Time grows with the text's length.
void find_zones(Document& document, const ZoneTables& tables, std::optional<Date> near);

}  // namespace detente::read
