#include "detente/engine.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "detente/engine/engine.h"
#include "detente/engine/errors.h"

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

// Reads documents in batches, walks each through the rooms on one of the threads, and hands what
// `print` makes of it to `on_result` in the order of the input.
template <typename T, typename Print>
Result<RunSummary> for_each_walk(const std::filesystem::path& path, const InputOptions& input,
                                 const engine::Tables& tables, unsigned n_threads,
                                 engine::Stage last,
                                 const std::function<bool(Result<T>)>& on_result,
                                 const Print& print) {
  DETENTE_TRY(const read::ReadOptions how, read_options(path, input, tables.zones));
  std::vector<Result<read::Document>> batch;
  std::vector<std::optional<Result<T>>> results;
  std::vector<parse::Workspace> workspaces;  // one for every thread
  for (unsigned i = 0; i < n_threads; ++i) workspaces.emplace_back(tables.model);
  bool go_on = true;
  const auto work_off = [&] {
    results.assign(batch.size(), std::nullopt);
    std::atomic<std::size_t> next{0};
    const auto work = [&](parse::Workspace& workspace) {
      for (std::size_t i = next++; i < batch.size(); i = next++) {
        if (batch[i]) {
          results[i].emplace(print(engine::walk(*batch[i], tables, workspace, last)));
        } else {
          results[i].emplace(std::move(batch[i]).error());
        }
      }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(n_threads, batch.size()); ++i) {
      others.emplace_back(work, std::ref(workspaces[i]));
    }
    work(workspaces[0]);
    for (std::thread& other : others) other.join();
    for (std::optional<Result<T>>& result : results) go_on = go_on && on_result(std::move(*result));
    batch.clear();
  };
  const std::size_t batch_size = n_threads == 1 ? 1 : kBatchPerThread * n_threads;
  DETENTE_TRY(const read::ReadSummary summary,
              read::for_each_document(path, how, [&](Result<read::Document> document) {
                batch.push_back(std::move(document));
                if (batch.size() >= batch_size) work_off();
                return go_on;
              }));
  if (go_on) work_off();
  return RunSummary{summary.n_documents, summary.n_refused};
}

}  // namespace

struct Engine::State {
  engine::Tables tables;
  unsigned n_threads = 1;
};

Engine::Engine(std::unique_ptr<State> state) : state_(std::move(state)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

Result<Engine> Engine::open(const EngineOptions& options) {
  DETENTE_TRY(engine::Tables tables, engine::open_tables(options));
  return Engine(std::make_unique<State>(State{std::move(tables), std::max(1U, options.n_threads)}));
}

std::string_view Engine::model_name() const { return state_->tables.model.name(); }

Result<RunSummary> Engine::annotate(const std::filesystem::path& path, const InputOptions& input,
                                    const AnnotateOptions& options,
                                    const OnReading& on_reading) const {
  return for_each_walk<Reading>(path, input, state_->tables, state_->n_threads,
                                engine::Stage::Attribute, on_reading,
                                [&](const engine::Walk& walk) {
                                  Reading reading = engine::to_reading(walk.document);
                                  engine::add_findings(walk, reading);
                                  if (options.tokens) engine::add_tokens(walk.parsed, reading);
                                  return reading;
                                });
}

Result<RunSummary> Engine::code(const std::filesystem::path& path, const InputOptions& input,
                                const OnCoded& on_coded) const {
  if (!state_->tables.ontology) return engine::errors::opened_without_rules();
  return for_each_walk<CodedRecords>(path, input, state_->tables, state_->n_threads,
                                     engine::Stage::Code, on_coded, engine::to_records);
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
