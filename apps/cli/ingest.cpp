// detente ingest: documents in, a store out. It may be ended at any moment and run again.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>
#include <memory>
#include <thread>

#include "common.h"
#include "detente/ledger.h"

namespace detente::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

struct IngestArguments {
  EngineArguments engine;
  InputArguments input;
  std::string store;
  std::size_t batch = 256;
};

/// The code of the error that stands for a document in a language that is not read.
constexpr std::string_view kOtherLanguage = "D0117";

volatile std::sig_atomic_t g_interrupted = 0;
void on_interrupt(int) { g_interrupted = 1; }

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &parts);
  return text.data();
}

std::string minutes(double seconds) {
  std::array<char, 32> text{};
  const auto whole = static_cast<long>(seconds);
  std::snprintf(text.data(), text.size(), "%ld:%02ld", whole / 60, whole % 60);
  return text.data();
}

/// How much of the input is done, on a terminal. Where in a file a document stands is told by its
/// offset, else estimated from the text that came out of it.
class Progress {
 public:
  explicit Progress(const std::vector<fs::path>& files) {
    for (const fs::path& file : files) {
      std::error_code failed;
      const std::uintmax_t size = file == "-" ? 0 : fs::file_size(file, failed);
      const double bytes = failed ? 0 : static_cast<double>(size);
      files_.try_emplace(file.string(), File{bytes_of_all_, bytes});
      bytes_of_all_ += bytes;
    }
  }

  void step(const Place& place, std::size_t text_bytes, std::uint64_t n_documents) {
    if (!is_terminal_) return;
    const auto file = files_.find(place.file);
    if (file != files_.end()) {
      in_file_ = place.file == name_ ? in_file_ + static_cast<double>(text_bytes) : 0;
      name_ = place.file;
      const double inside =
          place.offset > 0 ? static_cast<double>(place.offset) : in_file_ / packed(place.file);
      done_ = file->second.before + std::min(inside, file->second.size);
    }
    const Clock::time_point now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    show(n_documents, std::chrono::duration<double>(now - start_).count());
  }

  void end() {
    if (was_shown_) std::cerr << "\r\033[K";
  }

 private:
  struct File {
    double before = 0, size = 0;  // bytes
  };

  // News shrinks to about a third.
  static double packed(const std::string& name) {
    return name.ends_with(".gz") || name.ends_with(".zst") ? 3 : 1;
  }

  void show(std::uint64_t n_documents, double seconds) {
    constexpr int kWidth = 24;
    const double share = bytes_of_all_ > 0 ? std::min(1.0, done_ / bytes_of_all_) : 0;
    std::string bar;
    for (int i = 0; i < kWidth; ++i) bar += i < share * kWidth ? "█" : "·";
    std::cerr << '\r' << bar << ' ' << static_cast<int>(share * 100) << "%  " << n_documents
              << " documents, " << static_cast<long>(static_cast<double>(n_documents) / seconds)
              << " a second";
    if (share > 0.01) std::cerr << ", " << minutes(seconds * (1 - share) / share) << " left";
    std::cerr << "\033[K" << std::flush;
    was_shown_ = true;
  }

  bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool was_shown_ = false;
  std::map<std::string, File> files_;
  double bytes_of_all_ = 0;
  double done_ = 0;
  double in_file_ = 0;
  std::string name_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

/// One run: what it met, and the first thing that stopped it.
struct Ingest {
  Ledger& ledger;
  Ledger::Run run;
  std::optional<Error> failure;
  std::string version;
  std::uint64_t n_skipped = 0;  ///< in languages that are not read

  bool take(const Place& place, Result<CodedRecords> coded, Progress& progress) {
    Result<void> done;
    const std::size_t text_bytes = coded ? coded->reading.text.size() : 0;
    if (!coded) {
      ++(coded.error().code == kOtherLanguage ? n_skipped : run.n_rejected);
      done = ledger.reject(place, coded.error());
    } else {
      Result<Receipt> receipt = ledger.append(std::move(*coded), place, version);
      if (receipt) {
        ++(*receipt == Receipt::New        ? run.n_new
           : *receipt == Receipt::Revision ? run.n_revised
                                           : run.n_known);
      } else {
        done = receipt.error();
      }
    }
    if (!done) failure = done.error();
    progress.step(place, text_bytes, run.n_new + run.n_revised);
    return !failure && g_interrupted == 0;
  }
};

void summarise(const Ingest& ingest, const std::string& store) {
  const Ledger::Run& run = ingest.run;
  std::cerr << "detente: " << run.n_new << " documents new, " << run.n_revised << " revised, "
            << run.n_known << " known, " << run.n_rejected << " rejected";
  if (ingest.n_skipped > 0) std::cerr << ", " << ingest.n_skipped << " in other languages";
  std::cerr << "; " << store
            << (run.outcome == "interrupted" ? " (interrupted; run it again to go on)" : "")
            << '\n';
}

int ingest(const IngestArguments& arguments, const std::vector<fs::path>& files,
           const InputOptions& input) {
  std::signal(SIGINT, on_interrupt);
  std::signal(SIGTERM, on_interrupt);
  std::signal(SIGXFSZ, SIG_IGN);  // a full quota comes back as an error of the store
  LedgerOptions how;
  how.batch_size = arguments.batch;
  Result<Ledger> ledger = Ledger::open(arguments.store, how);
  if (!ledger) return complain(ledger.error());
  Result<Engine> engine = Engine::open(engine_options(arguments.engine));
  if (!engine) return complain(engine.error());
  Ingest ingest{*ledger, {}, std::nullopt, engine->version()};
  ingest.run.started_at = utc_now();
  ingest.run.id = ingest.run.started_at + " " + std::to_string(::getpid());
  Progress progress(files);
  const RunSummary summary = engine->code_all(
      files, input, [&](const Reading& document) { return !ledger->is_known(document); },
      [&](const Place& place, Result<CodedRecords> coded) {
        return ingest.take(place, std::move(coded), progress);
      });
  progress.end();
  if (ingest.failure) return complain(*ingest.failure);
  ingest.run.n_known += summary.n_passed_over;
  ingest.run.outcome = g_interrupted != 0 ? "interrupted" : "done";
  ingest.run.ended_at = utc_now();
  Result<void> closed = ledger->commit();
  if (closed) closed = ledger->note_run(ingest.run);
  if (closed) closed = ledger->close();
  if (!closed) return complain(closed.error());
  summarise(ingest, arguments.store);
  if (g_interrupted != 0) return kInterrupted;
  if (ingest.run.n_rejected > 0) return kBadInput;
  return summary.n_documents == 0 ? kNothingFound : kDone;
}

int run(const IngestArguments& arguments) {
  InputOptions input;
  std::vector<std::string> names;
  int status = input_files(arguments.input, input, names);
  if (status == kWrongUsage || (names.empty() && status != kDone)) return status;
  const std::vector<fs::path> files(names.begin(), names.end());
  return std::max(status, ingest(arguments, files, input));
}

}  // namespace

void add_ingest(CLI::App& program, int& status) {
  auto arguments = std::make_shared<IngestArguments>();
  arguments->engine.n_threads = std::max(1U, std::thread::hardware_concurrency());
  CLI::App* app = program.add_subcommand(
      "ingest",
      help_text(
          "detente ingest news/ more.jsonl.gz --store news.duckdb",
          "Codes news into a store that R, Python and SQL open.\n"
          "May be ended at any moment and run again: what is there is not coded twice, and a\n"
          "changed page is a revision. What cannot be read goes into the table rejects (then\n"
          "the status is 3), and so do documents in other languages than English."));
  add_input_options(*app, arguments->input);
  app->add_option("--store", arguments->store, "The store; made when there is none")
      ->type_name("FILE")
      ->required();
  app->add_option("--batch", arguments->batch, "Documents in one transaction")
      ->type_name("N")
      ->check(CLI::Range(1U, 100000U))
      ->capture_default_str();
  add_engine_options(*app, arguments->engine);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
