#pragma once
// Room `outcome`: what became of what was promised, over many documents?
//   in:  what `outlook` found in each of them
//   out: one row per commitment, with its history and status
//   invariants: a step names the document and the words, or the event, that it rests on; a deed
//   alone never breaks a promise, it only raises the question, once for each day
//   absent on purpose: where the documents are kept (`ledger`)

#include <cstddef>
#include <string>
#include <unordered_map>
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

/// Follows commitments through documents that come in the order of their days, and of their ids
/// within a day. Holds commitments alone, so that memory does not grow with what was reported
/// beside them.
class Follower {
 public:
  void take(const Document& document);
  [[nodiscard]] const std::vector<Followed>& rows() const { return rows_; }

 private:
  using Places = std::vector<std::size_t>;  ///< in rows_

  Followed* best_match(const outlook::Matter& matter, Date published_at);
  void tell(const Document& document, const outlook::Commitment& one);
  void tell(const Document& document, const outlook::Fate& fate);
  void compare(const Document& document, const outlook::Deed& deed, std::size_t n_rows);
  Followed& add_row(const outlook::Commitment& one);
  [[nodiscard]] Places rows_of_parties(const outlook::Matter& matter) const;
  [[nodiscard]] Places rows_of_deed(const outlook::Deed& deed) const;

  std::vector<Followed> rows_;
  std::unordered_map<std::string, Places> by_party_;
  std::unordered_map<std::string, Places> by_what_is_done_;  ///< see keys_of_promise
};

/// Follows every commitment through the documents, in whatever order they are given.
[[nodiscard]] std::vector<Followed> follow(std::vector<Document> documents);

}  // namespace detente::outcome
