#pragma once
// The tables of a store and their versions. What each is for: docs/formats/store.md, and the
// comments inside the store itself.

#include "detente/ledger/database.h"

namespace detente::ledger {

inline constexpr int kSchemaVersion = 2;

/// The step from version 1 to version 2.
extern const char* const kVersion2;

/// Makes the tables in an empty database, or brings an older store up to date, in one transaction.
/// A `version` before the latest is for tests. Errors: D1106, D1107; D1108 when it is older and
/// `read_only`.
Result<void> settle_schema(const Connection& connection, bool read_only,
                           int version = kSchemaVersion);

}  // namespace detente::ledger
