#include "detente/engine/stages.h"

#include <utility>

namespace detente::engine {

Result<Tables> open_tables(const EngineOptions& options) {
  DETENTE_TRY(parse::ParserModel parser, parse::ParserModel::open(options.model));
  DETENTE_TRY(read::ZoneTables zones, read::ZoneTables::open(options.data));
  DETENTE_TRY(resolve::ReferenceTables reference,
              resolve::ReferenceTables::open(options.data, options.places));
  DETENTE_TRY(attribute::CueTables cues, attribute::CueTables::open(options.data));
  Tables tables{std::move(parser), std::move(zones), std::move(reference), std::move(cues),
                std::nullopt};
  if (options.coding) {
    DETENTE_TRY(tables.ontology,
                events::Ontology::open(options.data / "ontology", options.ontology));
  }
  return tables;
}

Walk walk(const read::Document& document, const Tables& tables, parse::Workspace& workspace,
          Stage last, StageTimes* times) {
  Walk w{document, {}, {}, {}, {}};
  const auto run = [&](Stage stage, auto&& room) {
    if (stage > last) return;
    const auto start = std::chrono::steady_clock::now();
    room();
    if (times != nullptr)
      (*times)[static_cast<std::size_t>(stage)] += std::chrono::steady_clock::now() - start;
  };
  run(Stage::Parse, [&] { w.parsed = parse::parse(document, tables.model, workspace); });
  run(Stage::Resolve, [&] { w.resolved = resolve::resolve(document, w.parsed, tables.reference); });
  run(Stage::Attribute,
      [&] { w.attributed = attribute::attribute(document, w.parsed, w.resolved, tables.cues); });
  run(Stage::Code, [&] {
    if (tables.ontology)
      w.coded = events::code(document, w.parsed, w.resolved, w.attributed, *tables.ontology);
  });
  return w;
}

}  // namespace detente::engine
