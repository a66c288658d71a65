#pragma once
// What a predicate means: a rule's event, or an operator over the meaning of its content.
// The algebra is written down in ARCHITECTURE.md ("What happened, between whom?"); its tables are
// data.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detente/events/coded_document.h"
#include "detente/events/document_view.h"
#include "detente/events/frame.h"
#include "detente/events/sides.h"

namespace detente::events {

/// An event before its day, place and size are known.
struct Meaning {
  EventTypeId event;
  const Rule* rule = nullptr;      ///< the rule that gave the event type
  std::vector<const Rule*> chain;  ///< every rule on the way, outermost first
  std::vector<std::string> modes;
  std::vector<std::string> contexts;
  std::string cameo;
  std::vector<Side> actors;
  std::vector<Side> recipients;
  bool reciprocal = false;
  std::uint32_t outer = 0;              ///< token of the outermost predicate
  std::uint32_t trigger = 0;            ///< token of the innermost one
  std::vector<std::uint32_t> evidence;  ///< all predicates' tokens
  std::vector<std::uint32_t> dated_by;  ///< predicates whose time is the event's, outermost first
  AuxiliaryModes auxiliary;
  Modal modal = Modal::None;     ///< of the outermost predicate
  bool civil = false;            ///< people without power may do it alone
  bool unknown_content = false;  ///< an operator over words that no rule knows
  bool bare_noun = false;        ///< stands alone, not done by any verb
  bool agent_inherited = false;
  std::string convention;
  double weight = 0;
};

/// What became of one token.
struct Reading {
  std::vector<Meaning> meanings;
  std::vector<std::uint32_t> consumed;  ///< tokens that are no events of their own any more
  std::vector<std::uint32_t> unreal;    ///< heads of clauses that are wished, charged, denied
  bool decided = false;                 ///< a rule has spoken, if only to say "nothing"
};

/// What a governing predicate lends to its content.
struct Lent {
  std::vector<std::uint32_t> agents;
  std::vector<std::uint32_t> patients;
  std::vector<Oblique> obliques;
  bool by_verb = false;
};

class Composer {
 public:
  Composer(const DocumentView& view, FrameBuilder& frames, SideFinder& sides);
  [[nodiscard]] Reading read(std::uint32_t token_idx) { return read(token_idx, Lent{}, 0); }
  /// `operator_name`'s table applied to a finished meaning; false when it says "nothing".
  bool apply(std::string_view operator_name, Meaning& meaning) const;

 private:
  Reading read(std::uint32_t token_idx, const Lent& lent, int depth);
  Reading read_content(std::uint32_t token_idx, const Lent& lent, int depth);
  void read_event(const Rule& rule, const PredicateFrame& frame, const Lent& lent, Reading& out);
  [[nodiscard]] bool asks_unnamed(const Operator& op, const PredicateFrame& frame,
                                  const Lent& lent);
  bool read_operator(const Rule& rule, const PredicateFrame& frame, int depth, Reading& out);
  bool matches(const Trigger& trigger, const PredicateFrame& frame,
               std::vector<std::uint32_t>& words);
  bool match_after(const Trigger& trigger, const PredicateFrame& frame,
                   std::vector<std::uint32_t>& words) const;
  /// A word of a phrase stands here, or in what this word only holds ("hundreds of migrants").
  [[nodiscard]] bool stands_for(std::uint32_t token_idx, const PhraseWord& word) const;
  bool match_linear(const Trigger& trigger, const PredicateFrame& frame,
                    std::vector<std::uint32_t>& words) const;
  bool match_before(const Trigger& trigger, const PredicateFrame& frame,
                    std::vector<std::uint32_t>& words) const;
  [[nodiscard]] bool kind_fits(const Trigger& trigger, const PredicateFrame& frame) const;
  [[nodiscard]] bool has_needed_sides(const Meaning& meaning) const;
  const Outcome* find_outcome(const Operator& op, const Meaning* content,
                              const PredicateFrame* content_frame, bool has_content, bool self,
                              bool open, bool third) const;
  void fill_cameo(const Outcome& outcome, const std::string& content_cameo, Meaning& meaning) const;
  void set_mode(const Outcome& outcome, Meaning& meaning) const;

  const DocumentView& view_;
  FrameBuilder& frames_;
  SideFinder& sides_;
  std::span<const WordId> containers_;
  std::span<const WordId> doings_;  ///< nouns that tell of the verb that hangs on them
};

}  // namespace detente::events
