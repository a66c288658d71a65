#include "detente/engine.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "detente/engine/engine.h"
#include "detente/engine/errors.h"
#include "detente/parse/parse.h"
#include "detente/read/read.h"

namespace detente {
namespace {

// Documents read ahead, per thread: enough to keep threads busy, few enough to bound memory (4 MiB
// of text each at most).
constexpr std::size_t kBatchPerThread = 8;

Result<read::ReadOptions> read_options(const std::filesystem::path& path, const InputOptions& input,
                                       const read::ZoneTables& zones) {
  constexpr std::array<std::pair<std::string_view, read::Format>, 3> kFormats{
      {{"plain", read::Format::Plain},
       {"jsonl", read::Format::JsonLines},
       {"csv", read::Format::Csv}}};
  read::ReadOptions options;
  options.published_at = input.published_at;
  options.zone_tables = &zones;
  std::error_code unknown;
  const auto written = std::filesystem::last_write_time(path, unknown);
  if (!unknown) {
    const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
    options.file_date =
        Date(static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(since).count()));
  }
  if (!input.format.empty()) {
    const auto* found = std::find_if(kFormats.begin(), kFormats.end(),
                                     [&](const auto& f) { return f.first == input.format; });
    if (found == kFormats.end()) return engine::errors::unknown_format(input.format);
    options.format = found->second;
  }
  return options;
}

}  // namespace

struct Engine::State {
  parse::ParserModel model;
  read::ZoneTables zones;
  unsigned n_threads = 1;

  Reading annotate(const read::Document& document, const AnnotateOptions& options,
                   parse::Workspace& workspace) const {
    const parse::ParsedDocument parsed = parse::parse(document, model, workspace);
    Reading reading = engine::to_reading(document);
    if (options.tokens) engine::add_tokens(parsed, reading);
    return reading;
  }
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
  DETENTE_TRY(parse::ParserModel model, parse::ParserModel::open(options.model));
  DETENTE_TRY(read::ZoneTables zones, read::ZoneTables::open(options.data));
  return Engine(std::make_unique<State>(
      State{std::move(model), std::move(zones), std::max(1U, options.n_threads)}));
}

std::string_view Engine::model_name() const { return state_->model.name(); }

Result<RunSummary> Engine::annotate(const std::filesystem::path& path, const InputOptions& input,
                                    const AnnotateOptions& options,
                                    const OnReading& on_reading) const {
  DETENTE_TRY(const read::ReadOptions how, read_options(path, input, state_->zones));
  std::vector<Result<read::Document>> batch;
  std::vector<std::optional<Result<Reading>>> readings;
  // A workspace of its own for every thread; results are taken out in the order of the input.
  std::vector<parse::Workspace> workspaces;
  for (unsigned i = 0; i < state_->n_threads; ++i) workspaces.emplace_back(state_->model);
  bool go_on = true;
  const auto work_off = [&] {
    readings.assign(batch.size(), std::nullopt);
    std::atomic<std::size_t> next{0};
    const auto work = [&](parse::Workspace& workspace) {
      for (std::size_t i = next++; i < batch.size(); i = next++) {
        if (batch[i]) {
          readings[i].emplace(state_->annotate(*batch[i], options, workspace));
        } else {
          readings[i].emplace(std::move(batch[i]).error());
        }
      }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(state_->n_threads, batch.size()); ++i) {
      others.emplace_back(work, std::ref(workspaces[i]));
    }
    work(workspaces[0]);
    for (std::thread& other : others) other.join();
    for (std::optional<Result<Reading>>& reading : readings)
      go_on = go_on && on_reading(std::move(*reading));
    batch.clear();
  };
  const std::size_t batch_size = state_->n_threads == 1 ? 1 : kBatchPerThread * state_->n_threads;
  DETENTE_TRY(const read::ReadSummary summary,
              read::for_each_document(path, how, [&](Result<read::Document> document) {
                batch.push_back(std::move(document));
                if (batch.size() >= batch_size) work_off();
                return go_on;
              }));
  if (go_on) work_off();
  return RunSummary{summary.n_documents, summary.n_refused};
}

Result<RunSummary> Engine::read(const std::filesystem::path& path,
                                const std::filesystem::path& data, const InputOptions& input,
                                const OnReading& on_reading) {
  DETENTE_TRY(const read::ZoneTables zones, read::ZoneTables::open(data));
  DETENTE_TRY(const read::ReadOptions how, read_options(path, input, zones));
  DETENTE_TRY(const read::ReadSummary summary,
              read::for_each_document(path, how, [&](Result<read::Document> document) {
                if (!document) return on_reading(std::move(document).error());
                return on_reading(engine::to_reading(*document));
              }));
  return RunSummary{summary.n_documents, summary.n_refused};
}

Result<void> add_model(const std::filesystem::path& folder, const std::filesystem::path& data,
                       const std::filesystem::path& out) {
  return parse::convert_pipeline(folder, data / "language", out);
}

}  // namespace detente
