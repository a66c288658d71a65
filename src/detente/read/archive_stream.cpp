// Documents out of web archives.

#include <array>

#include "detente/read/archive.h"
#include "detente/read/errors.h"
#include "detente/read/giver.h"
#include "detente/read/html.h"
#include "detente/read/html_tree.h"
#include "detente/read/http_message.h"
#include "detente/read/published_day.h"
#include "detente/read/record.h"

namespace detente::read {
namespace {

enum class Content : std::uint8_t { Page, Text, Feed, Other };

constexpr std::size_t kHeadBytes = 512;

std::string_view without_parameters(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  while (content_type.ends_with(' ')) content_type.remove_suffix(1);
  return content_type;
}

Content content_of(std::string_view content_type, std::string_view body) {
  const std::string_view type = without_parameters(content_type);
  // Feeds go by several names, that of pages among them.
  if ((type.ends_with("xml") || type == "text/html") && is_feed(body.substr(0, kHeadBytes))) {
    return Content::Feed;
  }
  if (type == "text/html" || type == "application/xhtml+xml") return Content::Page;
  if (type == "text/plain") return Content::Text;
  if (!type.empty() && type != "unk") return Content::Other;
  const std::string_view head = body.substr(0, kHeadBytes);
  for (const std::string_view mark : {"<!doctype html", "<!DOCTYPE html", "<html", "<HTML"}) {
    if (head.find(mark) != std::string_view::npos) return Content::Page;
  }
  return Content::Other;
}

// What crawlers keep about themselves, and robots.txt, are no documents.
bool is_of_the_web(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://", "ftp://", "file://"}) {
    if (target.starts_with(scheme)) return !target.ends_with("/robots.txt");
  }
  return target.empty();
}

std::string charset_of(std::string_view content_type) {
  constexpr std::string_view kName = "charset=";
  const std::size_t at = content_type.find(kName);
  if (at == std::string_view::npos) return {};
  std::string_view value = content_type.substr(at + kName.size());
  if (value.starts_with('"')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"'; \t,")));
}

class ArchiveDocuments {
 public:
  ArchiveDocuments(ByteStream& stream, const ReadOptions& options, Giver& giver)
      : reader_(stream),
        options_(options_for_records(options)),
        name_(stream.name()),
        giver_(giver) {}

  Result<void> read() {
    for (bool go_on = true; go_on;) {
      DETENTE_TRY(const ArchiveReader::State state, reader_.next());
      if (state == ArchiveReader::State::End) return {};
      if (state == ArchiveReader::State::Broken) {
        go_on = give(errors::broken_record(where(), reader_.why()));
      } else {
        go_on = read_record();
      }
    }
    return {};
  }

 private:
  [[nodiscard]] std::string where() {
    const ArchiveRecord& record = reader_.record();
    return name_ + " at byte " + std::to_string(record.place) +
           (record.target.empty() ? "" : " (" + record.target.substr(0, 300) + ")");
  }

  bool give(Result<Document> document) {
    Place place;
    place.offset = reader_.record().place;
    place.member = reader_.record().target;
    return giver_.give(std::move(document), std::move(place));
  }

  // False: the caller wants no more.
  bool read_record() {
    const ArchiveRecord& record = reader_.record();
    if (!is_of_the_web(record.target)) return true;
    HttpMessage message;
    if (record.content_type.starts_with("application/http")) {
      message = read_http(record.block, kMaxPageBytes + 1);
      if (message.status != 0 && (message.status < 200 || message.status > 299)) return true;
    } else {
      message.content_type = record.content_type;
      message.body = record.block;
    }
    if (!message.content_encoding.empty()) {
      const bool is_text = content_of(message.content_type, "") != Content::Other;
      return !is_text || give(errors::body_not_unpacked(where(), message.content_encoding));
    }
    const Content content = content_of(message.content_type, message.body);
    if (content == Content::Other || message.body.empty()) return true;
    if (record.block_bytes > record.block.size()) {
      return give(errors::page_too_large(where(), kMaxPageBytes));
    }
    return content == Content::Feed ? give_feed(message.body)
                                    : give(document_from(content, message));
  }

  // Each item stands where its record stands.
  bool give_feed(std::string_view body) {
    bool go_on = true;
    const OnItem on_item = [this, &go_on](Item item) {
      item.place.offset = reader_.record().place;
      go_on = giver_.give(std::move(item.document), std::move(item.place));
      return go_on;
    };
    const std::string name = where();
    ByteStream stream = ByteStream::over(body, name);
    Giver items(name, on_item);
    const Result<void> read = read_feed_stream(stream, options_of_record(), items);
    return read ? go_on : give(read.error());
  }

  [[nodiscard]] ReadOptions options_of_record() {
    ReadOptions own = options_;
    own.file_date = published_day(reader_.record().date);
    own.file_date_is_capture = true;
    return own;
  }

  Result<Document> document_from(Content content, const HttpMessage& message) {
    const ArchiveRecord& record = reader_.record();
    const ReadOptions own = options_of_record();
    const PageSource source{where(), "", record.target, charset_of(message.content_type)};
    Result<Document> document = content == Content::Page ? read_page(message.body, source, own)
                                                         : read_text(message.body, source, own);
    if (!document) return document;
    for (const Remark& remark : message.remarks) document->remarks.push_back(remark);
    if (!record.truncated.empty()) {
      document->remarks.push_back(
          {"body-cut", {}, "the crawler cut the page: " + record.truncated});
    }
    return document;
  }

  ArchiveReader reader_;
  const ReadOptions options_;
  const std::string& name_;
  Giver& giver_;
};

}  // namespace

Result<void> read_archive_stream(ByteStream& stream, const ReadOptions& options, Giver& giver) {
  return ArchiveDocuments(stream, options, giver).read();
}

}  // namespace detente::read
