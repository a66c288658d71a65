#pragma once
// Who expects what, how surely, until when.

#include "detente/outlook/view.h"

namespace detente::outlook {

[[nodiscard]] std::vector<Expectation> find_expectations(const View& view);

}  // namespace detente::outlook
