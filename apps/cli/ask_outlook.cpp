// detente commitments | expectations: what was promised and expected, and what became of it.

#include <array>
#include <cstdio>
#include <iostream>

#include "common.h"
#include "record_json.h"
#include "record_text.h"
#include "store_options.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string number(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  return text.data();
}

std::string stored_line(const StoredCommitment& commitment) {
  CommitmentRecord record = commitment.record;
  if (commitment.n_doubts > 0 && record.status == "open") record.status = "broken?";
  std::string line = commitment_line(record);
  if (commitment.n_documents > 1) line += "  x" + std::to_string(commitment.n_documents);
  return line + "  " + record.id;
}

std::string stored_line(const StoredExpectation& expectation) {
  const std::string day = days(expectation.document.published_at, std::nullopt);
  return expectation_line(expectation.record, day) + ": " + expectation.record.outcome + "  " +
         expectation.record.id;
}

std::string forecaster_line(const ForecasterRecord& forecaster) {
  std::string line = one_line(forecaster.holder, 40);
  pad(line, 44);
  line += forecaster.codes.empty() ? "-" : joined(forecaster.codes);
  pad(line, 54);
  line += std::to_string(forecaster.n_expectations) + " expected, " +
          std::to_string(forecaster.n_resolved) + " resolved, " +
          std::to_string(forecaster.n_came_true) + " came true";
  return forecaster.brier ? line + ", Brier " + number(*forecaster.brier) : line;
}

Json forecaster_json(const ForecasterRecord& forecaster) {
  Json json;
  json["kind"] = "forecaster";
  json["holder"] = forecaster.holder;
  json["codes"] = forecaster.codes;
  json["n_expectations"] = forecaster.n_expectations;
  json["n_resolved"] = forecaster.n_resolved;
  json["n_came_true"] = forecaster.n_came_true;
  json["brier"] = forecaster.brier ? Json(*forecaster.brier) : Json(nullptr);
  return json;
}

void add_commitment_options(CLI::App& app, StoreArguments& arguments) {
  app.add_option("--actor", arguments.actor, "Who is bound: PRK, or with a sector PRK/GOV");
  app.add_option("--recipient", arguments.recipient, "Toward whom");
  app.add_option("--status", arguments.status,
                 "open, kept, stalled, broken or withdrawn; broken?: open, and in doubt")
      ->check(CLI::IsMember({"open", "kept", "stalled", "broken", "withdrawn", "broken?"}));
  add_day_options(app, arguments);
}

void add_expectation_options(CLI::App& app, StoreArguments& arguments) {
  app.add_option("--actor", arguments.actor, "Whom they are about: PRK, or with a sector");
  app.add_option("--recipient", arguments.recipient, "Another whom they are about");
  app.add_option("--event", arguments.event, "PLOVER's type that is expected: ASSAULT, …");
  app.add_option("--holder", arguments.holder, "Who expects: part of the name");
  app.add_option("--status", arguments.status, "open, came_true or failed")
      ->check(CLI::IsMember({"open", "came_true", "failed"}));
  app.add_flag("--by-holder", arguments.by_holder,
               "Not each, but who expected how often, and how well");
  add_day_options(app, arguments);
}

Result<std::uint64_t> ask_commitments(const StoreArguments& arguments, const Ledger& ledger,
                                      const LedgerFilter& filter) {
  DETENTE_TRY(const bool is_settled, ledger.is_settled());
  if (!is_settled) {
    std::cerr << "detente: what became of commitments is not known for the newest documents; run "
                 "`detente ingest` to its end.\n";
  }
  return ledger.commitments(filter, [&](const StoredCommitment& one) {
    return arguments.json ? print(stored_commitment_json(one)) : print(stored_line(one));
  });
}

Result<std::uint64_t> ask_expectations(const StoreArguments& arguments, const Ledger& ledger,
                                       const LedgerFilter& filter) {
  if (arguments.by_holder) {
    return ledger.forecasters(filter, [&](const ForecasterRecord& one) {
      return arguments.json ? print(forecaster_json(one)) : print(forecaster_line(one));
    });
  }
  return ledger.expectations(filter, [&](const StoredExpectation& one) {
    return arguments.json ? print(stored_expectation_json(one)) : print(stored_line(one));
  });
}

}  // namespace

void add_commitments(CLI::App& program, int& status) {
  add_ask(program, status, "commitments",
          "The commitments of a store: who is bound to what, and what became of it.\n"
          "One line for each, however many documents tell of it. Days are those on which\n"
          "they were made.",
          add_commitment_options, ask_commitments);
}

void add_expectations(CLI::App& program, int& status) {
  add_ask(program, status, "expectations",
          "The expectations of a store: who expects what of whom, and whether it came.\n"
          "Days are of publication.",
          add_expectation_options, ask_expectations);
}

}  // namespace detente::cli
