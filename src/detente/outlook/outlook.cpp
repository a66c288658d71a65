#include "detente/outlook/outlook.h"

#include <array>
#include <cstdint>

#include "detente/outlook/commitments.h"
#include "detente/outlook/expectations.h"
#include "detente/outlook/view.h"

namespace detente::outlook {
namespace {

// FNV-1a: ids must be the same on every machine and run.
std::string id_of(char prefix, const std::string& document, TextSpan span) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  const std::string bytes =
      document + ":" + std::to_string(span.begin) + "," + std::to_string(span.end);
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(17, prefix);
  for (std::size_t i = out.size(); i-- > 1; hash >>= 4) out[i] = kDigits[hash & 15];
  return out;
}

}  // namespace

std::string_view status_name(Status status) {
  constexpr std::array<std::string_view, 5> kNames{"open", "kept", "stalled", "broken",
                                                   "withdrawn"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view form_name(Form form) {
  constexpr std::array<std::string_view, 4> kNames{"promise", "pact", "self_imposed",
                                                   "declaration"};
  return kNames[static_cast<std::size_t>(form)];
}

std::string_view direction_name(Direction direction) {
  constexpr std::array<std::string_view, 3> kNames{"none", "cooperation", "conflict"};
  return kNames[static_cast<std::size_t>(direction)];
}

std::string_view turn_name(Turn turn) {
  constexpr std::array<std::string_view, 6> kNames{"kept",      "stalled",  "broken",
                                                   "withdrawn", "extended", "broken?"};
  return kNames[static_cast<std::size_t>(turn)];
}

Status after(Status status, Turn turn) {
  switch (turn) {
    case Turn::Kept:
      return Status::Kept;
    case Turn::Stalled:
      return Status::Stalled;
    case Turn::Broken:
      return Status::Broken;
    case Turn::Withdrawn:
      return Status::Withdrawn;
    case Turn::Extended:
    case Turn::PerhapsBroken:
      break;
  }
  return status;
}

Outlook find(const Reading& reading, const OutlookTables& tables) {
  Outlook out;
  const View view(reading, tables);
  find_commitments(view, out);
  out.expectations = find_expectations(view);
  for (Commitment& one : out.commitments) {
    one.id = id_of('k', reading.document.id, one.content);
  }
  for (Expectation& one : out.expectations) {
    one.id = id_of('x', reading.document.id, one.evidence);
  }
  return out;
}

}  // namespace detente::outlook
