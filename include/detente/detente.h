#pragma once
// The front door, in reading order.

#include "detente/actors.h"     // IWYU pragma: export
#include "detente/date.h"       // IWYU pragma: export
#include "detente/engine.h"     // IWYU pragma: export
#include "detente/ledger.h"     // IWYU pragma: export
#include "detente/reading.h"    // IWYU pragma: export
#include "detente/record.h"     // IWYU pragma: export
#include "detente/result.h"     // IWYU pragma: export
#include "detente/text_span.h"  // IWYU pragma: export
#include "detente/version.h"    // IWYU pragma: export
