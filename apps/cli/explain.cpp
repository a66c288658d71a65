// detente explain: the evidence of one event of a store.

#include <unistd.h>

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

struct ExplainArguments {
  StoreArguments store;
  std::string event_id;
};

// Byte at which each code point begins, and the end.
std::vector<std::size_t> starts_of(const std::string& text) {
  std::vector<std::size_t> starts;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) starts.push_back(i);
  }
  starts.push_back(text.size());
  return starts;
}

struct Mark {
  std::uint32_t at;
  bool opens;
  std::string text;
};

void add_marks(std::vector<Mark>& marks, Offsets span, const char* open, const std::string& close) {
  marks.push_back({span.start, true, open});
  marks.push_back({span.end, false, close});
}

// The paragraph around a mention, with the mention, its trigger and the parties marked.
std::string marked(const EventRecord& event, const MentionRecord& mention,
                   const std::string& text) {
  const std::vector<std::size_t> starts = starts_of(text);
  const auto n = static_cast<std::uint32_t>(starts.size() - 1);
  constexpr std::uint32_t kAround = 240;
  std::uint32_t begin = std::min(mention.at.start, n);
  while (begin > 0 && text[starts[begin - 1]] != '\n' && mention.at.start - begin < kAround)
    --begin;
  std::uint32_t end = std::min(mention.at.end, n);
  while (end < n && text[starts[end]] != '\n' && end - mention.at.end < kAround) ++end;
  std::vector<Mark> marks;
  add_marks(marks, mention.at, "«", "»");
  add_marks(marks, mention.trigger, "*", "*");
  for (const EntityRecord& side : event.actor) {
    if (side.at) add_marks(marks, *side.at, "[", "](actor " + side.code + ")");
  }
  for (const EntityRecord& side : event.recipient) {
    if (side.at) add_marks(marks, *side.at, "[", "](recipient " + side.code + ")");
  }
  std::stable_sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) {
    return a.at != b.at ? a.at < b.at : a.opens < b.opens;
  });
  std::string out;
  auto mark = marks.begin();
  for (std::uint32_t i = begin; i <= end; ++i) {
    for (; mark != marks.end() && mark->at <= i; ++mark) {
      if (mark->at == i) out += mark->text;
    }
    if (i < end) out.append(text, starts[i], starts[i + 1] - starts[i]);
  }
  return out;
}

void print_explained(const StoredEvent& event, const std::string& text,
                     const std::vector<ReadDate>& dates) {
  const StoredDocument& document = event.document;
  std::cout << explanation(event.record, dates);
  if (!event.record.confidence_from.empty()) {
    std::cout << "  confidence from";
    for (const auto& [what, value] : event.record.confidence_from) {
      std::cout << ' ' << what << ' ' << value;
    }
    std::cout << '\n';
  }
  std::cout << "  story " << event.story_id << "\n  document " << document.document_id;
  for (const std::string& part : {document.publisher, document.title, document.url}) {
    if (!part.empty()) std::cout << ", " << part;
  }
  if (document.published_at) std::cout << ", " << document.published_at->text();
  std::cout << ", revision " << document.revision << "\n  coded by detente " << document.coder
            << ", " << document.version << '\n';
  for (const MentionRecord& mention : event.record.mentions) {
    std::cout << '\n' << marked(event.record, mention, text) << '\n';
  }
}

Json explained_json(const StoredEvent& event, const std::string& text,
                    const std::vector<ReadDate>& dates) {
  Json json = to_json(event.record);
  json["story_id"] = event.story_id;
  for (const auto& [what, value] : event.record.confidence_from) {
    json["confidence_from"][what] = value;
  }
  json["dates"] = Json::array();
  for (const ReadDate& date : dates) {
    json["dates"].push_back({{"start", date.at.start},
                             {"end", date.at.end},
                             {"text", date.text},
                             {"value", date.value},
                             {"derivation", date.derivation}});
  }
  json["text"] = text;
  return json;
}

int run(const ExplainArguments& arguments) {
  return ask_store(arguments.store, [&](const Ledger& ledger, const LedgerFilter&) {
    LedgerFilter only;
    only.id = arguments.event_id;
    Result<void> failed;
    const auto explain_one = [&](const StoredEvent& event) -> Result<void> {
      DETENTE_TRY(const std::optional<std::string> text, ledger.text(event.record.document_id));
      DETENTE_TRY(const std::vector<ReadDate> dates, ledger.dates(event.record.id));
      if (arguments.store.json) {
        std::cout << dump(explained_json(event, text.value_or(""), dates)) << '\n';
      } else {
        print_explained(event, text.value_or(""), dates);
      }
      return {};
    };
    std::vector<StoredEvent> found;
    Result<std::uint64_t> n = ledger.events(only, [&](const StoredEvent& event) {
      found.push_back(event);
      return true;
    });
    for (const StoredEvent& event : found) {
      if (const Result<void> done = explain_one(event); !done)
        return Result<std::uint64_t>(done.error());
    }
    return n;
  });
}

}  // namespace

void add_explain(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* app = program.add_subcommand(
      "explain",
      help_text("detente explain 0f3a9c52d1e07b64 --store news.duckdb",
                "The evidence of one event of a store.\n"
                "Its words in their place, the rules that fired, each side's resolution and each\n"
                "day's derivation."));
  app->add_option("EVENT_ID", arguments->event_id, "As `detente events` prints it")->required();
  add_store_options(*app, arguments->store);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
