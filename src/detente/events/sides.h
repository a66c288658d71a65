#pragma once
// Who stands in a place of a frame: from a noun phrase to the parties it names.

#include <cstdint>
#include <span>
#include <vector>

#include "detente/events/coded_document.h"
#include "detente/events/document_view.h"
#include "detente/events/frame.h"
#include "detente/events/rules.h"

namespace detente::events {

/// The parties of a content, for places such as `content-actor`.
struct ContentSides {
  std::span<const Side> actors;
  std::span<const Side> recipients;
  std::span<const std::uint32_t> tokens;  ///< the content's trigger words
};

/// Whether the code of any of them is known.
[[nodiscard]] bool any_coded(std::span<const Side> sides);

class SideFinder {
 public:
  SideFinder(const DocumentView& view, FrameBuilder& frames);

  /// The parties in the first of `places` that has any besides those in `except`.
  [[nodiscard]] std::vector<Side> first_of(std::span<const Place> places,
                                           const PredicateFrame& frame, const Rule* rule,
                                           const ContentSides& content,
                                           std::span<const Side> except);
  [[nodiscard]] std::vector<Side> at(const Place& place, const PredicateFrame& frame,
                                     const Rule* rule, const ContentSides& content,
                                     std::span<const Side> except);
  [[nodiscard]] bool holds(const PlaceTest& test, const PredicateFrame& frame, const Rule* rule);
  /// Head tokens in a place, conjuncts not included.
  [[nodiscard]] std::vector<std::uint32_t> tokens_at(const Place& place,
                                                     const PredicateFrame& frame, const Rule* rule);
  /// Parties that the noun phrase of this token itself names ("Iran", "rebels and the army").
  void named(std::uint32_t token_idx, std::vector<Side>& out);
  [[nodiscard]] std::uint32_t types_of(const Side& side) const;
  [[nodiscard]] std::uint32_t types_of_token(std::uint32_t token_idx);
  /// The same party: the same entity, or the same whole state.
  [[nodiscard]] static bool same(const Side& a, const Side& b);
  /// Same country and not of different kinds: a minister and his state, but not rebels and
  /// president.
  [[nodiscard]] bool same_camp(const Side& a, const Side& b) const;
  /// Whether `state` is the whole state whose government or name `speaker` is.
  [[nodiscard]] bool speaks_for(const Side& speaker, const Side& state) const;
  [[nodiscard]] bool any_speaks_for(std::span<const Side> speakers, const Side& state) const;
  [[nodiscard]] static bool contains(std::span<const Side> sides, const Side& side);
  /// The country where the clause of this frame plays; empty when none is named.
  [[nodiscard]] std::vector<Side> location(const PredicateFrame& frame);

 private:
  [[nodiscard]] bool is_speech(const Rule& rule) const;
  [[nodiscard]] bool stands_for_state(const Side& side) const;
  [[nodiscard]] bool is_private_person(const Side& side) const;
  void named_one(std::uint32_t token_idx, int depth, std::vector<Side>& out);
  void owners(std::uint32_t token_idx, int depth, std::vector<Side>& out);
  void inside(std::uint32_t token_idx, int depth, std::vector<Side>& out);
  void of_phrase(std::uint32_t token_idx, std::vector<Side>& out);
  void add_mention(std::uint32_t mention_idx, std::vector<Side>& out) const;
  void anywhere(const PredicateFrame& frame, std::vector<Side>& out);
  void context(const PredicateFrame& frame, std::vector<Side>& out);
  void speaker(const PredicateFrame& frame, std::vector<Side>& out);

  const DocumentView& view_;
  FrameBuilder& frames_;
  std::span<const WordId> containers_;
  std::span<const WordId> places_in_;
  std::span<const WordId> time_prepositions_;
  std::span<const WordId> speech_;
  std::span<const WordId> not_owned_;
  std::span<const WordId> texts_;
  std::span<const WordId> voices_;
  std::span<const WordId> third_persons_;
};

}  // namespace detente::events
