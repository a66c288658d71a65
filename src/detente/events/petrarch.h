#pragma once
// Verb dictionaries of PETRARCH (the "composite" dialect, CAMEO.verbpatterns.txt) as triggers for
// our matcher: a way to go on with an old dictionary. docs/formats/ontology.md tells what is
// carried over.

#include <filesystem>
#include <utility>
#include <vector>

#include "detente/base/result.h"
#include "detente/events/ontology.h"

namespace detente::events {

/// Replaces the rules of `ontology` by those of the dictionary; gives their triggers with their
/// heads. Errors: D00xx the file, D0610 it holds no pattern.
Result<std::vector<std::pair<WordId, Trigger>>> read_petrarch(const std::filesystem::path& path,
                                                              Ontology& ontology,
                                                              DictionaryReport* report);

}  // namespace detente::events
