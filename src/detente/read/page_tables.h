#pragma once
// What elements of a page are, and what their names say of them: data/html/, loaded with the zones.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/read/json_ld.h"

namespace detente::read {

enum class TagKind : std::uint8_t {
  Inline,   ///< part of a line; also all that the table does not name
  Block,    ///< begins and ends a line of its own
  Heading,  ///< a block that names what follows
  Item,     ///< a block of a list or table
  Break,    ///< ends a line
  Drop,     ///< no text of the page
  Aside,    ///< a block beside the story
};

/// What a class, id or role says about an element.
enum class HintKind : std::uint8_t {
  None,
  Body,    ///< holds the story
  Media,   ///< a picture or film with its caption: beside the story unless paragraphs follow in it
  Weak,    ///< mostly beside the story, but for long plain text
  Aside,   ///< beside the story unless it holds most of the page
  Hidden,  ///< not shown
};

class PageTables {
 public:
  /// A statement about the page and its rank among those of the same field; 0 is the strongest.
  struct MetaKey {
    PageField field = PageField::Title;
    std::uint8_t rank = 0;
  };

  /// Reads html/tags.tsv, hints.tsv, meta.tsv, day_names.tsv and day_orders.tsv. Errors: D0001,
  /// D0004, D0005, D0103.
  static Result<PageTables> open(const std::filesystem::path& data_folder);

  [[nodiscard]] TagKind kind_of_tag(std::string_view tag) const;
  /// The strongest hint among the words of a class or id ("article-body__comments js-x").
  [[nodiscard]] HintKind hint_of(std::string_view names) const;
  /// The field that a meta element's name means ("og:title"), capitals aside.
  [[nodiscard]] std::optional<MetaKey> meta_key(std::string_view name) const;
  /// An element of this class or id shows the day of publication. `words`: see words_of_name().
  [[nodiscard]] bool names_a_day(std::string_view words) const;
  /// Whether writers of this locale ("en-GB", "pt_BR", "fr") put the day before the month.
  [[nodiscard]] bool puts_day_first(std::string_view locale) const;

 private:
  struct Hint {
    std::string words;  // parted by blanks
    HintKind kind = HintKind::None;
  };
  [[nodiscard]] HintKind hint_of_name(std::string_view name) const;
  using Hints = std::map<std::string, std::vector<Hint>, std::less<>>;
  std::map<std::string, TagKind, std::less<>> tags_;
  Hints hints_;         // by their first word
  Hints prefix_hints_;  // rows that end in '*', by the beginning of their one word
  std::map<std::string, MetaKey, std::less<>> meta_keys_;  // in small letters
  std::vector<std::string> day_names_;
  std::map<std::string, bool, std::less<>> day_first_;  // by locale
};

/// "articleBody__Comments js" -> "article body comments js": names cut where their writers do.
[[nodiscard]] std::string words_of_name(std::string_view name);

}  // namespace detente::read
