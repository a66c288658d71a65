// A pattern, a NUL, a text. Laws: a pattern is refused with a code or compiles; what the filters
// promise of every match holds of each match that is found.

#include <cstdint>
#include <string_view>

#include "detente/base/utf8.h"
#include "detente/parse/regex.h"
#include "law.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string_view pattern = bytes.substr(0, bytes.find('\0'));
  const std::string_view text = bytes.substr(std::min(size, pattern.size() + 1));
  if (pattern.size() > 200 || text.size() > 200) return 0;  // keeps the worst patterns quick
  const auto regex = parse::Regex::compile(pattern, "fuzz", parse::Regex::Where::Anywhere);
  if (!regex) {
    DETENTE_LAW(regex.error().code == "D0307");
    return 0;
  }
  if (!utf8::is_valid(text)) return 0;
  static parse::RegexScratch scratch;
  const parse::RegexFacts& facts = regex->facts();
  std::vector<parse::RegexMatch> matches;
  regex->find_all(text, scratch, matches);
  std::size_t last_end = 0;
  for (const parse::RegexMatch& match : matches) {
    DETENTE_LAW(last_end <= match.begin && match.begin <= match.end && match.end <= text.size());
    last_end = match.end;
    if (match.size() == 0) continue;
    const std::string_view found = text.substr(match.begin, match.size());
    const auto byte = [](char c) { return static_cast<unsigned char>(c); };
    DETENTE_LAW(regex->may_match(text));
    if (facts.only_at_start) DETENTE_LAW(match.begin == 0);
    if (facts.only_at_end)
      DETENTE_LAW(match.end == text.size() ||
                  (match.end + 1 == text.size() && text.back() == '\n'));
    DETENTE_LAW(facts.first.has(byte(found.front())));
    DETENTE_LAW(facts.last.has(byte(found.back())));
    if (utf8::count_code_points(found) > facts.longest) {
      for (const char c : found) DETENTE_LAW(facts.long_set.has(byte(c)));
    }
  }
  return 0;
}
