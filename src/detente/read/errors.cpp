#include "detente/read/errors.h"

namespace detente::read::errors {
namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 12;
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    out += (i == 0 ? "" : ", ") + names[i];
  }
  return names.size() > kMost ? out + ", …" : out;
}

}  // namespace

Error empty_document(std::string_view where) {
  return {"D0101",
          std::string(where) +
              ": holds no text. Nothing to read; check that the file is the one you meant."};
}

Error too_large(std::string_view where, std::size_t size_bytes, std::size_t most_bytes) {
  return {"D0102", std::string(where) + ": " + std::to_string(size_bytes) +
                       " bytes or more in one document, not one news item; the most is " +
                       std::to_string(most_bytes) + ". Split it into its news items."};
}

Error bad_zone_row(const std::filesystem::path& path, std::uint32_t line, std::string_view why) {
  return {"D0103", path.string() + ":" + std::to_string(line) + ": " + std::string(why)};
}

Error record_too_long(std::string_view where, std::size_t most_bytes) {
  return {"D0104", std::string(where) + ": longer than " + std::to_string(most_bytes) +
                       " bytes and skipped. Give each news item its own line."};
}

Error not_json(std::string_view where, std::size_t character, std::string_view near) {
  return {"D0105", std::string(where) + ": no JSON object: stopped at character " +
                       std::to_string(character) +
                       (near.empty() ? "" : ", at '" + std::string(near) + "'") +
                       ". Write one object a line."};
}

Error no_text(std::string_view where, const std::vector<std::string>& fields_found) {
  return {"D0106",
          std::string(where) + ": no text in field 'text'" +
              (fields_found.empty() ? "" : " (fields found: " + listed(fields_found) + ")") +
              ". Each document needs one."};
}

Error row_differs(std::string_view where, std::size_t found, std::size_t expected) {
  return {"D0107", std::string(where) + ": " + std::to_string(found) +
                       " fields where the header names " + std::to_string(expected) +
                       ". Put fields that hold a separator or a line break in double quotes."};
}

Error open_quote(std::string_view where) {
  return {"D0107",
          std::string(where) +
              ": a double quote opens a field here that never ends; all behind it is lost. "
              "Close it, and write quotes inside fields twice."};
}

Error damaged_packing(std::string_view where, std::string_view why) {
  return {"D0108", std::string(where) + ": the packed data cannot be unpacked (" +
                       std::string(why) +
                       "). Documents before the damage were read; fetch the file anew."};
}

Error unknown_format(std::string_view where, std::string_view what_it_is, std::string_view advice) {
  return {"D0109", std::string(where) + ": is " + std::string(what_it_is) +
                       ", which is not read. " + std::string(advice)};
}

Error no_text_column(std::string_view where, const std::vector<std::string>& columns) {
  return {"D0110", std::string(where) +
                       ": the header has no column 'text' (columns: " + listed(columns) +
                       "). Put a first line that names the columns, "
                       "the one that holds the text 'text'."};
}

Error page_too_deep(std::string_view where, std::string_view why) {
  return {"D0111", std::string(where) + ": the page is skipped: " + std::string(why) +
                       ". No browser was meant to show it; look at the file."};
}

Error page_too_large(std::string_view where, std::size_t most_bytes) {
  return {"D0112", std::string(where) + ": a page of more than " + std::to_string(most_bytes) +
                       " bytes is no news item and skipped."};
}

Error no_story(std::string_view where) {
  return {"D0113", std::string(where) +
                       ": no running text is found in the page. Sections, forms and pages that a "
                       "script fills in have none."};
}

Error broken_record(std::string_view where, std::string_view why) {
  return {"D0114", std::string(where) + ": the archive's record is broken: " + std::string(why) +
                       ". The next one that can be found is read."};
}

Error body_not_unpacked(std::string_view where, std::string_view encoding) {
  return {"D0115", std::string(where) + ": the page is packed as '" +
                       std::string(encoding.substr(0, 40)) +
                       "' and cannot be unpacked. Known: gzip, deflate, br, zstd."};
}

Error other_language(std::string_view where, std::string_view name, std::string_view code) {
  return {std::string(kSkippedForLanguage), std::string(where) + ": skipped: it is in " +
                                                std::string(name) + " (" + std::string(code) +
                                                "), and English alone is read so far."};
}

Error broken_feed(std::string_view where, std::string_view why) {
  return {"D0116", std::string(where) + ": the feed is no well-formed XML: " + std::string(why) +
                       ". The items before it were read."};
}

}  // namespace detente::read::errors
