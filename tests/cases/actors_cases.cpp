// Actors of short reports. An expectation names every mention that has a code or is spoken of
// again:
//   words -> code sector | identifier | office | resolved_by | members
// A number in front marks those that are one entity.

#include <gtest/gtest.h>

#include <map>

#include "case_file.h"
#include "detente/resolve/resolve.h"

namespace detente::resolve {
namespace {

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? ' ' : c;
  return out;
}

std::vector<std::string> check(const parse::ParserModel& model, const ReferenceTables& tables,
                               const cases::Case& c) {
  read::Document document;
  document.text = c.text;
  if (c.keys.contains("published")) document.published_at = Date::parse(c.keys.at("published"));
  parse::Workspace workspace(model);
  const parse::ParsedDocument parsed = parse::parse(document, model, workspace);
  const ResolvedDocument resolved = resolve(document, parsed, tables);
  std::vector<std::string> lines;
  std::map<std::uint32_t, int> numbers;
  for (const Mention& mention : resolved.mentions) {
    const Entity& entity = resolved.entities[mention.entity.value];
    const bool again = entity.mentions.size() > 1;
    if (entity.code.empty() && entity.members.empty() && !again) continue;
    std::string line;
    if (again) {
      const int number =
          numbers.try_emplace(mention.entity.value, static_cast<int>(numbers.size()) + 1)
              .first->second;
      line += std::to_string(number) + " ";
    }
    line += one_line(mention.span.in(document.text)) + " -> " +
            (entity.code.empty() ? "-" : entity.code);
    if (!entity.sector.empty()) line += " " + entity.sector;
    line += " | " + entity.identifier_text;
    if (!entity.office.empty()) line += " | " + entity.office;
    line += " | " + std::string(resolved_by_name(mention.resolved_by));
    std::string members;
    for (const EntityId member : entity.members) {
      members += (members.empty() ? "" : ", ") + resolved.entities[member.value].identifier_text;
    }
    if (!members.empty()) line += " | of " + members;
    lines.push_back(std::move(line));
  }
  return lines;
}

TEST(ActorCases, AreAsWritten) {
  const std::filesystem::path root = DETENTE_SOURCE_DIR;
  const std::filesystem::path file = root / ".cache" / "models" / "en.dtm";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no model at .cache/models/en.dtm (./dev setup makes it)";
  }
  if (!std::filesystem::exists(root / ".cache" / "places" / "places.idx")) {
    GTEST_SKIP() << "no gazetteer at .cache/places (./dev setup makes it)";
  }
  const auto model = parse::ParserModel::open(file);
  ASSERT_TRUE(model) << model.error().text();
  const auto tables = ReferenceTables::open(root / "data", root / ".cache" / "places");
  ASSERT_TRUE(tables) << tables.error().text();
  cases::run_cases("actors", 100, [&](const cases::Case& c) { return check(*model, *tables, c); });
}

}  // namespace
}  // namespace detente::resolve
