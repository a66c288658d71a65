#pragma once
// Days of publication as pages and records spell them.

#include <optional>
#include <string_view>

#include "detente/base/date.h"

namespace detente::read {

/// The day that a page's metadata names: ISO 8601, RFC 822, seconds since 1970, "April 22, 2022",
/// "22.04.2022", with or without the time of day around it. Empty when it cannot be told
/// ("04/05/2022", unless `day_first` says how its writers mean it).
[[nodiscard]] std::optional<Date> published_day(std::string_view text, bool day_first = false);

/// Whether a day of publication can be told from the text. Empty fields of systems ("0001-01-01")
/// are none.
[[nodiscard]] bool tells_a_day(std::string_view text, bool day_first = false);

/// The hour of a stated moment ("2019-11-20T05:57:50Z"); empty: a day alone is stated.
[[nodiscard]] std::optional<int> published_hour(std::string_view text);

}  // namespace detente::read
