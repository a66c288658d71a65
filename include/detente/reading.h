#pragma once
// What `annotate` tells of one document: the reading alone, before anything is coded from it.
// Offsets count Unicode code points of `text`, end exclusive, as in all printed records.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detente/date.h"

namespace detente {

/// A piece of the text in code points. (Inside the engine pieces are TextSpan, in bytes.)
struct Offsets {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};

struct ReadToken {
  Offsets at;
  std::string text, lemma, pos, tag, dep, ent;
  std::uint32_t head = 0;  ///< index into Reading::tokens; a root is its own head
};

struct ReadDate {
  Offsets at;
  std::string text, value, date, enddate, precision, derivation;
};

struct ReadMention {
  Offsets at;
  std::string type;
  std::uint32_t cluster = 0;  ///< the same number: the same entity
  std::string code, sector, identifier_text, office, resolved_by, why;
  std::vector<std::string> members;
};

struct ReadAttribution {
  std::optional<Offsets> source;
  Offsets cue, content;
  std::string quote, stance;
  std::vector<Offsets> via;
};

struct ReadZone {
  Offsets at;
  std::string zone;
};

struct ReadRemark {
  Offsets at;
  std::string code, message;
};

struct Reading {
  std::string document_id, name, text, title, url, publisher, author, language;
  bool is_id_of_file = false;  ///< document_id is the file's name, which other files may have too
  std::optional<Date> published_at;
  std::vector<ReadDate> dates;
  std::vector<ReadAttribution> attributions;
  std::vector<ReadMention> mentions;
  std::vector<ReadZone> zones;
  std::vector<ReadRemark> remarks;
  std::vector<ReadToken> tokens;   ///< only when asked for
  std::vector<Offsets> sentences;  ///< only when asked for
};

}  // namespace detente
