#include "detente/read/html_blocks.h"

#include <algorithm>

namespace detente::read {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

bool is_block(TagKind kind) {
  return kind == TagKind::Block || kind == TagKind::Heading || kind == TagKind::Item ||
         kind == TagKind::Aside;
}

class BlockWriter {
 public:
  BlockWriter(const HtmlTree& tree, const PageTables& tables) : tree_(tree), tables_(tables) {}

  std::vector<PageBlock> write() {
    const auto& nodes = tree_.nodes();
    for (std::uint32_t i = 0; i < nodes.size();) {
      close_before(i);
      const HtmlNode& node = nodes[i];
      if (node.tag.empty()) {
        add_text(node.text);
        ++i;
        continue;
      }
      const TagKind kind = tables_.kind_of_tag(node.tag);
      if (kind == TagKind::Drop || (kind != TagKind::Break && is_hidden(tree_, node, tables_))) {
        if (kind == TagKind::Drop) add_text(" ");
        i = node.end;
        continue;
      }
      open(i, kind);
      ++i;
    }
    close_before(static_cast<std::uint32_t>(nodes.size()));
    return std::move(blocks_);
  }

 private:
  struct Open {
    std::uint32_t node = 0;
    TagKind kind = TagKind::Inline;
  };

  void open(std::uint32_t i, TagKind kind) {
    const HtmlNode& node = tree_.nodes()[i];
    if (kind == TagKind::Break) {
      if (node.tag == "hr" || text_.ends_with('\n')) {
        flush();
      } else if (!text_.empty()) {
        trim_end();
        text_ += '\n';
      }
      return;
    }
    if (is_block(kind)) flush();
    if (node.tag == "a") ++n_links_;
    if (node.tag == "pre") ++n_pre_;
    if (is_block(kind) || node.tag == "a") open_.push_back({i, kind});
  }

  void close_before(std::uint32_t i) {
    while (!open_.empty() && tree_.nodes()[open_.back().node].end <= i) {
      const HtmlNode& node = tree_.nodes()[open_.back().node];
      if (is_block(open_.back().kind)) flush();
      if (node.tag == "a") --n_links_;
      if (node.tag == "pre") --n_pre_;
      open_.pop_back();
    }
  }

  void add_text(std::string_view words) {
    const std::size_t before = text_.size();
    for (std::size_t i = 0; i < words.size(); ++i) {
      const char c = words[i];
      if (c == '\n' && n_pre_ > 0 && !text_.empty()) {
        trim_end();
        text_ += '\n';
      } else if (is_space(c)) {
        if (!text_.empty() && !is_space(text_.back())) text_ += ' ';
      } else {
        text_ += c;
      }
    }
    if (n_links_ > 0 && text_.size() > before) {
      link_bytes_ += static_cast<std::uint32_t>(text_.size() - before);
    }
  }

  void trim_end() {
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
  }

  void flush() {
    while (!text_.empty() && is_space(text_.back())) text_.pop_back();
    if (!text_.empty()) {
      PageBlock block;
      for (std::size_t k = open_.size(); k-- > 0;) {
        if (!is_block(open_[k].kind)) continue;
        block.holder = open_[k].node;
        block.kind = open_[k].kind;
        break;
      }
      block.link_bytes = std::min(link_bytes_, static_cast<std::uint32_t>(text_.size()));
      block.text = std::move(text_);
      blocks_.push_back(std::move(block));
    }
    text_.clear();
    link_bytes_ = 0;
  }

  const HtmlTree& tree_;
  const PageTables& tables_;
  std::vector<PageBlock> blocks_;
  std::vector<Open> open_;
  std::string text_;
  std::uint32_t link_bytes_ = 0;
  unsigned n_links_ = 0;
  unsigned n_pre_ = 0;
};

}  // namespace

bool is_hidden(const HtmlTree& tree, const HtmlNode& node, const PageTables& tables) {
  for (const HtmlAttribute& attribute : tree.attributes(node)) {
    if (attribute.name == "hidden") return true;
    if (attribute.name == "aria-hidden" && attribute.value == "true") return true;
    if (attribute.name == "style") {
      std::string style;
      std::copy_if(attribute.value.begin(), attribute.value.end(), std::back_inserter(style),
                   [](char c) { return !is_space(c); });
      if (style.find("display:none") != std::string::npos) return true;
    }
    if (attribute.name == "class" && tables.hint_of(attribute.value) == HintKind::Hidden) {
      return true;
    }
  }
  return false;
}

std::vector<PageBlock> blocks_of(const HtmlTree& tree, const PageTables& tables) {
  return BlockWriter(tree, tables).write();
}

}  // namespace detente::read
