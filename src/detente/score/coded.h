#pragma once
// What was coded, taken from printed records: JSON lines of `code` and `read`, readings of
// `annotate`. Only what the scorers look at is kept.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"
#include "detente/score/gold.h"

namespace detente::score {

/// What a party or speaker is called.
struct Names {
  std::string identifier;
  std::string text;
};

struct CodedEvent {
  std::string document;
  std::vector<std::string> event;
  Codes actor;
  Codes recipient;
  std::set<std::string> auxiliary_modes;
  Days days;
  std::vector<Span> mentions;  ///< their triggers, where they say them
  std::string text;
  double confidence = 0;
};

struct CodedClaim {
  Names speaker;
  std::vector<Names> via;
  Span content;
};

struct CodedCommitment {
  Codes by;
  std::string status;
  Days made;
};

struct CodedExpectation {
  Names by;
  Codes about;
  std::string direction;
  std::vector<Span> evidence;
};

struct CodedText {
  std::string body;
  std::vector<GoldDate> dates;
  std::vector<GoldAttribution> attributions;
  std::vector<GoldMention> mentions;
};

struct Coded {
  std::vector<CodedEvent> events;
  std::vector<CodedClaim> claims;
  std::vector<CodedCommitment> commitments;
  std::vector<CodedExpectation> expectations;
  std::map<std::string, CodedText> texts;  ///< by name

  /// One printed record or reading. `where` names it in errors; `name`, if given, goes before the
  /// record's own document_id. Errors: D0704.
  Result<void> add(std::string_view json, std::string_view where, std::string_view name = {});
  /// A file of JSON lines, or a folder of readings NAME.json. Errors: D00xx, D0704.
  Result<void> add_file(const std::filesystem::path& path);
};

/// The name of a document: the last part of its id, without endings.
std::string document_name(std::string_view id);

}  // namespace detente::score
