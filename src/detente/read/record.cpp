#include "detente/read/record.h"

#include <algorithm>
#include <array>

#include "detente/base/utf8.h"
#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/language.h"
#include "detente/read/published_day.h"
#include "detente/read/zone_rows.h"

namespace detente::read {
namespace {

struct FieldName {
  std::string_view name;
  Record::Meaning meaning;
};

using Field = Record::Field;

// The promise of docs: first name first. Nested names ("publisher": {"name": …}) are joined by a
// point.
constexpr std::array kFieldNames = std::to_array<FieldName>({
    {"id", {Field::Id, 0}},
    {"document_id", {Field::Id, 1}},
    {"text", {Field::Text, 0}},
    {"published", {Field::Published, 0}},
    {"date", {Field::Published, 1}},
    {"pub_date", {Field::Published, 2}},
    {"published_at", {Field::Published, 3}},
    {"title", {Field::Title, 0}},
    {"headline", {Field::Title, 1}},
    {"url", {Field::Url, 0}},
    {"publisher", {Field::Publisher, 0}},
    {"publisher.name", {Field::Publisher, 1}},
    {"source", {Field::Publisher, 2}},
    {"source.name", {Field::Publisher, 3}},
    {"publication", {Field::Publisher, 4}},
    {"publication.name", {Field::Publisher, 5}},
    {"language", {Field::Language, 0}},
    {"author", {Field::Author, 0}},
    {"authors", {Field::Author, 1}},
    {"byline", {Field::Author, 2}},
});

std::string id_from(std::string_view text) {
  // FNV-1a, 64 bits: short, the same on every machine, and no promise of secrecy is made.
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string id = "d";
  for (int shift = 60; shift >= 0; shift -= 4) id += kHex[hash >> shift & 15U];
  return id;
}

// NUL ends strings in the systems that our records go to, so it may not stay in a text.
std::uint32_t replace_nul_bytes(std::string& text) {
  const auto n = static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\0'));
  if (n == 0) return 0;
  std::string out;
  out.reserve(text.size() + 2 * n);
  for (char c : text) {
    if (c == '\0') {
      utf8::append(out, 0xFFFD);
    } else {
      out += c;
    }
  }
  text = std::move(out);
  return n;
}

void set_text(Document& document, std::string_view bytes) {
  Decoded text = decoded(bytes, "");
  document.remarks = std::move(text.remarks);
  utf8::Repaired repaired = utf8::repair(text.text);
  if (repaired.n_replaced > 0) {
    document.remarks.push_back(
        {"utf8-repaired",
         {repaired.first_bad_offset, repaired.first_bad_offset + 3},
         std::to_string(repaired.n_replaced) + " runs of bytes are not UTF-8, the first at byte " +
             std::to_string(repaired.first_bad_offset) + "; each became U+FFFD"});
  }
  document.text = std::move(repaired.text);
  if (const std::uint32_t n = replace_nul_bytes(document.text); n > 0) {
    document.remarks.push_back(
        {"nul-replaced", {}, std::to_string(n) + " NUL bytes became U+FFFD"});
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n\r\t\f\v") == std::string_view::npos;
}

std::string one_line(std::string_view bytes) {
  std::string out = utf8::repair(decoded(bytes, "").text).text;
  replace_nul_bytes(out);
  const auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; };
  while (!out.empty() && is_space(out.back())) out.pop_back();
  out.erase(0, std::min(out.size(), out.find_first_not_of(" \n\r\t")));
  return out;
}

// "en-GB", "en_US", "EN" -> "en"; what is no such code stays as it is.
std::string language_code(std::string language) {
  const std::size_t end = std::min(language.find_first_of("-_"), language.size());
  if (end < 2 || end > 3) return language;
  language.resize(end);
  std::transform(language.begin(), language.end(), language.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return language;
}

// Whether "04/05/2016" is a day of May: as the document's own locale has it, else its language.
bool puts_day_first(std::string_view stated_language, const std::string& language,
                    const ReadOptions& options) {
  if (options.zone_tables == nullptr) return false;
  const bool is_its_own = language_code(std::string(stated_language)) == language;
  return options.zone_tables->rows().pages.puts_day_first(is_its_own ? stated_language : language);
}

// What the page itself says wins over the file's date; the remark tells which it was.
void settle_published(Document& document, const ReadOptions& options) {
  if (document.published_at) return;
  if (document.dateline && document.dateline->day) {
    document.published_at = document.dateline->day;
  } else if (options.file_date) {
    document.published_at = options.file_date;
    const bool captured = options.file_date_is_capture;
    document.remarks.push_back(
        {captured ? "published-from-capture" : "published-from-file",
         {},
         "no date is given and no dateline found; " +
             std::string(captured ? "the day of the crawl " : "the file's own date ") +
             options.file_date->text() + " stands for it"});
  }
}

}  // namespace

std::optional<Record::Meaning> Record::meaning_of(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : (c == '-' || c == ' ' ? '_' : c);
  });
  for (const FieldName& known : kFieldNames) {
    if (known.name == lower) return known.meaning;
  }
  return std::nullopt;
}

void Record::take(Meaning meaning, std::string value) {
  const auto i = static_cast<std::size_t>(meaning.field);
  if (value.empty() || ranks[i] <= meaning.rank) return;
  ranks[i] = meaning.rank;
  values[i] = std::move(value);
}

Result<Document> document_of(Record record, std::string_view where, const ReadOptions& options) {
  std::string& text = record[Field::Text];
  if (text.size() > kMaxTextBytes) return errors::too_large(where, text.size(), kMaxTextBytes);
  if (is_blank(text)) return errors::empty_document(where);
  Document document;
  set_text(document, text);
  if (is_blank(document.text)) return errors::empty_document(where);
  document.id = one_line(record[Field::Id]);
  if (document.id.empty()) document.id = id_from(document.text);
  document.name = options.name.empty() ? document.id : options.name;
  document.title = one_line(record[Field::Title]);
  document.url = one_line(record[Field::Url]);
  document.publisher = one_line(record[Field::Publisher]);
  const std::string stated_language = one_line(record[Field::Language]);
  const Language language = language_of(document.text, language_code(stated_language));
  if (options.skip_other_languages && !is_readable(language)) {
    return errors::other_language(where, language.name, language.code);
  }
  document.language = language.code;
  document.author = one_line(record[Field::Author]);
  const std::string published = one_line(record[Field::Published]);
  if (!published.empty()) {
    const bool day_first = puts_day_first(stated_language, language.code, options);
    document.published_at = published_day(published, day_first);
    if (!document.published_at) {
      document.remarks.push_back({"published-unread",
                                  {},
                                  "the date of publication '" + published.substr(0, 40) +
                                      "' is none that can be told for certain; write YYYY-MM-DD"});
    }
  }
  if (!document.published_at) document.published_at = options.published_at;
  if (options.zone_tables != nullptr) {
    find_zones(document, *options.zone_tables,
               document.published_at ? document.published_at : options.file_date);
  }
  settle_published(document, options);
  return document;
}

}  // namespace detente::read
