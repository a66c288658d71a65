#pragma once
// The value that leaves `attribute`: who says so, through whom, in whose words.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"
#include "detente/parse/parsed_document.h"
#include "detente/resolve/resolve.h"

namespace detente::attribute {

enum class Quote : std::uint8_t { Direct, Indirect, Mixed };
enum class Stance : std::uint8_t { Asserts, Denies, Asks, Doubts };

/// "direct", … as printed.
[[nodiscard]] constexpr std::string_view quote_name(Quote quote) {
  return quote == Quote::Direct ? "direct" : quote == Quote::Mixed ? "mixed" : "indirect";
}

/// "asserts", … as printed.
[[nodiscard]] constexpr std::string_view stance_name(Stance stance) {
  switch (stance) {
    case Stance::Denies:
      return "denies";
    case Stance::Asks:
      return "asks";
    case Stance::Doubts:
      return "doubts";
    case Stance::Asserts:
      break;
  }
  return "asserts";
}

/// What ties the content to its speaker. A Credit names who made a picture and is nobody's claim.
enum class Kind : std::uint8_t { Speech, Thought, Evidence, Credit };

/// Somebody who passes on what another said.
struct Reporter {
  TextSpan source;  ///< the words that name the reporter
  std::optional<resolve::MentionId> mention;
};

/// One saying: `speaker` holds `content`, through `via` (outermost reporter last). What is cut in
/// two by its cue, or goes on over several sentences, is several of these with the same cue.
struct Attribution {
  std::optional<resolve::MentionId> speaker;
  std::optional<TextSpan> source;  ///< the words that name the speaker; none: left unsaid
  TextSpan cue;                    ///< "said", "according to", …
  TextSpan content;
  parse::TokenRange content_tokens;
  Quote quote = Quote::Indirect;
  Stance stance = Stance::Asserts;
  Kind kind = Kind::Speech;
  std::vector<Reporter> via;
};

struct AttributedDocument {
  std::vector<Attribution> attributions;  ///< in order of their content
};

}  // namespace detente::attribute
