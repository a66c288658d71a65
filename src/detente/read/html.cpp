#include "detente/read/html.h"

#include "detente/base/utf8.h"
#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/html_meta.h"
#include "detente/read/html_story.h"
#include "detente/read/html_tree.h"
#include "detente/read/record.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

Result<Document> with_remarks(Result<Document> document, const std::vector<Remark>& remarks) {
  if (document) {
    document->remarks.insert(document->remarks.begin(), remarks.begin(), remarks.end());
  }
  return document;
}

}  // namespace

Result<Document> read_page(std::string_view bytes, const PageSource& source,
                           const ReadOptions& options) {
  if (bytes.size() > kMaxPageBytes) return errors::page_too_large(source.where, kMaxPageBytes);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  Decoded page = decoded(bytes, source.charset.empty() ? charset_in_page(bytes) : source.charset);
  if (!utf8::is_valid(page.text)) page.text = utf8::repair(page.text).text;
  const PageTables& tables = options.zone_tables->rows().pages;
  DETENTE_TRY(const HtmlTree tree, HtmlTree::parse(page.text, source.where));
  PageMeta meta = meta_of(tree, tables, source.url);
  std::string story = story_of(tree, *options.zone_tables, meta.titles);
  if (story.empty()) return errors::no_story(source.where);
  Record record;
  using Field = Record::Field;
  record.take({Field::Id, 0}, source.id);
  record.take({Field::Text, 0}, std::move(story));
  record.take({Field::Title, 0}, std::move(meta.title));
  record.take({Field::Published, 0}, std::move(meta.published));
  record.take({Field::Url, 0}, meta.url.empty() ? source.url : std::move(meta.url));
  record.take({Field::Publisher, 0}, std::move(meta.publisher));
  record.take({Field::Author, 0}, std::move(meta.author));
  record.take({Field::Language, 0}, std::move(meta.language));
  return with_remarks(document_of(std::move(record), source.where, options), page.remarks);
}

Result<Document> read_text(std::string_view bytes, const PageSource& source,
                           const ReadOptions& options) {
  Decoded page = decoded(bytes.substr(0, kMaxTextBytes + 1), source.charset);
  Record record;
  record.take({Record::Field::Id, 0}, source.id);
  record.take({Record::Field::Text, 0}, std::move(page.text));
  record.take({Record::Field::Url, 0}, source.url);
  record.take({Record::Field::Published, 0}, day_in_address(source.url));
  return with_remarks(document_of(std::move(record), source.where, options), page.remarks);
}

}  // namespace detente::read
