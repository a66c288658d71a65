// detente explain: the evidence of one event, commitment or expectation of a store.

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <map>
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
  std::string id;
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

void add_party_marks(std::vector<Mark>& marks, const std::string& role,
                     const std::vector<EntityRecord>& parties) {
  for (const EntityRecord& side : parties) {
    if (side.at) add_marks(marks, *side.at, "[", "](" + role + " " + side.code + ")");
  }
}

// The paragraph around a piece of the text, with marks in it.
std::string marked(Offsets at, std::vector<Mark> marks, const std::string& text) {
  const std::vector<std::size_t> starts = starts_of(text);
  const auto n = static_cast<std::uint32_t>(starts.size() - 1);
  constexpr std::uint32_t kAround = 240;
  std::uint32_t begin = std::min(at.start, n);
  while (begin > 0 && text[starts[begin - 1]] != '\n' && at.start - begin < kAround) --begin;
  std::uint32_t end = std::min(at.end, n);
  while (end < n && text[starts[end]] != '\n' && end - at.end < kAround) ++end;
  add_marks(marks, at, "«", "»");
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

std::vector<Mark> marks_of(const EventRecord& event, const MentionRecord& mention) {
  std::vector<Mark> marks;
  add_marks(marks, mention.trigger, "*", "*");
  add_party_marks(marks, "actor", event.actor);
  add_party_marks(marks, "recipient", event.recipient);
  return marks;
}

// What the store knows of a document, in one line.
std::string document_line(const StoredDocument& document) {
  std::string line = "  document " + document.document_id;
  for (const std::string& part : {document.publisher, document.title, document.url}) {
    if (!part.empty()) line += ", " + part;
  }
  if (document.published_at) line += ", " + document.published_at->text();
  return line + ", revision " + std::to_string(document.revision) + "\n  coded by detente " +
         document.coder + ", " + document.version + "\n";
}

void print_explained(const StoredEvent& event, const std::string& text,
                     const std::vector<ReadDate>& dates) {
  std::cout << explanation(event.record, dates);
  if (!event.record.confidence_from.empty()) {
    std::cout << "  confidence from";
    for (const auto& [what, value] : event.record.confidence_from) {
      std::cout << ' ' << what << ' ' << value;
    }
    std::cout << '\n';
  }
  std::cout << "  story " << event.story_id << '\n' << document_line(event.document);
  for (const MentionRecord& mention : event.record.mentions) {
    std::cout << '\n' << marked(mention.at, marks_of(event.record, mention), text) << '\n';
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

// --- commitments and expectations ----------------------------------------------------------------

/// The texts of a store, each fetched when it is first asked for.
class Texts {
 public:
  explicit Texts(const Ledger& ledger) : ledger_(ledger) {}
  Result<std::string> of(const std::string& document_id) {
    const auto known = texts_.find(document_id);
    if (known != texts_.end()) return known->second;
    DETENTE_TRY(const std::optional<std::string> text, ledger_.text(document_id));
    return texts_.emplace(document_id, text.value_or("")).first->second;
  }

 private:
  const Ledger& ledger_;
  std::map<std::string, std::string> texts_;
};

Result<void> print_evidence(const EvidenceRecord& evidence, const std::vector<Mark>& marks,
                            Texts& texts) {
  DETENTE_TRY(const std::string text, texts.of(evidence.document_id));
  std::cout << "  " << evidence.document_id << ": " << marked(evidence.at, marks, text) << '\n';
  return {};
}

Result<void> print_explained(const StoredCommitment& commitment, Texts& texts) {
  const CommitmentRecord& record = commitment.record;
  std::cout << '\n'
            << record.form << ", " << record.status << "  made "
            << days(record.made, record.made_end) << "  id " << record.id << "\n  "
            << one_line(record.content, 160) << '\n'
            << party_lines("by", record.by) << party_lines("to", record.to);
  if (record.deadline) {
    std::cout << "  until \"" << record.deadline->text
              << "\" = " << days(record.deadline->date, record.deadline->enddate) << '\n';
  }
  if (!record.condition.empty()) std::cout << "  condition \"" << record.condition << "\"\n";
  std::cout << "\ntold by " << commitment.n_documents
            << (commitment.n_documents == 1 ? " document\n" : " documents\n");
  for (const EvidenceRecord& evidence : record.evidence) {
    std::vector<Mark> marks;
    if (evidence.document_id == record.document_id) {
      add_party_marks(marks, "by", record.by);
      add_party_marks(marks, "to", record.to);
    }
    DETENTE_TRY_VOID(print_evidence(evidence, marks, texts));
  }
  if (!record.history.empty()) std::cout << "\nwhat became of it\n";
  for (const StepRecord& step : record.history) {
    std::cout << days(step.date, step.enddate) << "  " << step.status << ", confidence "
              << step.confidence
              << (step.event_id.empty() ? std::string() : ", by event " + step.event_id) << '\n';
    DETENTE_TRY_VOID(print_evidence(step.evidence, {}, texts));
  }
  return {};
}

Result<void> print_explained(const StoredExpectation& expectation, Texts& texts) {
  const ExpectationRecord& record = expectation.record;
  std::cout << '\n'
            << record.direction << (record.event.empty() ? "" : ", " + record.event) << ", \""
            << record.hedge << "\" = " << record.strength << "  id " << record.id << '\n'
            << party_lines("by", {record.by}) << party_lines("about", record.about);
  if (record.horizon) {
    std::cout << "  horizon \"" << record.horizon->text
              << "\" = " << days(record.horizon->date, record.horizon->enddate) << '\n';
  }
  std::cout << "  outcome " << record.outcome;
  if (expectation.outcome_date) std::cout << ", " << expectation.outcome_date->text();
  if (!expectation.outcome_event_id.empty()) {
    std::cout << ", by event " << expectation.outcome_event_id;
  }
  std::cout << '\n' << document_line(expectation.document) << '\n';
  std::vector<Mark> marks;
  add_party_marks(marks, "by", {record.by});
  add_party_marks(marks, "about", record.about);
  return print_evidence(record.evidence, marks, texts);
}

// --- whatever has this id ------------------------------------------------------------------------

template <class Stored>
auto into(std::vector<Stored>& all) {
  return [&all](const Stored& one) {
    all.push_back(one);
    return true;
  };
}

Result<void> explain(const StoredEvent& event, const Ledger& ledger, Texts& texts, bool json) {
  DETENTE_TRY(const std::string text, texts.of(event.record.document_id));
  DETENTE_TRY(const std::vector<ReadDate> dates, ledger.dates(event.record.id));
  if (json) {
    std::cout << dump(explained_json(event, text, dates)) << '\n';
  } else {
    print_explained(event, text, dates);
  }
  return {};
}

Result<void> explain(const StoredCommitment& commitment, Texts& texts, bool json) {
  if (!json) return print_explained(commitment, texts);
  Json out = stored_commitment_json(commitment);
  for (const EvidenceRecord& evidence : commitment.record.evidence) {
    DETENTE_TRY(out["texts"][evidence.document_id], texts.of(evidence.document_id));
  }
  std::cout << dump(out) << '\n';
  return {};
}

Result<void> explain(const StoredExpectation& expectation, Texts& texts, bool json) {
  if (!json) return print_explained(expectation, texts);
  Json out = stored_expectation_json(expectation);
  DETENTE_TRY(out["text"], texts.of(expectation.record.document_id));
  std::cout << dump(out) << '\n';
  return {};
}

Result<std::uint64_t> explain_all(const ExplainArguments& arguments, const Ledger& ledger) {
  LedgerFilter only;
  only.id = arguments.id;
  const bool json = arguments.store.json;
  std::vector<StoredEvent> events;
  std::vector<StoredCommitment> commitments;
  std::vector<StoredExpectation> expectations;
  DETENTE_TRY(std::uint64_t n, ledger.events(only, into(events)));
  DETENTE_TRY(const std::uint64_t n_promised, ledger.commitments(only, into(commitments)));
  DETENTE_TRY(const std::uint64_t n_expected, ledger.expectations(only, into(expectations)));
  Texts texts(ledger);
  for (const StoredEvent& one : events) DETENTE_TRY_VOID(explain(one, ledger, texts, json));
  for (const StoredCommitment& one : commitments) DETENTE_TRY_VOID(explain(one, texts, json));
  for (const StoredExpectation& one : expectations) DETENTE_TRY_VOID(explain(one, texts, json));
  n += n_promised + n_expected;
  if (n == 0) {
    std::cerr << "detente: the store holds no event, commitment or expectation '" << arguments.id
              << "'. `detente events` prints what it holds\n";
  }
  return n;
}

int run(const ExplainArguments& arguments) {
  return ask_store(arguments.store, [&](const Ledger& ledger, const LedgerFilter&) {
    return explain_all(arguments, ledger);
  });
}

}  // namespace

void add_explain(CLI::App& program, int& status) {
  auto arguments = std::make_shared<ExplainArguments>();
  CLI::App* app = program.add_subcommand(
      "explain",
      help_text("detente explain 0f3a9c52d1e07b64 --store news.duckdb",
                "The evidence of one event, commitment or expectation of a store.\n"
                "Its words in their place, the rules that fired, each side's resolution and each\n"
                "day's derivation; what became of it, and by which words or event."));
  app->add_option("ID", arguments->id,
                  "As `detente events`, `commitments`, `expectations` print it")
      ->required();
  add_store_options(*app, arguments->store);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
