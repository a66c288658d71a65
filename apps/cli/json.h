#pragma once
// Small pieces of the printed records' JSON.

#include <nlohmann/json.hpp>
#include <string>

#include "detente/reading.h"

namespace detente::cli {

/// [start, end]
inline nlohmann::ordered_json span(Offsets at) {
  return nlohmann::ordered_json::array({at.start, at.end});
}

/// A key only when there is something to say.
inline void put(nlohmann::ordered_json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

}  // namespace detente::cli
