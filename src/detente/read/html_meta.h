#pragma once
// What a page says about itself.

#include <string>
#include <string_view>
#include <vector>

#include "detente/read/html_tree.h"
#include "detente/read/page_tables.h"

namespace detente::read {

struct PageMeta {
  std::string title;
  std::vector<std::string> titles;  ///< all that the page calls itself
  std::string published;            ///< as the page spells it; a day can be told from it
  std::string url;                  ///< canonical; empty when it is not said
  std::string publisher;
  std::string author;
  std::string language;  ///< as the page spells it ("en-US")
};

/// From JSON-LD, meta elements, links, time elements, headings and the address, in this order of
/// trust. A moment that is stated in universal time falls on the day that readers were shown, when
/// that is the day beside it. `url`: where the page came from, empty when unknown.
[[nodiscard]] PageMeta meta_of(const HtmlTree& tree, const PageTables& tables,
                               std::string_view url);

/// The day that an address names ("/2019/11/18/", "20191118"), as YYYY-MM-DD; empty: none.
[[nodiscard]] std::string day_in_address(std::string_view url);

/// White space folded and trimmed.
[[nodiscard]] std::string folded(std::string_view text);
/// The words of an element, folded.
[[nodiscard]] std::string text_of(const HtmlTree& tree, std::uint32_t node);

}  // namespace detente::read
