#include "detente/read/html_tree.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstdlib>

#include "detente/read/errors.h"

namespace detente::read {
namespace {

// The parser's work grows with tags times depth. So many tags are harmless at any depth; a page of
// more is looked at first, and no page of the news has more than kMostTags.
constexpr std::size_t kTagsOfAnyDepth = 5000;
constexpr std::size_t kMostTags = 250000;
constexpr std::size_t kDeepest = 1000;
constexpr std::size_t kMostAttributes = 1000;  // of one tag
// Formatting that is never closed is repeated in every paragraph that follows.
constexpr std::size_t kMostArenaBytes = std::size_t{256} << 20;

bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

std::string_view tag_name_at(std::string_view page, std::size_t at) {
  std::size_t end = at;
  while (end < page.size() && end - at < 32 &&
         std::string_view(" \t\r\n\f/>").find(page[end]) == std::string_view::npos) {
    ++end;
  }
  return page.substr(at, end - at);
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) {
           return (x | 0x20) == (y | 0x20);
         });
}

// These end without an end tag, or hold no tags.
bool counts_as_depth(std::string_view name) {
  constexpr std::array<std::string_view, 27> kFlat{
      "p",    "li",  "dt",  "dd",   "option", "tr",     "td",   "th",    "tbody",
      "meta", "img", "br",  "hr",   "input",  "link",   "wbr",  "param", "source",
      "area", "col", "use", "path", "embed",  "circle", "rect", "track", "polygon"};
  return std::none_of(kFlat.begin(), kFlat.end(),
                      [name](std::string_view flat) { return same_name(flat, name); });
}

std::size_t next_tag(std::string_view page, std::size_t from) {
  const std::size_t at = page.find('<', from);
  return at == std::string_view::npos || at + 1 == page.size() ? page.size() : at;
}

std::size_t n_tags(std::string_view page) {
  std::size_t n = 0;
  for (std::size_t i = next_tag(page, 0); i < page.size(); i = next_tag(page, i + 1)) {
    if (is_letter(page[i + 1])) ++n;
  }
  return n;
}

// The end of the comment or of the script's text that begins at `at`.
std::size_t after_raw_text(std::string_view page, std::size_t at, std::string_view end_mark) {
  for (std::size_t i = page.find('<', at); i != std::string_view::npos; i = page.find('<', i + 1)) {
    if (same_name(page.substr(i, end_mark.size()), end_mark)) return i;
  }
  return page.size();
}

// How deep the page's elements stand in each other, told from its tags alone.
std::size_t depth_of(std::string_view page) {
  constexpr std::size_t kLookBack = 64;
  std::vector<std::string_view> open;
  std::size_t deepest = 0;
  for (std::size_t i = next_tag(page, 0); i < page.size(); i = next_tag(page, i + 1)) {
    if (page.substr(i, 4) == "<!--") {
      i = std::min(page.find("-->", i), page.size());
    } else if (page[i + 1] == '/') {
      const std::string_view name = tag_name_at(page, i + 2);
      for (std::size_t back = 0; back < std::min(kLookBack, open.size()); ++back) {
        if (same_name(open[open.size() - 1 - back], name)) {
          open.resize(open.size() - 1 - back);
          break;
        }
      }
    } else if (is_letter(page[i + 1])) {
      const std::string_view name = tag_name_at(page, i + 1);
      if (same_name(name, "script")) {
        i = after_raw_text(page, i, "</script");
      } else if (same_name(name, "style")) {
        i = after_raw_text(page, i, "</style");
      } else if (counts_as_depth(name)) {
        open.push_back(name);
        deepest = std::max(deepest, open.size());
      }
    }
  }
  return deepest;
}

}  // namespace

// Memory that is only ever given back as a whole: the parser's own way of giving it back descends
// into the tree.
struct HtmlTree::Arena {
  std::vector<std::unique_ptr<char[]>> blocks;
  std::size_t used = 0;
  std::size_t size = 0;
  std::size_t total = 0;
  std::size_t n_attributes = 0;  // since the last element or text
  std::string_view why_full;
  std::jmp_buf when_full{};

  // The parser is C and knows no failing allocation; nothing of it needs to be undone.
  [[noreturn]] void stop(std::string_view why) {
    why_full = why;
    std::longjmp(when_full, 1);
  }

  void* take(std::size_t n) {
    // Each attribute is compared with all before it; what the parser asks for tells what it is at.
    if (n == sizeof(GumboNode)) n_attributes = 0;
    if (n == sizeof(GumboAttribute) && ++n_attributes > kMostAttributes) {
      stop("one of its tags has too many attributes");
    }
    n = (n + 15) / 16 * 16;
    if (used + n > size) {
      size = std::max(n, std::clamp(total, std::size_t{64} << 10, std::size_t{8} << 20));
      if (total + size > kMostArenaBytes) stop("it repeats itself without end");
      blocks.push_back(std::make_unique_for_overwrite<char[]>(size));
      total += size;
      used = 0;
    }
    char* at = blocks.back().get() + used;
    used += n;
    return at;
  }

  // Null: the arena is full.
  const GumboNode* parse(std::string_view page) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, std::size_t n) {
      return static_cast<Arena*>(arena)->take(n);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(when_full) != 0) return nullptr;  // NOLINT(cert-err52-cpp): see take()
    return gumbo_parse_with_options(&options, page.data(), page.size())->root;
  }
};

HtmlTree::HtmlTree() : arena_(std::make_unique<Arena>()) {}
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

Result<HtmlTree> HtmlTree::parse(std::string_view utf8, std::string_view where) {
  const std::size_t tags = n_tags(utf8);
  if (tags > kMostTags) return errors::page_too_deep(where, "it has too many tags");
  if (tags > kTagsOfAnyDepth && depth_of(utf8) > kDeepest) {
    return errors::page_too_deep(where, "its elements stand too deep in each other");
  }
  HtmlTree tree;
  const GumboNode* root = tree.arena_->parse(utf8);
  if (root == nullptr) return errors::page_too_deep(where, tree.arena_->why_full);
  struct Step {
    const GumboNode* node;
    std::uint32_t at;
    unsigned next_child;
  };
  std::vector<Step> open;
  const auto add = [&tree, &open](const GumboNode* node) {
    const auto at = static_cast<std::uint32_t>(tree.nodes_.size());
    HtmlNode flat;
    flat.parent = open.empty() ? 0 : open.back().at;
    flat.end = at + 1;
    if (node->type == GUMBO_NODE_ELEMENT) {
      const GumboElement& element = node->v.element;
      flat.tag = gumbo_normalized_tagname(element.tag);
      if (element.tag == GUMBO_TAG_UNKNOWN) {
        GumboStringPiece name = element.original_tag;
        gumbo_tag_from_original_text(&name);
        flat.tag = name.data == nullptr ? "unknown" : std::string_view(name.data, name.length);
      }
      flat.first_attribute = static_cast<std::uint32_t>(tree.attributes_.size());
      flat.n_attributes = element.attributes.length;
      for (unsigned i = 0; i < element.attributes.length; ++i) {
        const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
        tree.attributes_.push_back({attribute->name, attribute->value});
      }
      open.push_back({node, at, 0});
    } else {
      flat.text = node->v.text.text;
    }
    tree.nodes_.push_back(flat);
  };
  add(root);
  while (!open.empty()) {
    Step& step = open.back();
    const GumboVector& children = step.node->v.element.children;
    if (step.next_child == children.length) {
      tree.nodes_[step.at].end = static_cast<std::uint32_t>(tree.nodes_.size());
      open.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children.data[step.next_child++]);
    if (child->type != GUMBO_NODE_COMMENT && child->type != GUMBO_NODE_TEMPLATE) add(child);
  }
  return tree;
}

std::string_view HtmlTree::attribute(const HtmlNode& node, std::string_view name) const {
  for (const HtmlAttribute& attribute : attributes(node)) {
    if (attribute.name == name) return attribute.value;
  }
  return {};
}

}  // namespace detente::read
