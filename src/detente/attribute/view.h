#pragma once
// One document as the finders of sayings look at it: the tree with its edges, paragraphs, words.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "detente/attribute/cue_tables.h"
#include "detente/parse/parse.h"
#include "detente/read/read.h"
#include "detente/resolve/resolve.h"

namespace detente::attribute {

using parse::TokenRange;

struct View {
  View(const read::Document& document_in, const parse::ParsedDocument& parsed_in,
       const resolve::ResolvedDocument& resolved_in, const CueTables& tables_in);

  const read::Document& document;
  const parse::ParsedDocument& parsed;
  const resolve::ResolvedDocument& resolved;
  const CueTables& tables;
  const parse::Tokens& tokens;
  parse::Children children;
  parse::Subtrees subtrees;
  std::vector<std::uint32_t> sentence;      ///< number of each token's sentence
  std::vector<std::uint32_t> paragraph;     ///< number of each token's line
  std::vector<TokenRange> paragraphs;       ///< without the white space at their ends
  std::vector<std::uint32_t> words_before;  ///< words before each token, one past the last too
  std::vector<read::Zone> zone;             ///< of each token

  [[nodiscard]] std::uint32_t size() const { return tokens.size(); }
  [[nodiscard]] std::string_view lower(std::uint32_t i) const {
    return parsed.strings.view(tokens.lower[i]);
  }
  [[nodiscard]] std::string_view lemma(std::uint32_t i) const {
    return parsed.strings.view(tokens.lemma[i]);
  }
  [[nodiscard]] bool has_dep(std::uint32_t i, StringId dep) const { return tokens.dep[i] == dep; }
  [[nodiscard]] bool is_verb(std::uint32_t i) const;  ///< by its fine tag
  /// Carries tense: past, present, or a modal.
  [[nodiscard]] bool is_finite(std::uint32_t i) const;
  [[nodiscard]] bool is_finite_in(TokenRange range) const;  ///< any of these
  [[nodiscard]] bool is_word(std::uint32_t i) const;        ///< neither punctuation nor space
  [[nodiscard]] bool is_name(std::uint32_t i) const;        ///< proper noun
  [[nodiscard]] bool is_noun(std::uint32_t i) const;        ///< noun, proper noun or pronoun
  /// Nothing is attributed in links, boilerplate, bylines and datelines.
  [[nodiscard]] bool is_silent(std::uint32_t i) const;
  [[nodiscard]] std::optional<std::uint32_t> child(std::uint32_t i, StringId dep) const;
  [[nodiscard]] TokenRange subtree(std::uint32_t i) const { return subtrees.of(i); }
  /// The first token that begins at or after a byte.
  [[nodiscard]] std::uint32_t token_at(std::uint32_t byte) const;
  [[nodiscard]] std::uint32_t n_words(TokenRange range) const;
  /// The range within the line of token `i`.
  [[nodiscard]] TokenRange within_paragraph(TokenRange range, std::uint32_t i) const;
  /// Without commas, dashes, white space and conjunctions at the ends. Marks of quotation stay.
  [[nodiscard]] TokenRange trimmed(TokenRange range) const;
};

}  // namespace detente::attribute
