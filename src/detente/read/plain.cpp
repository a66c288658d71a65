#include <algorithm>

#include "detente/base/utf8.h"
#include "detente/read/errors.h"
#include "detente/read/read.h"

namespace detente::read {
namespace {

constexpr std::size_t kMaxBytes = 0x7FFFFFFF;

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

}  // namespace

Result<Document> read_plain(std::string_view bytes, const ReadOptions& options) {
  if (bytes.size() > kMaxBytes) return errors::too_large(options.id, bytes.size());
  Document document;
  document.id = options.id;
  document.published_at = options.published_at;
  utf8::Repaired repaired = utf8::repair(bytes);
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
  const bool blank = std::all_of(document.text.begin(), document.text.end(), [](char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\v';
  });
  if (blank) return errors::empty_document(options.id);
  return document;
}

}  // namespace detente::read
