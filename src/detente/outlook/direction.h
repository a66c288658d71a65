#pragma once
// Is what a clause or a noun phrase speaks of cooperation or conflict?

#include "detente/outlook/view.h"

namespace detente::outlook {

/// Of what hangs on `token`: +1 cooperation, -1 conflict, 0 neither. `with_events`: what the coder
/// made of a word counts where no table knows it.
[[nodiscard]] int direction_sign(const View& view, std::uint32_t token, bool with_events);

[[nodiscard]] inline Direction direction_of(int sign) {
  return sign > 0 ? Direction::Cooperation : sign < 0 ? Direction::Conflict : Direction::None;
}

}  // namespace detente::outlook
