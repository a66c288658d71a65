#pragma once
// What became of the commitments of a store: tables that follow from all others.

#include "detente/ledger/database.h"

namespace detente::ledger {

/// Fills commitments, commitment_members and commitment_history from the tellings and turns of all
/// documents, in a transaction of its own. Does nothing when they were filled since the last
/// document came. The same documents give the same rows, in whatever order they came.
Result<void> settle_outcomes(const Connection& connection);

/// No document came since the tables were filled.
Result<bool> are_settled(const Connection& connection);

/// Notes, within the transaction that brings documents, that the tables are behind.
Result<void> forget_outcomes(const Connection& connection);

}  // namespace detente::ledger
