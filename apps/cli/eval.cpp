// detente eval: how near to the gold is what we code, or what a file says was coded?

#include <cstdio>
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "common.h"
#include "detente/score/score.h"
#include "record_json.h"

namespace detente::cli {
namespace {

using Json = nlohmann::ordered_json;
using score::Coded;
using score::Gold;
using score::GoldKind;
using score::Scores;

struct EvalArguments {
  EngineArguments engine;
  std::string gold;
  std::vector<std::string> files;
  std::vector<std::string> ontology;
  bool json = false;
};

InputOptions published(const std::string& day) {
  InputOptions input;
  input.published_at = Date::parse(day);
  return input;
}

/// Codes one file of the gold and keeps what the scorers look at.
Result<void> code_into(const Engine& engine, const std::filesystem::path& path,
                       const InputOptions& input, Coded& coded) {
  Result<void> status;
  DETENTE_TRY(const RunSummary summary, engine.code(path, input, [&](Result<CodedRecords> records) {
    if (!records) {
      status = records.error();
      return false;
    }
    const auto add = [&](const auto& all) {
      for (const auto& record : all) {
        if (status) status = coded.add(dump(to_json(record)), path.string());
      }
    };
    add(records->events);
    add(records->claims);
    add(records->commitments);
    add(records->expectations);
    return static_cast<bool>(status);
  }));
  static_cast<void>(summary);
  return status;
}

Result<void> annotate_into(const Engine& engine, const score::GoldText& text, Coded& coded) {
  Result<void> status;
  DETENTE_TRY(const RunSummary summary,
              engine.annotate(text.path, published(text.published), {}, [&](Result<Reading> r) {
                status = r ? coded.add(dump(to_json(*r, false)), text.path.string(), text.name)
                           : Result<void>(r.error());
                return static_cast<bool>(status);
              }));
  static_cast<void>(summary);
  return status;
}

/// Bodies of pages, by the readers alone.
Result<void> read_pages(const Gold& gold, const std::filesystem::path& data, Coded& coded) {
  std::optional<Error> first_error;
  for (const score::GoldPage& page : gold.pages) {
    const auto read = Engine::read(page.path, data, {}, [&](Result<Reading> reading) {
      if (reading) {
        coded.texts[page.name].body = reading->text;
      } else if (!first_error) {
        first_error = reading.error();
      }
      return true;
    });
    if (!read && !first_error) first_error = read.error();
  }
  if (coded.texts.empty() && first_error) {
    return Error{"D0903", "none of the pages could be read, the first for this reason: " +
                              first_error->text() +
                              "\nTo score what another reader made of them, name its JSON lines "
                              "after the gold."};
  }
  return {};
}

Result<void> code_gold(const EvalArguments& arguments, const Gold& gold, Coded& coded) {
  if (gold.kind == GoldKind::Pages) {
    return read_pages(gold, data_folder(arguments.engine.data), coded);
  }
  EngineOptions options = engine_options(arguments.engine);
  options.coding = gold.kind != GoldKind::Texts;
  use_ontology(arguments.ontology, options);
  DETENTE_TRY(const Engine engine, Engine::open(options));
  tell_refused(engine);
  if (gold.kind == GoldKind::Sentences) return code_into(engine, arguments.gold, {}, coded);
  if (gold.kind == GoldKind::Article) {
    return code_into(engine, gold.article.path, published(gold.article.published), coded);
  }
  for (const score::GoldText& text : gold.texts) {
    DETENTE_TRY_VOID(annotate_into(engine, text, coded));
  }
  return {};
}

std::string three_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(text.size(), width), ' ');
  return text;
}

void print_table(const Scores& scores) {
  for (const score::Verdict& verdict : scores.verdicts) {
    std::cout << padded(verdict.kind, 13) << padded(verdict.id, 5) << padded(verdict.state, 11)
              << padded(verdict.required ? "" : "optional", 10) << verdict.text << '\n';
  }
  if (!scores.verdicts.empty()) std::cout << '\n';
  for (const score::Figure& figure : scores.figures) {
    std::cout << padded(figure.name, 36) << three_digits(figure.value);
    if (figure.share) std::cout << "  (" << figure.share->right << "/" << figure.share->of << ")";
    std::cout << '\n';
  }
  if (!scores.verdicts.empty()) {
    std::cout << scores.n_faults << " required records missing, split or forbidden\n";
  }
  if (!scores.calibration) return;
  std::cout << padded("expected calibration error", 36)
            << three_digits(scores.calibration->expected_error) << "\n\n"
            << "confidence   events   mean    right\n";
  for (const score::CalibrationBin& bin : scores.calibration->bins) {
    if (bin.n == 0) continue;
    std::cout << three_digits(bin.from).substr(0, 3) << "-" << padded(three_digits(bin.to), 9)
              << padded(std::to_string(bin.n), 9) << padded(three_digits(bin.mean_confidence), 8)
              << three_digits(static_cast<double>(bin.n_right) / static_cast<double>(bin.n))
              << '\n';
  }
}

Json to_json(const score::Calibration& calibration) {
  Json json;
  json["expected_error"] = calibration.expected_error;
  json["bins"] = Json::array();
  for (const score::CalibrationBin& bin : calibration.bins) {
    json["bins"].push_back({{"from", bin.from},
                            {"to", bin.to},
                            {"n", bin.n},
                            {"right", bin.n_right},
                            {"mean_confidence", bin.mean_confidence}});
  }
  return json;
}

Json to_json(const Scores& scores) {
  Json json;
  json["figures"] = Json::array();
  for (const score::Figure& figure : scores.figures) {
    Json row{{"name", figure.name}, {"value", figure.value}};
    if (figure.share) {
      row["right"] = figure.share->right;
      row["of"] = figure.share->of;
    }
    json["figures"].push_back(std::move(row));
  }
  if (scores.calibration) json["calibration"] = to_json(*scores.calibration);
  if (!scores.verdicts.empty()) {
    json["faults"] = scores.n_faults;
    json["verdicts"] = Json::array();
    for (const score::Verdict& verdict : scores.verdicts) {
      json["verdicts"].push_back({{"kind", verdict.kind},
                                  {"id", verdict.id},
                                  {"state", verdict.state},
                                  {"required", verdict.required},
                                  {"text", verdict.text}});
    }
  }
  return json;
}

Result<Scores> evaluate(const EvalArguments& arguments) {
  DETENTE_TRY(const Gold gold, Gold::open(arguments.gold));
  Coded coded;
  for (const std::string& file : arguments.files) DETENTE_TRY_VOID(coded.add_file(file));
  if (arguments.files.empty()) DETENTE_TRY_VOID(code_gold(arguments, gold, coded));
  return score::score(gold, coded);
}

int run(const EvalArguments& arguments) {
  const Result<Scores> scores = evaluate(arguments);
  if (!scores) return complain(scores.error());
  if (arguments.json) {
    std::cout << dump(to_json(*scores)) << '\n';
  } else {
    print_table(*scores);
  }
  return kDone;
}

}  // namespace

void add_eval(CLI::App& program, int& status) {
  auto arguments = std::make_shared<EvalArguments>();
  CLI::App* app = program.add_subcommand(
      "eval", help_text("detente eval sentences.jsonl",
                        "Scores against gold: what we code, or what was coded into FILE."));
  app->add_option("GOLD", arguments->gold,
                  "A file or folder of gold, its form told from its content")
      ->required();
  app->add_option("FILE", arguments->files,
                  "Records that were coded: JSON lines, or a folder of readings");
  app->add_option("--ontology", arguments->ontology,
                  "Rules to read after data/ontology, or petrarch:FILE in their place")
      ->type_name("DIR");
  app->add_flag("--json", arguments->json, "One JSON object instead of a table");
  add_engine_options(*app, arguments->engine);
  app->callback([arguments, &status] { status = run(*arguments); });
}

}  // namespace detente::cli
