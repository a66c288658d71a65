#include "detente/read/html_story.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "detente/read/html_blocks.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

// Lengths are bytes, so that scripts whose letters say more count more.
constexpr std::size_t kShortestParagraph = 60;
constexpr double kMostLinksOfParagraph = 0.5;
constexpr std::size_t kEnoughPlainText = 80;
constexpr int kLevelsUp = 5;

class StoryFinder {
 public:
  StoryFinder(const HtmlTree& tree, const ZoneTables::Rows& rows)
      : nodes_(tree.nodes()),
        tree_(tree),
        tables_(rows.pages),
        lines_(rows.lines),
        blocks_(blocks_of(tree, rows.pages)) {}

  std::string find(const std::vector<std::string>& titles) {
    weigh();
    set_aside();
    weigh();
    if (good_[0] == 0) return {};
    return written(inside_from(best_holder()), titles);
  }

 private:
  static bool is_paragraph(const PageBlock& block) {
    return block.kind != TagKind::Heading && block.text.size() >= kShortestParagraph &&
           (block.link_share() < kMostLinksOfParagraph ||
            block.text.size() - block.link_bytes >= kEnoughPlainText);
  }

  // Bytes of text, of links and of paragraphs below each element.
  void weigh() {
    text_.assign(nodes_.size(), 0);
    links_.assign(nodes_.size(), 0);
    good_.assign(nodes_.size(), 0);
    n_good_.assign(nodes_.size(), 0);
    for (const PageBlock& block : blocks_) {
      text_[block.holder] += static_cast<std::uint32_t>(block.text.size());
      links_[block.holder] += block.link_bytes;
      if (is_paragraph(block)) {
        good_[block.holder] += static_cast<std::uint32_t>(block.text.size());
        ++n_good_[block.holder];
      }
    }
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      text_[nodes_[i].parent] += text_[i];
      links_[nodes_[i].parent] += links_[i];
      good_[nodes_[i].parent] += good_[i];
      n_good_[nodes_[i].parent] += n_good_[i];
    }
  }

  [[nodiscard]] HintKind hint_of(const HtmlNode& node) const {
    HintKind strongest = HintKind::None;
    for (const std::string_view name : {"class", "id", "role", "itemprop"}) {
      const std::string_view value = tree_.attribute(node, name);
      if (!value.empty()) strongest = std::max(strongest, tables_.hint_of(value));
    }
    return strongest;
  }

  [[nodiscard]] double link_share(std::uint32_t i) const {
    return text_[i] == 0 ? 0 : static_cast<double>(links_[i]) / text_[i];
  }

  // Takes away what stands beside the story.
  void set_aside() {
    hints_.assign(nodes_.size(), HintKind::None);
    std::vector<bool> beside(nodes_.size(), false);
    for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
      if (beside[nodes_[i].parent]) {
        beside[i] = true;
        continue;
      }
      if (nodes_[i].tag.empty() || text_[i] == 0) continue;
      const TagKind kind = tables_.kind_of_tag(nodes_[i].tag);
      hints_[i] = hint_of(nodes_[i]);
      const bool most_of_page = good_[i] * 2 > good_[0] && good_[i] > 0;
      if (most_of_page) continue;
      const bool is_aside = kind == TagKind::Aside || hints_[i] == HintKind::Aside;
      const bool is_weak = hints_[i] == HintKind::Weak && (good_[i] == 0 || link_share(i) > 0.3);
      const bool is_media = hints_[i] == HintKind::Media && n_good_[i] <= 1;
      beside[i] = is_aside || is_weak || is_media || is_list_of_links(i);
    }
    blocks_.erase(std::remove_if(blocks_.begin(), blocks_.end(),
                                 [&beside](const PageBlock& b) { return beside[b.holder]; }),
                  blocks_.end());
  }

  [[nodiscard]] bool is_list_of_links(std::uint32_t i) const {
    const std::string_view tag = nodes_[i].tag;
    return (tag == "ul" || tag == "ol" || tag == "table" || tag == "dl") && link_share(i) > 0.5;
  }

  // Readers see one column: the element whose own paragraphs weigh most, each counted less the
  // deeper it stands.
  std::uint32_t best_holder() {
    std::vector<double> score(nodes_.size(), 0);
    for (const PageBlock& block : blocks_) {
      if (!is_paragraph(block)) continue;
      const double worth =
          1 + static_cast<double>(std::count(block.text.begin(), block.text.end(), ',')) +
          std::min(static_cast<double>(block.text.size()) / 100.0, 5.0);
      std::uint32_t at = block.holder;
      if (is_leaf(at)) at = nodes_[at].parent;
      for (int level = 0; level < kLevelsUp; ++level) {
        score[at] += worth / (level == 0 ? 1.0 : level == 1 ? 2.0 : 3.0 * level);
        if (at == 0) break;
        at = nodes_[at].parent;
      }
    }
    const std::uint32_t only_article = the_only_article();
    std::uint32_t best = 0;
    double most = -1;
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      if (score[i] == 0) continue;
      double s = score[i] * (1 - link_share(i));
      if (hints_[i] == HintKind::Body) s *= 1.3;
      if (i >= only_article && i < nodes_[only_article].end && only_article != 0) s *= 2;
      if (s > most) {
        most = s;
        best = i;
      }
    }
    return best;
  }

  // 0: there is none, or there are several.
  [[nodiscard]] std::uint32_t the_only_article() const {
    std::uint32_t only = 0;
    for (std::uint32_t i = 1; i < nodes_.size(); ++i) {
      if (nodes_[i].tag != "article" || good_[i] == 0) continue;
      if (only != 0 && i >= nodes_[only].end) return 0;
      if (only == 0) only = i;
    }
    return only;
  }

  [[nodiscard]] bool is_leaf(std::uint32_t i) const {
    const std::string_view tag = nodes_[i].tag;
    return tag == "p" || tag == "pre" || tag == "li" || tag == "dd" || tag == "blockquote";
  }

  // The story may go on in elements beside its best one and above it, as far as the article goes.
  [[nodiscard]] std::vector<bool> inside_from(std::uint32_t best) const {
    std::vector<bool> inside(nodes_.size(), false);
    const auto take = [&inside, this](std::uint32_t i) {
      std::fill(inside.begin() + i, inside.begin() + nodes_[i].end, true);
    };
    take(best);
    std::uint32_t at = best;
    for (int level = 0; level < kLevelsUp && at != 0 && !is_whole(at); ++level) {
      const std::uint32_t up = nodes_[at].parent;
      // All that stands between the first and the last part of the story belongs to it.
      std::vector<std::uint32_t> between;
      bool begun = false;
      for (std::uint32_t i = up + 1; i < nodes_[up].end; i = nodes_[i].end) {
        if (nodes_[i].tag.empty()) continue;
        if (i != at && !goes_on_in(i) && !(good_[i] > 0 && is_alike(i, at))) {
          if (begun && link_share(i) < kMostLinksOfParagraph) between.push_back(i);
          continue;
        }
        take(i);
        std::for_each(between.begin(), between.end(), take);
        between.clear();
        begun = true;
      }
      for (const PageBlock& block : blocks_) {
        if (block.holder == up && is_paragraph(block)) inside[up] = true;
      }
      at = up;
    }
    return inside;
  }

  [[nodiscard]] bool is_alike(std::uint32_t a, std::uint32_t b) const {
    const std::string_view name = tree_.attribute(nodes_[a], "class");
    return nodes_[a].tag == nodes_[b].tag && !name.empty() && nodes_[a].tag != "article" &&
           name == tree_.attribute(nodes_[b], "class") && link_share(a) < kMostLinksOfParagraph;
  }

  [[nodiscard]] bool is_whole(std::uint32_t i) const {
    return nodes_[i].tag == "article" || nodes_[i].tag == "main" || nodes_[i].tag == "body";
  }

  [[nodiscard]] bool goes_on_in(std::uint32_t i) const {
    return good_[i] > 0 && link_share(i) < 0.12 && nodes_[i].tag != "article" &&
           good_[i] * 2 > text_[i];
  }

  [[nodiscard]] std::vector<const PageBlock*> blocks_in(const std::vector<bool>& inside) const {
    std::vector<const PageBlock*> found;
    for (const PageBlock& block : blocks_) {
      if (inside[block.holder]) found.push_back(&block);
    }
    return found;
  }

  [[nodiscard]] bool is_furniture(const PageBlock& block,
                                  const std::vector<std::string>& titles) const {
    const std::string& text = block.text;
    if (block.link_share() > 0.9 && block.kind != TagKind::Heading) return true;
    if (text.front() == '<' && text.back() == '>') return true;
    if (block.kind == TagKind::Heading &&
        std::find(titles.begin(), titles.end(), text) != titles.end()) {
      return true;
    }
    return text.size() < 300 && std::any_of(lines_.begin(), lines_.end(), [&](const LineRow& row) {
             return row.where == Where::Any && row.zone != Zone::Byline &&
                    row.pattern.matches_whole(text);
           });
  }

  static bool ends_a_sentence(std::string_view text) {
    constexpr std::string_view kEnds = ".!?:;\"')]_";
    return kEnds.find(text.back()) != std::string_view::npos ||
           static_cast<unsigned char>(text.back()) >= 0x80;
  }

  // What is short at either end of a story is the page's: days, names, counts, labels.
  static void trim(std::vector<const PageBlock*>& blocks) {
    const auto first = std::find_if(blocks.begin(), blocks.end(),
                                    [](const PageBlock* b) { return is_paragraph(*b); });
    blocks.erase(blocks.begin(), first);
    while (!blocks.empty()) {
      const PageBlock& last = *blocks.back();
      const bool is_label = last.kind == TagKind::Heading || last.link_share() > 0.3 ||
                            (last.kind != TagKind::Item && !ends_a_sentence(last.text));
      if (is_paragraph(last) || !is_label) break;
      blocks.pop_back();
    }
  }

  [[nodiscard]] std::string written(const std::vector<bool>& inside,
                                    const std::vector<std::string>& titles) const {
    std::vector<const PageBlock*> blocks = blocks_in(inside);
    std::unordered_set<std::string_view> seen;
    blocks.erase(std::remove_if(blocks.begin(), blocks.end(),
                                [&](const PageBlock* block) {
                                  return is_furniture(*block, titles) ||
                                         (block->text.size() >= kShortestParagraph &&
                                          !seen.insert(block->text).second);
                                }),
                 blocks.end());
    trim(blocks);
    std::string out;
    const PageBlock* before = nullptr;
    for (const PageBlock* block : blocks) {
      const bool same_list =
          before != nullptr && block->kind == TagKind::Item && before->kind == TagKind::Item;
      if (before != nullptr) out += same_list ? "\n" : "\n\n";
      out += block->text;
      before = block;
    }
    return out;
  }

  const std::vector<HtmlNode>& nodes_;
  const HtmlTree& tree_;
  const PageTables& tables_;
  const std::vector<LineRow>& lines_;
  std::vector<PageBlock> blocks_;
  std::vector<HintKind> hints_;
  std::vector<std::uint32_t> text_;
  std::vector<std::uint32_t> links_;
  std::vector<std::uint32_t> good_;
  std::vector<std::uint32_t> n_good_;
};

}  // namespace

std::string story_of(const HtmlTree& tree, const ZoneTables& tables,
                     const std::vector<std::string>& titles) {
  return StoryFinder(tree, tables.rows()).find(titles);
}

}  // namespace detente::read
