#include "detente/score/coded.h"

#include <algorithm>

#include "detente/base/mapped_file.h"
#include "detente/score/errors.h"
#include "detente/score/json.h"

namespace detente::score {
namespace {

namespace fs = std::filesystem;

Names names_of(const Json& entity) {
  if (entity.is_string()) return {{}, entity.get<std::string>()};
  return {text_at(entity, "identifier_text"), text_at(entity, "entity_text")};
}

Days days_of(const Json& record) { return {text_at(record, "date"), text_at(record, "enddate")}; }

std::vector<Names> all_names(const Json& entities) {
  std::vector<Names> out;
  if (entities.is_array()) {
    for (const Json& entity : entities) out.push_back(names_of(entity));
  }
  return out;
}

CodedEvent event_of(const Json& record) {
  CodedEvent event;
  event.document = text_at(record, "document_id");
  event.event = texts_at(record, "event");
  event.actor = codes_at(record, "actor");
  event.recipient = codes_at(record, "recipient");
  for (auto& mode : texts_at(record, "auxiliary_modes")) event.auxiliary_modes.insert(mode);
  event.days = days_of(record);
  for (const Json& mention : at(record, "mentions")) {
    const auto trigger = span_of(at(mention, "trigger"));
    event.mentions.push_back(trigger ? *trigger : bounds_of(mention));
  }
  const auto words = texts_at(record, "event_text");
  if (!words.empty()) event.text = words.front();
  const Json& confidence = at(record, "confidence");
  if (confidence.is_number()) event.confidence = confidence.get<double>();
  return event;
}

CodedExpectation expectation_of(const Json& record) {
  CodedExpectation expectation{
      names_of(at(record, "by")), codes_at(record, "about"), text_at(record, "direction"), {}};
  const Json& evidence = at(record, "evidence");
  if (evidence.is_object()) expectation.evidence.push_back(bounds_of(evidence));
  if (evidence.is_array()) {
    for (const Json& one : evidence) expectation.evidence.push_back(bounds_of(one));
  }
  return expectation;
}

}  // namespace

std::string document_name(std::string_view id) {
  if (const auto slash = id.rfind('/'); slash != std::string_view::npos) id = id.substr(slash + 1);
  for (const std::string_view ending : {".gz", ".html", ".txt", ".json"}) {
    if (id.ends_with(ending)) id.remove_suffix(ending.size());
  }
  return std::string(id);
}

Result<void> Coded::add(std::string_view json, std::string_view where, std::string_view name) {
  const Json record = Json::parse(json, nullptr, false);
  const std::string kind = text_at(record, "kind");
  if (kind == "claim") {
    claims.push_back({names_of(at(record, "speaker")), all_names(at(record, "via")),
                      span_of(at(record, "content")).value_or(Span{})});
  } else if (kind == "commitment") {
    commitments.push_back(
        {codes_at(record, "by"), text_at(record, "status"), days_of(at(record, "made"))});
  } else if (kind == "expectation") {
    expectations.push_back(expectation_of(record));
  } else if (kind == "event" || (kind.empty() && !at(record, "event").is_null())) {
    events.push_back(event_of(record));
  } else if (kind.empty() && record.is_object() &&
             (at(record, "text").is_string() || at(record, "dates").is_array())) {
    texts[name.empty() ? document_name(text_at(record, "document_id")) : std::string(name)] = {
        text_at(record, "text"), dates_of(record), attributions_of(record), mentions_of(record)};
  } else if (kind.empty()) {
    return errors::no_record(where);
  }
  return {};
}

Result<void> Coded::add_file(const fs::path& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path, failed)) {
      if (entry.path().extension() == ".json") inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    for (const fs::path& one : inside) {
      DETENTE_TRY(const MappedFile file, MappedFile::open(one));
      DETENTE_TRY_VOID(add(file.text(), one.string(), one.stem().string()));
    }
    return {};
  }
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  std::string_view text = file.text();
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    text = text.substr(std::min(end + 1, text.size()));
    if (row.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    DETENTE_TRY_VOID(add(row, path.string() + ":" + std::to_string(line)));
  }
  return {};
}

}  // namespace detente::score
