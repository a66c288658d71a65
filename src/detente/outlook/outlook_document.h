#pragma once
// The value that leaves `outlook`: what is pledged, what is expected, what became of pledges, as
// one document states it. Spans are UTF-8 bytes into Document::text.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/date.h"
#include "detente/base/text_span.h"
#include "detente/events/events.h"

namespace detente::outlook {

enum class Status : std::uint8_t { Open, Kept, Stalled, Broken, Withdrawn };
enum class Form : std::uint8_t { Promise, Pact, SelfImposed, Declaration };
enum class Direction : std::uint8_t { None, Cooperation, Conflict };

/// What a later word says of a commitment.
enum class Turn : std::uint8_t { Kept, Stalled, Broken, Withdrawn, Extended, PerhapsBroken };

/// "open", "promise", "cooperation", "kept", … as printed.
[[nodiscard]] std::string_view status_name(Status status);
[[nodiscard]] std::string_view form_name(Form form);
[[nodiscard]] std::string_view direction_name(Direction direction);
[[nodiscard]] std::string_view turn_name(Turn turn);

/// What a commitment, a word on its fate, or a deed is about: enough to tell that two of them in
/// different documents mean the same.
struct Matter {
  std::string concept_name;         ///< truce, moratorium, pact, promise, goal, …; empty: none
  std::vector<std::string> words;   ///< what it is about: see View::content_words; sorted
  std::vector<std::string> actors;  ///< codes of those who are bound, or who act; sorted
  std::vector<std::string> others;  ///< codes of those toward whom; sorted
  bool refrains = false;            ///< a promise not to do what the words name
};

struct Step {
  Turn turn = Turn::Kept;
  DateRange date;
  TextSpan evidence;
  double confidence = 1;
  std::string event_id;  ///< of the deed that speaks against it; empty: said in words
};

struct Horizon {
  TextSpan span;
  DateRange range;
};

struct Commitment {
  std::string id;
  std::vector<events::Side> by;
  std::vector<events::Side> to;
  TextSpan content;
  Matter matter;
  Form form = Form::Promise;
  std::optional<DateRange> made;  ///< none: only its fate is told, not when it was made
  std::optional<Horizon> deadline;
  std::optional<TextSpan> condition;
  std::vector<TextSpan> evidence;
  Status status = Status::Open;
  std::vector<Step> history;
  bool is_mention = false;  ///< named as something that exists, not made here
};

struct Expectation {
  std::string id;
  std::optional<resolve::MentionId> by;
  std::optional<TextSpan> by_span;  ///< none: nobody is named
  std::vector<events::Side> about;
  Direction direction = Direction::None;
  std::string event;  ///< category of the event that is expected, where it is one
  TextSpan hedge;
  double strength = 0;  ///< chance that the hedge gives to what `direction` speaks of
  std::optional<Horizon> horizon;
  TextSpan evidence;
};

/// A word on the fate of something that this document does not name as a commitment: "the return of
/// refugees is at a standstill".
struct Fate {
  Turn turn = Turn::Stalled;
  Matter matter;
  TextSpan span;
  DateRange date;
};

/// Something that was done, for comparison with what was promised.
struct Deed {
  Matter matter;
  std::string event;     ///< category, where it was coded
  std::string event_id;  ///< empty: not coded
  TextSpan span;
  DateRange date;
  std::string verb = {};      ///< lemma of what was done; empty: the object says it
  bool between_foes = false;  ///< between a state and rebels of that state, who share its code
};

struct Outlook {
  std::vector<Commitment> commitments;    ///< in text order
  std::vector<Expectation> expectations;  ///< in text order
  std::vector<Fate> fates;
  std::vector<Deed> deeds;
};

/// The status after a turn: an extension and a doubt leave it as it was.
[[nodiscard]] Status after(Status status, Turn turn);

}  // namespace detente::outlook
