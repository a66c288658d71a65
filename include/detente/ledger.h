#pragma once
// The ledger: what many documents state, in one file on disk (a DuckDB database) that R, Python and
// SQL open without us. Tables: docs/formats/store.md.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/date.h"
#include "detente/engine.h"
#include "detente/export.h"
#include "detente/record.h"
#include "detente/result.h"

namespace detente {

struct LedgerOptions {
  bool read_only = false;  ///< several may read; one alone may write
  /// Documents of one transaction: the most that a kill can undo, and that wait in memory.
  std::size_t batch_size = 256;
  unsigned n_threads = 0;  ///< for queries; 0: as many as the machine has
};

/// What became of an appended document.
enum class Receipt : std::uint8_t {
  New,
  Revision,  ///< the document was there with another text; its records are replaced
  Known,     ///< it was there with this text; nothing was done
};

/// What may be asked of records. Empty: anything.
struct LedgerFilter {
  std::string id;         ///< of the record; of a commitment, also of one of its tellings
  std::string actor;      ///< code ("PRK", "IGO"), also with a sector ("PRK/GOV")
  std::string recipient;  ///< likewise; of a reciprocal event, another of its parties
  std::string event;      ///< PLOVER's type ("CONSULT")
  std::optional<Date> since, until;
  std::string status{};  ///< of a commitment (also "broken?": in doubt), outcome of an expectation
  std::string holder{};  ///< of an expectation: part of the name
};

/// A document without its text, as the store knows it.
struct StoredDocument {
  std::string document_id, key, url, title, publisher, language, file, copy_group, coder, version;
  std::optional<Date> published_at;
  std::uint32_t revision = 1;
  std::uint64_t n_characters = 0;
};

struct StoredEvent {
  EventRecord record;
  std::string story_id;
  StoredDocument document;
};

struct StoredClaim {
  ClaimRecord record;
  std::string content_text;
  StoredDocument document;
};

/// A commitment in the world. The record is that of its oldest telling, with the evidence of all,
/// the status and history that all documents make, and the furthest deadline.
struct StoredCommitment {
  struct Telling {
    std::string id, document_id;
  };
  CommitmentRecord record;
  std::vector<Telling> tellings;              ///< the oldest first
  std::optional<Date> first_seen, last_seen;  ///< days of publication
  std::uint64_t n_documents = 0;
  std::uint64_t n_doubts = 0;  ///< deeds against it that nobody has called a breach
};

struct StoredExpectation {
  ExpectationRecord record;
  std::string outcome_event_id;  ///< the event that decided it; empty: none, or only time
  std::optional<Date> outcome_date;
  StoredDocument document;
};

/// Whose expectations came true how often.
struct ForecasterRecord {
  std::string holder;
  std::vector<std::string> codes;  ///< that the holder was resolved to
  std::uint64_t n_expectations = 0, n_resolved = 0, n_came_true = 0;
  /// Mean square of strength less outcome; 0 is best. None: nothing is resolved yet.
  std::optional<double> brier;
};

/// How tense a relation is at the end of a week: -10 to 10.
struct TensionPoint {
  Date week;  ///< its Monday
  double tension = 0, low = 0, high = 0;
  std::uint64_t n_stories = 0;  ///< of this week
};

/// Reports of one event of the world.
struct StoryRecord {
  std::string id, event, actors, recipients;
  Date date, enddate;
  std::uint64_t n_documents = 0;
  std::uint64_t n_publishers = 0;  ///< independent ones: copies of one report count once
  std::uint64_t n_events = 0;
  std::optional<Date> first_seen, last_seen;  ///< days of publication
  std::vector<std::string> event_ids;
};

/// A party and how often it appears.
struct ActorRecord {
  std::string code, sector, identifier_text, identifier_id;
  std::uint64_t n_as_actor = 0, n_as_recipient = 0;
  Date first, last;
};

enum class TimeUnit : std::uint8_t { Day, Week, Month };

/// One step of the relation of two parties, in both directions.
struct SeriesPoint {
  Date begin;
  std::uint64_t n_cooperation = 0, n_conflict = 0;  ///< events; quad codes 1, 2 and 3, 4
  std::uint64_t n_stories = 0;
  double goldstein_sum = 0;
};

/// Not thread-safe, but is_known() may be called while another thread appends.
class DETENTE_API Ledger {
 public:
  /// Opens the store, and makes it when there is none and it is not read-only. A store of an older
  /// version is brought up to date when it is opened for writing. Errors: D11xx.
  static Result<Ledger> open(const std::filesystem::path& path, const LedgerOptions& options);

  Ledger(Ledger&&) noexcept;
  Ledger& operator=(Ledger&&) noexcept;
  /// What is not committed is lost.
  ~Ledger();

  /// The document is in the store, with this very text.
  [[nodiscard]] bool is_known(const Reading& document) const;
  /// Takes a document with all its records. Every batch_size documents are committed by themselves.
  Result<Receipt> append(CodedRecords coded, const Place& place, std::string_view version);
  /// Notes what could not be read; once, however often it is met.
  Result<void> reject(const Place& place, const Error& reason);
  /// Writes what waits, in one transaction.
  Result<void> commit();
  /// commit(), what became of all commitments, and all of it into the one file.
  Result<void> close();

  /// One row of the table `runs`, which is not part of the record: when, and with what outcome.
  struct Run {
    std::string id, started_at, ended_at, outcome;  ///< times: "YYYY-MM-DD HH:MM:SS", UTC
    std::uint64_t n_new = 0, n_revised = 0, n_known = 0, n_rejected = 0;
  };
  Result<void> note_run(const Run& run);

  /// In the order of days, stories and ids, so that a story's events follow each other; memory does
  /// not grow with the answer. `on_event` ends it with false.
  Result<std::uint64_t> events(const LedgerFilter& filter,
                               const std::function<bool(const StoredEvent&)>& on_event) const;
  /// `actor` filters the speaker; `since` and `until` the day of publication.
  Result<std::uint64_t> claims(const LedgerFilter& filter,
                               const std::function<bool(const StoredClaim&)>& on_claim) const;
  /// By the days on which they were made. `actor` filters who is bound, `recipient` toward whom.
  /// As of the last close() of a writer; is_settled() tells whether documents came since.
  Result<std::uint64_t> commitments(
      const LedgerFilter& filter,
      const std::function<bool(const StoredCommitment&)>& on_commitment) const;
  /// By day of publication. `actor` and `recipient` filter whom they are about.
  Result<std::uint64_t> expectations(
      const LedgerFilter& filter,
      const std::function<bool(const StoredExpectation&)>& on_expectation) const;
  /// Those with most expectations first; of all expectations that the filter lets through.
  Result<std::uint64_t> forecasters(
      const LedgerFilter& filter,
      const std::function<bool(const ForecasterRecord&)>& on_forecaster) const;
  /// Of two states or other codes, week after week; weeks before the first event are left out.
  Result<std::vector<TensionPoint>> tension(std::string_view a, std::string_view b,
                                            const LedgerFilter& filter) const;
  Result<bool> is_settled() const;
  Result<std::uint64_t> stories(const LedgerFilter& filter,
                                const std::function<bool(const StoryRecord&)>& on_story) const;
  Result<std::uint64_t> actors(const LedgerFilter& filter,
                               const std::function<bool(const ActorRecord&)>& on_actor) const;
  /// Steps without events are left out.
  Result<std::vector<SeriesPoint>> series(std::string_view a, std::string_view b, TimeUnit unit,
                                          const LedgerFilter& filter) const;
  /// The words of time in an event's mentions.
  Result<std::vector<ReadDate>> dates(std::string_view event_id) const;
  /// The text that a document's offsets count in.
  Result<std::optional<std::string>> text(std::string_view document_id) const;
  /// Writes tables as CSV files or Parquet (events by month) into a folder. `format`: csv, parquet.
  Result<void> copy_tables(std::string_view format, const std::filesystem::path& folder) const;

 private:
  struct State;
  explicit Ledger(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace detente
