#pragma once
// Which lines of a page are its story.

#include <string>
#include <string_view>
#include <vector>

#include "detente/read/html_tree.h"
#include "detente/read/zone_tables.h"

namespace detente::read {

/// The story's paragraphs, parted by empty lines; empty when there is none. `titles`: what the page
/// calls itself; a heading that repeats one of them is left out.
[[nodiscard]] std::string story_of(const HtmlTree& tree, const ZoneTables& tables,
                                   const std::vector<std::string>& titles);

}  // namespace detente::read
