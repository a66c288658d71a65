#pragma once
// One document as the rules see it: every token with its word ids, its children, its mentions.
// Built once per document; lives no longer than the values it looks at.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "detente/attribute/attribute.h"
#include "detente/events/ontology.h"
#include "detente/parse/labels.h"
#include "detente/parse/parsed_document.h"
#include "detente/read/read.h"
#include "detente/resolve/resolve.h"

namespace detente::events {

namespace udep = parse::udep;
namespace upos = parse::upos;
namespace xpos = parse::xpos;

class DocumentView {
 public:
  DocumentView(const read::Document& document, const parse::ParsedDocument& parsed,
               const resolve::ResolvedDocument& resolved,
               const attribute::AttributedDocument& attributed, const Ontology& ontology);

  const read::Document& document;
  const parse::ParsedDocument& parsed;
  const parse::Tokens& tokens;
  const resolve::ResolvedDocument& resolved;
  const attribute::AttributedDocument& attributed;
  const Ontology& ontology;
  const parse::Children children;

  [[nodiscard]] WordId lemma(std::uint32_t token_idx) const { return lemma_[token_idx]; }
  [[nodiscard]] WordId lower(std::uint32_t token_idx) const { return lower_[token_idx]; }
  [[nodiscard]] StringId dep(std::uint32_t token_idx) const { return tokens.dep[token_idx]; }
  [[nodiscard]] StringId pos(std::uint32_t token_idx) const { return tokens.pos[token_idx]; }
  [[nodiscard]] StringId tag(std::uint32_t token_idx) const { return tokens.tag[token_idx]; }
  [[nodiscard]] std::uint32_t head(std::uint32_t token_idx) const { return tokens.head[token_idx]; }
  [[nodiscard]] std::uint32_t sentence(std::uint32_t token_idx) const {
    return sentence_[token_idx];
  }
  [[nodiscard]] std::string_view text(std::uint32_t token_idx) const {
    return tokens.span(token_idx).in(document.text);
  }
  /// The token's lower-case text, whether the ontology knows it or not.
  [[nodiscard]] std::string_view lower_text(std::uint32_t token_idx) const {
    return parsed.strings.view(tokens.lower[token_idx]);
  }
  [[nodiscard]] std::string_view lemma_text(std::uint32_t token_idx) const {
    return parsed.strings.view(tokens.lemma[token_idx]);
  }
  /// The token's lemma or text is one of `words` (sorted).
  [[nodiscard]] bool is_one_of(std::uint32_t token_idx, std::span<const WordId> words) const;
  /// Mentions whose head is this token, longest first.
  /// A form of the present tense: "meets", "they meet".
  [[nodiscard]] bool is_present(std::uint32_t token_idx) const {
    return tag(token_idx) == xpos::kVbz || tag(token_idx) == xpos::kVbp;
  }
  [[nodiscard]] std::span<const std::uint32_t> mentions_at(std::uint32_t token_idx) const {
    return mentions_.of(token_idx);
  }
  [[nodiscard]] const resolve::Entity& entity_of(std::uint32_t mention_idx) const {
    return resolved.entities[resolved.mentions[mention_idx].entity.value];
  }
  [[nodiscard]] bool is_noun(std::uint32_t token_idx) const {
    const StringId p = pos(token_idx);
    return p == upos::kNoun || p == upos::kPropn;
  }
  [[nodiscard]] bool is_verb(std::uint32_t token_idx) const {
    const StringId p = pos(token_idx);
    return p == upos::kVerb || p == upos::kAux;
  }
  /// How far below its sentence's root.
  [[nodiscard]] std::uint32_t depth(std::uint32_t token_idx) const;
  /// `below` hangs, directly or not, on `above`.
  [[nodiscard]] bool is_below(std::uint32_t below, std::uint32_t above) const;
  /// The token's whole subtree, as the range of tokens that it spans.
  [[nodiscard]] parse::TokenRange subtree(std::uint32_t token_idx) const {
    return subtrees_.of(token_idx);
  }

 private:
  std::vector<WordId> lemma_;
  std::vector<WordId> lower_;
  parse::Subtrees subtrees_;
  std::vector<std::uint32_t> sentence_;
  resolve::MentionsByHead mentions_;
};

}  // namespace detente::events
