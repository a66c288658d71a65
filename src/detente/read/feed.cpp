// RSS, Atom and news sitemaps: each item a document.

#include <expat.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/giver.h"
#include "detente/read/html_blocks.h"
#include "detente/read/html_meta.h"
#include "detente/read/page_tables.h"
#include "detente/read/record.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

using Field = Record::Field;

constexpr int kDeepest = 200;

struct FeedName {
  std::string_view element;
  Record::Meaning meaning;
};

// Inside an item, and around it: RSS 2.0 and its modules, Atom, the news sitemap.
constexpr std::array<FeedName, 19> kItemNames{{{"content:encoded", {Field::Text, 0}},
                                               {"content", {Field::Text, 1}},
                                               {"description", {Field::Text, 2}},
                                               {"summary", {Field::Text, 3}},
                                               {"title", {Field::Title, 0}},
                                               {"news:title", {Field::Title, 0}},
                                               {"link", {Field::Url, 0}},
                                               {"loc", {Field::Url, 0}},
                                               {"guid", {Field::Id, 0}},
                                               {"id", {Field::Id, 0}},
                                               {"pubdate", {Field::Published, 0}},
                                               {"published", {Field::Published, 0}},
                                               {"news:publication_date", {Field::Published, 0}},
                                               {"dc:date", {Field::Published, 1}},
                                               {"updated", {Field::Published, 2}},
                                               {"news:name", {Field::Publisher, 0}},
                                               {"source", {Field::Publisher, 1}},
                                               {"dc:creator", {Field::Author, 0}},
                                               {"news:language", {Field::Language, 0}}}};

std::optional<Record::Meaning> meaning_of(std::string_view element) {
  for (const FeedName& known : kItemNames) {
    if (known.element == element) return known.meaning;
  }
  return std::nullopt;
}

std::string in_small_letters(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

bool is_item(std::string_view element) {
  return element == "item" || element == "entry" || element == "url";
}

class FeedReader {
 public:
  FeedReader(ByteStream& stream, const ReadOptions& options, Giver& giver)
      : stream_(stream),
        options_(options_for_records(options)),
        tables_(options.zone_tables->rows().pages),
        giver_(giver),
        parser_(XML_ParserCreate(nullptr)) {}
  ~FeedReader() { XML_ParserFree(parser_); }
  FeedReader(const FeedReader&) = delete;
  FeedReader& operator=(const FeedReader&) = delete;

  Result<void> read() {
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetEntityDeclHandler(parser_, on_entity);
    XML_SetUnknownEncodingHandler(parser_, on_encoding, nullptr);
    // Entities that are not declared (&nbsp;) come to on_skipped() instead of ending the feed.
    XML_UseForeignDTD(parser_, XML_TRUE);
    XML_SetSkippedEntityHandler(parser_, on_skipped);
    for (bool at_end = false; !at_end && why_stopped_.empty() && go_on_;) {
      DETENTE_TRY(std::string_view bytes, stream_.available());
      if (!begun_) bytes.remove_prefix(std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size()));
      begun_ = true;
      at_end = bytes.empty();
      const std::size_t n = bytes.size();
      if (XML_Parse(parser_, bytes.data(), static_cast<int>(n), at_end ? 1 : 0) ==
              XML_STATUS_ERROR &&
          why_stopped_.empty() && go_on_) {
        why_stopped_ = XML_ErrorString(XML_GetErrorCode(parser_));
      }
      if (!at_end) stream_.skip(stream_.available()->size());
    }
    if (!why_stopped_.empty()) {
      const std::uint64_t line = XML_GetCurrentLineNumber(parser_);
      giver_.give(errors::broken_feed(where(line), why_stopped_), line);
    }
    return {};
  }

 private:
  static FeedReader& self(void* data) { return *static_cast<FeedReader*>(data); }
  static void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
    self(data).start(name, attributes);
  }
  static void on_end(void* data, const XML_Char* name) { self(data).end(name); }
  static void on_text(void* data, const XML_Char* text, int n) {
    self(data).add({text, static_cast<std::size_t>(n)});
  }
  static void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*,
                        const XML_Char*, const XML_Char*, const XML_Char*) {
    self(data).stop("it declares entities, which no feed needs");
  }
  static void on_skipped(void* data, const XML_Char*, int) { self(data).add(" "); }
  static int on_encoding(void*, const XML_Char* name, XML_Encoding* info) {
    info->data = nullptr;
    info->convert = nullptr;
    info->release = nullptr;
    return one_byte_table(name, info->map) ? XML_STATUS_OK : XML_STATUS_ERROR;
  }

  void stop(std::string_view why) {
    if (why_stopped_.empty()) why_stopped_ = why;
    XML_StopParser(parser_, XML_FALSE);
  }

  [[nodiscard]] std::string where(std::uint64_t line) const {
    return stream_.name() + ":" + std::to_string(line);
  }

  // "pubDate" -> "pubdate", "atom:entry" -> "entry"; other prefixes stay, they mean other things.
  static std::string plain_name(std::string_view name) {
    for (const std::string_view prefix : {"atom:", "rss:"}) {
      if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    }
    return in_small_letters(name);
  }

  void start(std::string_view raw_name, const XML_Char** attributes) {
    if (++depth_ > kDeepest) return stop("it nests without end");
    const std::string name = plain_name(raw_name);
    if (inside_markup()) return;
    if (item_depth_ == 0 && is_item(name)) {
      item_depth_ = depth_;
      item_line_ = XML_GetCurrentLineNumber(parser_);
      record_ = Record();
      return;
    }
    begin_text(name);
    for (; *attributes != nullptr; attributes += 2) {
      const std::string_view key = attributes[0];
      const std::string_view value = attributes[1];
      if (name == "link" && key == "href") href_ = value;
      if (name == "link" && key == "rel") is_other_link_ = value != "alternate";
      if (key == "xml:lang" && item_depth_ == 0 && language_.empty()) language_ = value;
    }
  }

  // Markup written as XML inside an item's text: its words are taken as they come.
  [[nodiscard]] bool inside_markup() const {
    return text_depth_ > 0 && item_depth_ > 0 && depth_ > text_depth_ &&
           (text_name_ == "content" || text_name_ == "summary");
  }

  void begin_text(const std::string& name) {
    text_name_ = name;
    text_depth_ = depth_;
    text_.clear();
    href_.clear();
    is_other_link_ = false;
  }

  void add(std::string_view text) {
    if (text_depth_ == 0) return;
    if (text_.size() + text.size() > kMaxRecordBytes) return stop("one of its items has no end");
    text_ += text;
  }

  void end(std::string_view raw_name) {
    const int depth = depth_--;
    const std::string name = plain_name(raw_name);
    if (item_depth_ == depth) return end_item();
    if (text_depth_ != depth) {
      if (inside_markup()) text_ += ' ';
      return;
    }
    text_depth_ = 0;
    std::string value = std::exchange(text_, {});
    if (item_depth_ > 0) {
      take(name, std::move(value), depth);
    } else if (name == "title" && publisher_.empty()) {
      publisher_ = folded(value);
    } else if ((name == "language" || name == "dc:language") && language_.empty()) {
      language_ = folded(value);
    }
  }

  void take(const std::string& name, std::string value, int depth) {
    if (name == "link" && !href_.empty()) {
      if (!is_other_link_) record_.take({Field::Url, 0}, href_);
      return;
    }
    // <author><name>: Atom; <author>: RSS.
    if (name == "name" || name == "author") return record_.take({Field::Author, 1}, folded(value));
    const bool is_direct = depth == item_depth_ + 1 || name.starts_with("news:");
    const auto meaning = is_direct ? meaning_of(name) : std::nullopt;
    if (!meaning) return;
    record_.take(*meaning, meaning->field == Field::Text ? words_of(value) : folded(value));
  }

  // Texts of feeds are HTML, escaped once.
  [[nodiscard]] std::string words_of(const std::string& html) const {
    const auto tree = HtmlTree::parse(html, "");
    if (!tree) return {};
    std::string out;
    for (const PageBlock& block : blocks_of(*tree, tables_)) {
      out += (out.empty() ? "" : "\n\n") + block.text;
    }
    return out;
  }

  void end_item() {
    item_depth_ = 0;
    const std::string title = record_[Field::Title];
    if (record_[Field::Text].empty()) record_.take({Field::Text, 9}, title);
    record_.take({Field::Publisher, 9}, publisher_);
    record_.take({Field::Language, 9}, language_);
    Place place;
    place.line = item_line_;
    place.member = record_[Field::Url];
    const std::string at = where(item_line_);
    // A sitemap of plain addresses tells no news.
    if (record_[Field::Text].empty() && !place.member.empty() && title.empty()) return;
    if (!giver_.give(document_of(std::move(record_), at, options_), std::move(place))) {
      go_on_ = false;
      XML_StopParser(parser_, XML_FALSE);
    }
  }

  ByteStream& stream_;
  const ReadOptions options_;
  const PageTables& tables_;
  Giver& giver_;
  XML_Parser parser_;
  Record record_;
  std::string publisher_;
  std::string language_;
  std::string text_;
  std::string text_name_;
  std::string href_;
  std::string why_stopped_;
  std::uint64_t item_line_ = 0;
  int depth_ = 0;
  int item_depth_ = 0;  // 0: outside
  int text_depth_ = 0;
  bool is_other_link_ = false;
  bool begun_ = false;
  bool go_on_ = true;
};

}  // namespace

// The first element is a feed's: declarations, comments and style sheets may stand before it.
bool is_feed(std::string_view head) {
  const std::string text = in_small_letters(head);
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const std::string_view here = std::string_view(text).substr(at);
    for (const std::string_view mark : {"<rss", "<feed", "<atom:feed", "<rdf:rdf", "<urlset"}) {
      if (here.starts_with(mark)) return true;
    }
    if (here.size() > 1 && here[1] != '?' && here[1] != '!') return false;
    if (here.starts_with("<!--")) at = std::min(text.find("-->", at), text.size() - 1);
  }
  return false;
}

Result<void> read_feed_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  return FeedReader(stream, options, giver).read();
}

}  // namespace detente::read
