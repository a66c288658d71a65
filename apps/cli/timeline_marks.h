#pragma once
// What a timeline shows below its bars: tension, commitments as spans, expectations as marks.

#include <string>
#include <vector>

#include "detente/ledger.h"

namespace detente::cli {

struct RelationMarks {
  std::vector<TensionPoint> tension;
  std::vector<StoredCommitment> commitments;
  std::vector<StoredExpectation> expectations;
};

/// Commitments of one party toward the other, or toward nobody in particular; expectations about
/// both.
[[nodiscard]] Result<RelationMarks> marks_of(const Ledger& ledger, const std::string& a,
                                             const std::string& b, const LedgerFilter& filter);

/// `begins`: the first day of each column; empty: there is no chart, and only the lists are
/// printed.
void draw_marks(const RelationMarks& marks, const std::vector<Date>& begins);

}  // namespace detente::cli
