#include "detente/parse/parsed_document.h"

#include <algorithm>

namespace detente::parse {

Children::Children(const Tokens& tokens) : first_(tokens.size() + 2, 0), list_(tokens.size()) {
  const std::uint32_t n = tokens.size();
  // Counting sort by head: counts stand two places on, so that filling leaves each start where it
  // is looked for.
  for (std::uint32_t i = 0; i < n; ++i) {
    if (tokens.head[i] != i) ++first_[tokens.head[i] + 2];
  }
  for (std::uint32_t i = 2; i < n + 2; ++i) first_[i] += first_[i - 1];
  for (std::uint32_t i = 0; i < n; ++i) {
    if (tokens.head[i] != i) list_[first_[tokens.head[i] + 1]++] = i;
  }
}

Subtrees::Subtrees(const Tokens& tokens, const Children& children) {
  const std::uint32_t n = tokens.size();
  ranges_.reserve(n);
  // Heads form trees. Parents stand before their children in `order`, so that a subtree's range is
  // known when its parent needs it.
  std::vector<std::uint32_t> order;
  order.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) {
    ranges_.push_back({i, i + 1});
    if (tokens.head[i] == i) order.push_back(i);
  }
  for (std::size_t k = 0; k < order.size(); ++k) {
    for (const std::uint32_t child : children.of(order[k])) order.push_back(child);
  }
  for (std::size_t k = order.size(); k-- > 0;) {
    const TokenRange below = ranges_[order[k]];
    TokenRange& up = ranges_[tokens.head[order[k]]];
    up.begin = std::min(up.begin, below.begin);
    up.end = std::max(up.end, below.end);
  }
}

std::vector<std::uint32_t> sentence_numbers(const ParsedDocument& parsed) {
  std::vector<std::uint32_t> numbers(parsed.tokens.size());
  for (std::uint32_t s = 0; s < parsed.sentences.size(); ++s) {
    const TokenRange range = parsed.sentences[s];
    std::fill(numbers.begin() + range.begin, numbers.begin() + range.end, s);
  }
  return numbers;
}

}  // namespace detente::parse
