#include "detente/parse/arc_eager.h"

#include <algorithm>
#include <array>

#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

enum Move : std::uint8_t { kShift = 0, kReduce = 1, kLeft = 2, kRight = 3, kBreak = 4, kMoves = 5 };

constexpr std::string_view kLiftedMark =
    "||";  // "prep||dobj": a prep whose true head is a dobj further down

// Left and right edges of all subtrees and, from them, where sentences start: the left edge of
// every root. A lifted arc may cross others; then the edges are widened again until every head lies
// in its own sentence, as the original does, at most eleven times.
class SentenceBounds {
 public:
  SentenceBounds(Tree& tree, std::vector<std::uint32_t>& left, std::vector<std::uint32_t>& right)
      : tree_(tree), left_(left), right_(right), n_(static_cast<std::uint32_t>(tree.head.size())) {}

  void find() {
    for (std::uint32_t i = 0; i < n_; ++i) left_[i] = right_[i] = i;
    for (int round = 0; round < 12; ++round) {
      widen();
      mark_starts();
      if (heads_stay_inside()) break;
    }
  }

 private:
  void widen_by(std::uint32_t child) {
    const std::uint32_t head = tree_.head[child];
    left_[head] = std::min(left_[head], left_[child]);
    right_[head] = std::max(right_[head], right_[child]);
  }
  void widen() {
    for (std::uint32_t i = 0; i < n_; ++i) widen_by(i);
    for (std::uint32_t i = n_; i-- > 0;) widen_by(i);
  }
  void mark_starts() {
    std::fill(tree_.starts_sentence.begin(), tree_.starts_sentence.end(), 0);
    for (std::uint32_t i = 0; i < n_; ++i) {
      if (tree_.head[i] == i) tree_.starts_sentence[left_[i]] = 1;
    }
  }
  [[nodiscard]] bool heads_stay_inside() const {
    std::uint32_t start = 0;
    for (std::uint32_t i = 0; i < n_; ++i) {
      if ((i == 0 || tree_.starts_sentence[i] == 0) && i + 1 != n_) continue;
      for (std::uint32_t j = start; j < i; ++j) {
        if (tree_.head[j] < start || tree_.head[j] > i) return false;
      }
      start = i;
    }
    return true;
  }

  Tree& tree_;
  std::vector<std::uint32_t>& left_;
  std::vector<std::uint32_t>& right_;
  std::uint32_t n_;
};

}  // namespace

Result<ArcEager> ArcEager::open(const nn::ModelFile& model, std::string_view name) {
  ArcEager system;
  DETENTE_TRY(system.network_, TransitionNetwork::open(model, name));
  if (system.network_.n_features() != 8) {
    return errors::bad_section(model.path(), std::string(name) + ".shape", "not 8 features");
  }
  const auto label_number = [&](const std::string& label) {
    const auto found = std::find(system.labels_.begin(), system.labels_.end(), label);
    if (found == system.labels_.end()) system.labels_.push_back(label);
    return static_cast<std::uint32_t>(
        std::find(system.labels_.begin(), system.labels_.end(), label) - system.labels_.begin());
  };
  system.root_label_ = label_number("ROOT");
  system.actions_of_move_.resize(kMoves);
  const std::vector<Action>& actions = system.network_.actions();
  for (std::size_t i = 0; i < actions.size(); ++i) {
    if (actions[i].move >= kMoves) {
      return errors::bad_section(model.path(), std::string(name) + ".actions", "an unknown move");
    }
    Range& range = system.actions_of_move_[actions[i].move];
    if (range.last == 0) range = {i, i};
    if (range.last != i)
      return errors::bad_section(model.path(), std::string(name) + ".actions",
                                 "moves out of order");
    range.last = i + 1;
    system.label_of_action_.push_back(label_number(actions[i].label));
  }
  for (const Range& range : system.actions_of_move_) {
    if (range.first == range.last)
      return errors::bad_section(model.path(), std::string(name) + ".actions",
                                 "a move without actions");
  }
  const std::size_t n_labels = system.labels_.size();
  for (std::size_t i = 0; i < n_labels; ++i) {
    const std::string label = system.labels_[i];
    const std::size_t mark = label.find(kLiftedMark);
    if (mark == std::string::npos) {
      system.lifted_.push_back({static_cast<std::uint32_t>(i), ""});
    } else {
      system.lifted_.push_back(
          {label_number(label.substr(0, mark)), label.substr(mark + kLiftedMark.size())});
    }
  }
  while (system.lifted_.size() < system.labels_.size()) {
    system.lifted_.push_back({static_cast<std::uint32_t>(system.lifted_.size()), ""});
  }
  return system;
}

void ArcEager::Workspace::begin(std::size_t n_tokens) {
  n_ = static_cast<std::int32_t>(n_tokens);
  next_ = 0;
  arcs_.clear();
  stack_.clear();
  returned_.clear();
  last_left_.assign(n_tokens, -1);
  last_right_.assign(n_tokens, -1);
  heads_.assign(n_tokens, -1);
  labels_.assign(n_tokens, 0);
  starts_.assign(n_tokens, 0);
  no_shift_.assign(n_tokens, 0);
  left_edge_.resize(n_tokens);
  right_edge_.resize(n_tokens);
  if (n_tokens > 0) starts_[0] = 1;
}

std::int32_t ArcEager::Workspace::stack(std::size_t i) const {
  return i < stack_.size() ? stack_[stack_.size() - 1 - i] : -1;
}

std::int32_t ArcEager::Workspace::buffer(std::size_t i) const {
  if (i < returned_.size()) return returned_[returned_.size() - 1 - i];
  const std::int32_t token = next_ + static_cast<std::int32_t>(i - returned_.size());
  return token < n_ ? token : -1;
}

std::size_t ArcEager::Workspace::buffer_length() const {
  return static_cast<std::size_t>(n_ - next_) + returned_.size();
}

std::int32_t ArcEager::Workspace::newest_child(const std::vector<std::int32_t>& last,
                                               std::int32_t head) const {
  if (head < 0) return -1;
  for (std::int32_t arc = last[static_cast<std::size_t>(head)]; arc >= 0;
       arc = arcs_[static_cast<std::size_t>(arc)].previous) {
    if (arcs_[static_cast<std::size_t>(arc)].alive)
      return arcs_[static_cast<std::size_t>(arc)].child;
  }
  return -1;
}

void ArcEager::Workspace::push() {
  if (returned_.empty()) {
    stack_.push_back(next_++);
  } else {
    stack_.push_back(returned_.back());
    returned_.pop_back();
  }
}

void ArcEager::Workspace::remove_arc(std::int32_t head, std::int32_t child) {
  std::vector<std::int32_t>& last = head > child ? last_left_ : last_right_;
  std::int32_t& newest = last[static_cast<std::size_t>(head)];
  for (std::int32_t arc = newest; arc >= 0; arc = arcs_[static_cast<std::size_t>(arc)].previous) {
    if (arcs_[static_cast<std::size_t>(arc)].child == child) {
      arcs_[static_cast<std::size_t>(arc)].alive = false;
      break;
    }
  }
  while (newest >= 0 && !arcs_[static_cast<std::size_t>(newest)].alive) {
    newest = arcs_[static_cast<std::size_t>(newest)].previous;
  }
}

void ArcEager::Workspace::add_arc(std::int32_t head, std::int32_t child, std::uint32_t label) {
  const auto c = static_cast<std::size_t>(child);
  if (heads_[c] >= 0) remove_arc(heads_[c], child);
  std::vector<std::int32_t>& last = head > child ? last_left_ : last_right_;
  arcs_.push_back({child, last[static_cast<std::size_t>(head)], true});
  last[static_cast<std::size_t>(head)] = static_cast<std::int32_t>(arcs_.size()) - 1;
  heads_[c] = head;
  labels_[c] = label;
}

void ArcEager::parse(std::size_t n_tokens, const std::vector<std::uint8_t>& is_space,
                     std::span<const std::uint32_t> sentence_starts, StateScorer& scorer,
                     Workspace& ws, Tree& tree) const {
  ws.begin(n_tokens);
  for (const std::uint32_t token : sentence_starts) ws.starts_[token] = 1;
  const auto starts = [&](std::int32_t token) {
    return token >= 0 && ws.starts_[static_cast<std::size_t>(token)] != 0;
  };
  while (!(ws.stack_.empty() && ws.buffer_length() == 0)) {
    const std::int32_t b0 = ws.buffer(0);
    const std::int32_t b1 = ws.buffer(1);
    const std::int32_t s0 = ws.stack(0);
    const std::size_t depth = ws.stack_.size();
    const std::size_t left_to_read = ws.buffer_length();
    std::array<bool, kMoves> valid{};
    valid[kShift] = depth == 0 || (left_to_read >= 2 && !starts(b0) &&
                                   ws.no_shift_[static_cast<std::size_t>(b0)] == 0);
    valid[kReduce] = depth > 0;
    valid[kLeft] = valid[kRight] = depth > 0 && left_to_read > 0 && !starts(b0);
    valid[kBreak] = left_to_read >= 2 && b1 == b0 + 1 && !starts(b1);

    const std::array<std::int32_t, 8> features{b0,
                                               b1,
                                               s0,
                                               ws.stack(1),
                                               ws.stack(2),
                                               ws.newest_child(ws.last_left_, b0),
                                               ws.newest_child(ws.last_left_, s0),
                                               ws.newest_child(ws.last_right_, s0)};
    scorer.score(features.data());
    bool any = false;
    StateScorer::Best best;
    std::uint8_t move = kShift;
    for (std::uint8_t m = 0; m < kMoves; ++m) {
      if (!valid[m]) continue;
      const StateScorer::Best here =
          scorer.best_of(actions_of_move_[m].first, actions_of_move_[m].last);
      if (!any || here.score > best.score) best = here, move = m;
      any = true;
    }
    switch (move) {
      case kShift:
        ws.push();
        break;
      case kReduce:
        if (ws.heads_[static_cast<std::size_t>(s0)] < 0 && depth > 1) {
          ws.no_shift_[static_cast<std::size_t>(s0)] = 1;
          ws.returned_.push_back(s0);
        }
        ws.stack_.pop_back();
        break;
      case kLeft:
        ws.add_arc(b0, s0, label_of_action_[best.action]);
        ws.no_shift_[static_cast<std::size_t>(b0)] = 0;
        ws.stack_.pop_back();
        break;
      case kRight:
        ws.add_arc(s0, b0, label_of_action_[best.action]);
        ws.push();
        break;
      default:
        ws.starts_[static_cast<std::size_t>(b1)] = 1;
        break;
    }
  }
  tree.head.resize(n_tokens);
  tree.label.resize(n_tokens);
  tree.starts_sentence.assign(n_tokens, 0);
  for (std::size_t i = 0; i < n_tokens; ++i) {
    const bool root = ws.heads_[i] < 0;
    tree.head[i] = root ? static_cast<std::uint32_t>(i) : static_cast<std::uint32_t>(ws.heads_[i]);
    tree.label[i] = root ? root_label_ : ws.labels_[i];
  }
  attach_lifted(is_space, ws, tree);
}

// Nivre and Nilsson (2005), "Pseudo-Projective Dependency Parsing", scheme Head: a decorated label
// says which label the true head has; it is the first such token below the present head, breadth
// first.
void ArcEager::attach_lifted(const std::vector<std::uint8_t>& is_space, Workspace& ws,
                             Tree& tree) const {
  SentenceBounds bounds(tree, ws.left_edge_, ws.right_edge_);
  bounds.find();
  bool changed = false;
  std::vector<std::uint32_t> level;
  std::vector<std::uint32_t> next_level;
  for (std::uint32_t token = 0; token < tree.head.size(); ++token) {
    const Lifted& lifted = lifted_[tree.label[token]];
    if (lifted.head_label.empty()) continue;
    std::uint32_t new_head = tree.head[token];
    bool found = false;
    level.assign(1, tree.head[token]);
    while (!level.empty() && !found) {
      next_level.clear();
      for (std::uint32_t parent : level) {
        for (std::uint32_t child = ws.left_edge_[parent]; child <= ws.right_edge_[parent] && !found;
             ++child) {
          if (child == parent || tree.head[child] != parent || child == token ||
              is_space[child] != 0)
            continue;
          if (labels_[tree.label[child]] == lifted.head_label) {
            new_head = child;
            found = true;
          }
          next_level.push_back(child);
        }
        if (found) break;
      }
      level.swap(next_level);
    }
    tree.head[token] = new_head;
    tree.label[token] = lifted.label;
    changed = true;
  }
  if (changed) bounds.find();
}

}  // namespace detente::parse
