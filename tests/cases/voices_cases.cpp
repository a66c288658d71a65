// Who says what, through whom. An expectation names every attribution in the order of its content:
//   speaker < reporter < reporter | cue | quote stance | content
// The speaker is - where it is left unsaid. Needs the model; skips by name without it.

#include <gtest/gtest.h>

#include "case_file.h"
#include "detente/attribute/attribute.h"

namespace detente::attribute {
namespace {

std::string on_one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? '/' : c;
  return out;
}

std::vector<std::string> check(const read::ZoneTables& zones, const parse::ParserModel& model,
                               parse::Workspace& workspace, const CueTables& tables,
                               const cases::Case& c) {
  read::ReadOptions options;
  options.id = c.path.stem().string();
  options.zone_tables = &zones;
  const auto document = read::read_plain(c.text, options);
  if (!document) return {document.error().text()};
  const parse::ParsedDocument parsed = parse::parse(*document, model, workspace);
  std::vector<std::string> lines;
  for (const Attribution& a : attribute(*document, parsed, {}, tables).attributions) {
    EXPECT_FALSE(a.cue.overlaps(a.content)) << c.path;
    std::string line = a.source ? on_one_line(a.source->in(document->text)) : "-";
    for (const Reporter& reporter : a.via) {
      line += " < " + on_one_line(reporter.source.in(document->text));
    }
    line += " | " + on_one_line(a.cue.in(document->text));
    line += " | " + std::string(quote_name(a.quote)) + " " + std::string(stance_name(a.stance));
    line += " | " + on_one_line(a.content.in(document->text));
    lines.push_back(line);
  }
  return lines;
}

TEST(VoiceCases, AreAsWritten) {
  const std::filesystem::path root(DETENTE_SOURCE_DIR);
  const std::filesystem::path file = root / ".cache/models/en.dtm";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is not here";
  const auto model = parse::ParserModel::open(file);
  ASSERT_TRUE(model) << model.error().text();
  const auto zones = read::ZoneTables::open(root / "data");
  ASSERT_TRUE(zones) << zones.error().text();
  const auto tables = CueTables::open(root / "data");
  ASSERT_TRUE(tables) << tables.error().text();
  parse::Workspace workspace(*model);
  cases::run_cases("voices", 120, [&](const cases::Case& c) {
    return check(*zones, *model, workspace, *tables, c);
  });
}

}  // namespace
}  // namespace detente::attribute
