#pragma once
// The printed records' JSON: the same from `code`, from a store and in an export.

#include <nlohmann/json.hpp>

#include "detente/ledger.h"
#include "detente/record.h"

namespace detente::cli {

[[nodiscard]] nlohmann::ordered_json to_json(const EntityRecord& entity);
[[nodiscard]] nlohmann::ordered_json to_json(const EventRecord& event);
[[nodiscard]] nlohmann::ordered_json to_json(const ClaimRecord& claim);
/// With its story and what the store knows of its document.
[[nodiscard]] nlohmann::ordered_json stored_event_json(const StoredEvent& event);
[[nodiscard]] nlohmann::ordered_json to_json(const CommitmentRecord& commitment);
[[nodiscard]] nlohmann::ordered_json to_json(const ExpectationRecord& expectation);

/// With its words.
[[nodiscard]] nlohmann::ordered_json stored_claim_json(const StoredClaim& claim);
/// With all who tell of it.
[[nodiscard]] nlohmann::ordered_json stored_commitment_json(const StoredCommitment& commitment);
/// With what decided it and what the store knows of its document.
[[nodiscard]] nlohmann::ordered_json stored_expectation_json(const StoredExpectation& expectation);

}  // namespace detente::cli
