#pragma once
// Is what a clause or a noun phrase speaks of cooperation or conflict?

#include "detente/outlook/view.h"

namespace detente::outlook {

/// How deep below a word its direction is looked for.
inline constexpr int kDeepest = 7;

/// Which way something points, and the word that says so.
struct Bearing {
  int sign = 0;  ///< +1 cooperation, -1 conflict, 0 neither
  std::uint32_t word = 0;
};

/// Of what hangs on `token`. `with_events`: what the coder made of a word counts where no table
/// knows it.
[[nodiscard]] Bearing bearing_of(const View& view, std::uint32_t token, bool with_events,
                                 int deepest = kDeepest);

[[nodiscard]] inline Direction direction_of(int sign) {
  return sign > 0 ? Direction::Cooperation : sign < 0 ? Direction::Conflict : Direction::None;
}

}  // namespace detente::outlook
