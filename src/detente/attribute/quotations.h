#pragma once
// Words in quotation marks, also where marks are missing or of mixed kinds.

#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::attribute {

struct Quotation {
  TextSpan span;          ///< with its marks
  bool is_closed = true;  ///< false: no closing mark; it ends with its paragraph
  bool goes_on = false;   ///< not closed, and the next paragraph opens a quotation again
};

/// The outermost quotations in text order, without overlap: “ ” « » „ “ " '' `` and, where they
/// cannot be apostrophes, ‘ ’ and '. None crosses the end of a paragraph.
std::vector<Quotation> find_quotations(std::string_view text);

}  // namespace detente::attribute
