#pragma once
// Greedy arc-eager parsing with sentence breaks and un-shifting, as in spaCy 3: Nivre (2003);
// Honnibal, Goldberg and Johnson (2013), "A Non-Monotonic Arc-Eager Transition System for
// Dependency Parsing".

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "detente/parse/transition_network.h"

namespace detente::parse {

/// Result for one document, by token. Scratch too: reused from document to document.
struct Tree {
  std::vector<std::uint32_t> head;   ///< a root is its own head
  std::vector<std::uint32_t> label;  ///< index into ArcEager::labels()
  std::vector<std::uint8_t> starts_sentence;
};

class ArcEager {
 public:
  /// Errors: D0204–D0206, D03xx when the actions are none of this system's.
  static Result<ArcEager> open(const nn::ModelFile& model, std::string_view name);

  [[nodiscard]] const TransitionNetwork& network() const { return network_; }
  [[nodiscard]] const std::vector<std::string>& labels() const { return labels_; }

  class Workspace;

  /// `scorer` holds the document's vectors. `is_space[i]`: token i is white space. `starts`: tokens
  /// where a sentence must begin; it may begin elsewhere too.
  void parse(std::size_t n_tokens, const std::vector<std::uint8_t>& is_space,
             std::span<const std::uint32_t> starts, StateScorer& scorer, Workspace& workspace,
             Tree& tree) const;

 private:
  void attach_lifted(const std::vector<std::uint8_t>& is_space, Workspace& workspace,
                     Tree& tree) const;

  TransitionNetwork network_;
  std::vector<std::string> labels_;
  std::vector<std::uint32_t> label_of_action_;
  struct Lifted {
    std::uint32_t label;     ///< the label without its decoration
    std::string head_label;  ///< label of the head to look for; empty: not lifted
  };
  std::vector<Lifted> lifted_;  ///< by label
  std::uint32_t root_label_ = 0;
  struct Range {
    std::size_t first = 0;
    std::size_t last = 0;
  };
  std::vector<Range> actions_of_move_;
};

class ArcEager::Workspace {
 private:
  friend class ArcEager;
  struct Arc {
    std::int32_t child;
    std::int32_t previous;  ///< the arc that the head got before on the same side, or -1
    bool alive;
  };
  std::vector<Arc> arcs_;
  std::vector<std::int32_t> last_left_;
  std::vector<std::int32_t> last_right_;
  std::vector<std::int32_t> heads_;
  std::vector<std::uint32_t> labels_;
  std::vector<std::int32_t> stack_;
  std::vector<std::int32_t> returned_;  ///< tokens put back in front of the buffer
  std::vector<std::uint8_t> starts_;
  std::vector<std::uint8_t> no_shift_;
  std::vector<std::uint32_t> left_edge_;
  std::vector<std::uint32_t> right_edge_;
  std::int32_t next_ = 0;
  std::int32_t n_ = 0;

  void begin(std::size_t n_tokens);
  [[nodiscard]] std::int32_t stack(std::size_t i) const;
  [[nodiscard]] std::int32_t buffer(std::size_t i) const;
  [[nodiscard]] std::size_t buffer_length() const;
  [[nodiscard]] std::int32_t newest_child(const std::vector<std::int32_t>& last,
                                          std::int32_t head) const;
  void push();
  void add_arc(std::int32_t head, std::int32_t child, std::uint32_t label);
  void remove_arc(std::int32_t head, std::int32_t child);
};

}  // namespace detente::parse
