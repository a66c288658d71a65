#include "detente/read/sniff.h"

#include <algorithm>
#include <array>

#include "detente/read/archive.h"
#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/giver.h"
#include "detente/read/record.h"

namespace detente::read {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Files that are met among the news and are none of our formats.
struct Foreign {
  std::size_t at;
  std::string_view mark;
  std::string_view what;
  std::string_view advice;
};

constexpr std::string_view kAsText = "Save it as plain text.";
constexpr std::string_view kNoNews = "Leave it out.";
constexpr std::array kForeign = std::to_array<Foreign>({
    {0, "%PDF-", "a PDF", "Make it text first: pdftotext in.pdf out.txt"},
    {0, "PK\x03\x04", "a ZIP archive or a document of Word, Excel or EPUB",
     "Unzip it, or save the document as plain text."},
    {0, "\xD0\xCF\x11\xE0", "a document of Microsoft Office", kAsText},
    {0, "{\\rtf", "RTF", kAsText},
    {0, "BZh", "packed with bzip2", "Unpack it first: bunzip2 FILE"},
    {0,
     "\xFD"
     "7zXZ",
     "packed with xz", "Unpack it first: unxz FILE"},
    {0, "7z\xBC\xAF", "a 7-Zip archive", "Unpack it first: 7z x FILE"},
    {0, "Rar!", "a RAR archive", "Unpack it first: unrar x FILE"},
    {257, "ustar", "a tar archive", "Unpack it first: tar xf FILE"},
    {0, "PAR1", "Parquet", "Write it as CSV or JSON lines."},
    {8, "DUCK", "a DuckDB database", "Ask it with --store, or with DuckDB."},
    {0, "SQLite format 3", "an SQLite database", "Write its texts as CSV or JSON lines."},
    {0, "\x89PNG", "a picture", kNoNews},
    {0, "GIF8", "a picture", kNoNews},
    {0, "\xFF\xD8\xFF", "a picture", kNoNews},
    {0,
     "\x7F"
     "ELF",
     "a program", kNoNews},
});

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

std::string_view without_suffix(std::string_view name, std::string_view suffix) {
  return lower(name).ends_with(suffix) ? name.substr(0, name.size() - suffix.size()) : name;
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

// Control characters that no text has; the NUL bytes of UTF-16 are looked at before.
bool is_binary(std::string_view head) {
  constexpr std::size_t kFewest = 8;
  const auto n = static_cast<std::size_t>(std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' &&
                            c != '\v' && c != '\b' && c != '\x1b');
  }));
  return n >= kFewest && n * 32 > head.size();
}

Result<void> refuse_foreign(std::string_view head, const std::string& name) {
  for (const Foreign& known : kForeign) {
    if (head.substr(std::min(known.at, head.size())).starts_with(known.mark)) {
      return errors::unknown_format(name, known.what, known.advice);
    }
  }
  return {};
}

bool is_json_lines(std::string_view file) {
  return file.ends_with(".jsonl") || file.ends_with(".ndjson");
}

// An object or array that goes on over several lines.
Result<void> refuse_spread_json(std::string_view start, const std::string& name) {
  std::string_view line = start.substr(0, start.find('\n'));
  if (line.size() == start.size()) return {};  // the first line does not end here
  while (line.ends_with('\r') || line.ends_with(' ')) line.remove_suffix(1);
  const bool promises_lines = is_json_lines(lower(without_packing(name)));
  if (line == "{" || (!promises_lines && line.starts_with('{') && line.ends_with(','))) {
    return errors::unknown_format(name, "JSON spread over several lines",
                                  "Write one object a line: jq -c . in.json > out.jsonl");
  }
  return {};
}

}  // namespace

std::string_view without_packing(std::string_view name) {
  return without_suffix(without_suffix(name, ".gz"), ".zst");
}

Result<Format> sniffed_format(std::string_view head, const std::string& name) {
  DETENTE_TRY_VOID(refuse_foreign(head, name));
  // Half a character at the end of what is looked at does not matter here.
  std::string text;
  if (!utf16_name(head).empty()) {
    text = decoded(head, "").text;
    head = text;
  }
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const std::string file = lower(without_packing(name));
  const std::string_view start = after_blanks(head);
  DETENTE_TRY_VOID(refuse_spread_json(start, name));
  if (is_json_lines(file)) return Format::JsonLines;
  if (file.ends_with(".csv") || file.ends_with(".tsv")) return Format::Csv;
  if (file.ends_with(".html") || file.ends_with(".htm")) return Format::Html;
  if (start.starts_with('{')) {
    const std::string_view inside = after_blanks(start.substr(1));
    if (inside.starts_with('"') || inside.starts_with('}')) return Format::JsonLines;
  }
  if (start.starts_with('[') && after_blanks(start.substr(1)).starts_with('{')) {
    return errors::unknown_format(name, "a JSON array",
                                  "Write one object a line: jq -c '.[]' in.json > out.jsonl");
  }
  const std::string opening = lower(start.substr(0, 64));
  for (const std::string_view mark : {"<!doctype html", "<html", "<head", "<body"}) {
    if (opening.starts_with(mark)) return Format::Html;
  }
  if (is_archive(start)) return Format::Archive;
  if (is_feed(start)) return Format::Feed;
  if (opening.starts_with("<?xml")) {
    return errors::unknown_format(name, "XML, but no feed",
                                  "Write its texts as JSON lines or CSV.");
  }
  if (is_csv_header(head.substr(0, head.find('\n')))) return Format::Csv;
  if (is_binary(head)) return errors::unknown_format(name, "binary data", kNoNews);
  return Format::Plain;
}

}  // namespace detente::read
