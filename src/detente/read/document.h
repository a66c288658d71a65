#pragma once
// The value that leaves `read`: one news item and what its page says about it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/text_span.h"

namespace detente::read {

/// What a stretch of the text is. Nothing is coded from Credit, Link and Boilerplate.
enum class Zone : std::uint8_t {
  Body,
  Title,
  Dateline,
  Byline,
  Caption,
  Credit,
  Link,
  Heading,
  Boilerplate,
};

/// The zone's name in printed records: "body", "title", …
[[nodiscard]] std::string_view zone_name(Zone zone);

struct ZoneSpan {
  TextSpan span;
  Zone zone = Zone::Body;
};

/// Where, when and by whose wire a report says it was filed. Empty spans: not said.
struct Dateline {
  TextSpan span;            ///< "SEOUL, April 22 (Reuters) -"
  TextSpan place;           ///< "SEOUL"
  TextSpan day_text;        ///< "April 22"
  TextSpan agency;          ///< "Reuters"
  std::optional<Date> day;  ///< with the year that the page gives or implies
};

/// One news item. Owns its text, which is valid UTF-8 of less than 2 GiB; all spans are bytes into
/// it.
struct Document {
  std::string id;  ///< the input's, else derived from the content; of a lone page its file's name
  bool is_id_of_file = false;  ///< it is the file's name, which other files may have too
  std::string name;            ///< the input's id, else the file's name without its extensions
  std::string text;
  std::string title;  ///< empty: none given beside the text
  std::string url;
  std::string publisher;
  std::string author;    ///< as the page names them
  std::string language;  ///< ISO 639-1, empty: not said
  std::optional<Date> published_at;
  std::vector<ZoneSpan>
      zones;  ///< in text order, without overlap, covering every line that is not blank
  std::optional<Dateline> dateline;
  std::vector<Remark> remarks;

  /// The zone at a byte offset; Body where nothing else is said.
  [[nodiscard]] Zone zone_at(std::uint32_t offset) const;
};

}  // namespace detente::read
