#pragma once
// When, where, how many, about what: what surrounds a predicate.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "detente/events/coded_document.h"
#include "detente/events/compose.h"
#include "detente/events/document_view.h"

namespace detente::events {

/// The time expression that dates these predicates (tokens, innermost first); none: not dated.
std::optional<std::uint32_t> date_of(const DocumentView& view, const Meaning& meaning);

/// The place named in the clause of these predicates.
std::optional<std::uint32_t> place_of(const DocumentView& view, const Meaning& meaning);

/// Dead, injured, arrested, and the size of a crowd, as the sentence counts them.
Size size_of(const DocumentView& view, FrameBuilder& frames, const Meaning& meaning);

/// Contexts that the words of a sentence show, in the order of the ontology's table.
std::vector<std::string> contexts_of(const DocumentView& view, std::uint32_t sentence);

/// The number that a phrase such as "at least 20", "dozens of", "three" gives; none: no number.
std::optional<CountRange> count_at(const DocumentView& view, std::uint32_t token_idx);

}  // namespace detente::events
