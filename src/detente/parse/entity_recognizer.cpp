#include "detente/parse/entity_recognizer.h"

#include <algorithm>
#include <array>

#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

enum Move : std::uint8_t { kBegin = 1, kIn = 2, kLast = 3, kUnit = 4, kOut = 5 };

}  // namespace

Result<EntityRecognizer> EntityRecognizer::open(const nn::ModelFile& model, std::string_view name) {
  EntityRecognizer system;
  DETENTE_TRY(system.network_, TransitionNetwork::open(model, name));
  if (system.network_.n_features() != 3) {
    return errors::bad_section(model.path(), std::string(name) + ".shape", "not 3 features");
  }
  const std::vector<Action>& actions = system.network_.actions();
  bool has_out = false;
  for (const Action& action : actions) {
    if (action.move < kBegin || action.move > kOut) {
      return errors::bad_section(model.path(), std::string(name) + ".actions", "an unknown move");
    }
    has_out |= action.move == kOut;
    auto found = std::find(system.labels_.begin(), system.labels_.end(), action.label);
    if (found == system.labels_.end())
      found = system.labels_.insert(system.labels_.end(), action.label);
    system.label_of_action_.push_back(static_cast<std::uint32_t>(found - system.labels_.begin()));
    system.allowed_.push_back(
        static_cast<std::uint8_t>(action.move == kOut || !action.label.empty()));
  }
  system.in_action_.assign(system.labels_.size(), kNoAction);
  system.last_action_.assign(system.labels_.size(), kNoAction);
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].move == kIn) system.in_action_[system.label_of_action_[i]] = i;
    if (actions[i].move == kLast) system.last_action_[system.label_of_action_[i]] = i;
  }
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const std::uint32_t label = system.label_of_action_[i];
    if (actions[i].move == kBegin &&
        (system.in_action_[label] == kNoAction || system.last_action_[label] == kNoAction)) {
      return errors::bad_section(model.path(), std::string(name) + ".actions",
                                 "a name that could not end");
    }
  }
  if (!has_out)
    return errors::bad_section(model.path(), std::string(name) + ".actions",
                               "no action for words outside names");
  return system;
}

void EntityRecognizer::find(std::size_t n_tokens, const std::vector<std::uint8_t>& is_space,
                            const std::vector<std::uint8_t>& starts_sentence, StateScorer& scorer,
                            std::vector<FoundName>& names) const {
  const std::vector<Action>& actions = network_.actions();
  bool open = false;
  FoundName name;
  for (std::uint32_t i = 0; i < n_tokens; ++i) {
    const bool is_last_token = i + 1 == n_tokens;
    const bool sentence_ends = is_last_token || starts_sentence[i + 1] != 0;
    const auto here = static_cast<std::int32_t>(i);
    const std::array<std::int32_t, 3> features{
        here, open ? static_cast<std::int32_t>(name.begin) : -1, open ? here - 1 : -1};
    const float* scores = scorer.score(features.data());
    if (open) {
      const std::size_t in = in_action_[name.label];
      const std::size_t last = last_action_[name.label];
      const bool goes_on = !sentence_ends &&
                           (scores[in] > scores[last] || (scores[in] == scores[last] && in < last));
      if (goes_on) continue;
      name.end = i + 1;
      names.push_back(name);
      open = false;
      continue;
    }
    std::size_t best = kNoAction;
    for (std::size_t a = 0; a < actions.size(); ++a) {
      const std::uint8_t move = actions[a].move;
      if (allowed_[a] == 0 || move == kIn || move == kLast) continue;
      if (move == kBegin && sentence_ends) continue;
      if (move != kOut && is_space[i] != 0) continue;
      if (best == kNoAction || scores[a] > scores[best]) best = a;
    }
    if (actions[best].move == kBegin) {
      open = true;
      name = {i, i, label_of_action_[best]};
    } else if (actions[best].move == kUnit) {
      names.push_back({i, i + 1, label_of_action_[best]});
    }
  }
}

}  // namespace detente::parse
