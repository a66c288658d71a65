#pragma once
// Gold in the four forms that `eval` knows (docs/formats/gold.md), as plain values.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "detente/base/result.h"

namespace detente::score {

/// Code points, end exclusive.
struct Span {
  std::int64_t start = 0;
  std::int64_t end = 0;
  [[nodiscard]] bool overlaps(Span other) const {
    return start < other.end && other.start < end && start < end && other.start < other.end;
  }
};

/// First three letters of the codes of one side.
using Codes = std::set<std::string>;

/// ISO days; empty: open.
struct Days {
  std::string first;
  std::string last;
};

enum class GoldKind : std::uint8_t {
  Sentences,  ///< JSON lines: a sentence and the one event that it tells
  Texts,      ///< a folder of NAME.txt with NAME.gold.json: dates, attributions, mentions
  Article,    ///< NAME.gold.json beside its text: every record that it must give
  Pages,      ///< a folder of web pages with ground-truth.json: their bodies
};

struct GoldSentence {
  std::string id;
  std::string event;
  Codes actor;
  Codes recipient;
};

struct GoldDate {
  Span at;
  std::string value;
};

struct GoldAttribution {
  std::optional<Span> source;
  std::optional<Span> cue;
};

struct GoldMention {
  Span at;
  std::string type;
  std::string cluster;
};

struct GoldText {
  std::string name;
  std::filesystem::path path;
  std::string published;
  std::vector<GoldDate> dates;
  std::vector<GoldAttribution> attributions;
  std::vector<GoldMention> mentions;
};

struct GoldEvent {
  std::string id;
  bool required = true;
  std::vector<std::string> event;  ///< any of these
  Codes actor;
  Codes recipient;
  Codes recipient_may_be;
  bool reciprocal = false;
  std::optional<Days> date;
  std::set<std::string> auxiliary_modes;
  std::vector<Span> evidence;
};

struct GoldForbidden {
  std::string why;
  std::vector<Span> evidence;
};

struct GoldClaim {
  std::string speaker;
  std::vector<std::string> via;
  std::string text;
  std::vector<Span> evidence;
};

struct GoldCommitment {
  std::string id;
  Codes by;
  std::string status;
  std::string content;
  std::optional<Days> made;
};

struct GoldExpectation {
  std::string id;
  std::string by;
  Codes about;
  std::string direction;
  std::string text;
  std::vector<Span> evidence;
};

struct GoldArticle {
  std::filesystem::path path;
  std::string published;
  std::vector<GoldEvent> events;
  std::vector<GoldForbidden> must_not;
  std::vector<GoldClaim> claims;
  std::vector<GoldCommitment> commitments;
  std::vector<GoldExpectation> expectations;
};

struct GoldPage {
  std::string name;
  std::filesystem::path path;
  std::string body;
};

struct Gold {
  GoldKind kind = GoldKind::Sentences;
  std::vector<GoldSentence> sentences;
  std::vector<GoldText> texts;
  GoldArticle article;
  std::vector<GoldPage> pages;

  /// Errors: D00xx the file, D0701 no known gold, D0702 a record that lacks something, D0703 words
  /// of evidence that its text does not hold.
  static Result<Gold> open(const std::filesystem::path& path);
};

}  // namespace detente::score
