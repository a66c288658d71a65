// detente code: the record of what happened, who said so; a table on a terminal, PLOVER JSON lines
// elsewhere.

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "common.h"
#include "record_json.h"
#include "record_text.h"

namespace detente::cli {
namespace {

struct CodeArguments {
  EngineArguments engine;
  InputArguments input;
  std::string format;
  std::string only;
  std::vector<std::string> ontology;
  bool explain = false;
};

bool is_wanted(const std::string& only, const char* kind) { return only.empty() || only == kind; }

/// Each record in the order of their kinds, those of `only`, or all.
template <typename Print>
void each_record(const CodedRecords& coded, const std::string& only, const Print& print) {
  const auto all = [&](const char* kind, const auto& records) {
    if (!is_wanted(only, kind)) return;
    for (const auto& record : records) print(record);
  };
  all("events", coded.events);
  all("claims", coded.claims);
  all("commitments", coded.commitments);
  all("expectations", coded.expectations);
}

std::string line_of(const EventRecord& event) { return event_line(event); }
std::string line_of(const ClaimRecord& claim) { return claim_line(claim); }
std::string line_of(const CommitmentRecord& commitment) { return commitment_line(commitment); }
std::string line_of(const ExpectationRecord& expectation) { return expectation_line(expectation); }

void print_table(const CodedRecords& coded, const std::string& only) {
  std::cout << "# " << (coded.reading.name.empty() ? coded.reading.document_id : coded.reading.name)
            << "  " << (coded.reading.published_at ? coded.reading.published_at->text() : "no date")
            << '\n';
  each_record(coded, only, [](const auto& record) { std::cout << line_of(record) << '\n'; });
}

int run(const CodeArguments& arguments) {
  const bool as_table =
      arguments.format == "table" || (arguments.format.empty() && ::isatty(STDOUT_FILENO) == 1);
  std::optional<Engine> engine;
  const auto prepare = [&]() -> Result<void> {
    EngineOptions options = engine_options(arguments.engine);
    use_ontology(arguments.ontology, options);
    DETENTE_TRY(Engine opened, Engine::open(options));
    tell_refused(opened);
    engine = std::move(opened);
    return {};
  };
  return for_each_file(
      arguments.input, prepare, [&](const std::string& file, const InputOptions& input) {
        return engine->code(file, input, [&](Result<CodedRecords> coded) {
          if (!coded) {
            complain(coded.error());
            return true;
          }
          const bool as_json = arguments.format == "json" || arguments.format == "plover";
          if (arguments.explain && as_json) {
            for (const EventRecord& event : coded->events) {
              auto record = to_json(event);
              for (const auto& [what, value] : event.confidence_from) {
                record["confidence_from"][what] = value;
              }
              std::cout << dump(record) << '\n';
            }
          } else if (arguments.explain) {
            for (const EventRecord& event : coded->events)
              std::cout << explanation(event, coded->reading.dates);
          } else if (as_table) {
            print_table(*coded, arguments.only);
          } else {
            each_record(*coded, arguments.only,
                        [](const auto& record) { std::cout << dump(to_json(record)) << '\n'; });
          }
          return static_cast<bool>(std::cout);
        });
      });
}

}  // namespace

void add_code(CLI::App& program, int& status) {
  auto arguments = std::make_shared<CodeArguments>();
  CLI::App* app = program.add_subcommand(
      "code", help_text("detente code report.txt --published 2022-04-22",
                        "Codes news: who did what to whom, when and where, according to whom."));
  add_input_options(*app, arguments->input);
  app->add_option("--format", arguments->format,
                  "table, plover or json; on a terminal a table, else JSON lines")
      ->check(CLI::IsMember({"table", "plover", "json"}));
  app->add_option("--only", arguments->only,
                  "One kind of record: events, claims, commitments or expectations")
      ->check(CLI::IsMember({"events", "claims", "commitments", "expectations"}));
  app->add_flag("--explain", arguments->explain,
                "The evidence of each event: words, rules, sides, days, weights");
  app->add_option("--ontology", arguments->ontology,
                  "Rules to read after data/ontology, or petrarch:FILE in their place")
      ->type_name("DIR");
  add_engine_options(*app, arguments->engine);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
