// Runs the whole reader over the texts of a JSON lines file, for the benches: either timed or told
// in full.
//
//   reader_probe time MODEL FILE.jsonl [THREADS [KERNELS [ROUNDS]]]   {"tokens", "seconds", …} per
//   round reader_probe tell MODEL FILE.jsonl                                one JSON object per
//   text
//
// KERNELS: scalar, avx2, avx512 or best. All texts are in memory before the clock starts.

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "detente/base/utf8.h"
#include "detente/parse/parse.h"

namespace {

using detente::parse::ParsedDocument;
using detente::parse::ParserModel;
using detente::parse::Workspace;
using detente::read::Document;
using nlohmann::json;

std::vector<Document> documents_of(const char* path) {
  std::vector<Document> documents;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    Document document;
    document.text = json::parse(line).at("text").get<std::string>();
    documents.push_back(std::move(document));
  }
  return documents;
}

// Of this program alone: what getrusage() tells counts the process that started it too.
double peak_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::strtod(line.c_str() + 6, nullptr) / 1024.0;
  }
  return 0.0;
}

std::uint64_t parse_all(const std::vector<Document>& documents, const ParserModel& model,
                        std::vector<Workspace>& workspaces) {
  std::atomic<std::size_t> next{0};
  std::atomic<std::uint64_t> n_tokens{0};
  const auto work = [&](Workspace& workspace) {
    for (std::size_t i = next++; i < documents.size(); i = next++) {
      n_tokens += detente::parse::parse(documents[i], model, workspace).tokens.size();
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < workspaces.size(); ++i)
    others.emplace_back(work, std::ref(workspaces[i]));
  work(workspaces[0]);
  for (std::thread& other : others) other.join();
  return n_tokens;
}

json told(const Document& document, const ParsedDocument& parsed) {
  const detente::utf8::OffsetMap map(document.text);
  json row;
  for (const char* key : {"begin", "end", "tag", "pos", "lemma", "dep", "head", "names", "starts"})
    row[key] = json::array();
  for (std::uint32_t i = 0; i < parsed.tokens.size(); ++i) {
    row["begin"].push_back(map.to_code_points(parsed.tokens.begin[i]));
    row["end"].push_back(map.to_code_points(parsed.tokens.end[i]));
    row["tag"].push_back(parsed.strings.view(parsed.tokens.tag[i]));
    row["pos"].push_back(parsed.strings.view(parsed.tokens.pos[i]));
    row["lemma"].push_back(parsed.strings.view(parsed.tokens.lemma[i]));
    row["dep"].push_back(parsed.strings.view(parsed.tokens.dep[i]));
    row["head"].push_back(parsed.tokens.head[i]);
  }
  for (const auto& name : parsed.names) {
    const detente::TextSpan span = parsed.tokens.span(name.tokens);
    row["names"].push_back({map.to_code_points(span.begin), map.to_code_points(span.end),
                            parsed.strings.view(name.type)});
  }
  for (const auto& sentence : parsed.sentences) row["starts"].push_back(sentence.begin);
  return row;
}

int run(int argc, char** argv) {
  std::optional<detente::nn::InstructionSet> set;
  if (argc > 5) {
    const std::string name = argv[5];
    if (name == "scalar") set = detente::nn::InstructionSet::Scalar;
    if (name == "avx2") set = detente::nn::InstructionSet::Avx2;
    if (name == "avx512") set = detente::nn::InstructionSet::Avx512;
  }
  auto model = ParserModel::open(argv[2], set);
  if (!model) {
    std::cerr << model.error().text() << '\n';
    return 3;
  }
  const std::vector<Document> documents = documents_of(argv[3]);
  if (std::string(argv[1]) == "tell") {
    Workspace workspace(*model);
    for (const Document& document : documents) {
      std::cout << told(document, detente::parse::parse(document, *model, workspace)).dump()
                << '\n';
    }
    return 0;
  }
  const int n_threads = argc > 4 ? std::atoi(argv[4]) : 1;
  const int n_rounds = argc > 6 ? std::atoi(argv[6]) : 1;
  for (int round = 0; round < n_rounds; ++round) {
    // Caches start empty in every round: nothing is won by having seen the text before.
    std::vector<Workspace> workspaces;
    for (int i = 0; i < n_threads; ++i) workspaces.emplace_back(*model);
    const auto start = std::chrono::steady_clock::now();
    const std::uint64_t n_tokens = parse_all(documents, *model, workspaces);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    std::cout << json({{"tokens", n_tokens},
                       {"seconds", took.count()},
                       {"tokens_per_s", static_cast<double>(n_tokens) / took.count()},
                       {"kernels", model->kernels().name},
                       {"threads", n_threads},
                       {"peak_mb", peak_mb()}})
                     .dump()
              << std::endl;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: reader_probe time|tell MODEL FILE.jsonl [THREADS [KERNELS [ROUNDS]]]\n";
    return 2;
  }
  return run(argc, argv);
}
