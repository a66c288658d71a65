#include "detente/events/ontology.h"

#include <algorithm>

namespace detente::events {

std::span<const Trigger> Ontology::triggers(WordId head) const {
  if (!blocks_.empty()) {
    if (auto found = blocks_.find(head.value); found != blocks_.end()) head = found->second;
  }
  if (head.value == 0 || head.value + 1 >= first_trigger_.size()) return {};
  const std::uint32_t begin = first_trigger_[head.value];
  const std::uint32_t end = first_trigger_[head.value + 1];
  return std::span<const Trigger>(triggers_).subspan(begin, end - begin);
}

const NumberWord* Ontology::number(WordId word) const {
  auto found = numbers_.find(word.value);
  return found == numbers_.end() ? nullptr : &found->second;
}

WordId Ontology::lemma_of(WordId form) const {
  auto found = lemmas_.find(form.value);
  return found == lemmas_.end() ? WordId{} : found->second;
}

const CameoRow* Ontology::cameo(std::string_view code) const {
  auto found = cameo_.find(std::string(code));
  return found == cameo_.end() ? nullptr : &found->second;
}

const Operator* Ontology::find_operator(std::string_view name) const {
  for (const auto& op : operators_) {
    if (op.name == name) return &op;
  }
  return nullptr;
}

std::span<const WordId> Ontology::set(std::string_view name) const {
  auto found = sets_.find(std::string(name));
  if (found == sets_.end()) return {};
  return found->second;
}

bool Ontology::in_set(WordId word, std::span<const WordId> set) const {
  return word && std::binary_search(set.begin(), set.end(), word);
}

}  // namespace detente::events
