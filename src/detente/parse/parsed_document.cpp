#include "detente/parse/parsed_document.h"

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

}  // namespace detente::parse
