#pragma once
// What an open ledger holds; its functions stand in store.cpp, append.cpp and query.cpp.

#include <mutex>
#include <vector>

#include "detente/ledger.h"
#include "detente/ledger/database.h"
#include "detente/ledger/identity.h"
#include "detente/ledger/rows.h"

namespace detente {

struct Ledger::State {
  struct Reject {
    Place place;
    Error reason;
  };

  State(ledger::Connection opened, const LedgerOptions& with)
      : options(with), connection(std::move(opened)) {}

  LedgerOptions options;
  ledger::Connection connection;
  mutable std::mutex mutex;  ///< guards `known`
  ledger::KnownDocuments known;
  std::vector<ledger::Pending> batch;
  std::vector<Reject> rejects;
};

}  // namespace detente
