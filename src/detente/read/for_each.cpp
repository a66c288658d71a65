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
#include "detente/read/sniff.h"

namespace detente::read {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// "dir/talks.txt.gz" -> "talks"
std::string stem_of(std::string_view name) {
  name = name.substr(name.find_last_of('/') + 1);
  name = without_packing(name);
  const std::size_t point = name.find_last_of('.');
  return std::string(point == 0 ? name : name.substr(0, point));
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
  auto document = read_page(page, source, options);
  if (document) document->is_id_of_file = options.id.empty();
  giver.give(std::move(document));
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
      if (record.find_first_not_of(" \t\r") == std::string_view::npos) continue;
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
    } else if (reader.ended_in_quotes()) {
      go_on = giver.give(errors::open_quote(where), reader.line());
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
  Format format = options.format.value_or(Format::Plain);
  if (!options.format) {
    DETENTE_TRY(const std::string_view head, stream.peek(kSniffedBytes));
    DETENTE_TRY(format, sniffed_format(head, stream.name()));
  }
  // Pages and texts are decoded as a whole, by what they state.
  if (format == Format::JsonLines || format == Format::Csv) {
    DETENTE_TRY(const std::string_view head, stream.peek(kSniffedBytes));
    if (!utf16_name(head).empty()) stream.decode_utf16();
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
