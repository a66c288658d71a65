#pragma once
// Room `score`: how near to the gold is it?
//   in:  gold in one of four forms, told by its content, and what was coded, as printed records
//   out: Scores: named figures, a verdict per gold record where there are few, and how well the
//   confidences hold invariants: the same figures whether the records were just coded or come from
//   files; a document that was not answered counts as missed
//   absent on purpose: coding (the caller brings the records), and any looks (the caller prints)

#include "detente/score/coded.h"
#include "detente/score/gold.h"
#include "detente/score/scores.h"

namespace detente::score {

/// Cannot fail: what is missing in `coded` is a miss.
Scores score(const Gold& gold, const Coded& coded);

}  // namespace detente::score
