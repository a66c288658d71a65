#pragma once
// The records as lines of a table, for terminals.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "detente/reading.h"
#include "detente/record.h"

namespace detente::cli {

/// Without line breaks, cut to `width` bytes at a character's edge.
[[nodiscard]] std::string one_line(std::string text, std::size_t width);
/// "PRK/GOV+CHN"; "-" for nobody.
[[nodiscard]] std::string sides(const std::vector<EntityRecord>& entities);
/// Parted by commas.
[[nodiscard]] std::string joined(const std::vector<std::string>& words);
/// Blanks up to `column`, two at least.
void pad(std::string& line, std::size_t column);
/// The line of one event.
[[nodiscard]] std::string event_line(const EventRecord& event);
/// The line of one claim.
[[nodiscard]] std::string claim_line(const ClaimRecord& claim);
/// The line of one commitment.
[[nodiscard]] std::string commitment_line(const CommitmentRecord& commitment);
/// The line of one expectation, with `first` in its first column.
[[nodiscard]] std::string expectation_line(const ExpectationRecord& expectation,
                                           const std::string& first = "expectation");
/// "2024-03-01..2024-03-31"; "?" when no day is told.
[[nodiscard]] std::string days(std::optional<Date> first, std::optional<Date> last);
/// Who expects, as the record names him; empty: nobody.
[[nodiscard]] const std::string& name_of(const EntityRecord& entity);
/// One indented line for each: code, words, who is meant, and how that was told.
[[nodiscard]] std::string party_lines(const char* role, const std::vector<EntityRecord>& entities);
/// The evidence of one event: its words, the rules that fired, each side's and the day's
/// derivation.
[[nodiscard]] std::string explanation(const EventRecord& event, const std::vector<ReadDate>& dates);

}  // namespace detente::cli
