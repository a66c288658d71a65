#include "detente/score/json.h"

#include <cctype>

namespace detente::score {
namespace {

std::int64_t number(const Json& value) { return value.is_number() ? value.get<std::int64_t>() : 0; }

/// A text, or a number as it is written.
std::string spelled(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_number() ? value.dump() : std::string();
}

}  // namespace

const Json& at(const Json& object, const char* key) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string text_at(const Json& object, const char* key) { return spelled(at(object, key)); }

std::vector<std::string> texts_at(const Json& object, const char* key) {
  const Json& value = at(object, key);
  if (value.is_string()) return {value.get<std::string>()};
  std::vector<std::string> out;
  if (value.is_array()) {
    for (const Json& one : value) out.push_back(spelled(one));
  }
  return out;
}

Codes codes_at(const Json& object, const char* key) {
  Codes out;
  const Json& list = at(object, key);
  if (!list.is_array()) return out;
  for (const Json& one : list) {
    std::string code = one.is_string() ? one.get<std::string>() : text_at(one, "code");
    if (code.size() > 3) code.resize(3);
    for (char& c : code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (!code.empty()) out.insert(std::move(code));
  }
  return out;
}

std::optional<Span> span_of(const Json& pair) {
  if (!pair.is_array() || pair.size() != 2) return std::nullopt;
  return Span{number(pair[0]), number(pair[1])};
}

Span bounds_of(const Json& object) {
  return {number(at(object, "start")), number(at(object, "end"))};
}

std::vector<GoldDate> dates_of(const Json& text) {
  std::vector<GoldDate> out;
  for (const Json& date : at(text, "dates"))
    out.push_back({bounds_of(date), text_at(date, "value")});
  return out;
}

std::vector<GoldAttribution> attributions_of(const Json& text) {
  std::vector<GoldAttribution> out;
  for (const Json& one : at(text, "attributions")) {
    out.push_back({span_of(at(one, "source")), span_of(at(one, "cue"))});
  }
  return out;
}

std::vector<GoldMention> mentions_of(const Json& text) {
  std::vector<GoldMention> out;
  for (const Json& one : at(text, "mentions")) {
    out.push_back({bounds_of(one), text_at(one, "type"), text_at(one, "cluster")});
  }
  return out;
}

}  // namespace detente::score
