#include "detente/engine/stages.h"

#include <optional>
#include <thread>
#include <utility>

#include "detente/engine/errors.h"

namespace detente::engine {
namespace {

/// The rules of data/ontology and what was asked for beside them, or a dictionary in their place.
Result<events::Ontology> open_ontology(const EngineOptions& options,
                                       std::optional<DictionaryReport>& dictionary) {
  const std::filesystem::path folder = options.data / "ontology";
  if (options.dictionary.empty()) return events::Ontology::open(folder, options.ontology);
  if (!options.ontology.empty()) return errors::rules_beside_dictionary(options.ontology.front());
  events::DictionaryReport report;
  DETENTE_TRY(events::Ontology ontology,
              events::Ontology::open_petrarch(folder, options.dictionary, &report));
  dictionary.emplace(DictionaryReport{report.n_verbs, report.n_patterns, {}});
  for (auto& [line, text, reason] : report.refused) {
    dictionary->refused.push_back({line, std::move(text), std::move(reason)});
  }
  return ontology;
}

}  // namespace

Result<Tables> open_tables(const EngineOptions& options) {
  // The tables of actors take longer than all the rest together: a thread of their own starts the
  // command sooner.
  std::optional<Result<resolve::ReferenceTables>> reference;
  std::thread loader([&] {
    reference.emplace(resolve::ReferenceTables::open(options.data, options.places, options.actors));
  });
  const auto the_rest = [&]() -> Result<Tables> {
    DETENTE_TRY(parse::ParserModel parser, parse::ParserModel::open(options.model));
    DETENTE_TRY(read::ZoneTables zones, read::ZoneTables::open(options.data));
    DETENTE_TRY(attribute::CueTables cues, attribute::CueTables::open(options.data));
    std::optional<events::Ontology> ontology;
    std::optional<DictionaryReport> dictionary;
    outlook::OutlookTables outlook;
    if (options.coding) {
      DETENTE_TRY(ontology, open_ontology(options, dictionary));
      DETENTE_TRY(outlook, outlook::OutlookTables::open(options.data));
    }
    loader.join();
    DETENTE_TRY(resolve::ReferenceTables tables, std::move(*reference));
    return Tables{std::move(parser),   std::move(zones),   std::move(tables),    std::move(cues),
                  std::move(ontology), std::move(outlook), std::move(dictionary)};
  };
  Result<Tables> tables = the_rest();
  if (loader.joinable()) loader.join();
  return tables;
}

Walk walk(const read::Document& document, const Tables& tables, parse::Workspace& workspace,
          Stage last, StageTimes* times) {
  Walk w{document, {}, {}, {}, {}, {}};
  const auto run = [&](Stage stage, auto&& room) {
    if (stage > last) return;
    const auto start = std::chrono::steady_clock::now();
    room();
    if (times != nullptr)
      (*times)[static_cast<std::size_t>(stage)] += std::chrono::steady_clock::now() - start;
  };
  // A reading shows the parse as the model makes it; events are read paragraph by paragraph.
  const auto sentences =
      last >= Stage::Code ? parse::Sentences::WithinParagraphs : parse::Sentences::AsTheModelFinds;
  run(Stage::Parse, [&] { w.parsed = parse::parse(document, tables.model, workspace, sentences); });
  run(Stage::Resolve, [&] { w.resolved = resolve::resolve(document, w.parsed, tables.reference); });
  run(Stage::Attribute,
      [&] { w.attributed = attribute::attribute(document, w.parsed, w.resolved, tables.cues); });
  run(Stage::Code, [&] {
    if (tables.ontology)
      w.coded = events::code(document, w.parsed, w.resolved, w.attributed, *tables.ontology);
  });
  run(Stage::Outlook, [&] {
    if (tables.ontology)
      w.outlook =
          outlook::find({document, w.parsed, w.resolved, w.attributed, w.coded}, tables.outlook);
  });
  return w;
}

}  // namespace detente::engine
