#pragma once
// The engine: models and tables loaded once, then any number of documents.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/export.h"
#include "detente/reading.h"
#include "detente/record.h"
#include "detente/result.h"

namespace detente {

struct EngineOptions {
  std::filesystem::path model;  ///< a model file made by `detente model add`
  std::filesystem::path data;   ///< folder of the tables (data/)
  unsigned n_threads = 1;       ///< at least 1; results do not depend on it
  /// Folders or files of rules read after data/ontology; see docs/formats.
  std::vector<std::filesystem::path> ontology;
  /// A verb dictionary of PETRARCH to run in the place of all rules; `ontology` must be empty then.
  std::filesystem::path dictionary;
  std::filesystem::path places;  ///< folder of the gazetteer; may be absent
  bool coding = true;            ///< false: the rules are not loaded, and code() fails
  std::filesystem::path actors;  ///< tables in the place of data/actors; empty: those
};

struct InputOptions {
  std::optional<Date> published_at;  ///< for documents that do not say it themselves
  std::string format;  ///< "plain", "jsonl", "csv", "html", "warc", "feed"; empty: sniffed
};

struct AnnotateOptions {
  bool tokens = false;  ///< fill Reading::tokens and Reading::sentences
};

/// What was taken from EngineOptions::dictionary, and what was not.
struct DictionaryReport {
  struct RefusedLine {
    std::uint32_t line = 0;  ///< from 1
    std::string text, reason;
  };
  std::uint32_t n_verbs = 0;
  std::uint32_t n_patterns = 0;
  std::vector<RefusedLine> refused;
};

struct RunSummary {
  std::uint64_t n_documents = 0;
  std::uint64_t n_refused = 0;
  std::uint64_t n_passed_over = 0;  ///< of the documents: those that were not wanted
};

/// Where a document, or the error in its place, stands in the input. Zero and empty: not said.
struct Place {
  std::string file;
  std::uint64_t line = 0;    ///< from 1
  std::uint64_t offset = 0;  ///< byte at which its record begins
  std::string member;        ///< what an archive or a feed calls it
};

/// Thread-safe: const functions may be called from several threads at once.
class DETENTE_API Engine {
 public:
  /// Errors: D00xx files, D02xx and D03xx model, D04xx tables,
  /// D06xx rules, D0803 rules and a dictionary at once.
  static Result<Engine> open(const EngineOptions& options);

  Engine(Engine&&) noexcept;
  Engine& operator=(Engine&&) noexcept;
  ~Engine();

  /// Called in the order of the input; false ends the run.
  using OnReading = std::function<bool(Result<Reading>)>;

  /// Reads every document of a file ("-": standard input). A document that cannot be read reaches
  /// `on_reading` as an error and the rest goes on. Fails as a whole when the file cannot be opened
  /// or is of no known format.
  [[nodiscard]] Result<RunSummary> annotate(const std::filesystem::path& path,
                                            const InputOptions& input,
                                            const AnnotateOptions& options,
                                            const OnReading& on_reading) const;

  using OnCoded = std::function<bool(Result<CodedRecords>)>;

  /// Codes every document of a file: events and claims. Otherwise as annotate(). Errors: D0802
  /// opened without rules.
  [[nodiscard]] Result<RunSummary> code(const std::filesystem::path& path,
                                        const InputOptions& input, const OnCoded& on_coded) const;

  using IsWanted = std::function<bool(const Reading&)>;
  using OnPlaced = std::function<bool(const Place&, Result<CodedRecords>)>;

  /// Codes the documents of many files, each as soon as a thread is free, whatever file it is of.
  /// `is_wanted` (may be empty) is asked before a document is coded, on another thread than
  /// `on_coded`'s; those not wanted are only counted. A file that cannot be opened comes as an
  /// error in its place. The engine must have been opened with rules.
  [[nodiscard]] RunSummary code_all(const std::vector<std::filesystem::path>& files,
                                    const InputOptions& input, const IsWanted& is_wanted,
                                    const OnPlaced& on_coded) const;

  /// The same without grammar: what the readers alone see (no tokens, dates, mentions,
  /// attributions).
  [[nodiscard]] static Result<RunSummary> read(const std::filesystem::path& path,
                                               const std::filesystem::path& data,
                                               const InputOptions& input,
                                               const OnReading& on_reading);

  /// Null when the rules are our own.
  [[nodiscard]] const DictionaryReport* dictionary() const;

  /// Name of the model in use.
  [[nodiscard]] std::string_view model_name() const;
  /// Model and rules in use, as records keep them: "model=… rules=…".
  [[nodiscard]] std::string version() const;

 private:
  struct State;
  explicit Engine(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Converts a spaCy 3 pipeline folder into a model file. `data`: folder of the tables. Errors:
/// D00xx, D03xx.
DETENTE_API Result<void> add_model(const std::filesystem::path& folder,
                                   const std::filesystem::path& data,
                                   const std::filesystem::path& out);

}  // namespace detente
