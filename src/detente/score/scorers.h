#pragma once
// One scorer for each kind of gold.

#include "detente/score/coded.h"
#include "detente/score/gold.h"
#include "detente/score/scores.h"

namespace detente::score {

/// Codes count by their first three letters. The dyad fits when both sides are equal; of CONSULT,
/// AGREE, COOPERATE and ASSAULT, often told as reciprocal, when their unions are. Negated events do
/// not count. Strict: a sentence may hold true events that the gold does not list.
Scores score_sentences(const std::vector<GoldSentence>& gold, const Coded& coded);

/// A date is right when it overlaps and has the value; an attribution when its cue (without one:
/// its source) overlaps; coreference is B-cubed over the gold mentions of clusters of two or more.
Scores score_texts(const std::vector<GoldText>& gold, const Coded& coded);

/// Every required record must be there once, and nothing that is forbidden.
Scores score_article(const GoldArticle& gold, const Coded& coded);

/// Bodies as bags of four-word runs; precision and recall are means over the pages.
Scores score_pages(const std::vector<GoldPage>& gold, const Coded& coded);

}  // namespace detente::score
