#pragma once
// The value that leaves `resolve`: who is meant, which day, where.
// Spans are UTF-8 bytes into Document::text; token ranges are those of the ParsedDocument.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/text_span.h"
#include "detente/parse/parsed_document.h"

namespace detente::resolve {

/// How exactly a day is known.
enum class Precision : std::uint8_t { Day, Week, Month, Quarter, Year, Decade, Unknown };

/// "day", "week", … as printed.
[[nodiscard]] constexpr std::string_view precision_name(Precision precision) {
  switch (precision) {
    case Precision::Day:
      return "day";
    case Precision::Week:
      return "week";
    case Precision::Month:
      return "month";
    case Precision::Quarter:
      return "quarter";
    case Precision::Year:
      return "year";
    case Precision::Decade:
      return "decade";
    case Precision::Unknown:
      break;
  }
  return "unknown";
}

/// Words that name a time: "on Wednesday", "last month", "in 2018".
struct TimeExpression {
  TextSpan span;
  parse::TokenRange tokens;
  /// ISO 8601: YYYY, YYYY-MM, YYYY-MM-DD, YYYY-Www, 199X, YYYY-Qn, YYYY-22 (a season), A/B (days).
  /// Empty: the words name no unit of the calendar ("in recent years").
  std::string value;
  DateRange range;                  ///< first and last day
  std::optional<DateRange> period;  ///< when the words are one end of a range ("from May 3 to 5")
  Precision precision = Precision::Unknown;
  std::string derivation;  ///< for people: "weekday before published_at 2022-04-22"
};

enum class MentionType : std::uint8_t { Person, Organization, Place, Group, Object };

/// How a mention came to its entity.
enum class ResolvedBy : std::uint8_t {
  None,
  Name,
  Title,
  Coreference,
  Metonym,
  Demonym,
  Collective,
  Agent,
  Description,
  Acronym,
};

/// "name", "title", … as printed; empty for None.
[[nodiscard]] constexpr std::string_view resolved_by_name(ResolvedBy how) {
  switch (how) {
    case ResolvedBy::Name:
      return "name";
    case ResolvedBy::Title:
      return "title";
    case ResolvedBy::Coreference:
      return "coreference";
    case ResolvedBy::Metonym:
      return "metonym";
    case ResolvedBy::Demonym:
      return "demonym";
    case ResolvedBy::Collective:
      return "collective";
    case ResolvedBy::Agent:
      return "agent";
    case ResolvedBy::Description:
      return "description";
    case ResolvedBy::Acronym:
      return "acronym";
    case ResolvedBy::None:
      break;
  }
  return "";
}

/// What an entity's code rests on, from weak to strong.
enum class CodeFrom : std::uint8_t {
  None,
  Around,  ///< its owner, its sentence, the report
  Word,    ///< beside its noun: "Israeli tanks"
  Place,   ///< the state that this place lies in
  People,  ///< a people that no state is named after
  Row,     ///< a table's row for this person or organisation
  State,   ///< a state, its people or its capital by name
};

/// Index into ResolvedDocument::entities.
struct EntityId {
  std::uint32_t value = 0;
  friend auto operator<=>(const EntityId&, const EntityId&) = default;
};

/// Index into ResolvedDocument::mentions.
struct MentionId {
  std::uint32_t value = 0;
  friend auto operator<=>(const MentionId&, const MentionId&) = default;
};

/// One actor of this document.
struct Entity {
  std::string code;    ///< ISO 3166 alpha-3, or IGO UNO EUR NGO IMG ISM MNC; empty: not known
  std::string sector;  ///< PLOVER's, empty: none (a whole state)
  std::string identifier_text;
  std::string identifier_id;  ///< Wikidata, where known
  std::string office;         ///< held on the document's day
  MentionType type = MentionType::Object;
  CodeFrom code_from = CodeFrom::None;
  char gender = '?';              ///< m, f, n or ?
  std::vector<EntityId> members;  ///< of a collective ("the two Koreas")
  std::vector<MentionId> mentions;
};

/// Words that name an entity. Mentions may lie in one another.
struct Mention {
  TextSpan span;
  parse::TokenRange tokens;
  std::uint32_t head_token = 0;
  MentionType type = MentionType::Object;
  EntityId entity;
  ResolvedBy resolved_by = ResolvedBy::None;
  std::string why;  ///< the table row, the antecedent
};

/// Words that name a place, and which place that is.
struct Place {
  TextSpan span;
  parse::TokenRange tokens;
  std::string resolved_place;
  std::string country_code;  ///< ISO 3166 alpha-3
  std::string province;
  std::uint64_t geonameid = 0;
  double lat = 0;
  double lon = 0;
  int resolution = 0;  ///< PLOVER: 1 country … 5 part of a city
};

struct ResolvedDocument {
  std::vector<TimeExpression> dates;  ///< in text order
  std::vector<Mention> mentions;      ///< in order of their first token, outer before inner
  std::vector<Entity> entities;
  std::vector<Place> places;  ///< in text order
  Date anchor;                ///< the day that relative dates count from
  std::vector<Remark> remarks;
};

/// Mentions by the token that is their head. Built once per document.
class MentionsByHead {
 public:
  MentionsByHead(const ResolvedDocument& resolved, std::uint32_t n_tokens);
  /// Indexes of mentions, longest first.
  [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t head_token) const {
    return std::span(list_).subspan(first_[head_token],
                                    first_[head_token + 1] - first_[head_token]);
  }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<std::uint32_t> list_;
};

}  // namespace detente::resolve
