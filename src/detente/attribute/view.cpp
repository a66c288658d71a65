#include "detente/attribute/view.h"

#include <algorithm>
#include <array>

namespace detente::attribute {
namespace {

constexpr StringId kSpace = parse::label("SPACE");
constexpr StringId kPunct = parse::label("PUNCT");

// The verbal fine tags stand together only by chance, so they are listed.
constexpr std::array kVerbTags{parse::label("VB"),  parse::label("VBD"), parse::label("VBG"),
                               parse::label("VBN"), parse::label("VBP"), parse::label("VBZ")};

}  // namespace

View::View(const read::Document& document_in, const parse::ParsedDocument& parsed_in,
           const resolve::ResolvedDocument& resolved_in, const CueTables& tables_in)
    : document(document_in),
      parsed(parsed_in),
      resolved(resolved_in),
      tables(tables_in),
      tokens(parsed_in.tokens),
      children(parsed_in.tokens),
      subtrees(parsed_in.tokens, children),
      sentence(parse::sentence_numbers(parsed_in)) {
  const std::uint32_t n = tokens.size();
  paragraph.resize(n);
  zone.resize(n, read::Zone::Body);
  words_before.resize(n + 1);
  for (std::uint32_t i = 0; i < n; ++i)
    words_before[i + 1] = words_before[i] + (is_word(i) ? 1 : 0);
  std::uint32_t line_begin = 0;
  for (std::uint32_t i = 0; i <= n; ++i) {
    const bool at_newline = i < n && tokens.pos[i] == kSpace &&
                            tokens.span(i).in(document.text).find('\n') != std::string_view::npos;
    if (i < n) paragraph[i] = static_cast<std::uint32_t>(paragraphs.size());
    if (i == n || at_newline) {
      paragraphs.push_back({line_begin, i});
      line_begin = i + 1;
    }
  }
  std::size_t z = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    while (z < document.zones.size() && document.zones[z].span.end <= tokens.begin[i]) ++z;
    if (z < document.zones.size() && document.zones[z].span.begin <= tokens.begin[i]) {
      zone[i] = document.zones[z].zone;
    }
  }
}

bool View::is_verb(std::uint32_t i) const {
  return std::find(kVerbTags.begin(), kVerbTags.end(), tokens.tag[i]) != kVerbTags.end();
}

bool View::is_finite(std::uint32_t i) const {
  const StringId tag = tokens.tag[i];
  return tag == parse::label("VBD") || tag == parse::label("VBZ") || tag == parse::label("VBP") ||
         tag == parse::label("MD");
}

bool View::is_finite_in(TokenRange range) const {
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    if (is_finite(i)) return true;
  }
  return false;
}

bool View::is_word(std::uint32_t i) const {
  return tokens.pos[i] != kSpace && tokens.pos[i] != kPunct;
}

bool View::is_name(std::uint32_t i) const { return tokens.pos[i] == parse::label("PROPN"); }

bool View::is_noun(std::uint32_t i) const {
  return is_name(i) || tokens.pos[i] == parse::label("NOUN") ||
         tokens.pos[i] == parse::label("PRON");
}

bool View::is_silent(std::uint32_t i) const {
  switch (zone[i]) {
    case read::Zone::Dateline:
    case read::Zone::Byline:
    case read::Zone::Credit:
    case read::Zone::Link:
    case read::Zone::Boilerplate:
      return true;
    default:
      return false;
  }
}

std::optional<std::uint32_t> View::child(std::uint32_t i, StringId dep) const {
  for (const std::uint32_t c : children.of(i)) {
    if (c != i && tokens.dep[c] == dep) return c;
  }
  return std::nullopt;
}

std::uint32_t View::token_at(std::uint32_t byte) const {
  const auto found = std::lower_bound(tokens.begin.begin(), tokens.begin.end(), byte);
  return static_cast<std::uint32_t>(found - tokens.begin.begin());
}

std::uint32_t View::n_words(TokenRange range) const {
  return range.begin < range.end ? words_before[range.end] - words_before[range.begin] : 0;
}

TokenRange View::within_paragraph(TokenRange range, std::uint32_t i) const {
  const TokenRange line = paragraphs[paragraph[i]];
  range.begin = std::max(range.begin, line.begin);
  range.end = std::min(range.end, line.end);
  if (range.end < range.begin) range.end = range.begin;
  return range;
}

TokenRange View::trimmed(TokenRange range) const {
  const auto loose = [&](std::uint32_t i) {
    return tokens.pos[i] == kSpace || tables.is(WordUse::LooseEnd, lower(i));
  };
  while (range.begin < range.end && loose(range.begin)) ++range.begin;
  while (range.begin < range.end && loose(range.end - 1)) --range.end;
  return range;
}

}  // namespace detente::attribute
