#pragma once
// A page as a flat tree: HTML5's own rules for broken markup, in columns that need no recursion.

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente::read {

/// Larger pages are no news item.
inline constexpr std::size_t kMaxPageBytes = std::size_t{8} << 20;

struct HtmlAttribute {
  std::string_view name;  ///< lower case
  std::string_view value;
};

/// An element or a piece of text. Nodes stand in document order: what node i holds is (i, end).
struct HtmlNode {
  std::string_view tag;   ///< lower case; empty: a piece of text
  std::string_view text;  ///< of a piece of text
  std::uint32_t parent = 0;
  std::uint32_t end = 0;
  std::uint32_t first_attribute = 0;
  std::uint32_t n_attributes = 0;
};

class HtmlTree {
 public:
  /// `utf8` must outlive the tree. `where`: for messages. Errors: D0111 nested or repeated beyond
  /// any page (work and memory stay bounded).
  static Result<HtmlTree> parse(std::string_view utf8, std::string_view where);

  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  /// Node 0 is the element html, its own parent.
  [[nodiscard]] const std::vector<HtmlNode>& nodes() const { return nodes_; }
  [[nodiscard]] std::span<const HtmlAttribute> attributes(const HtmlNode& node) const {
    return {attributes_.data() + node.first_attribute, node.n_attributes};
  }
  /// Empty when it is not there.
  [[nodiscard]] std::string_view attribute(const HtmlNode& node, std::string_view name) const;

 private:
  struct Arena;
  HtmlTree();
  std::unique_ptr<Arena> arena_;  // owns what the views show
  std::vector<HtmlNode> nodes_;
  std::vector<HtmlAttribute> attributes_;
};

}  // namespace detente::read
