#pragma once
// The records as lines of a table, for terminals.

#include <cstddef>
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
/// The line of one expectation.
[[nodiscard]] std::string expectation_line(const ExpectationRecord& expectation);
/// The evidence of one event: its words, the rules that fired, each side's and the day's
/// derivation.
[[nodiscard]] std::string explanation(const EventRecord& event, const std::vector<ReadDate>& dates);

}  // namespace detente::cli
