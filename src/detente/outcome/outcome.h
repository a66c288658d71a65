#pragma once
// Room `outcome`: what became of what was promised, over many documents?
//   in:  what `outlook` found in each of them
//   out: one row per commitment, with its history and status
//   invariants: documents in any order give the same rows; a step names the document and the words,
//   or the event, that it rests on; a deed alone never breaks a promise, it only raises the
//   question
//   absent on purpose: where the documents are kept (`ledger`)

#include <string>
#include <vector>

#include "detente/base/date.h"
#include "detente/outlook/outlook.h"

namespace detente::outcome {

struct Document {
  std::string id;
  Date published_at;
  outlook::Outlook outlook;
};

/// A step and the document whose text its evidence lies in.
struct ToldStep {
  outlook::Step step;
  std::string document_id;
};

struct Telling {
  std::string document_id;
  std::string commitment_id;
};

/// One commitment in the world.
struct Followed {
  outlook::Commitment commitment;  ///< as it was told first; its own history is in `history`
  outlook::Status status = outlook::Status::Open;
  std::vector<Telling> tellings;  ///< at least one, oldest first
  std::vector<ToldStep> history;  ///< in the order of publication
};

/// Follows every commitment through the documents.
[[nodiscard]] std::vector<Followed> follow(std::vector<Document> documents);

}  // namespace detente::outcome
