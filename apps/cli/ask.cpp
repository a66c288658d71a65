// detente events | claims | stories: what a store holds.

#include <algorithm>
#include <iostream>
#include <memory>

#include "common.h"
#include "json.h"
#include "record_json.h"
#include "record_text.h"
#include "store_options.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 0x20) : c; });
  return text;
}

Result<std::optional<Date>> day_of(const char* option, const std::string& text) {
  if (text.empty()) return std::optional<Date>();
  const std::optional<Date> day = Date::parse(text);
  if (!day) {
    return Error{
        "D0901",
        std::string(option) + " " + text + ": no such day. Write YYYY-MM-DD, as in 2022-04-22.",
        ErrorKind::BadUsage};
  }
  return day;
}

Json story_json(const StoryRecord& story) {
  Json json;
  json["kind"] = "story";
  json["id"] = story.id;
  json["event"] = story.event;
  json["actors"] = story.actors;
  json["recipients"] = story.recipients;
  json["date"] = story.date.text();
  json["enddate"] = story.enddate.text();
  json["n_documents"] = story.n_documents;
  json["n_publishers"] = story.n_publishers;
  json["n_events"] = story.n_events;
  json["first_seen"] = day_json(story.first_seen);
  json["last_seen"] = day_json(story.last_seen);
  json["event_ids"] = story.event_ids;
  return json;
}

std::string story_line(const StoryRecord& story) {
  std::string line = story.date.text();
  if (story.enddate != story.date) line += ".." + story.enddate.text();
  pad(line, 24);
  line += story.event;
  pad(line, 36);
  line += (story.actors.empty() ? "-" : story.actors) + " > " +
          (story.recipients.empty() ? "-" : story.recipients);
  pad(line, 68);
  return line + std::to_string(story.n_documents) + " documents, " +
         std::to_string(story.n_publishers) + " independent  " + story.id;
}

Json actor_json(const ActorRecord& actor) {
  Json json;
  json["kind"] = "actor";
  json["code"] = actor.code;
  json["sector"] = actor.sector;
  put(json, "identifier_text", actor.identifier_text);
  put(json, "identifier_id", actor.identifier_id);
  json["n_as_actor"] = actor.n_as_actor;
  json["n_as_recipient"] = actor.n_as_recipient;
  json["first"] = actor.first.text();
  json["last"] = actor.last.text();
  return json;
}

std::string actor_line(const ActorRecord& actor) {
  std::string line = actor.code.empty() ? "?" : actor.code;
  if (!actor.sector.empty()) line += "/" + actor.sector;
  pad(line, 12);
  line += actor.identifier_text.empty() ? "-" : one_line(actor.identifier_text, 40);
  pad(line, 56);
  return line + std::to_string(actor.n_as_actor) + " as actor, " +
         std::to_string(actor.n_as_recipient) + " as recipient, " + actor.first.text() + ".." +
         actor.last.text();
}

}  // namespace

bool print(const Json& json) {
  std::cout << dump(json) << '\n';
  return static_cast<bool>(std::cout);
}

bool print(const std::string& line) {
  std::cout << line << '\n';
  return static_cast<bool>(std::cout);
}

void add_ask(CLI::App& program, int& status, const char* name, const char* what,
             const AddOptions& add_options, Ask ask) {
  auto arguments = std::make_shared<StoreArguments>();
  CLI::App* app = program.add_subcommand(
      name, help_text("detente " + std::string(name) +
                          " --store news.duckdb --actor PRK --since 2024-01-01",
                      what));
  add_store_options(*app, *arguments);
  add_options(*app, *arguments);
  app->callback([arguments, &status, ask = std::move(ask)] {
    status = ask_store(*arguments, [&](const Ledger& ledger, const LedgerFilter& filter) {
      return ask(*arguments, ledger, filter);
    });
  });
}

void add_store_options(CLI::App& app, StoreArguments& arguments, bool with_json) {
  app.add_option("--store", arguments.store, "The store, made by `detente ingest`")
      ->type_name("FILE")
      ->required();
  if (with_json) app.add_flag("--json", arguments.json, "One JSON object a line");
}

void add_filter_options(CLI::App& app, StoreArguments& arguments) {
  app.add_option("--actor", arguments.actor, "Who did it: PRK, IGO, or with a sector PRK/GOV");
  app.add_option("--recipient", arguments.recipient,
                 "To whom; of reciprocal events, another of the parties");
  app.add_option("--event", arguments.event, "PLOVER's type: CONSULT, ASSAULT, …");
  add_day_options(app, arguments);
}

void add_day_options(CLI::App& app, StoreArguments& arguments) {
  app.add_option("--since", arguments.since, "Not before this day")->type_name("DATE");
  app.add_option("--until", arguments.until, "Not after this day")->type_name("DATE");
}

int ask_store(const StoreArguments& arguments,
              const std::function<Result<std::uint64_t>(const Ledger&, const LedgerFilter&)>& ask) {
  const auto asked = [&]() -> Result<std::uint64_t> {
    LedgerFilter filter;
    filter.actor = upper(arguments.actor);
    filter.recipient = upper(arguments.recipient);
    filter.event = upper(arguments.event);
    filter.status = arguments.status;
    filter.holder = arguments.holder;
    DETENTE_TRY(filter.since, day_of("--since", arguments.since));
    DETENTE_TRY(filter.until, day_of("--until", arguments.until));
    LedgerOptions options;
    options.read_only = true;
    DETENTE_TRY(const Ledger ledger, Ledger::open(arguments.store, options));
    return ask(ledger, filter);
  };
  const Result<std::uint64_t> n_found = asked();
  if (!n_found) return complain(n_found.error());
  return *n_found > 0 ? kDone : kNothingFound;
}

int actors_of_store(const StoreArguments& arguments) {
  return ask_store(arguments, [&](const Ledger& ledger, const LedgerFilter& filter) {
    return ledger.actors(filter, [&](const ActorRecord& actor) {
      return arguments.json ? print(actor_json(actor)) : print(actor_line(actor));
    });
  });
}

void add_events(CLI::App& program, int& status) {
  add_ask(program, status, "events", "The events of a store, by day.", add_filter_options,
          [](const StoreArguments& arguments, const Ledger& ledger, const LedgerFilter& filter) {
            return ledger.events(filter, [&](const StoredEvent& event) {
              if (arguments.json) return print(stored_event_json(event));
              return print(event_line(event.record) + "  " + event.record.id);
            });
          });
}

void add_claims(CLI::App& program, int& status) {
  add_ask(program, status, "claims",
          "The claims of a store: who says what; --actor is the speaker, days are of publication.",
          add_filter_options,
          [](const StoreArguments& arguments, const Ledger& ledger, const LedgerFilter& filter) {
            return ledger.claims(filter, [&](const StoredClaim& claim) {
              if (arguments.json) return print(stored_claim_json(claim));
              return print(claim_line(claim.record) + "  " + one_line(claim.content_text, 70));
            });
          });
}

void add_stories(CLI::App& program, int& status) {
  add_ask(program, status, "stories",
          "The stories of a store: reports of one event, and by how many who did not copy it.",
          add_filter_options,
          [](const StoreArguments& arguments, const Ledger& ledger, const LedgerFilter& filter) {
            return ledger.stories(filter, [&](const StoryRecord& story) {
              return arguments.json ? print(story_json(story)) : print(story_line(story));
            });
          });
}

}  // namespace detente::cli
