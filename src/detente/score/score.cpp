#include "detente/score/score.h"

#include "detente/score/scorers.h"

namespace detente::score {

Scores score(const Gold& gold, const Coded& coded) {
  switch (gold.kind) {
    case GoldKind::Sentences:
      return score_sentences(gold.sentences, coded);
    case GoldKind::Texts:
      return score_texts(gold.texts, coded);
    case GoldKind::Article:
      return score_article(gold.article, coded);
    case GoldKind::Pages:
      return score_pages(gold.pages, coded);
  }
  return {};
}

double harmonic_mean(double a, double b) { return a + b > 0 ? 2 * a * b / (a + b) : 0.0; }

}  // namespace detente::score
