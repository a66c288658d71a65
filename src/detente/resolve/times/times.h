#pragma once
// Words of time and the days they mean.

#include <optional>
#include <vector>

#include "detente/base/date.h"
#include "detente/parse/parsed_document.h"
#include "detente/read/read.h"
#include "detente/resolve/resolved_document.h"
#include "detente/resolve/times/time_tables.h"

namespace detente::resolve::times {

/// The day that "yesterday" counts from: the dateline's, when it lies within a week of the day of
/// publication, else the day of publication. Empty: the page says neither.
[[nodiscard]] std::optional<Date> anchor_day(const read::Document& document);

/// All expressions of time in text order, without overlap. Those whose value is empty name no unit
/// of the calendar ("in recent years", "three weeks before his term ends"): their range is a guess
/// that the derivation explains. Sentences come from `parsed` when it has any, else from the text;
/// nothing else of the parse is needed. Links, credits and boilerplate are passed over. Without an
/// anchor only what names its own year is found.
[[nodiscard]] std::vector<TimeExpression> find_times(const read::Document& document,
                                                     const parse::ParsedDocument& parsed,
                                                     std::optional<Date> anchor,
                                                     const TimeTables& tables);

}  // namespace detente::resolve::times
