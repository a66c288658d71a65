#pragma once
// The value that leaves `events`: what happened, between whom, when, where, and the words that say
// so. Names of event types, modes and contexts are rows of the loaded ontology, so they are text.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/text_span.h"
#include "detente/events/confidence.h"
#include "detente/resolve/resolve.h"

namespace detente::events {

/// One party of an event.
struct Side {
  std::optional<resolve::MentionId> mention;  ///< none: taken from the place of the event
  std::optional<resolve::EntityId> entity;
  std::string code;    ///< ISO 3166 alpha-3, IGO, …; empty: named, but not known
  std::string sector;  ///< PLOVER's
  TextSpan span;       ///< the words that name it
};

/// How real it is. None set: it has happened, or goes on.
struct AuxiliaryModes {
  bool historical = false;
  bool future = false;
  bool hypothetical = false;
  bool negation = false;
  friend auto operator<=>(const AuxiliaryModes&, const AuxiliaryModes&) = default;
  [[nodiscard]] std::vector<std::string> names() const;
};

/// A number of people as {min, max}; "at least 40" has no greatest.
struct CountRange {
  std::int64_t min = 0;
  std::optional<std::int64_t> max = 0;
  friend auto operator<=>(const CountRange&, const CountRange&) = default;
};

struct Size {
  std::optional<CountRange> dead;
  std::optional<CountRange> injured;
  std::optional<CountRange> arrested;
  std::optional<CountRange> size;  ///< of a crowd
};

/// One place in the document that states the event.
struct EventMention {
  std::uint32_t sentence = 0;
  TextSpan span;                   ///< the clause's words from first to last piece of evidence
  TextSpan trigger;                ///< the word that the rule hung on
  std::vector<TextSpan> evidence;  ///< trigger, operators, sides, date, in text order
  std::vector<std::string>
      rules;  ///< outermost operator first, e.g. "operators/promise", "AID/give"
};

struct Event {
  std::string id;  ///< the same for the same evidence, on every machine
  std::string event;
  std::vector<std::string> modes;
  std::vector<std::string> contexts;
  AuxiliaryModes auxiliary_modes;
  std::vector<Side> actor;
  std::vector<Side> recipient;
  bool reciprocal = false;
  DateRange date;
  resolve::Precision date_precision = resolve::Precision::Unknown;
  bool date_from_text = false;         ///< else it is the document's own day
  std::optional<std::uint32_t> place;  ///< index into ResolvedDocument::places
  int quad_code = 0;
  double event_scale = 0;
  Size size;
  std::string cameo;
  double goldstein = 0;
  double confidence = 0;
  std::vector<Feature> features;  ///< what the confidence rests on, of the first mention
  std::string rule;               ///< file/name of the rule that gave the event type
  std::string
      convention;  ///< which reading of PLOVER was chosen, where the manual contradicts itself
  std::vector<EventMention> mentions;       ///< in text order, at least one
  std::vector<std::uint32_t> attributions;  ///< indexes into AttributedDocument
};

struct CodedDocument {
  std::vector<Event> events;  ///< in order of their first mention
  std::vector<Remark> remarks;
};

}  // namespace detente::events
