#pragma once
// One event, many mentions: the title, the lead and a later sentence may state the same.

#include <vector>

#include "detente/events/coded_document.h"

namespace detente::events {

/// Joins events that are one, in place; keeps the order of their first mentions.
void merge_mentions(std::vector<Event>& events);

}  // namespace detente::events
