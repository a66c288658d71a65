#include "detente/engine.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "detente/engine/engine.h"
#include "detente/engine/errors.h"
#include "detente/engine/pipeline.h"

namespace detente {
namespace {

// Documents under way: enough to keep threads busy while a batch is written, few enough to bound
// memory.
constexpr std::size_t kAheadPerThread = 48;
constexpr std::size_t kMostBytesAhead = std::size_t{16} << 20;

Result<read::ReadOptions> read_options(const std::filesystem::path& path, const InputOptions& input,
                                       const read::ZoneTables& zones) {
  read::ReadOptions options;
  options.published_at = input.published_at;
  options.zone_tables = &zones;
  options.skip_other_languages = true;
  std::error_code unknown;
  const auto written = std::filesystem::last_write_time(path, unknown);
  if (!unknown) {
    const auto since = std::chrono::file_clock::to_sys(written).time_since_epoch();
    options.file_date =
        Date(static_cast<std::int32_t>(std::chrono::floor<std::chrono::days>(since).count()));
  }
  if (!input.format.empty()) {
    options.format = read::format_named(input.format);
    if (!options.format) return engine::errors::unknown_format(input.format);
  }
  return options;
}

// One thing that the reader hands over: a document, or the error that stands in its place.
struct Item {
  Place place;
  Result<read::Document> document;
};
using Give = std::function<bool(Item)>;

template <typename T>
struct Placed {
  Place place;
  Result<T> result;
};

// Lets `source` read on a thread of its own (with several threads), walks each document through the
// rooms on one of the others, and hands what `print` makes of it to `take` in the order of the
// input.
template <typename T, typename Source, typename Print, typename Take>
auto for_each_walk(const Source& source, const engine::Tables& tables, unsigned n_threads,
                   engine::Stage last, const Print& print, const Take& take) {
  std::vector<parse::Workspace> workspaces;  // one for every thread
  for (unsigned i = 0; i < n_threads; ++i) workspaces.emplace_back(tables.model);
  const auto work = [&](Item item, unsigned thread_idx) -> Placed<T> {
    if (!item.document) return {std::move(item.place), std::move(item.document).error()};
    return {std::move(item.place),
            print(engine::walk(*item.document, tables, workspaces[thread_idx], last))};
  };
  if (n_threads == 1) {
    return source([&](Item item) { return take(work(std::move(item), 0)); });
  }
  std::optional<decltype(source(Give()))> outcome;
  engine::Pipeline<Item, Placed<T>> pipeline({kAheadPerThread * n_threads, kMostBytesAhead});
  pipeline.run(
      n_threads,
      [&] {
        outcome.emplace(source([&](Item item) {
          const std::size_t weight = item.document ? item.document->text.size() : 0;
          return pipeline.put(std::move(item), weight);
        }));
      },
      work, take);
  return std::move(*outcome);
}

// The documents of one file.
Result<RunSummary> read_file(const std::filesystem::path& path, const InputOptions& input,
                             const read::ZoneTables& zones, const Give& give) {
  DETENTE_TRY(const read::ReadOptions how, read_options(path, input, zones));
  DETENTE_TRY(
      const read::ReadSummary summary, read::for_each_item(path, how, [&](read::Item item) {
        read::Place& place = item.place;
        return give({{std::move(place.file), place.line, place.offset, std::move(place.member)},
                     std::move(item.document)});
      }));
  return RunSummary{summary.n_documents, summary.n_refused, 0};
}

template <typename T, typename Print>
Result<RunSummary> walk_file(const std::filesystem::path& path, const InputOptions& input,
                             const engine::Tables& tables, unsigned n_threads, engine::Stage last,
                             const std::function<bool(Result<T>)>& on_result, const Print& print) {
  return for_each_walk<T>(
      [&](const Give& give) { return read_file(path, input, tables.zones, give); }, tables,
      n_threads, last, print,
      [&](Placed<T> placed) { return on_result(std::move(placed.result)); });
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

const DictionaryReport* Engine::dictionary() const {
  return state_->tables.dictionary ? &*state_->tables.dictionary : nullptr;
}

std::string_view Engine::model_name() const { return state_->tables.model.name(); }

std::string Engine::version() const {
  std::string version = "model=" + std::string(model_name());
  if (state_->tables.ontology) version += " rules=" + state_->tables.ontology->checksum();
  return version;
}

Result<RunSummary> Engine::annotate(const std::filesystem::path& path, const InputOptions& input,
                                    const AnnotateOptions& options,
                                    const OnReading& on_reading) const {
  return walk_file<Reading>(path, input, state_->tables, state_->n_threads,
                            engine::Stage::Attribute, on_reading, [&](const engine::Walk& walk) {
                              Reading reading = engine::to_reading(walk.document);
                              engine::add_findings(walk, reading);
                              if (options.tokens) engine::add_tokens(walk.parsed, reading);
                              return reading;
                            });
}

Result<RunSummary> Engine::code(const std::filesystem::path& path, const InputOptions& input,
                                const OnCoded& on_coded) const {
  if (!state_->tables.ontology) return engine::errors::opened_without_rules();
  return walk_file<CodedRecords>(path, input, state_->tables, state_->n_threads,
                                 engine::Stage::Outlook, on_coded, engine::to_records);
}

RunSummary Engine::code_all(const std::vector<std::filesystem::path>& files,
                            const InputOptions& input, const IsWanted& is_wanted,
                            const OnPlaced& on_coded) const {
  const auto source = [&](const Give& give) {
    RunSummary all;
    bool go_on = true;
    for (const std::filesystem::path& file : files) {
      const Result<RunSummary> one = read_file(file, input, state_->tables.zones, [&](Item item) {
        if (item.document && is_wanted && !is_wanted(engine::to_reading(*item.document))) {
          ++all.n_passed_over;
          return go_on;
        }
        return go_on = give(std::move(item));
      });
      if (one) {
        all.n_documents += one->n_documents;
        all.n_refused += one->n_refused;
      } else {
        ++all.n_refused;
        go_on = go_on && give({{file.string(), 0, 0, {}}, one.error()});
      }
      if (!go_on) break;
    }
    return all;
  };
  return for_each_walk<CodedRecords>(source, state_->tables, state_->n_threads,
                                     engine::Stage::Outlook, engine::to_records,
                                     [&](Placed<CodedRecords> placed) {
                                       return on_coded(placed.place, std::move(placed.result));
                                     });
}

Result<RunSummary> Engine::read(const std::filesystem::path& path,
                                const std::filesystem::path& data, const InputOptions& input,
                                const OnReading& on_reading) {
  DETENTE_TRY(const read::ZoneTables zones, read::ZoneTables::open(data));
  DETENTE_TRY(read::ReadOptions how, read_options(path, input, zones));
  how.skip_other_languages = false;
  DETENTE_TRY(const read::ReadSummary summary,
              read::for_each_document(path, how, [&](Result<read::Document> document) {
                if (!document) return on_reading(std::move(document).error());
                return on_reading(engine::to_reading(*document));
              }));
  return RunSummary{summary.n_documents, summary.n_refused, 0};
}

Result<void> add_model(const std::filesystem::path& folder, const std::filesystem::path& data,
                       const std::filesystem::path& out) {
  return parse::convert_pipeline(folder, data / "language", out);
}

}  // namespace detente
