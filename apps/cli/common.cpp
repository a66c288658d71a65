#include "common.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "json.h"

namespace detente::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

fs::path program_folder() {
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed);
  return failed ? fs::path(".") : self.parent_path();
}

// The first that exists of: what was asked for, the environment, the installed place, the
// checkout's.
fs::path first_there(const std::string& asked, const char* variable, const fs::path& installed,
                     const fs::path& checkout) {
  if (!asked.empty()) return asked;
  if (const char* value = std::getenv(variable); value != nullptr && *value != '\0') return value;
  const fs::path beside = program_folder() / ".." / "share" / "detente" / installed;
  std::error_code failed;
#ifdef DETENTE_CHECKOUT
  const fs::path in_checkout = fs::path(DETENTE_CHECKOUT) / checkout;
  if (!fs::exists(beside, failed) && fs::exists(in_checkout, failed)) return in_checkout;
#else
  static_cast<void>(checkout);
#endif
  return beside.lexically_normal();
}

Json offsets(Offsets at) {
  Json json;
  json["start"] = at.start;
  json["end"] = at.end;
  return json;
}

Json to_json(const ReadMention& mention) {
  Json json = offsets(mention.at);
  json["type"] = mention.type;
  json["cluster"] = mention.cluster;
  put(json, "code", mention.code);
  put(json, "sector", mention.sector);
  put(json, "identifier_text", mention.identifier_text);
  put(json, "office", mention.office);
  if (!mention.members.empty()) json["members"] = mention.members;
  put(json, "resolved_by", mention.resolved_by);
  put(json, "why", mention.why);
  return json;
}

Json to_json(const ReadAttribution& attribution) {
  Json json;
  json["source"] = attribution.source ? span(*attribution.source) : Json(nullptr);
  json["cue"] = span(attribution.cue);
  json["content"] = span(attribution.content);
  json["quote"] = attribution.quote;
  json["stance"] = attribution.stance;
  json["via"] = Json::array();
  for (Offsets via : attribution.via) json["via"].push_back(span(via));
  return json;
}

Json to_json(const ReadDate& date) {
  Json json = offsets(date.at);
  json["text"] = date.text;
  json["value"] = date.value;
  json["date"] = date.date;
  json["enddate"] = date.enddate;
  json["precision"] = date.precision;
  put(json, "derivation", date.derivation);
  return json;
}

Json to_json(const ReadToken& token) {
  Json json = offsets(token.at);
  json["text"] = token.text;
  json["lemma"] = token.lemma;
  json["pos"] = token.pos;
  json["tag"] = token.tag;
  json["head"] = token.head;
  json["dep"] = token.dep;
  json["ent"] = token.ent;
  return json;
}

}  // namespace

void add_engine_options(CLI::App& app, EngineArguments& arguments) {
  app.add_option("--model", arguments.model, "Model file made by `detente model add`")
      ->type_name("FILE");
  app.add_option("--data", arguments.data, "Folder of the tables")->type_name("DIR");
  app.add_option("--actors", arguments.actors, "Tables of actors in the place of DATA/actors")
      ->type_name("DIR");
  app.add_option("--threads", arguments.n_threads, "Threads; the output is the same for any number")
      ->type_name("N")
      ->check(CLI::Range(1U, 256U))
      ->capture_default_str();
}

void add_input_options(CLI::App& app, InputArguments& arguments) {
  app.add_option(
         "FILE", arguments.files,
         "News: .txt .html .jsonl .csv .warc .xml, .gz .zst, or a folder;\n- is standard input")
      ->required();
  app.add_option("--published", arguments.published, "Day on which the news appeared, YYYY-MM-DD")
      ->type_name("DATE");
  app.add_option("--input", arguments.format,
                 "plain, jsonl, csv, html, warc or feed; else told from the file")
      ->type_name("FORMAT");
}

fs::path data_folder(const std::string& asked) {
  return first_there(asked, "DETENTE_DATA", "data", "data");
}

EngineOptions engine_options(const EngineArguments& arguments) {
  return {first_there(arguments.model, "DETENTE_MODEL", "models/en.dtm", ".cache/models/en.dtm"),
          data_folder(arguments.data),
          arguments.n_threads,
          {},
          {},
          first_there("", "DETENTE_PLACES", "places", ".cache/places"),
          true,
          arguments.actors};
}

void use_ontology(const std::vector<std::string>& asked, EngineOptions& options) {
  constexpr std::string_view kDictionary = "petrarch:";
  for (const std::string& one : asked) {
    if (one.rfind(kDictionary, 0) == 0) {
      options.dictionary = one.substr(kDictionary.size());
    } else {
      options.ontology.emplace_back(one);
    }
  }
}

void tell_refused(const Engine& engine) {
  const DictionaryReport* report = engine.dictionary();
  if (report == nullptr) return;
  for (const DictionaryReport::RefusedLine& line : report->refused) {
    std::cerr << "detente: line " << line.line << " of the dictionary is not taken: " << line.reason
              << ": " << line.text << '\n';
  }
  std::cerr << "detente: " << report->n_patterns << " patterns and " << report->n_verbs
            << " verbs of the dictionary are in use; " << report->refused.size()
            << " lines were not taken\n";
}

int complain(const Error& error) {
  std::cerr << "detente: " << error.text() << '\n';
  switch (error.kind) {
    case ErrorKind::BadUsage:
      return kWrongUsage;
    case ErrorKind::Internal:
      return kOurFault;
    case ErrorKind::BadInput:
      break;
  }
  return kBadInput;
}

std::string help_text(std::string_view example, std::string_view what) {
  return "Example:\n  " + std::string(example) + "\n\n" + std::string(what);
}

int input_files(const InputArguments& arguments, InputOptions& input,
                std::vector<std::string>& files) {
  input.format = arguments.format;
  if (!arguments.published.empty()) {
    input.published_at = Date::parse(arguments.published);
    if (!input.published_at) {
      return complain({"D0901",
                       "--published " + arguments.published +
                           ": no such day. Write YYYY-MM-DD, as in 2022-04-22.",
                       ErrorKind::BadUsage});
    }
  }
  int status = kDone;
  for (const std::string& file : arguments.files) {
    std::error_code failed;
    if (file != "-" && !fs::exists(file, failed)) {
      status = complain({"D0001", file + ": there is no such file or folder. Check the name."});
    } else if (fs::is_directory(file, failed)) {
      // What is hidden (".DS_Store", ".git") is not meant.
      std::vector<std::string> inside;
      for (auto entry = fs::recursive_directory_iterator(file, failed);
           entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
        const bool is_hidden = entry->path().filename().string().starts_with('.');
        if (is_hidden && entry->is_directory(failed)) entry.disable_recursion_pending();
        if (!is_hidden && entry->is_regular_file(failed)) inside.push_back(entry->path().string());
      }
      if (inside.empty()) std::cerr << "detente: " << file << ": the folder holds no files\n";
      std::sort(inside.begin(), inside.end());
      files.insert(files.end(), inside.begin(), inside.end());
    } else {
      files.push_back(file);
    }
  }
  return status;
}

int for_each_file(
    const InputArguments& arguments, const std::function<Result<void>()>& prepare,
    const std::function<Result<RunSummary>(const std::string&, const InputOptions&)>& one) {
  InputOptions input;
  std::vector<std::string> files;
  int status = input_files(arguments, input, files);
  if (status == kWrongUsage) return status;
  if (files.empty()) return status == kDone ? kNothingFound : status;
  if (const Result<void> ready = prepare(); !ready) return complain(ready.error());
  std::uint64_t n_documents = 0;
  for (const std::string& file : files) {
    const Result<RunSummary> summary = one(file, input);
    if (!summary) {
      status = complain(summary.error());
      if (status == kWrongUsage) return status;
      continue;
    }
    n_documents += summary->n_documents;
    if (summary->n_refused > 0) status = kBadInput;
  }
  if (status != kDone || n_documents > 0) return status;
  std::cerr << "detente: no documents were read\n";
  return kNothingFound;
}

std::string dump(const Json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Json to_json(const Reading& reading, bool with_tokens) {
  Json json;
  json["document_id"] = reading.document_id;
  if (!reading.url.empty()) json["url"] = reading.url;
  if (!reading.title.empty()) json["title"] = reading.title;
  if (!reading.publisher.empty()) json["publisher"] = reading.publisher;
  json["published"] = reading.published_at ? Json(reading.published_at->text()) : Json(nullptr);
  json["text"] = reading.text;
  const auto all = [&](const char* key, const auto& records) {
    json[key] = Json::array();
    for (const auto& record : records) json[key].push_back(to_json(record));
  };
  all("dates", reading.dates);
  all("attributions", reading.attributions);
  all("mentions", reading.mentions);
  json["zones"] = Json::array();
  for (const ReadZone& zone : reading.zones) {
    Json entry = offsets(zone.at);
    entry["zone"] = zone.zone;
    json["zones"].push_back(std::move(entry));
  }
  json["remarks"] = Json::array();
  for (const ReadRemark& remark : reading.remarks) {
    Json entry = offsets(remark.at);
    entry["code"] = remark.code;
    entry["message"] = remark.message;
    json["remarks"].push_back(std::move(entry));
  }
  if (with_tokens) {
    all("tokens", reading.tokens);
    json["sentences"] = Json::array();
    for (Offsets sentence : reading.sentences) json["sentences"].push_back(span(sentence));
  }
  return json;
}

}  // namespace detente::cli
