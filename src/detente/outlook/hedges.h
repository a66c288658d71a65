#pragma once
// Which words say that something is to come, how surely, and who holds it.

#include <map>
#include <optional>

#include "detente/outlook/view.h"

namespace detente::outlook {

// How closely each sort of hedge says how sure somebody is; of several the closest counts.
enum Rank : int { kThought = 1, kWill, kAttitude, kMay, kDegree, kDenied };

/// Something that is said to come: `anchor` is the verb or noun it hangs on.
struct Candidate {
  std::uint32_t anchor = 0;
  std::optional<std::uint32_t> holder;  ///< noun of whoever expects, when the hedge names it
  TextSpan hedge;
  double strength = 0;
  int rank = kWill;
  bool needs_holder = false;
  std::uint32_t via = 0;  ///< the verb of the hedge where that is another than the anchor
  std::optional<std::uint32_t> theme = {};  ///< "both" of "both are on the verge of war"
  int tone = 0;  ///< +1 hoped for, -1 feared: what it is where nothing else tells
};

/// Of each verb or noun that is said to come the hedge that counts, by its token.
[[nodiscard]] std::map<std::uint32_t, Candidate> find_hedges(const View& view);

}  // namespace detente::outlook
