#pragma once
// The compiled ontology: event types, rules, operators. Plain tables; `ontology.h` holds them.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "detente/events/vocabulary.h"

namespace detente::events {

/// Of PLOVER's quad codes 1 and 3 are words, 2 and 4 deeds.
[[nodiscard]] constexpr bool is_in_words(int quad_code) { return quad_code == 1 || quad_code == 3; }

/// Row of an ontology's event types.
struct EventTypeId {
  std::uint8_t value = 0;
  friend auto operator<=>(const EventTypeId&, const EventTypeId&) = default;
};
inline constexpr std::size_t kMaxEventTypes = 64;

/// A place in a predicate's frame: where a party is looked for, or a test is made.
enum class PlaceKind : std::uint8_t {
  Subject,       ///< who does it
  Object,        ///< whom or what it is done to: the words themselves, their owner, what they hold
  Named,         ///< the object, when it is itself the name of a party
  Indirect,      ///< to whom (dative)
  Owner,         ///< the owner of the object: "a U.S. request", "Iran's plan"
  Inside,        ///< inside the object: "sanctions on Iran"
  Content,       ///< any party named in the content
  ContentActor,  ///< who is to do the content
  ContentRecipient,  ///< to whom the content is done
  Location,          ///< the country where it happens
  Anywhere,          ///< the nearest other party in the clause
  Context,           ///< the other party of the clause that this one hangs on
  Complement,        ///< what the subject is said to be or become
  Speaker,           ///< whoever says the clause
  Sentence,          ///< any word of the sentence (tests only)
  Preposition,       ///< behind this preposition
};

struct Place {
  PlaceKind kind = PlaceKind::Subject;
  WordId preposition;
};

/// Kinds of parties and words that a test can ask for with '#'. Bits of a mask.
enum TypeBit : std::uint32_t {
  kActor = 1U << 0U,       ///< a known actor
  kState = 1U << 1U,       ///< a whole state
  kGovernment = 1U << 2U,  ///< government, parliament, court, party
  kArmed = 1U << 3U,       ///< soldiers, police, rebels, gunmen
  kPolice = 1U << 4U,
  kCourt = 1U << 5U,
  kCivil = 1U << 6U,  ///< people without office or arms
  kIgo = 1U << 7U,
  kPerson = 1U << 8U,
  kPolitical = 1U << 9U,  ///< state, office, arms, party, opposition, organisation of states
  kNumber = 1U << 10U,
  kNone = 1U << 11U,      ///< the place is empty
  kLocation = 1U << 12U,  ///< names a place
  kOfficial = 1U << 13U,  ///< a person in office
  kMedia = 1U << 14U,
  kPlural = 1U << 15U,
  kSome = 1U << 16U,  ///< the place is not empty
};

/// A condition on what stands in a place: one of `words`, or one of `types`.
struct PlaceTest {
  Place place;
  std::vector<WordId> words;  ///< sorted
  std::uint32_t types = 0;
  bool must_not = false;
};

enum class TriggerKind : std::uint8_t { Verb, Noun, Adjective };

/// One word of a phrase, with its alternatives.
struct PhraseWord {
  std::vector<WordId> words;  ///< sorted
};

/// How a rule is found: the head word, and the other words of the phrase around it.
struct Trigger {
  std::uint32_t rule = 0;
  TriggerKind kind = TriggerKind::Verb;
  bool linear = false;  ///< the words stand in this order in the sentence, wherever they hang
  std::vector<PhraseWord> before;  ///< of a noun: its modifiers
  std::vector<PhraseWord> after;   ///< objects, particles, prepositions and what they govern
  int specificity = 0;
};

struct Mode {
  std::string name;
  double scale = 0;
};

struct EventType {
  std::string name;
  int quad_code = 0;
  double scale = 0;
  std::string cameo;  ///< where no rule says better
  std::vector<Mode> modes;
  std::vector<Place> actor;
  std::vector<Place> recipient;
  bool needs_actor = true;
  bool needs_recipient = false;
  bool needs_recipient_if_unknown = false;  ///< over words that no rule knows
  bool needs_recipient_in_depth = false;    ///< past the first sentences of a report
  bool is_speech = false;          ///< an act of words: private people count only towards power
  bool topic_is_content = false;   ///< what it is about ("to demand …") is no event of its own
  bool is_done_by_crowds = false;  ///< "tens of thousands" who do it are people of that country
  bool may_be_domestic = false;    ///< a government does it in words to its own whole state
  bool may_lack_actor = false;  ///< told in the passive, an unknown actor stands in (PLOVER's UNK)
  bool noun_needs_recipient = true;  ///< a noun that no verb does counts only with a recipient
};

struct Example {
  std::string text;
  std::string expected;  ///< "CHL -> PER", with a category in front where it is not the file's own
  bool known_wrong = false;  ///< not coded so yet
};

struct Rule {
  std::string name;  ///< file/name
  std::string file;
  std::uint32_t line = 0;
  std::optional<EventTypeId> event;  ///< none: an operator's rule, or a rule that blocks
  std::optional<std::uint32_t> operator_idx;
  std::vector<std::string> modes;
  std::vector<std::string> contexts;
  std::string cameo;
  std::vector<Place> actor;
  std::vector<Place> recipient;
  std::vector<Place>
      content;  ///< where an operator looks for its content; empty: the operator's own
  std::vector<PlaceTest> tests;
  bool reciprocal = false;       ///< with several parties, all are actors
  bool owner_is_object = false;  ///< of a noun: "X's arrest"
  bool of_is_subject = false;    ///< of a noun: "the resignation of X"
  bool needs_recipient = false;
  std::optional<bool> noun_needs_recipient;  ///< else as its event type says
  bool political = false;                    ///< power has a part in it whoever does it: a car bomb
  bool civil = false;       ///< people without power may do it alone ("called off their strike")
  bool transitive = false;  ///< as a verb it must be done to something
  bool only_as_content = false;    ///< a noun that is something to be done, never an event alone
  bool foreign_recipient = false;  ///< a recipient of the actor's own country is none
  int priority = 0;                ///< added to the specificity of its triggers
  double weight = 0.7;             ///< how sure this wording is, 0..1
  std::string note;
  std::vector<Example> examples;
};

/// Who does what is promised, demanded, denied …
enum class Doer : std::uint8_t { Self, Object, Open };

/// Which contents an outcome is for.
struct ContentTest {
  std::uint64_t event_types = 0;            ///< bit per EventTypeId
  bool if_unknown = false;                  ///< there are words, but no rule knows them
  bool if_empty = false;                    ///< there is no content
  std::vector<std::string> modes;           ///< empty: any
  std::vector<std::string> cameo_prefixes;  ///< empty: any
  std::optional<bool> self;                 ///< the content's actor is the holder
  std::optional<bool> open;                 ///< the content names no actor
  std::optional<bool> future;
  std::optional<bool> obliged;   ///< "must", "should"
  std::optional<bool> possible;  ///< "may", "could"
  std::optional<bool> negated;
  std::optional<bool> asserted;  ///< told as a fact: "insisted that it was late"
  std::optional<bool> third;     ///< it is done to a known party other than the holder
};

struct Outcome {
  ContentTest when;
  enum class Kind : std::uint8_t { Event, Same, Nothing, Pass } kind = Kind::Same;
  EventTypeId event;
  std::optional<std::string> mode;  ///< "" takes the mode away, "=" keeps the content's
  std::string cameo;                ///< digits, or a column of cameo.tsv ("intend", "demand" …)
  bool add_future = false;
  bool add_negation = false;
  bool add_hypothetical = false;
  bool flip_negation = false;
  std::vector<Place> recipient;  ///< instead of the operator's
  std::string convention;
};

/// An attitude or a phase over a content, with its table.
struct Operator {
  std::string name;
  std::string note;
  Doer doer = Doer::Self;
  std::vector<Place> actor;
  std::vector<Place> recipient;
  std::vector<Place> content;
  bool keeps_sides = false;  ///< the sides are the content's own ("end", "begin", "try")
  bool undergoes = false;    ///< its subject is the content's recipient ("receive", "face")
  bool assertive = false;    ///< speech: without an outcome the content stands for itself
  bool consumes = true;      ///< the content is no event of its own
  std::vector<Outcome> outcomes;
};

/// Row of cameo.tsv.
struct CameoRow {
  std::string code;
  double goldstein = 0;
  std::string label;
  std::string intend;
  std::string appeal;
  std::string demand;
  std::string reject;
  std::string threaten;
  std::string event;  ///< PLOVER's event type and mode; empty: a statement, no event
  std::string mode;
};

/// A word for a number, or for about how many ("dozens").
struct NumberWord {
  std::int64_t min = 0;
  std::int64_t max = 0;
};

/// A context and the words that show it.
struct ContextRow {
  std::string name;
  std::vector<std::vector<WordId>> phrases;  ///< lemmas in a row
};

}  // namespace detente::events
