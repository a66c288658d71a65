#pragma once
// Looking into JSON that others wrote: what is absent or of another type is empty, and never
// throws.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "detente/score/gold.h"

namespace detente::score {

using Json = nlohmann::json;

/// Null when there is no such key.
const Json& at(const Json& object, const char* key);
std::string text_at(const Json& object, const char* key);
/// A text, or a list of texts.
std::vector<std::string> texts_at(const Json& object, const char* key);
/// Of a list of {code}, the codes' first three letters.
Codes codes_at(const Json& object, const char* key);
/// [start, end]
std::optional<Span> span_of(const Json& pair);
/// {start, end}
Span bounds_of(const Json& object);
std::vector<GoldDate> dates_of(const Json& text);
std::vector<GoldAttribution> attributions_of(const Json& text);
std::vector<GoldMention> mentions_of(const Json& text);

}  // namespace detente::score
