#pragma once
// Copies of one report are brought together as they arrive.

#include <vector>

#include "detente/ledger/rows.h"

namespace detente::ledger {

/// Makes the tables that live only as long as the connection.
Result<void> prepare_copies(const Connection& connection);

/// Sets Pending::copy_group of the current documents of a batch: the smallest id among all copies,
/// in the batch and in the store, published within some days of each other. Groups of the store
/// that turn out to be one are renamed. Writes the sketches. Groups do not depend on the order in
/// which documents come, as long as none is revised.
Result<void> settle_copies(const Connection& connection, std::vector<Pending>& batch);

}  // namespace detente::ledger
