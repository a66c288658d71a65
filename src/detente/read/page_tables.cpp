#include "detente/read/page_tables.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "detente/base/table_file.h"
#include "detente/read/errors.h"

namespace detente::read {
namespace {

constexpr std::size_t kShortestPrefix = 4;

template <typename Kind, std::size_t N>
std::optional<Kind> named(const std::array<std::pair<std::string_view, Kind>, N>& kinds,
                          std::string_view name) {
  for (const auto& [known, kind] : kinds) {
    if (known == name) return kind;
  }
  return std::nullopt;
}

constexpr std::array<std::pair<std::string_view, TagKind>, 7> kTagKinds{
    {{"inline", TagKind::Inline},
     {"block", TagKind::Block},
     {"heading", TagKind::Heading},
     {"item", TagKind::Item},
     {"break", TagKind::Break},
     {"drop", TagKind::Drop},
     {"aside", TagKind::Aside}}};

constexpr std::array<std::pair<std::string_view, HintKind>, 5> kHintKinds{
    {{"body", HintKind::Body},
     {"media", HintKind::Media},
     {"weak", HintKind::Weak},
     {"aside", HintKind::Aside},
     {"hidden", HintKind::Hidden}}};

constexpr std::array<std::pair<std::string_view, PageField>, 6> kFields{
    {{"title", PageField::Title},
     {"published", PageField::Published},
     {"url", PageField::Url},
     {"publisher", PageField::Publisher},
     {"author", PageField::Author},
     {"language", PageField::Language}}};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

std::string small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return is_upper(c) ? static_cast<char>(c | 0x20) : c; });
  return out;
}

}  // namespace

std::string words_of_name(std::string_view name) {
  constexpr std::size_t kLongestName = 400;
  std::string words;
  bool after_lower = false;
  for (const char c : name.substr(0, kLongestName)) {
    const bool letter = is_upper(c) || is_lower(c) || (static_cast<unsigned char>(c) >= 0x80);
    const bool begins = !letter || (is_upper(c) && after_lower);
    if (begins && !words.empty() && words.back() != ' ') words += ' ';
    if (letter) words += is_upper(c) ? static_cast<char>(c | 0x20) : c;
    after_lower = is_lower(c);
  }
  if (!words.empty() && words.back() == ' ') words.pop_back();
  return words;
}

Result<PageTables> PageTables::open(const std::filesystem::path& data_folder) {
  PageTables tables;
  DETENTE_TRY(const TableFile tags,
              TableFile::open(data_folder / "html/tags.tsv", {"tag", "kind"}));
  for (const TableRow& row : tags.rows) {
    const auto kind = named(kTagKinds, row.fields[1]);
    if (!kind) return errors::bad_zone_row(tags.path, row.line, "no such kind of tag");
    tables.tags_[row.fields[0]] = *kind;
  }
  DETENTE_TRY(const TableFile hints,
              TableFile::open(data_folder / "html/hints.tsv", {"hint", "words"}));
  for (const TableRow& row : hints.rows) {
    const auto kind = named(kHintKinds, row.fields[0]);
    std::string words = row.fields[1];
    const bool is_prefix = words.ends_with('*');
    if (is_prefix) words.pop_back();
    if (!kind || words.empty() || words_of_name(words) != words ||
        (is_prefix && (words.size() < kShortestPrefix || words.find(' ') != std::string::npos))) {
      return errors::bad_zone_row(hints.path, row.line,
                                  "no such hint, or words that are not small letters and blanks");
    }
    const std::string first = words.substr(0, words.find(' '));
    (is_prefix ? tables.prefix_hints_ : tables.hints_)[first].push_back({words, *kind});
  }
  DETENTE_TRY(const TableFile keys,
              TableFile::open(data_folder / "html/meta.tsv", {"field", "rank", "name"}));
  for (const TableRow& row : keys.rows) {
    const auto field = named(kFields, row.fields[0]);
    const int rank = std::atoi(row.fields[1].c_str());
    if (!field || rank < 0 || rank > 99) {
      return errors::bad_zone_row(keys.path, row.line, "no such field, or no rank from 0 to 99");
    }
    tables.meta_keys_[small(row.fields[2])] = {*field, static_cast<std::uint8_t>(rank)};
  }
  DETENTE_TRY(TableFile days, TableFile::open(data_folder / "html/day_names.tsv", {"words"}));
  for (TableRow& row : days.rows) tables.day_names_.push_back(std::move(row.fields[0]));
  DETENTE_TRY(const TableFile orders,
              TableFile::open(data_folder / "html/day_orders.tsv", {"locale", "first"}));
  for (const TableRow& row : orders.rows) {
    if (row.fields[1] != "day" && row.fields[1] != "unknown") {
      return errors::bad_zone_row(orders.path, row.line, "neither 'day' nor 'unknown'");
    }
    tables.day_first_[row.fields[0]] = row.fields[1] == "day";
  }
  return tables;
}

std::optional<PageTables::MetaKey> PageTables::meta_key(std::string_view name) const {
  const auto found = meta_keys_.find(small(name));
  return found == meta_keys_.end() ? std::nullopt : std::optional(found->second);
}

bool PageTables::names_a_day(std::string_view words) const {
  if (words.empty()) return false;
  const std::string padded = " " + std::string(words) + " ";
  return std::any_of(day_names_.begin(), day_names_.end(), [&padded](const std::string& name) {
    return padded.find(" " + name + " ") != std::string::npos;
  });
}

bool PageTables::puts_day_first(std::string_view locale) const {
  std::string name = small(locale.substr(0, locale.find('.')));
  std::replace(name.begin(), name.end(), '_', '-');
  if (name.empty()) return false;
  const std::size_t region = name.find('-');
  const std::string language = name.substr(0, region);
  const std::string anywhere = region == std::string::npos ? language : language + "-*";
  for (const std::string& row : {name, anywhere, language, std::string("*")}) {
    if (const auto found = day_first_.find(row); found != day_first_.end()) return found->second;
  }
  return false;
}

TagKind PageTables::kind_of_tag(std::string_view tag) const {
  const auto found = tags_.find(tag);
  return found == tags_.end() ? TagKind::Inline : found->second;
}

HintKind PageTables::hint_of_name(std::string_view name) const {
  const std::string words = words_of_name(name);
  HintKind strongest = HintKind::None;
  const auto take = [&strongest](HintKind kind) { strongest = std::max(strongest, kind); };
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string_view word = std::string_view(words).substr(at, end - at);
    if (const auto found = hints_.find(word); found != hints_.end()) {
      for (const Hint& hint : found->second) {
        const std::string_view here = std::string_view(words).substr(at, hint.words.size() + 1);
        const bool fits =
            here.starts_with(hint.words) && (here == hint.words || here.back() == ' ');
        // "label-hidden" hides a label, not what it stands on.
        if (fits && (hint.kind != HintKind::Hidden || hint.words == words)) take(hint.kind);
      }
    }
    for (std::size_t n = kShortestPrefix; n <= word.size(); ++n) {
      const auto found = prefix_hints_.find(word.substr(0, n));
      if (found != prefix_hints_.end()) take(found->second.front().kind);
    }
    at = end + 1;
  }
  return strongest;
}

HintKind PageTables::hint_of(std::string_view names) const {
  constexpr std::string_view kBlanks = " \t\r\n\f";
  HintKind strongest = HintKind::None;
  while (!names.empty()) {
    const std::size_t begin = std::min(names.find_first_not_of(kBlanks), names.size());
    names.remove_prefix(begin);
    const std::size_t end = std::min(names.find_first_of(kBlanks), names.size());
    strongest = std::max(strongest, hint_of_name(names.substr(0, end)));
    names.remove_prefix(end);
  }
  return strongest;
}

}  // namespace detente::read
