#pragma once
// The value that leaves `parse`: tokens, sentences, tags, lemmas, the tree, names.

#include <cstdint>
#include <vector>

#include "detente/base/string_pool.h"
#include "detente/base/text_span.h"
#include "detente/parse/labels.h"

namespace detente::parse {

/// Tokens [begin, end) of a document.
struct TokenRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  [[nodiscard]] std::uint32_t size() const noexcept { return end - begin; }
  [[nodiscard]] bool contains(std::uint32_t token_idx) const noexcept {
    return begin <= token_idx && token_idx < end;
  }
  friend auto operator<=>(const TokenRange&, const TokenRange&) = default;
};

/// One column per property, all of the same length. Ids belong to ParsedDocument::strings.
struct Tokens {
  std::vector<std::uint32_t> begin;  ///< byte offsets into Document::text
  std::vector<std::uint32_t> end;
  std::vector<StringId> lower;      ///< the token's text in lower case
  std::vector<StringId> lemma;      ///< as spaCy gives it: lower case but for proper nouns
  std::vector<StringId> pos;        ///< coarse part of speech
  std::vector<StringId> tag;        ///< fine tag
  std::vector<StringId> dep;        ///< label of the arc to the head
  std::vector<std::uint32_t> head;  ///< index in the document; a root is its own head
  std::vector<StringId>
      ent_type;  ///< type of the name that the token is part of, else the empty string

  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(begin.size());
  }
  [[nodiscard]] TextSpan span(std::uint32_t token_idx) const noexcept {
    return {begin[token_idx], end[token_idx]};
  }
  [[nodiscard]] TextSpan span(TokenRange range) const noexcept {
    return {begin[range.begin], end[range.end - 1]};
  }
};

struct NamedSpan {
  TokenRange tokens;
  StringId type;  ///< PERSON, ORG, GPE, …
};

struct ParsedDocument {
  Tokens tokens;
  std::vector<TokenRange> sentences;  ///< in order, without gaps
  std::vector<NamedSpan> names;       ///< in order, without overlap
  StringPool strings{kSeedStrings};   ///< seeded with kSeedStrings
  std::vector<Remark> remarks;
};

/// The tree downwards: children of each token, in text order. Built once per document.
class Children {
 public:
  explicit Children(const Tokens& tokens);
  /// Indexes of the tokens whose head is `token_idx`.
  [[nodiscard]] const std::uint32_t* begin(std::uint32_t token_idx) const {
    return list_.data() + first_[token_idx];
  }
  [[nodiscard]] const std::uint32_t* end(std::uint32_t token_idx) const {
    return list_.data() + first_[token_idx + 1];
  }

  struct Range {
    const std::uint32_t* first;
    const std::uint32_t* last;
    [[nodiscard]] const std::uint32_t* begin() const { return first; }
    [[nodiscard]] const std::uint32_t* end() const { return last; }
  };
  [[nodiscard]] Range of(std::uint32_t token_idx) const {
    return {begin(token_idx), end(token_idx)};
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> list_;
};

/// The tokens that each token's subtree spans, as one range. Built once per document, in time
/// proportional to its length.
class Subtrees {
 public:
  Subtrees(const Tokens& tokens, const Children& children);
  [[nodiscard]] TokenRange of(std::uint32_t token_idx) const { return ranges_[token_idx]; }
  [[nodiscard]] std::uint32_t begin(std::uint32_t token_idx) const {
    return ranges_[token_idx].begin;
  }
  [[nodiscard]] std::uint32_t end(std::uint32_t token_idx) const { return ranges_[token_idx].end; }

 private:
  std::vector<TokenRange> ranges_;
};

/// The number of each token's sentence.
[[nodiscard]] std::vector<std::uint32_t> sentence_numbers(const ParsedDocument& parsed);

}  // namespace detente::parse
