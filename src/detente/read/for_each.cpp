#include <algorithm>
#include <array>

#include "detente/read/archive.h"
#include "detente/read/byte_stream.h"
#include "detente/read/csv.h"
#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/giver.h"
#include "detente/read/html.h"
#include "detente/read/html_tree.h"
#include "detente/read/json_lines.h"
#include "detente/read/read.h"
#include "detente/read/record.h"

namespace detente::read {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

std::string_view without_suffix(std::string_view name, std::string_view suffix) {
  return lower(name).ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
}

// "dir/talks.txt.gz" -> "talks"
std::string stem_of(std::string_view name) {
  name = name.substr(name.find_last_of('/') + 1);
  name = without_suffix(without_suffix(name, ".gz"), ".zst");
  const std::size_t point = name.find_last_of('.');
  return std::string(point == 0 ? name : name.substr(0, point));
}

std::string_view after_blanks(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  return at == std::string_view::npos ? std::string_view() : text.substr(at);
}

// Several known columns, parted by one separator, one of them the text.
bool is_csv_header(std::string_view line) {
  for (const char separator : {',', ';', '\t'}) {
    std::size_t n_known = 0;
    bool has_text = false;
    std::string_view rest = line;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(separator), rest.size());
      std::string_view name = rest.substr(0, end);
      rest.remove_prefix(std::min(rest.size(), end + 1));
      while (!name.empty() && (name.back() == '\r' || name.back() == '"')) name.remove_suffix(1);
      while (!name.empty() && name.front() == '"') name.remove_prefix(1);
      const auto meaning = Record::meaning_of(name);
      if (!meaning) continue;
      ++n_known;
      has_text = has_text || meaning->field == Record::Field::Text;
    }
    if (has_text && n_known >= 2) return true;
  }
  return false;
}

Result<Format> sniff(std::string_view head, const std::string& name) {
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const std::string file = lower(without_suffix(without_suffix(name, ".gz"), ".zst"));
  const std::string_view start = after_blanks(head);
  if (file.ends_with(".jsonl") || file.ends_with(".ndjson")) return Format::JsonLines;
  if (file.ends_with(".csv") || file.ends_with(".tsv")) return Format::Csv;
  if (file.ends_with(".html") || file.ends_with(".htm")) return Format::Html;
  if (start.starts_with('{')) {
    const std::string_view inside = after_blanks(start.substr(1));
    if (inside.starts_with('"') || inside.starts_with('}')) return Format::JsonLines;
  }
  if (start.starts_with('[') && after_blanks(start.substr(1)).starts_with('{')) {
    return errors::unknown_format(
        name, "a JSON array (write one object a line: jq -c '.[]' in.json > out.jsonl)");
  }
  const std::string opening = lower(start.substr(0, 64));
  for (const std::string_view mark : {"<!doctype html", "<html", "<head", "<body"}) {
    if (opening.starts_with(mark)) return Format::Html;
  }
  if (is_archive(start)) return Format::Archive;
  if (is_feed(start)) return Format::Feed;
  if (opening.starts_with("<?xml")) return errors::unknown_format(name, "XML, but no feed");
  if (opening.starts_with("%pdf-")) return errors::unknown_format(name, "a PDF");
  if (opening.starts_with("pk\x03\x04")) return errors::unknown_format(name, "a ZIP archive");
  if (is_csv_header(head.substr(0, head.find('\n')))) return Format::Csv;
  return Format::Plain;
}

std::string at_line(const ByteStream& stream, std::uint64_t line) {
  return stream.name() + ":" + std::to_string(line);
}

// All that is left of the stream, or a byte more than `most_bytes`.
Result<std::string> rest_of(ByteStream& stream, std::size_t most_bytes) {
  std::string bytes;
  for (;;) {
    DETENTE_TRY(const std::string_view more, stream.available());
    if (more.empty() || bytes.size() > most_bytes) return bytes;
    bytes.append(more);
    stream.skip(more.size());
  }
}

Result<void> read_plain_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  DETENTE_TRY(std::string text, rest_of(stream, kMaxTextBytes));
  if (text.size() > kMaxTextBytes) {
    giver.give(errors::too_large(stream.name(), text.size(), kMaxTextBytes));
    return {};
  }
  ReadOptions own = options;
  if (own.name.empty()) own.name = options.id.empty() ? stem_of(stream.name()) : options.id;
  Record record;
  record.take({Record::Field::Id, 0}, options.id);
  Decoded page = decoded(text, "");
  record.take({Record::Field::Text, 0}, std::move(page.text));
  auto document = document_of(std::move(record), stream.name(), own);
  if (document) {
    document->remarks.insert(document->remarks.begin(), page.remarks.begin(), page.remarks.end());
  }
  giver.give(std::move(document));
  return {};
}

Result<void> read_html_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  DETENTE_TRY(const std::string page, rest_of(stream, kMaxPageBytes));
  PageSource source;
  source.where = stream.name();
  source.id = options.id.empty() ? stem_of(stream.name()) : options.id;
  giver.give(read_page(page, source, options));
  return {};
}

Result<void> read_json_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  const ReadOptions own = options_for_records(options);
  std::string line;
  for (std::uint64_t number = 1;; ++number) {
    DETENTE_TRY(const LineState state, next_line(stream, line, kMaxRecordBytes));
    if (state == LineState::End) return {};
    bool go_on = true;
    if (state == LineState::TooLong) {
      go_on = giver.give(errors::record_too_long(at_line(stream, number), kMaxRecordBytes), number);
    } else {
      std::string_view record = line;
      if (number == 1 && record.starts_with(kByteOrderMark)) {
        record.remove_prefix(kByteOrderMark.size());
      }
      if (after_blanks(record).empty()) continue;
      go_on = giver.give(read_json_line(record, at_line(stream, number), own), number);
    }
    if (!go_on) return {};
  }
}

Result<void> read_csv_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  const ReadOptions own = options_for_records(options);
  DETENTE_TRY(const std::string_view head, stream.peek(kByteOrderMark.size()));
  if (head == kByteOrderMark) stream.skip(kByteOrderMark.size());
  CsvReader reader(stream);
  DETENTE_TRY_VOID(reader.sniff_separator());
  std::vector<std::string> header;
  DETENTE_TRY(const RowState first, reader.next(header, kMaxRecordBytes));
  if (first == RowState::End) {
    giver.give(errors::empty_document(stream.name()));
    return {};
  }
  std::vector<std::optional<Record::Meaning>> meanings;
  bool has_text = false;
  for (const std::string& name : header) {
    meanings.push_back(Record::meaning_of(name));
    has_text = has_text || (meanings.back() && meanings.back()->field == Record::Field::Text);
  }
  if (!has_text) return errors::no_text_column(stream.name(), header);
  std::vector<std::string> fields;
  for (;;) {
    DETENTE_TRY(const RowState state, reader.next(fields, kMaxRecordBytes));
    if (state == RowState::End) return {};
    const std::string where = at_line(stream, reader.line());
    bool go_on = true;
    if (state == RowState::TooLong) {
      go_on = giver.give(errors::record_too_long(where, kMaxRecordBytes), reader.line());
    } else if (fields.size() != header.size()) {
      go_on = giver.give(errors::row_differs(where, fields.size(), header.size()), reader.line());
    } else {
      Record record;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        if (meanings[i]) record.take(*meanings[i], std::move(fields[i]));
      }
      go_on = giver.give(record[Record::Field::Text].empty()
                             ? Result<Document>(errors::no_text(where, {}))
                             : document_of(std::move(record), where, own),
                         reader.line());
    }
    if (!go_on) return {};
  }
}

using Reader = Result<void> (*)(ByteStream&, const ReadOptions&, Giver&);
struct FormatRow {
  std::string_view name;
  Format format;
  Reader read;
};

constexpr std::array<FormatRow, 6> kFormats{{{"plain", Format::Plain, read_plain_stream},
                                             {"jsonl", Format::JsonLines, read_json_stream},
                                             {"csv", Format::Csv, read_csv_stream},
                                             {"html", Format::Html, read_html_stream},
                                             {"warc", Format::Archive, read_archive_stream},
                                             {"feed", Format::Feed, read_feed_stream}}};

Result<ReadSummary> read_stream(ByteStream& stream, const ReadOptions& options,
                                const OnItem& on_item) {
  Format format = Format::Plain;
  if (options.format) {
    format = *options.format;
  } else {
    DETENTE_TRY(const std::string_view head, stream.peek(4096));
    DETENTE_TRY(format, sniff(head, stream.name()));
  }
  Giver giver(stream.name(), on_item);
  DETENTE_TRY_VOID(kFormats[static_cast<std::size_t>(format)].read(stream, options, giver));
  return giver.summary;
}

OnItem without_place(const OnDocument& on_document) {
  return [&on_document](Item item) { return on_document(std::move(item.document)); };
}

}  // namespace

ReadOptions options_for_records(const ReadOptions& options) {
  ReadOptions own = options;
  own.id.clear();
  own.name.clear();
  // A file of many documents has no date of theirs; the day of a crawl is.
  if (!own.file_date_is_capture) own.file_date.reset();
  return own;
}

std::optional<Format> format_named(std::string_view name) {
  const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                   [name](const FormatRow& row) { return row.name == name; });
  return found == kFormats.end() ? std::nullopt : std::optional(found->format);
}

Result<ReadSummary> for_each_item(const std::filesystem::path& path, const ReadOptions& options,
                                  const OnItem& on_item) {
  DETENTE_TRY(ByteStream stream, ByteStream::open(path));
  return read_stream(stream, options, on_item);
}

Result<ReadSummary> for_each_item_in(std::string_view bytes, std::string_view name,
                                     const ReadOptions& options, const OnItem& on_item) {
  ByteStream stream = ByteStream::over(bytes, name);
  return read_stream(stream, options, on_item);
}

Result<ReadSummary> for_each_document(const std::filesystem::path& path, const ReadOptions& options,
                                      const OnDocument& on_document) {
  return for_each_item(path, options, without_place(on_document));
}

Result<ReadSummary> for_each_document_in(std::string_view bytes, std::string_view name,
                                         const ReadOptions& options,
                                         const OnDocument& on_document) {
  return for_each_item_in(bytes, name, options, without_place(on_document));
}

}  // namespace detente::read
