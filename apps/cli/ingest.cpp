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

/// How much of the input is done, on a terminal.
class Progress {
 public:
  explicit Progress(const std::vector<fs::path>& files) {
    for (const fs::path& file : files) {
      std::error_code failed;
      const std::uintmax_t size = file == "-" ? 0 : fs::file_size(file, failed);
      bytes_before_[file.string()] = total_bytes_;
      total_bytes_ += failed ? 0 : size;
    }
    sizes_end_ = static_cast<double>(total_bytes_);
  }

  void step(const Place& place, std::uint64_t n_documents) {
    if (!is_terminal_) return;
    const Clock::time_point now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(200)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const auto before = bytes_before_.find(place.file);
    const double done = before == bytes_before_.end() ? 0
                                                      : static_cast<double>(before->second) +
                                                            static_cast<double>(place.offset);
    std::array<char, 160> line{};
    int used = std::snprintf(line.data(), line.size(), "\r%llu documents, %.0f a second",
                             static_cast<unsigned long long>(n_documents),
                             static_cast<double>(n_documents) / seconds);
    if (done > 0 && sizes_end_ > 0) {
      const double share = std::min(1.0, done / sizes_end_);
      const double left = seconds * (1 - share) / share;
      used += std::snprintf(
          line.data() + used, line.size() - static_cast<std::size_t>(used),
          ", %.0f%%, %.0f:%02.0f left", share * 100, left / 60,
          std::min(59.0, left - 60 * static_cast<double>(static_cast<int>(left / 60))));
    }
    std::cerr << line.data() << "\033[K" << std::flush;
    was_shown_ = true;
  }

  void end() {
    if (was_shown_) std::cerr << "\r\033[K";
  }

 private:
  bool is_terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool was_shown_ = false;
  std::map<std::string, std::uintmax_t> bytes_before_;
  std::uintmax_t total_bytes_ = 0;
  double sizes_end_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_ = start_;
};

/// One run: what it met, and the first thing that stopped it.
struct Ingest {
  Ledger& ledger;
  const Engine& engine;
  Ledger::Run run;
  std::optional<Error> failure;
  std::string version;

  bool take(const Place& place, Result<CodedRecords> coded, Progress& progress) {
    Result<void> done;
    if (!coded) {
      ++run.n_rejected;
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
    progress.step(place, run.n_new + run.n_revised);
    return !failure && g_interrupted == 0;
  }
};

void summarise(const Ledger::Run& run, const std::string& store) {
  std::cerr << "detente: " << run.n_new << " documents new, " << run.n_revised << " revised, "
            << run.n_known << " known, " << run.n_rejected << " rejected; " << store
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
  Ingest ingest{*ledger, *engine, {}, std::nullopt, engine->version()};
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
  summarise(ingest.run, arguments.store);
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
          "Codes news into a store that R, Python and SQL open. May be ended at any moment\n"
          "and run again: what is there is not read twice, and a changed page is a revision.\n"
          "What cannot be read goes into the table rejects (then the status is 3)."));
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
