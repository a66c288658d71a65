#pragma once
// From the rooms' values, in bytes and ids, to the front door's, in code points and strings.

#include "detente/parse/parse.h"
#include "detente/read/read.h"
#include "detente/reading.h"

namespace detente::engine {

/// All that `read` alone knows.
Reading to_reading(const read::Document& document);

/// Adds tokens and sentences.
void add_tokens(const parse::ParsedDocument& parsed, Reading& reading);

}  // namespace detente::engine
