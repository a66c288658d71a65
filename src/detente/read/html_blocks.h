#pragma once
// The lines of a page in reading order, each with the element that holds it.

#include <cstdint>
#include <string>
#include <vector>

#include "detente/read/html_tree.h"
#include "detente/read/page_tables.h"

namespace detente::read {

struct PageBlock {
  std::uint32_t holder = 0;  ///< the innermost block element around it
  TagKind kind = TagKind::Block;
  std::uint32_t link_bytes = 0;  ///< of its text, inside links
  std::string text;              ///< white space folded; lines parted by <br> by '\n'

  [[nodiscard]] double link_share() const {
    return text.empty() ? 0 : static_cast<double>(link_bytes) / static_cast<double>(text.size());
  }
};

/// All that the page may show; what stands in elements that are dropped or hidden is left out.
[[nodiscard]] std::vector<PageBlock> blocks_of(const HtmlTree& tree, const PageTables& tables);

/// Not shown to readers by its own attributes or by the hint of its class.
[[nodiscard]] bool is_hidden(const HtmlTree& tree, const HtmlNode& node, const PageTables& tables);

}  // namespace detente::read
