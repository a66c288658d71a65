#pragma once
// Who bound himself to what, what became of it, and what was done: as one document tells it.

#include "detente/outlook/view.h"

namespace detente::outlook {

/// Fills commitments, fates and deeds.
void find_commitments(const View& view, Outlook& outlook);

}  // namespace detente::outlook
