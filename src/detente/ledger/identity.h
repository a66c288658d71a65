#pragma once
// Which documents are the same, and hashes that are the same on every machine.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "detente/reading.h"

namespace detente::ledger {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
};

/// FNV-1a of 128 bits.
[[nodiscard]] Hash128 hash_of(std::string_view bytes);
[[nodiscard]] std::uint64_t short_hash(std::string_view bytes);
/// 32 hex digits.
[[nodiscard]] std::string hex(Hash128 hash);

/// One spelling for the addresses of one page: scheme, "www.", default ports, fragments and
/// parameters of trackers are dropped, the host in lower case.
[[nodiscard]] std::string canonical_url(std::string_view url);

/// What makes a document itself: its canonical URL, else the id that the input gives it, else its
/// content. The name of a file makes nothing: every folder has its index.html.
[[nodiscard]] std::string key_of(const Reading& document);
/// Of title and text.
[[nodiscard]] std::string content_hash(const Reading& document);

/// The documents of a store, as few bytes as will do.
class KnownDocuments {
 public:
  [[nodiscard]] bool has(std::string_view key, std::string_view content) const;
  /// How many revisions of it there are, this one included.
  std::uint32_t add(std::string_view key, std::string_view content);
  /// Claims an id for a key: the same id again, or another one when a different document has it.
  std::string claim_id(const std::string& document_id, std::string_view key);
  /// True the first time.
  bool add_reject(std::string_view what) { return rejects_.insert(short_hash(what)).second; }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> n_revisions_;  // by key
  std::unordered_set<std::uint64_t> revisions_;                   // key and content
  std::unordered_map<std::uint64_t, std::uint64_t> key_of_id_;
  std::unordered_set<std::uint64_t> rejects_;
};

}  // namespace detente::ledger
