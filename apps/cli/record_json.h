#pragma once
// The printed records' JSON: the same from `code`, from a store and in an export.

#include <nlohmann/json.hpp>

#include "detente/record.h"

namespace detente::cli {

[[nodiscard]] nlohmann::ordered_json to_json(const EntityRecord& entity);
[[nodiscard]] nlohmann::ordered_json to_json(const EventRecord& event);
[[nodiscard]] nlohmann::ordered_json to_json(const ClaimRecord& claim);

}  // namespace detente::cli
