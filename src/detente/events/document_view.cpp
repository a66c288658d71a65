#include "detente/events/document_view.h"

#include <algorithm>
#include <string>

namespace detente::events {

DocumentView::DocumentView(const read::Document& document_in,
                           const parse::ParsedDocument& parsed_in,
                           const resolve::ResolvedDocument& resolved_in,
                           const attribute::AttributedDocument& attributed_in,
                           const Ontology& ontology_in)
    : document(document_in),
      parsed(parsed_in),
      tokens(parsed_in.tokens),
      resolved(resolved_in),
      attributed(attributed_in),
      ontology(ontology_in),
      children(parsed_in.tokens),
      subtrees_(parsed_in.tokens, children),
      sentence_(parse::sentence_numbers(parsed_in)),
      mentions_(resolved_in, parsed_in.tokens.size()) {
  const std::uint32_t n = tokens.size();
  // Each different string is looked up once.
  std::vector<WordId> of_string(parsed.strings.size());
  std::vector<bool> known(parsed.strings.size(), false);
  auto look_up = [&](StringId id) {
    if (!known[id.value]) {
      known[id.value] = true;
      of_string[id.value] = ontology.words().find(parsed.strings.view(id));
    }
    return of_string[id.value];
  };
  lemma_.resize(n);
  lower_.resize(n);
  for (std::uint32_t t = 0; t < n; ++t) {
    lower_[t] = look_up(tokens.lower[t]);
    lemma_[t] = look_up(tokens.lemma[t]);
    if (is_verb(t)) {
      if (const WordId better = ontology.lemma_of(lower_[t])) lemma_[t] = better;
    }
    // A word in a headline is often tagged as a name; its lower-case form is the better lemma.
    const bool in_heading = document.zone_at(tokens.begin[t]) != read::Zone::Body;
    if (tokens.pos[t] == upos::kPropn && !in_heading) {
      // A name in running text is no common word: "in March", "Order of the Aztec Eagle".
      const char first = document.text[tokens.begin[t]];
      if (first >= 'A' && first <= 'Z') lower_[t] = lemma_[t];
      continue;
    }
    if (!lemma_[t] && tokens.pos[t] == upos::kPropn) {
      lemma_[t] = lower_[t];
      const std::string_view text = parsed.strings.view(tokens.lower[t]);
      if (!lemma_[t] && text.size() > 3 && text.back() == 's') {
        lemma_[t] = ontology.words().find(text.substr(0, text.size() - 1));
      }
    }
  }
}

bool DocumentView::is_one_of(std::uint32_t token_idx, std::span<const WordId> words) const {
  return ontology.in_set(lemma_[token_idx], words) || ontology.in_set(lower_[token_idx], words);
}

std::uint32_t DocumentView::depth(std::uint32_t token_idx) const {
  std::uint32_t steps = 0;
  while (tokens.head[token_idx] != token_idx && steps < tokens.size()) {
    token_idx = tokens.head[token_idx];
    ++steps;
  }
  return steps;
}

bool DocumentView::is_below(std::uint32_t below, std::uint32_t above) const {
  for (std::uint32_t steps = 0; below != above; ++steps) {
    if (tokens.head[below] == below || steps > tokens.size()) return false;
    below = tokens.head[below];
  }
  return true;
}

}  // namespace detente::events
