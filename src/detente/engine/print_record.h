#pragma once
// From the rooms' values to the records of the front door.

#include "detente/engine/stages.h"
#include "detente/record.h"

namespace detente::engine {

/// Adds dates, mentions and attributions to what `read` knows.
void add_findings(const Walk& walk, Reading& reading);

CodedRecords to_records(const Walk& walk);

}  // namespace detente::engine
