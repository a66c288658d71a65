#include "detente/engine/stages.h"

#include <utility>

namespace detente::engine {

Result<Tables> open_tables(const std::filesystem::path& model, const std::filesystem::path& data,
                           const std::vector<std::filesystem::path>& more_ontology) {
  DETENTE_TRY(parse::ParserModel parser, parse::ParserModel::open(model));
  DETENTE_TRY(read::ZoneTables zones, read::ZoneTables::open(data));
  DETENTE_TRY(events::Ontology ontology, events::Ontology::open(data / "ontology", more_ontology));
  return Tables{std::move(parser), std::move(zones), std::move(ontology)};
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
  run(Stage::Code, [&] {
    w.coded = events::code(document, w.parsed, w.resolved, w.attributed, tables.ontology);
  });
  return w;
}

}  // namespace detente::engine
