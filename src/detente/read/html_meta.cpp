#include "detente/read/html_meta.h"

#include <algorithm>
#include <array>

#include "detente/read/json_ld.h"
#include "detente/read/published_day.h"

namespace detente::read {
namespace {

using Field = PageField;

constexpr std::size_t kLongestTitle = 400;
// A date in the open text counts when little else stands with it.
constexpr std::size_t kLongestDateText = 80;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Letters and digits alone, in small letters: what two spellings of one title share.
std::string skeleton(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_word(c)) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  return out;
}

// "https://www.example.org/a" -> "example.org"
std::string_view host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#:"));
  if (url.starts_with("www.")) url.remove_prefix(4);
  return url;
}

bool is_address(std::string_view text) {
  return text.find("://") != std::string_view::npos || text.starts_with("//");
}

class MetaFinder {
 public:
  MetaFinder(const HtmlTree& tree, const PageTables& tables, std::string_view url)
      : tree_(tree), tables_(tables), url_(url) {}

  PageMeta find() {
    read_nodes();
    PageMeta meta;
    meta.url = is_address(facts_[Field::Url]) ? facts_[Field::Url] : std::string();
    const std::string& address = meta.url.empty() ? url_ : meta.url;
    meta.publisher = facts_[Field::Publisher];
    if (meta.publisher.starts_with('@')) meta.publisher.erase(0, 1);
    if (meta.publisher.empty()) meta.publisher = host_of(address);
    meta.author = facts_[Field::Author];
    if (meta.author.starts_with("By ") || meta.author.starts_with("by ")) meta.author.erase(0, 3);
    meta.language = facts_[Field::Language];
    settle_title(meta, host_of(address));
    std::string in_address = day_in_address(address);
    if (in_address.empty()) in_address = day_in_address(url_);
    meta.published = facts_[Field::Published];
    if (!meta.published.empty()) {
      settle_local_day(meta.published, in_address);
      return meta;
    }
    for (const std::string& day : {shown_day_, in_address, day_below_heading(), unsure_day_}) {
      if (meta.published.empty()) meta.published = day;
    }
    return meta;
  }

 private:
  void take(PageTables::MetaKey key, std::string value) {
    value = folded(value);
    if (key.field == Field::Published && !is_sure_day(value)) return;
    if ((key.field == Field::Author || key.field == Field::Publisher) && is_address(value)) return;
    if (key.field == Field::Title && value.size() > kLongestTitle) return;
    facts_.take(key.field, key.rank, std::move(value));
  }

  // What tells a day to those alone who know how its writers order day and month is kept apart.
  bool is_sure_day(const std::string& text) {
    if (tells_a_day(text)) return true;
    if (unsure_day_.empty() && tells_a_day(text, true)) unsure_day_ = text;
    return false;
  }

  // Systems state moments in universal time, or as if they were; readers were shown the day of the
  // place. Towards the day before, what stands below the heading tells it; that is never the day
  // behind, which may be today's or that of a later change, so the address alone tells that.
  void settle_local_day(std::string& published, const std::string& in_address) {
    constexpr int kFirstHourOfTomorrow = 10;  // UTC+14
    constexpr int kLastHourOfYesterday = 11;  // UTC-12
    const auto stated = published_day(published);
    const auto hour = published_hour(published);
    if (!stated || !hour) return;
    const std::string shown = day_below_heading();
    for (const std::string& day : {shown, in_address}) {
      const auto told = published_day(day);
      if (!told) continue;
      const bool before = *told == stated->plus_days(-1) && *hour <= kLastHourOfYesterday;
      const bool behind =
          *told == stated->plus_days(1) && *hour >= kFirstHourOfTomorrow && day != shown;
      if (before || behind) {
        published = told->text();
        return;
      }
      if (*told == *stated) return;
    }
  }

  void read_nodes() {
    const auto& nodes = tree_.nodes();
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      const HtmlNode& node = nodes[i];
      if (node.tag.empty()) continue;
      if (node.tag == "script") {
        if (tree_.attribute(node, "type") == "application/ld+json" && node.end > i + 1) {
          read_json_ld(nodes[i + 1].text, facts_);
        }
      } else if (node.tag == "html") {
        take_key("html:lang", tree_.attribute(node, "lang"));
      } else if (node.tag == "link") {
        take_key("link:" + words_of_name(tree_.attribute(node, "rel")),
                 tree_.attribute(node, "href"));
      } else if (node.tag == "title") {
        if (page_title_.empty()) page_title_ = text_of(tree_, i);
      } else if (node.tag == "h1") {
        headings_.push_back({text_of(tree_, i), i});
      } else {
        read_element(i);
      }
    }
  }

  void take_key(std::string_view key, std::string_view value) {
    if (value.empty()) return;
    if (const auto known = tables_.meta_key(key)) take(*known, std::string(value));
  }

  void read_element(std::uint32_t i) {
    const HtmlNode& node = tree_.nodes()[i];
    if (node.tag == "meta") {
      const std::string_view value = tree_.attribute(node, "content");
      for (const std::string_view name : {"property", "name", "itemprop", "http-equiv"}) {
        take_key(tree_.attribute(node, name), value);
      }
      return;
    }
    const std::string_view time = tree_.attribute(node, "datetime");
    const std::string_view role = tree_.attribute(node, "itemprop");
    if (!role.empty()) {
      const std::string_view content = tree_.attribute(node, "content");
      if (!content.empty() || !time.empty()) {
        take_key(role, content.empty() ? time : content);
      } else if (tables_.meta_key(role)) {
        take_key(role, text_of(tree_, i));
      }
    }
    if (shown_day_.empty() && shows_a_day(node)) {
      std::string text = time.empty() ? text_of(tree_, i) : folded(time);
      if (text.size() <= kLongestDateText && is_sure_day(text)) shown_day_ = std::move(text);
    }
  }

  // A short text of its own behind the heading, as below a headline: "19 Nov 2019".
  [[nodiscard]] std::string day_below_heading() {
    constexpr std::uint32_t kNodesBehind = 250;
    constexpr std::size_t kLongest = 48;
    constexpr std::size_t kParagraph = 250;
    const auto& nodes = tree_.nodes();
    if (heading_at_ == 0) return {};
    const std::size_t begin = nodes[heading_at_].end;
    for (std::size_t i = begin; i < std::min<std::size_t>(nodes.size(), begin + kNodesBehind);
         ++i) {
      const HtmlNode& parent = nodes[nodes[i].parent];
      if (!nodes[i].tag.empty() || tables_.kind_of_tag(parent.tag) == TagKind::Drop) continue;
      std::string text = folded(nodes[i].text);
      if (text.size() > kParagraph) return {};  // the story has begun
      const std::size_t most = shows_a_day(parent) ? kLongestDateText : kLongest;
      if (text.size() >= 8 && text.size() <= most && is_sure_day(text)) return text;
    }
    return {};
  }

  // By its name, class or id.
  [[nodiscard]] bool shows_a_day(const HtmlNode& node) const {
    return node.tag == "time" ||
           tables_.names_a_day(words_of_name(tree_.attribute(node, "class"))) ||
           tables_.names_a_day(words_of_name(tree_.attribute(node, "id")));
  }

  // The heading that the head of the page repeats; else what the head says, without the site's
  // name.
  void settle_title(PageMeta& meta, std::string_view host) {
    const std::string& stated = facts_[Field::Title];
    for (const std::string& title : {stated, page_title_}) {
      if (!title.empty()) meta.titles.push_back(title);
    }
    const std::array in_head{skeleton(stated), skeleton(page_title_)};
    for (const auto& [heading, at] : headings_) {
      const std::string bones = skeleton(heading);
      // A word of the title that heads a part of the page is not the title.
      const auto repeats = [&bones](const std::string& head) {
        return 3 * bones.size() >= head.size() && head.find(bones) != std::string::npos;
      };
      if (bones.size() >= 12 && heading.size() <= kLongestTitle &&
          std::any_of(in_head.begin(), in_head.end(), repeats)) {
        meta.title = heading;
        heading_at_ = at;
        break;
      }
    }
    const std::string& from_head = stated.empty() ? page_title_ : stated;
    if (meta.title.empty()) meta.title = without_site(from_head, meta.publisher, host);
    if (meta.title.empty() && !headings_.empty()) meta.title = headings_[0].text;
    if (heading_at_ == 0) heading_at_ = place_of(meta.title);
    meta.titles.push_back(meta.title);
    for (const Heading& heading : headings_) meta.titles.push_back(heading.text);
  }

  // The text that repeats the title, behind the head; else the first heading that has words.
  [[nodiscard]] std::uint32_t place_of(const std::string& title) const {
    const auto& nodes = tree_.nodes();
    const std::string bones = skeleton(title);
    for (std::uint32_t i = 1; i < nodes.size() && !bones.empty(); ++i) {
      const HtmlNode& node = nodes[i];
      if (!node.tag.empty() || node.text.size() > 4 * kLongestTitle) continue;
      const std::string_view parent = nodes[node.parent].tag;
      if (parent == "title" || tables_.kind_of_tag(parent) == TagKind::Drop) continue;
      if (skeleton(node.text) == bones) return i;
    }
    for (const Heading& heading : headings_) {
      if (!heading.text.empty()) return heading.at;
    }
    return 0;
  }

  // "Talks open | Example News" -> "Talks open", when the site's name is behind the last separator.
  static std::string without_site(const std::string& title, std::string_view publisher,
                                  std::string_view host) {
    constexpr std::array<std::string_view, 7> kSeparators{
        " | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ", " : ", " :: "};
    std::size_t last = std::string::npos;
    std::size_t width = 0;
    for (const std::string_view separator : kSeparators) {
      const std::size_t at = title.rfind(separator);
      if (at != std::string::npos && (last == std::string::npos || at > last)) {
        last = at;
        width = separator.size();
      }
    }
    if (last == std::string::npos || last < 12) return title;
    const std::string tail = skeleton(title.substr(last + width));
    const std::string name = skeleton(publisher);
    const std::string site = skeleton(host.substr(0, host.rfind('.')));
    const bool is_site =
        !tail.empty() &&
        (name.find(tail) != std::string::npos || site.find(tail) != std::string::npos ||
         (!name.empty() && tail.find(name) != std::string::npos) ||
         (!site.empty() && tail.find(site) != std::string::npos));
    return is_site ? title.substr(0, last) : title;
  }

  const HtmlTree& tree_;
  const PageTables& tables_;
  const std::string url_;
  PageFacts facts_;
  std::string page_title_;
  struct Heading {
    std::string text;
    std::uint32_t at = 0;
  };
  std::vector<Heading> headings_;
  std::string shown_day_;
  std::string unsure_day_;
  std::uint32_t heading_at_ = 0;  // where the title stands; 0: nowhere
};

}  // namespace

std::string day_in_address(std::string_view url) {
  const std::size_t path = url.find('/', url.find("://") == std::string_view::npos ? 0 : 8);
  if (path == std::string_view::npos) return {};
  const auto digits = [&url](std::size_t at, std::size_t n) {
    int value = 0;
    for (std::size_t i = at; i < at + n; ++i) {
      if (i >= url.size() || url[i] < '0' || url[i] > '9') return -1;
      value = value * 10 + (url[i] - '0');
    }
    return value;
  };
  const auto is_digit_at = [&digits](std::size_t at) { return digits(at, 1) >= 0; };
  for (std::size_t i = path + 1; i + 8 <= url.size(); ++i) {
    if (is_digit_at(i - 1)) continue;
    const int year = digits(i, 4);
    if (year < 1980 || year > 2100) continue;
    const char separator = i + 4 < url.size() ? url[i + 4] : '\0';
    std::optional<Date> day;
    if (separator == '/' || separator == '-' || separator == '_') {
      const std::size_t month_at = i + 5;
      const std::size_t month_digits = digits(month_at, 2) >= 0 ? 2 : 1;
      const std::size_t day_at = month_at + month_digits + 1;
      if (day_at >= url.size() || url[day_at - 1] != separator) continue;
      const std::size_t day_digits = digits(day_at, 2) >= 0 ? 2 : 1;
      if (is_digit_at(day_at + day_digits)) continue;
      day = Date::from_ymd(year, digits(month_at, month_digits), digits(day_at, day_digits));
    } else if (digits(i, 8) >= 0 && !is_digit_at(i + 8)) {
      day = Date::from_ymd(year, digits(i + 4, 2), digits(i + 6, 2));
    }
    if (day) return day->text();
  }
  return {};
}

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    if (!blank) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string text_of(const HtmlTree& tree, std::uint32_t node) {
  constexpr std::size_t kMost = 4096;
  std::string text;
  for (std::uint32_t i = node; i < tree.nodes()[node].end && text.size() < kMost; ++i) {
    text += tree.nodes()[i].text;
    if (tree.nodes()[i].tag == "br") text += ' ';
  }
  return folded(text);
}

PageMeta meta_of(const HtmlTree& tree, const PageTables& tables, std::string_view url) {
  return MetaFinder(tree, tables, url).find();
}

}  // namespace detente::read
