#pragma once
// Small pieces of the printed records' JSON.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "detente/date.h"
#include "detente/reading.h"

namespace detente::cli {

/// [start, end]
inline nlohmann::ordered_json span(Offsets at) {
  return nlohmann::ordered_json::array({at.start, at.end});
}

/// null where no day is known
inline nlohmann::ordered_json day_json(const std::optional<Date>& day) {
  return day ? nlohmann::ordered_json(day->text()) : nlohmann::ordered_json(nullptr);
}

/// A key only when there is something to say.
inline void put(nlohmann::ordered_json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

}  // namespace detente::cli
