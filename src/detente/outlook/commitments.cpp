#include "detente/outlook/commitments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

#include "detente/outlook/direction.h"
#include "detente/outlook/identity.h"

namespace detente::outlook {
namespace {

/// "The goal", "these efforts" point back this many sentences.
constexpr std::uint32_t kReach = 2;
/// How deep below what is vowed a word may make a threat of it.
constexpr int kNear = 2;

/// A word on the fate of what the noun phrase `target` names.
struct Turned {
  Turn turn = Turn::Kept;
  std::uint32_t word = 0;
  std::uint32_t target = 0;
  std::optional<std::uint32_t> doer;
};

class Finder {
 public:
  Finder(const View& view, Outlook& out) : view_(view), tables_(view.tables), out_(out) {}

  void run() {
    for (std::uint32_t i = 0; i < view_.size(); ++i) {
      if (view_.is_silent(i)) continue;
      if (view_.is_verb(i)) {
        if (const Binding* binding = tables_.binding(view_.lemma(i))) bind(i, *binding);
      } else if (view_.is_noun(i)) {
        bind_by_noun(i);
      }
      if (tables_.fates(view_.lemma(i)) != nullptr) turn(i);
      if (view_.is_verb(i)) {
        done(i);
        promised(i);
      }
    }
  }

 private:
  // ------------------------------------------------------------------ made

  void bind(std::uint32_t verb, Binding binding) {
    if (!view_.is_told(verb) || is_denied(verb)) return;
    if ((is_as_clause(verb) && is_bare(verb)) || points_back(verb)) return;
    const auto content = content_of(verb, binding);
    if (!content || is_habit(verb, binding) || is_praise(verb, *content)) return;
    const auto actor = view_.doer(verb);
    Commitment one;
    if (actor && !view_.is_in_dateline(*actor)) one.by = view_.parties(*actor);
    if (actor) add_partners(*actor, one.by);
    const events::Event* event = view_.event_at(verb);
    if (one.by.empty() && event != nullptr) one.by = event->actor;
    // "they declared it through inter-Korean summits"
    if (one.by.empty() && actor && view_.lower(*actor) == "they") {
      one.by = view_.parties_in(view_.subtree(verb));
    }
    keep_political(one.by);
    if (one.by.empty()) return;
    const BoundNoun* noun = tables_.noun(view_.lemma(*content));
    const bool is_pact = binding == Binding::Signs || binding == Binding::Pact;
    Sides with = parties_behind(verb, *content, {"with", "between", "to", "toward", "towards"});
    if (is_pact && event != nullptr && event->reciprocal) add_new(event->actor, one.by);
    if (is_pact && binding == Binding::Signs) add_new(with, one.by);
    if (const auto d = view_.child(verb, udep::kDobj); d && *d != *content)
      add_new(view_.parties(*d), one.to);
    add_new(with, one.to);
    if (event != nullptr) add_new(near(event->recipient, view_.subtree(verb)), one.to);
    keep_political(one.by);
    drop_guessed(one.to);
    if (is_pact && one.by.size() > 1) one.to = one.by;
    if (one.to.size() > 1 || one.by.size() == 1) remove(one.by, one.to);
    // "vowed to strike" is a threat; what is promised to somebody or agreed on is none.
    const bool is_offered = binding == Binding::Pact || binding == Binding::Clause ||
                            view_.child(verb, udep::kDobj).has_value();
    const bool is_threat = bearing_of(view_, *content, false, kNear).sign < 0 && !noun;
    if (is_threat && !is_offered && !is_meek(verb, *content)) return;
    if (event != nullptr && event->event == "THREATEN") return;
    fill(one, *content, verb);
    one.form = form_of(binding, noun, one, *content);
    const auto thing = view_.child(verb, udep::kDobj);
    const bool is_of_thing =
        view_.is_noun(*content) || (thing && view_.parties(*thing).empty() && !is_time(*thing));
    if (binding == Binding::Promise && !noun && is_of_thing) {
      one.matter.words.insert(one.matter.words.begin(), std::string(kGiving));
    }
    one.evidence.push_back(evidence_of(verb, *content, actor));
    one.made = day_of(verb, *content, event);
    note_year(*one.made, one.matter);
    set_deadline(view_.subtree(*content), one);
    set_condition(verb, *content, one);
    // "which it had agreed to do"
    if (plain_words(one.matter) == 0 && !noun && view_.is_verb(*content)) return;
    add(std::move(one), *content);
  }

  // "agreements are signed by politicians" on any day.
  [[nodiscard]] bool is_habit(std::uint32_t verb, Binding binding) const {
    const auto passive = view_.child(verb, udep::kAuxpass);
    return binding == Binding::Signs && passive &&
           (view_.tag(*passive) == xpos::kVbp || view_.tag(*passive) == xpos::kVbz);
  }

  // "the festival promises to be unique", "it promises a rich mix"
  [[nodiscard]] bool is_praise(std::uint32_t verb, std::uint32_t content) const {
    if (view_.tag(verb) != xpos::kVbz) return false;
    const auto subject = view_.subject(verb);
    const bool by_it = subject && view_.lower(*subject) == "it" && view_.is_noun(content);
    return view_.lemma(content) == "be" || by_it;
  }

  // "They agreed", "the two leaders agreed": with those who were named together before.
  void add_partners(std::uint32_t actor, Sides& by) const {
    const bool is_plural = view_.lower(actor) == "they" || view_.lower(actor) == "both" ||
                           view_.tag(actor) == xpos::kNns;
    if (by.size() > 1 || !is_plural) return;
    const bool is_bare = view_.lower(actor) == "they" || view_.lower(actor) == "both" ||
                         tables_.is(Role::Light, view_.lemma(actor));
    for (std::uint32_t i = actor; is_bare && i-- > 0;) {
      if (view_.sentence(i) + kReach < view_.sentence(actor)) break;
      if (view_.dep(i) != udep::kNsubj && view_.dep(i) != udep::kNsubjpass) continue;
      const Sides before = view_.parties(i);
      if (before.size() != 2 || !shares(before, by)) continue;
      by = before;
      return;
    }
    // "They also agreed": those who agreed on something just before
    if (!is_bare || out_.commitments.empty()) return;
    const Sides& last = out_.commitments.back().by;
    const bool is_near = view_.sentence(at_.back()) + kReach >= view_.sentence(actor);
    if (is_near && last.size() == 2 && (by.empty() || shares(last, by))) by = last;
  }

  // A threat in its words alone: "promised not to recognise", "vowed to destroy its mines".
  [[nodiscard]] bool is_meek(std::uint32_t verb, std::uint32_t content) const {
    if (view_.is_negated(content)) {
      const Binding* binding = tables_.binding(view_.lemma(verb));
      return binding != nullptr && *binding != Binding::Vow;
    }
    const auto object = view_.child(content, udep::kDobj);
    if (!object) return false;
    const parse::TokenRange range = view_.subtree(*object);
    bool is_own = false;
    bool is_arms = false;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      is_own = is_own || (view_.head(i) == *object && view_.dep(i) == udep::kPoss);
      is_arms = is_arms || tables_.is(Role::Arms, view_.lemma(i));
    }
    return is_own && is_arms;
  }

  // Those whom these words name.
  [[nodiscard]] Sides near(const Sides& sides, parse::TokenRange range) const {
    Sides out;
    const TextSpan span = view_.tokens.span(range);
    std::copy_if(sides.begin(), sides.end(), std::back_inserter(out),
                 [&](const events::Side& side) { return span.contains(side.span); });
    return out;
  }

  // "gave an assurance to", "made a pledge to": the noun carries what is promised.
  void bind_by_noun(std::uint32_t noun) {
    const BoundNoun* known = tables_.noun(view_.lemma(noun));
    if (known == nullptr || known->concept_name != "promise") return;
    std::uint32_t up = view_.head(noun);
    // "joined Japan in a pledge"
    const bool is_joined = view_.dep(noun) == udep::kPobj && view_.lower(up) == "in";
    if (is_joined) up = view_.head(up);
    if (!is_joined && view_.dep(noun) != udep::kDobj) return;
    if (!view_.is_verb(up) || !view_.is_told(up)) return;
    if (!tables_.is(Role::Makes, view_.lemma(up)) || is_joined != (view_.lemma(up) == "join"))
      return;
    auto content = view_.child(noun, udep::kAcl);
    if (!content) content = view_.child(noun, udep::kCcomp);
    if (!content) content = view_.child(noun, udep::kRelcl);
    if (!content) content = view_.child(up, udep::kXcomp);
    if (!content) content = view_.child(up, udep::kCcomp);
    if (content && !is_to_come(*content)) return;
    const auto actor = view_.doer(up);
    if (!content || !actor) return;
    Commitment one;
    one.by = view_.parties(*actor);
    if (const auto with = view_.child(up, udep::kDobj); is_joined && with)
      add_new(view_.parties(*with), one.by);
    keep_political(one.by);
    if (one.by.empty() || bearing_of(view_, *content, false).sign < 0) return;
    if (const auto d = view_.child(up, udep::kDative)) one.to = view_.parties(*d);
    fill(one, *content, up);
    one.evidence.push_back(evidence_of(up, *content, actor));
    one.made = day_of(up, *content, view_.event_at(up));
    set_deadline(view_.subtree(*content), one);
    set_condition(up, *content, one);
    add(std::move(one), *content);
  }

  [[nodiscard]] bool is_denied(std::uint32_t verb) const {
    const auto& all = view_.reading.attributed.attributions;
    return std::any_of(all.begin(), all.end(), [&](const attribute::Attribution& a) {
      return a.content_tokens.contains(verb) && a.stance != attribute::Stance::Asserts &&
             a.kind != attribute::Kind::Credit;
    });
  }

  // "as it had promised"
  [[nodiscard]] bool is_as_clause(std::uint32_t verb) const {
    const auto mark = view_.child(verb, udep::kMark);
    return mark && tables_.is(Role::As, view_.lower(*mark));
  }

  // "the tanks that Britain had promised": told as known, and something else is told of them.
  [[nodiscard]] bool points_back(std::uint32_t verb) const {
    if (view_.dep(verb) == udep::kAmod) return true;
    if (view_.dep(verb) != udep::kRelcl && view_.dep(verb) != udep::kAcl) return false;
    const std::uint32_t noun = view_.head(verb);
    return view_.is_noun(noun) && tables_.noun(view_.lemma(noun)) == nullptr && is_turned(noun);
  }

  // The noun is what some word on a fate, or some deed, is about.
  [[nodiscard]] bool is_turned(std::uint32_t noun) const {
    for (int depth = 0; depth < 3; ++depth) {
      const std::uint32_t up = view_.head(noun);
      const StringId d = view_.dep(noun);
      if (d == udep::kNsubj || d == udep::kNsubjpass || d == udep::kDobj) return true;
      if (d != udep::kPobj && d != udep::kPrep) return false;
      noun = d == udep::kPobj ? view_.head(up) : up;
    }
    return false;
  }

  // The verb or noun that says what is promised.
  [[nodiscard]] std::optional<std::uint32_t> content_of(std::uint32_t verb, Binding binding) const {
    const bool takes_clause = binding != Binding::Signs && binding != Binding::Declares;
    if (takes_clause) {
      for (const StringId dep : {udep::kXcomp, udep::kCcomp, udep::kAdvcl}) {
        for (const std::uint32_t c : view_.children.of(verb)) {
          if (view_.dep(c) != dep || !view_.is_verb(c) || c < verb || !is_to_come(c)) continue;
          if (dep != udep::kAdvcl || may_stand_apart(verb, binding)) return c;
        }
      }
    }
    const auto object = view_.child(verb, udep::kDobj);
    if (object) {
      // "assured Ukraine that", "promised Spain to": the clause may hang on the object
      if (takes_clause) {
        for (const StringId dep : {udep::kAcl, udep::kRelcl}) {
          const auto c = view_.child(*object, dep);
          if (c && is_to_come(*c) && !view_.parties(*object).empty() &&
              tables_.noun(view_.lemma(*object)) == nullptr)
            return c;
        }
      }
      if (is_bound_by(*object, binding)) return object;
    }
    if (binding == Binding::Pact) {
      for (const std::string_view preposition : {"to", "on", "upon"}) {
        for (const std::uint32_t o : view_.behind(verb, preposition)) {
          if (is_bound_by(o, binding)) return o;
        }
      }
    }
    if (const auto passive = view_.child(verb, udep::kNsubjpass);
        passive && is_bound_by(*passive, binding))
      return passive;
    if (view_.dep(verb) == udep::kRelcl && !object && is_bound_by(view_.head(verb), binding)) {
      return view_.head(verb);
    }
    return std::nullopt;
  }

  // "promised Kinshasa on Thursday to pull out", not "took courses to find work" or "agreed with a
  // call to stop".
  [[nodiscard]] bool may_stand_apart(std::uint32_t verb, Binding binding) const {
    if (binding == Binding::Pact) {
      const auto with = view_.behind(verb, "with");
      return with.empty() || is_party(with.front());
    }
    const auto object = view_.child(verb, udep::kDobj);
    return !object || !view_.parties(*object).empty();
  }

  // Named itself, not the owner of something: "Iran", not "Iran's call".
  [[nodiscard]] bool is_party(std::uint32_t noun) const {
    const auto mention = view_.mention_at(noun);
    if (!mention) return false;
    const resolve::Mention& one = view_.reading.resolved.mentions[mention->value];
    return one.type != resolve::MentionType::Object &&
           !view_.reading.resolved.entities[one.entity.value].code.empty();
  }

  // "to send", "would send"; "agreed that it was right" and "that he can stay" bind nobody.
  [[nodiscard]] bool is_to_come(std::uint32_t verb) const {
    const auto to_come = [&](std::uint32_t c) {
      return view_.dep(c) == udep::kAux && (view_.tag(c) == xpos::kTo || is_will(c));
    };
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (to_come(c)) return true;
    }
    return view_.dep(verb) == udep::kXcomp && view_.tag(verb) == xpos::kVb;
  }

  [[nodiscard]] bool is_will(std::uint32_t token) const {
    if (view_.tag(token) != xpos::kMd) return false;
    const std::string_view word = view_.lemma(token);
    return word != "can" && word != "may" && word != "might" && word != "must" && word != "should";
  }

  [[nodiscard]] bool is_bound_by(std::uint32_t noun, Binding binding) const {
    const BoundNoun* known = tables_.noun(view_.lemma(noun));
    if (binding == Binding::Promise) return view_.is_noun(noun) && !is_time(noun);
    // "agreed on a truce", "agreed on a joint patrol", not "agreed on the need"
    if (binding == Binding::Pact) {
      return known != nullptr ||
             (view_.is_noun(noun) && !is_time(noun) && bearing_of(view_, noun, true, 1).sign != 0);
    }
    const bool asks_for_clause = binding == Binding::Clause || binding == Binding::Vow;
    if (known == nullptr || asks_for_clause || is_idle_halt(noun)) return false;
    if (binding == Binding::Declares) return known->made == BoundNoun::Made::Declared;
    return known->made != BoundNoun::Made::Named && known->concept_name != "goal";
  }

  // "a halt to nuclear tests", not "a freeze on wages"
  [[nodiscard]] bool is_idle_halt(std::uint32_t noun) const {
    const BoundNoun* known = tables_.noun(view_.lemma(noun));
    if (known == nullptr || known->concept_name != "halt") return false;
    const parse::TokenRange range = view_.subtree(noun);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (i != noun && tables_.is(Role::Arms, view_.lemma(i))) return false;
    }
    // "the halt": whatever was told before
    return view_.child(noun, udep::kPrep) || view_.child(noun, udep::kCompound) ||
           !view_.child(noun, udep::kDet) || view_.lower(*view_.child(noun, udep::kDet)) != "the";
  }

  /// What the noun binds to; empty where it binds to nothing.
  [[nodiscard]] std::string concept_of(std::uint32_t noun) const {
    const BoundNoun* known = tables_.noun(view_.lemma(noun));
    if (known == nullptr) return {};
    if (known->concept_name == "halt" && !view_.is_noun(noun)) return {};
    return known->concept_name == "halt" ? "moratorium" : known->concept_name;
  }

  [[nodiscard]] bool is_time(std::uint32_t token) const {
    const auto& dates = view_.reading.resolved.dates;
    return std::any_of(dates.begin(), dates.end(), [&](const resolve::TimeExpression& time) {
      return time.tokens.contains(token);
    });
  }

  [[nodiscard]] Sides parties_behind(std::uint32_t verb, std::uint32_t content,
                                     std::initializer_list<std::string_view> prepositions) const {
    Sides out;
    for (const std::uint32_t from : {verb, content}) {
      if (from == content && view_.is_verb(content)) continue;
      for (const std::string_view preposition : prepositions) {
        for (const std::uint32_t o : view_.behind(from, preposition)) {
          if (o != content && view_.is_noun(o)) add_new(view_.parties(o), out);
        }
      }
    }
    return out;
  }

  // Firms and private people bind themselves to nothing that we follow.
  void keep_political(Sides& sides) const {
    std::erase_if(sides, [&](const events::Side& s) { return !view_.is_political(s); });
  }

  // People may be promised something; a thing whose country is guessed is nobody.
  void drop_guessed(Sides& sides) const {
    std::erase_if(sides, [&](const events::Side& s) {
      return s.code.empty() || (s.sector.empty() && !view_.is_political(s));
    });
  }

  static void remove(const Sides& these, Sides& from) {
    if (these.size() > 1) return;
    from.erase(std::remove_if(from.begin(), from.end(),
                              [&](const events::Side& s) {
                                return s.code == these.front().code &&
                                       s.sector == these.front().sector;
                              }),
               from.end());
  }

  void fill(Commitment& one, std::uint32_t content, std::uint32_t verb) const {
    parse::TokenRange range = view_.subtree(content);
    // "a million dollars to rebuild the port"
    if (const auto object = view_.child(verb, udep::kDobj);
        object && view_.is_verb(content) && *object < content && view_.parties(*object).empty() &&
        tables_.noun(view_.lemma(*object)) == nullptr) {
      range.begin = std::min(range.begin, view_.subtree(*object).begin);
    }
    // "signed a treaty on Friday on sharing the river"
    if (!tables_.is(Role::Light, view_.lemma(content)) && is_bond(content)) {
      for (const std::string_view about : {"on", "about", "for", "over"}) {
        for (const std::uint32_t o : view_.behind(verb, about)) {
          if (!is_time(o) && o > content) range.end = std::max(range.end, view_.subtree(o).end);
        }
      }
    }
    // A relative clause that binds is no part of what it binds to.
    if (view_.is_below(verb, content)) {
      range.end = std::max(content + 1, std::min(range.end, view_.subtree(verb).begin));
    }
    range = view_.on_line(range, content);
    one.content = view_.span(range);
    one.matter.words = view_.content_words(range);
    one.matter.actors = codes(one.by);
    one.matter.others = codes(one.to);
    forget_own_names(one.matter);
    note_place(content, verb, one.matter);
    one.matter.concept_name = concept_of(content);
    one.matter.refrains =
        one.matter.concept_name == "truce" || one.matter.concept_name == "moratorium" ||
        tables_.is(Role::Refrain, view_.lemma(content)) || view_.is_negated(content);
    if (!one.matter.refrains || !one.matter.concept_name.empty()) return;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (tables_.is(Role::Force, view_.lemma(i))) one.matter.concept_name = "truce";
    }
  }

  // Who is bound says nothing of what is promised.
  static void forget_own_names(Matter& matter) {
    std::erase_if(matter.words, [&](const std::string& word) {
      return word.front() == '@' &&
             std::binary_search(matter.actors.begin(), matter.actors.end(), word.substr(1));
    });
  }

  // "the 2018 pact"
  static void note_year(DateRange days, Matter& matter) {
    if (days.first.year() != days.last.year()) return;
    const std::string year = kMadeAt + std::to_string(days.first.year());
    matter.words.insert(std::lower_bound(matter.words.begin(), matter.words.end(), year), year);
  }

  // Pacts are called by the place where they were made.
  void note_place(std::uint32_t content, std::uint32_t verb, Matter& matter) const {
    const auto note = [&](TextSpan span) {
      std::string name(1, kMadeAt);
      for (const char c : span.in(view_.reading.document.text)) {
        if (c == ',') break;
        if (c == ' ') name.resize(1);
        if (c != ' ') name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
      std::erase(matter.words, name.substr(1));
      if (name.size() > 1) matter.words.push_back(name);
    };
    if (const auto& line = view_.reading.document.dateline) note(line->place);
    for (const resolve::Place& place : view_.reading.resolved.places) {
      const std::uint32_t before = place.tokens.begin == 0 ? 0 : place.tokens.begin - 1;
      const bool is_there = view_.lower(before) == "at" || view_.lower(before) == "in";
      if (is_there && (view_.head(before) == verb || view_.head(before) == content) &&
          place.resolution > 1 && view_.dep(before) == udep::kPrep) {
        note(place.span);
      }
    }
    std::sort(matter.words.begin(), matter.words.end());
    matter.words.erase(std::unique(matter.words.begin(), matter.words.end()), matter.words.end());
  }

  [[nodiscard]] Form form_of(Binding binding, const BoundNoun* noun, const Commitment& one,
                             std::uint32_t content) const {
    if (noun != nullptr && (one.matter.concept_name == "moratorium" || is_self_imposed(content))) {
      return Form::SelfImposed;
    }
    if (binding == Binding::Declares) {
      return one.by.size() > 1 || (noun != nullptr && noun->concept_name == "goal")
                 ? Form::Declaration
                 : Form::SelfImposed;
    }
    if (noun != nullptr && noun->concept_name == "declaration") return Form::Declaration;
    if (binding == Binding::Signs || (binding == Binding::Pact && one.by.size() > 1))
      return Form::Pact;
    return Form::Promise;
  }

  // "self-imposed", "unilateral"
  [[nodiscard]] bool is_self_imposed(std::uint32_t noun) const {
    const parse::TokenRange range = view_.subtree(noun);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      const std::string_view word = view_.lower(i);
      if (word == "self" || word == "self-imposed" || word == "unilateral") return true;
    }
    return false;
  }

  [[nodiscard]] TextSpan evidence_of(std::uint32_t verb, std::uint32_t content,
                                     std::optional<std::uint32_t> actor) const {
    TextSpan span = view_.tokens.span(verb);
    const auto widen = [&](TextSpan more) {
      span.begin = std::min(span.begin, more.begin);
      span.end = std::max(span.end, more.end);
    };
    widen(view_.span(view_.on_line(view_.subtree(verb), verb)));
    if (view_.sentence(content) == view_.sentence(verb)) widen(view_.tokens.span(content));
    if (actor && view_.sentence(*actor) == view_.sentence(verb)) widen(view_.tokens.span(*actor));
    return span;
  }

  // The verb's own time, else that of the coded event, else the report's day.
  [[nodiscard]] DateRange day_of(std::uint32_t verb, std::uint32_t content,
                                 const events::Event* event) const {
    const Date today = view_.reading.resolved.anchor;
    const parse::TokenRange inside = view_.subtree(content);
    const parse::TokenRange around = view_.subtree(verb);
    const bool is_relative = view_.is_below(verb, content);
    for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
      const std::uint32_t t = time.tokens.begin;
      if (!around.contains(t) || time.range.first > today || time.value.empty()) continue;
      if (!is_relative && inside.contains(t)) continue;
      // "agreed to vote in February": the day of the vote, wherever the parser hangs it
      if (!is_relative && view_.is_verb(content) && verb < content && content < t) continue;
      return time.range;
    }
    const bool of_verb = event != nullptr && event->date_from_text && event->date.first <= today;
    const parse::TokenRange deed = {std::min(verb, content), std::max(inside.end, around.end)};
    if (of_verb && (is_relative || !is_told_in(deed, event->date))) return event->date;
    const auto* time_of_noun = view_.is_noun(content) ? modifier_time(content) : nullptr;
    if (time_of_noun != nullptr) return time_of_noun->range;
    // Behind the promise, and before the report: "promised to send troops on Monday".
    for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
      if (!around.contains(time.tokens.begin) || is_relative || time.value.empty()) continue;
      if (view_.is_limit(time)) continue;
      if (time.range.last <= today && time.precision == resolve::Precision::Day) return time.range;
    }
    return {today, today};
  }

  // The day is that of the deed, not of the promise.
  [[nodiscard]] bool is_told_in(parse::TokenRange range, DateRange day) const {
    const auto& dates = view_.reading.resolved.dates;
    return std::any_of(dates.begin(), dates.end(), [&](const resolve::TimeExpression& time) {
      return range.contains(time.tokens.begin) && time.range == day;
    });
  }

  // "its 2017 moratorium", "the 2018 declaration"
  [[nodiscard]] const resolve::TimeExpression* modifier_time(std::uint32_t noun) const {
    for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
      const std::uint32_t t = time.tokens.begin;
      if (t < noun && view_.head(t) == noun && !time.value.empty()) return &time;
      if (t > noun && view_.dep(view_.head(t)) == udep::kPrep &&
          view_.head(view_.head(t)) == noun && !time.value.empty() &&
          time.range.first <= view_.reading.resolved.anchor) {
        return &time;
      }
    }
    return nullptr;
  }

  void set_deadline(parse::TokenRange content, Commitment& one) const {
    for (const resolve::TimeExpression& time : view_.reading.resolved.dates) {
      if (!content.contains(time.tokens.begin) || !one.made) continue;
      const DateRange range =
          view_.is_limit(time) ? view_.to_come(time) : time.period.value_or(time.range);
      if (range.last <= one.made->last) continue;
      TextSpan span = time.span;
      if (const auto before = view_.preposition_of(time)) span.begin = view_.tokens.begin[*before];
      one.deadline = Horizon{span, range};
      return;
    }
  }

  void set_condition(std::uint32_t verb, std::uint32_t content, Commitment& one) const {
    for (const std::uint32_t from : {verb, content}) {
      for (const std::uint32_t c : view_.children.of(from)) {
        if (view_.dep(c) != udep::kAdvcl) continue;
        const auto mark = view_.child(c, udep::kMark);
        if (mark && tables_.is(Role::Condition, view_.lower(*mark))) {
          one.condition = view_.span(view_.subtree(c));
          return;
        }
      }
    }
  }

  // The same in title, lead and body is one; two in one sentence are two.
  void add(Commitment one, std::uint32_t content) {
    if (Commitment* old = best_match(one.matter, 2)) {
      const std::uint32_t at = at_[static_cast<std::size_t>(old - out_.commitments.data())];
      if (!old->is_mention && view_.sentence(at) != view_.sentence(content)) {
        old->evidence.push_back(one.evidence.front());
        if (old->made == view_.day() && one.made) old->made = one.made;
        return;
      }
    }
    at_.push_back(content);
    out_.commitments.push_back(std::move(one));
  }

  [[nodiscard]] Commitment* best_match(const Matter& matter, int n_words) {
    Commitment* best = nullptr;
    int most = 0;
    for (Commitment& old : out_.commitments) {
      const int found = likeness(old.matter, matter);
      const int shared = shared_words(old.matter, matter);
      const bool is_pointer = n_words == 1 && plain_words(matter) == 0;
      const bool enough = is_pointer || shared >= n_words ||
                          (shared > 0 && shared == static_cast<int>(matter.words.size())) ||
                          (shared > 0 && shared == static_cast<int>(old.matter.words.size())) ||
                          (old.matter.concept_name == matter.concept_name &&
                           (plain_words(matter) == 0 || plain_words(old.matter) == 0) &&
                           !matter.concept_name.empty());
      if (!enough || found < most || found == 0) continue;
      best = &old;
      most = found;
    }
    return best;
  }

  // ------------------------------------------------------------------ fate

  void turn(std::uint32_t word) {
    for (const FateRow& row : *tables_.fates(view_.lemma(word))) {
      const auto found = turned_by(word, row);
      if (!found) continue;
      if (tell(*found)) return;
    }
  }

  [[nodiscard]] std::optional<Turned> turned_by(std::uint32_t word, const FateRow& row) const {
    if (row.place == FateRow::Place::Noun) {
      auto targets = view_.behind(word, row.with);
      if (row.with.empty()) targets = in_spite_of(word);
      if (targets.empty() || view_.is_verb(word)) return std::nullopt;
      std::uint32_t verb = word;
      while (!view_.is_verb(verb) && view_.head(verb) != verb) verb = view_.head(verb);
      const auto doer = view_.is_verb(verb) ? view_.doer(verb) : std::nullopt;
      // "is no longer party to"
      if (!row.turn) {
        if (!view_.is_verb(verb) || !is_unbound(verb)) return std::nullopt;
        return Turned{Turn::Withdrawn, word, targets.front(), doer};
      }
      if (row.with.empty()) return spited(word, targets.front(), verb);
      // "in line with its pledge": of a deed that somebody did.
      if (row.turn == Turn::Kept && !view_.is_told(verb)) return std::nullopt;
      const bool is_passive = view_.child(verb, udep::kAuxpass).has_value();
      if (row.turn == Turn::Kept && !doer && (is_passive || view_.parties(targets.front()).empty()))
        return std::nullopt;
      return Turned{*row.turn, word, targets.front(), doer};
    }
    if (!view_.is_verb(word)) return std::nullopt;
    std::optional<std::uint32_t> target;
    if (row.place == FateRow::Place::Subject) {
      // "a lasting ceasefire" lasts in no report.
      if (view_.dep(word) == udep::kAmod) return std::nullopt;
      target = view_.subject(word);
      if (!row.with.empty() && !has_near(word, row.with)) return std::nullopt;
      if (target && view_.lower(*target) == row.with) return std::nullopt;
    } else {
      target = object_of(word, row.with);
    }
    if (target) target = whole_of(*target);
    if (target && row.turn == Turn::Kept) target = bond_over(word, *target).value_or(*target);
    if (!target || is_clause(*target)) return std::nullopt;
    // "does not feel bound by"
    const bool is_denied_above =
        view_.dep(word) == udep::kAcomp && view_.is_negated(view_.head(word));
    const bool is_not_bound = !row.turn && (view_.is_negated(word) || is_denied_above) &&
                              (view_.is_told_or_denied(word) || is_announced(word));
    if (is_unbound(word) || is_not_bound) {
      if (row.turn && *row.turn != Turn::Kept) return std::nullopt;
      return Turned{Turn::Withdrawn, word, *target,
                    row.turn ? view_.doer(word) : view_.subject(word)};
    }
    if (!row.turn) return std::nullopt;
    Turn turn = *row.turn;
    // "has yet to honour", "little was done to carry out"
    if (turn == Turn::Kept && undone_by(word) == Turn::Stalled && !is_failing(word))
      return Turned{Turn::Stalled, word, *target, view_.doer(word)};
    if (!view_.is_told_or_denied(word)) {
      // "said that it would abandon its pledge"
      const bool is_given_up = turn == Turn::Withdrawn || turn == Turn::Broken;
      if (!is_given_up || row.place != FateRow::Place::Object || !is_announced(word))
        return std::nullopt;
      return Turned{Turn::Withdrawn, word, *target, view_.doer(word)};
    }
    if (!view_.is_told(word)) {
      if (view_.lemma(word) == "make" && turn == Turn::Stalled)
        return Turned{turn, word, *target, {}};
      if (turn != Turn::Kept) return std::nullopt;
      turn = Turn::Broken;
    } else if (view_.lemma(word) == "make" && row.with == "progress") {
      // "no progress" is told with the noun
      const auto object = view_.child(word, udep::kDobj);
      if (!object || !view_.is_negated(*object)) return std::nullopt;
    }
    return Turned{turn, word, *target, view_.doer(word)};
  }

  [[nodiscard]] std::vector<std::uint32_t> in_spite_of(std::uint32_t preposition) const {
    const auto object = view_.child(preposition, udep::kPobj);
    return object ? std::vector<std::uint32_t>{*object} : std::vector<std::uint32_t>{};
  }

  // "despite a pledge not to fire" it did; "despite a pledge to leave" it has not; "despite a
  // truce" may be anything.
  [[nodiscard]] std::optional<Turned> spited(std::uint32_t word, std::uint32_t target,
                                             std::uint32_t verb) const {
    if (!view_.is_verb(verb) || !view_.is_told_or_denied(verb) || !is_bond(target))
      return std::nullopt;
    const auto doer = view_.doer(verb);
    auto clause = view_.child(target, udep::kAcl);
    if (!clause) clause = view_.child(target, udep::kRelcl);
    if (clause && is_to_come(*clause)) {
      const bool is_broken = view_.is_negated(*clause) || refrains(*clause);
      return Turned{is_broken ? Turn::Broken : Turn::Stalled, word, target, doer};
    }
    const std::string bond = concept_of(target);
    if (bond != "truce" && bond != "moratorium") return std::nullopt;
    return Turned{Turn::PerhapsBroken, word, target, doer};
  }

  [[nodiscard]] bool refrains(std::uint32_t verb) const {
    return tables_.is(Role::Refrain, view_.lemma(verb));
  }

  // "part of the pact"
  [[nodiscard]] std::uint32_t whole_of(std::uint32_t noun) const {
    if (!tables_.is(Role::Part, view_.lemma(noun))) return noun;
    const auto wholes = view_.behind(noun, "of");
    return wholes.empty() ? noun : wholes.front();
  }

  // "completed the disarmament under the accord"
  [[nodiscard]] std::optional<std::uint32_t> bond_over(std::uint32_t verb,
                                                       std::uint32_t target) const {
    if (is_bond(target) || !tables_.is(Role::Finishes, view_.lemma(verb))) return std::nullopt;
    for (const std::uint32_t from : {verb, target}) {
      for (const std::uint32_t o : view_.behind(from, "under")) {
        if (is_bond(o)) return o;
      }
    }
    return std::nullopt;
  }

  // "failed to keep" and "did not keep" is to break.
  [[nodiscard]] bool is_failing(std::uint32_t word) const {
    return view_.is_negated(word) || tables_.is(Role::Failing, view_.lemma(view_.head(word)));
  }

  // "no longer honours", "would not be bound by": told, or announced by those who are bound.
  [[nodiscard]] bool is_unbound(std::uint32_t word) const {
    bool is_past = false;
    for (const std::uint32_t c : view_.children.of(word)) {
      is_past = is_past || (c != word && view_.dep(c) == udep::kAdvmod &&
                            (view_.lower(c) == "longer" || view_.lower(c) == "anymore"));
    }
    if (!is_past) return false;
    return view_.is_told_or_denied(word) || is_announced(word);
  }

  // "will leave": in the words of whoever will do it, or in nobody's.
  [[nodiscard]] bool is_announced(std::uint32_t verb) const {
    bool will = false;
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kMark && tables_.is(Role::Condition, view_.lower(c))) return false;
      if (view_.dep(c) != udep::kAux || view_.tag(c) != xpos::kMd) continue;
      will = view_.lemma(c) == "will" || view_.lower(c) == "would" || view_.lower(c) == "'ll";
    }
    const auto doer = view_.doer(verb);
    const auto subject = view_.subject(verb);
    const attribute::Attribution* voice = view_.voice_of(verb);
    if (!will || !subject) return false;
    Sides who = doer ? view_.parties(*doer) : Sides{};
    if (who.empty()) who = view_.parties(*subject);
    if (voice == nullptr || !tables_.is(Role::Announces, cue_of(*voice))) {
      return voice == nullptr && view_.lower(*subject) != "it";
    }
    Sides said_by = speakers(*voice);
    keep_political(said_by);
    // "elections will not be held", says whoever would hold them
    if (who.empty()) return !said_by.empty();
    return shares(said_by, who) || (said_by.empty() && is_official(*voice));
  }

  // "a senior official", of whom it is not said where
  [[nodiscard]] bool is_official(const attribute::Attribution& voice) const {
    for (std::uint32_t i = 0; i < view_.size(); ++i) {
      if (voice.source && voice.source->contains(view_.tokens.span(i)) &&
          tables_.is(Role::Office, view_.lemma(i)))
        return true;
    }
    return false;
  }

  [[nodiscard]] std::string_view cue_of(const attribute::Attribution& voice) const {
    for (std::uint32_t i = 0; i < view_.size(); ++i) {
      if (view_.tokens.begin[i] >= voice.cue.begin && view_.is_verb(i)) return view_.lemma(i);
    }
    return {};
  }

  [[nodiscard]] Sides speakers(const attribute::Attribution& voice) const {
    Sides out;
    for (std::uint32_t i = 0; i < view_.size(); ++i) {
      if (voice.source && voice.source->contains(view_.tokens.span(i)))
        add_new(view_.parties(i), out);
    }
    return out;
  }

  // A noun at the head of a sentence may be tagged a verb: "Work on the accord".
  [[nodiscard]] bool is_clause(std::uint32_t token) const {
    return view_.is_verb(token) &&
           (view_.dep(token) != udep::kNsubj || tables_.noun(view_.lemma(token)) == nullptr);
  }

  // The words that a row asks for, not far below the verb.
  [[nodiscard]] bool has_near(std::uint32_t verb, std::string_view lemma) const {
    const parse::TokenRange range = view_.subtree(verb);
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (i == verb || (view_.lemma(i) != lemma && view_.lower(i) != lemma)) continue;
      const std::uint32_t up = view_.head(i);
      if (up == verb || view_.head(up) == verb) return true;
    }
    return false;
  }

  [[nodiscard]] std::optional<std::uint32_t> object_of(std::uint32_t verb,
                                                       std::string_view with) const {
    const auto direct = [&]() -> std::optional<std::uint32_t> {
      if (const auto o = view_.child(verb, udep::kDobj)) return o;
      if (const auto o = view_.child(verb, udep::kNsubjpass)) return o;
      if (view_.dep(verb) == udep::kAcl && view_.tag(verb) == xpos::kVbn) return view_.head(verb);
      return std::nullopt;
    };
    if (with.empty()) return direct();
    // A particle or a noun beside the object ("take back", "put into force"), or a preposition
    // before it.
    for (const std::uint32_t o : view_.behind(verb, with)) return o;
    if (const auto agent = view_.child(verb, udep::kAgent); agent && with == "by") {
      if (const auto o = view_.child(*agent, udep::kPobj)) return o;
    }
    if (!has_near(verb, with)) return std::nullopt;
    if (const auto o = direct(); o && view_.lemma(*o) != with) return o;
    for (const std::uint32_t c : view_.children.of(verb)) {
      const bool near = view_.dep(c) == udep::kPrep || view_.dep(c) == udep::kPrt ||
                        view_.dep(c) == udep::kAdvmod || view_.dep(c) == udep::kAcomp;
      if (!near) continue;
      for (const std::uint32_t o : view_.behind(c, "")) return o;
      if (const auto o = view_.child(c, udep::kPobj)) return o;
    }
    for (const std::uint32_t o : view_.behind(verb, "")) {
      if (!is_time(o)) return o;
    }
    return std::nullopt;
  }

  // Who is bound by what the noun phrase names: its owner, else whoever keeps or breaks it, else
  // anybody whom it names.
  [[nodiscard]] Sides bound_by(const Turned& turned) const {
    Sides by = view_.parties(turned.target);
    forget_city(turned.target, by);
    keep_political(by);
    if (by.empty() && turned.doer && *turned.doer != turned.target) {
      by = view_.parties(*turned.doer);
    }
    keep_political(by);
    if (by.empty()) by = view_.political_in(view_.subtree(turned.target));
    forget_city(turned.target, by);
    return by;
  }

  // "the Oslo accord" is not Norway's.
  void forget_city(std::uint32_t noun, Sides& sides) const {
    for (const resolve::Place& place : view_.reading.resolved.places) {
      const std::uint32_t last = place.tokens.end - 1;
      if (place.resolution == 1 || view_.head(last) != noun || view_.dep(last) != udep::kCompound)
        continue;
      std::erase_if(sides, [&](const events::Side& side) {
        return side.code == place.country_code && place.span.contains(side.span);
      });
    }
  }

  [[nodiscard]] Matter matter_of(const Turned& turned) const {
    Matter matter;
    parse::TokenRange range = view_.subtree(turned.target);
    if (view_.is_below(turned.word, turned.target) && turned.word > turned.target) {
      range.end =
          std::max(turned.target + 1, std::min(range.end, view_.subtree(turned.word).begin));
    }
    matter.words = view_.content_words(range);
    if (const resolve::TimeExpression* time = modifier_time(turned.target)) {
      note_year(time->range, matter);
    }
    matter.concept_name = concept_of(turned.target);
    return matter;
  }

  // The binding verb that says of a noun that it was promised: "the money that Australia pledged",
  // "the troops it had agreed to send"; not "the party that pledged money".
  [[nodiscard]] std::optional<std::uint32_t> binding_inside(std::uint32_t noun) const {
    for (const std::uint32_t c : view_.children.of(noun)) {
      const bool relative = view_.dep(c) == udep::kRelcl || view_.dep(c) == udep::kAcl;
      if (c < noun || !relative || !is_promise(c) || !view_.is_told_or_denied(c)) continue;
      const bool by_participle = view_.dep(c) == udep::kAcl && view_.tag(c) == xpos::kVbn;
      const auto subject = view_.child(c, udep::kNsubj);
      if (by_participle || (subject && view_.subject(c) != noun)) return c;
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_promise(std::uint32_t verb) const {
    const Binding* binding = view_.is_verb(verb) ? tables_.binding(view_.lemma(verb)) : nullptr;
    return binding != nullptr && *binding != Binding::Signs && *binding != Binding::Declares;
  }

  bool tell(const Turned& turned) {
    if (is_denied(turned.word)) return false;
    const std::string bond = concept_of(turned.target);
    const auto inner = binding_inside(turned.target);
    const bool general = bond == "effort";
    const bool is_idle = is_idle_halt(turned.target);
    const bool is_named = inner || (!bond.empty() && !general && !is_idle && bond != "goal");
    // Many things are ended, kept and broken that nobody promised; what is dropped may be what was
    // promised.
    const bool is_given_up =
        turned.turn == Turn::Withdrawn && tables_.is(Role::GivesUp, view_.lemma(turned.word));
    const bool may_be_promised = turned.turn == Turn::Stalled || is_given_up || is_idle ||
                                 (general && turned.turn == Turn::Withdrawn);
    if (!is_named && !may_be_promised) return false;
    Matter matter = matter_of(turned);
    Sides by = bound_by(turned);
    if (inner) {
      if (const auto actor = view_.doer(*inner)) {
        Sides promisers = view_.parties(*actor);
        keep_political(promisers);
        if (!promisers.empty()) by = promisers;
      }
      if (matter.concept_name.empty()) matter.concept_name = "promise";
    }
    matter.actors = codes(by);
    forget_own_names(matter);
    if (turned.doer) matter.others = codes(view_.parties(*turned.doer));
    if (by.empty()) matter.others = codes(parties_near(turned.word));
    Step step = step_of(turned, by);
    if (Commitment* old =
            is_pointer(turned, matter) ? latest_before(turned.target) : best_match(matter, 1)) {
      apply(step, *old);
      return true;
    }
    if (by.empty() && matter.others.empty()) return false;
    if (!is_named || by.empty()) {
      if (is_given_up && !general && !is_named && !is_idle) matter.concept_name = kUndone;
      out_.fates.push_back({step.turn, std::move(matter), step.evidence, step.date});
      return true;
    }
    Commitment one;
    one.by = std::move(by);
    one.matter = std::move(matter);
    one.is_mention = true;
    one.content = view_.span(own_range(turned));
    one.matter.refrains =
        one.matter.concept_name == "truce" || one.matter.concept_name == "moratorium";
    one.form = is_self_imposed(turned.target) || one.matter.concept_name == "moratorium"
                   ? Form::SelfImposed
               : one.by.size() > 1 || one.matter.concept_name == "pact" ? Form::Pact
                                                                        : Form::Promise;
    if (const resolve::TimeExpression* time = modifier_time(turned.target)) one.made = time->range;
    one.evidence.push_back(step.evidence);
    apply(step, one);
    at_.push_back(turned.target);
    out_.commitments.push_back(std::move(one));
    return true;
  }

  // Whose it may be where nobody is named with it: who is named in the sentence, the ones beside
  // it, or anywhere.
  [[nodiscard]] Sides parties_near(std::uint32_t token) const {
    const parse::TokenRange here = view_.sentence_range(token);
    parse::TokenRange around = here;
    if (here.begin > 0) around.begin = view_.sentence_range(here.begin - 1).begin;
    if (here.end < view_.size()) around.end = view_.sentence_range(here.end).end;
    for (const parse::TokenRange range : {here, around, parse::TokenRange{0, view_.size()}}) {
      if (Sides found = view_.political_in(range); !found.empty()) return found;
    }
    return {};
  }

  [[nodiscard]] parse::TokenRange own_range(const Turned& turned) const {
    parse::TokenRange range = view_.subtree(turned.target);
    if (view_.is_below(turned.word, turned.target) && turned.word > turned.target) {
      range.end =
          std::max(turned.target + 1, std::min(range.end, view_.subtree(turned.word).begin));
    }
    return range;
  }

  // "the goal", "these efforts": no words of its own, so it points at what was told before.
  [[nodiscard]] bool is_pointer(const Turned& turned, const Matter& matter) const {
    const BoundNoun* noun = tables_.noun(view_.lemma(turned.target));
    return noun != nullptr && matter.words.empty() && matter.actors.empty();
  }

  [[nodiscard]] Commitment* latest_before(std::uint32_t token) {
    Commitment* best = nullptr;
    std::uint32_t latest = 0;
    for (std::size_t i = 0; i < out_.commitments.size(); ++i) {
      if (at_[i] > token || view_.sentence(at_[i]) + kReach < view_.sentence(token)) continue;
      if (best != nullptr && at_[i] < latest) continue;
      best = &out_.commitments[i];
      latest = at_[i];
    }
    return best;
  }

  [[nodiscard]] Step step_of(const Turned& turned, const Sides& by) const {
    Step step;
    step.turn = turned.turn;
    step.evidence = view_.span(view_.subtree(turned.word));
    const TextSpan target = view_.tokens.span(turned.target);
    step.evidence.begin = std::min(step.evidence.begin, target.begin);
    step.evidence.end = std::max(step.evidence.end, target.end);
    step.date = day_of(turned.word, turned.target, view_.event_at(turned.word));
    // Ending it with the very deed it forbade is breaking it.
    if (turned.turn == Turn::Withdrawn) {
      const parse::TokenRange sentence = view_.sentence_range(turned.word);
      for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
        const events::Event* event = view_.event_at(i);
        if (i == turned.word || event == nullptr || !is_force(*event) || !shares(event->actor, by))
          continue;
        step.turn = Turn::Broken;
        step.event_id = event->id;
      }
    }
    return step;
  }

  static bool is_force(const events::Event& event) {
    return (event.event == "MOBILIZE" || event.event == "ASSAULT" || event.event == "COERCE") &&
           !event.auxiliary_modes.future && !event.auxiliary_modes.negation &&
           !event.auxiliary_modes.hypothetical;
  }

  static bool shares(const Sides& a, const Sides& b) {
    return std::any_of(a.begin(), a.end(), [&](const events::Side& one) {
      return !one.code.empty() && std::any_of(b.begin(), b.end(), [&](const events::Side& other) {
        return one.code == other.code;
      });
    });
  }

  static void apply(const Step& step, Commitment& one) {
    one.history.push_back(step);
    one.status = after(one.status, step.turn);
  }

  // ------------------------------------------------------------------ deeds

  // What a verb says of something that was promised.
  struct Redeemed {
    std::uint32_t pledge = 0;  ///< the binding verb
    bool by_others = false;    ///< the deed of the verb need not be that of who promised
  };

  // "opened the hospital, as it had promised"; "did not hold the elections that it promised"; "the
  // road it had promised was never built"; "voted in the elections that the junta promised"
  [[nodiscard]] std::optional<Redeemed> redeemed_by(std::uint32_t verb) const {
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAdvcl && is_promise(c) && is_as_clause(c) && is_bare(c)) {
        const bool is_passive = view_.child(verb, udep::kNsubjpass).has_value();
        return Redeemed{c, is_passive && !view_.doer(verb)};
      }
    }
    if (const auto object = view_.child(verb, udep::kDobj)) {
      if (const auto pledge = binding_inside(*object)) return Redeemed{*pledge, false};
    }
    if (const auto object = view_.child(verb, udep::kNsubjpass); object && brings_about(verb)) {
      if (const auto pledge = binding_inside(*object)) return Redeemed{*pledge, true};
    }
    for (const std::uint32_t object : view_.behind(verb, "in")) {
      const auto pledge = binding_inside(object);
      if (pledge && is_said_twice(verb, object)) return Redeemed{*pledge, true};
    }
    return std::nullopt;
  }

  // "voted in the elections", "went to the polls in the election"
  [[nodiscard]] bool is_said_twice(std::uint32_t verb, std::uint32_t object) const {
    if (view_.meaning(verb) == view_.meaning(object)) return true;
    const auto others = view_.behind(verb, "");
    return std::any_of(others.begin(), others.end(), [&](std::uint32_t other) {
      return other != object && view_.meaning(other) == view_.meaning(object);
    });
  }

  [[nodiscard]] bool brings_about(std::uint32_t verb) const {
    return tables_.is(Role::Brings, view_.lemma(verb)) || is_done_to(verb);
  }

  void promised(std::uint32_t verb) {
    if (tables_.fates(view_.lemma(verb)) != nullptr && !is_plain(verb)) return;
    const auto redeemed = redeemed_by(verb);
    const auto undone = undone_by(verb);
    if (!redeemed || (!view_.is_told_or_denied(verb) && !undone)) return;
    const auto actor = view_.doer(redeemed->pledge);
    Commitment one;
    if (actor) one.by = view_.parties(*actor);
    // Who promised must be who does it.
    const auto doer = view_.doer(verb);
    const Sides doers = doer ? view_.parties(*doer) : Sides{};
    if (one.by.empty()) one.by = doers;
    keep_political(one.by);
    const bool is_known = !one.by.empty() && (redeemed->by_others || shares(one.by, doers));
    if (!is_known && !(redeemed->by_others && one.by.empty())) return;
    fill(one, verb, verb);
    one.content = view_.span(view_.subtree(verb));
    one.matter.words = view_.content_words(view_.subtree(verb));
    forget_own_names(one.matter);
    one.matter.concept_name = "promise";
    one.matter.refrains = false;
    if (one.by.empty()) one.matter.others = codes(parties_near(verb));
    Step step;
    const bool failed = tables_.is(Role::Failing, view_.lemma(verb));
    step.turn = undone && redeemed->by_others ? *undone
                : failed                      ? Turn::Broken
                : view_.is_told(verb)         ? Turn::Kept
                                              : Turn::Broken;
    step.evidence = view_.span(view_.subtree(verb));
    step.date = day_of(verb, verb, view_.event_at(verb));
    if (Commitment* old = best_match(one.matter, 1)) {
      apply(step, *old);
      return;
    }
    if (one.by.empty()) {
      out_.fates.push_back({step.turn, std::move(one.matter), step.evidence, step.date});
      return;
    }
    one.is_mention = true;
    one.evidence.push_back(step.evidence);
    apply(step, one);
    at_.push_back(verb);
    out_.commitments.push_back(std::move(one));
  }

  // "as it had promised", not "as it promised aid"
  [[nodiscard]] bool is_bare(std::uint32_t verb) const {
    return !view_.child(verb, udep::kDobj) && !view_.child(verb, udep::kXcomp) &&
           !view_.child(verb, udep::kCcomp);
  }

  // No row of this verb speaks of a commitment.
  [[nodiscard]] bool is_plain(std::uint32_t verb) const {
    for (const FateRow& row : *tables_.fates(view_.lemma(verb))) {
      const auto found = turned_by(verb, row);
      if (!found) continue;
      if (tables_.noun(view_.lemma(found->target)) != nullptr || binding_inside(found->target)) {
        return false;
      }
    }
    return true;
  }

  // "completed the withdrawal", "made a payment": the object names the deed.
  [[nodiscard]] bool is_done_to(std::uint32_t verb) const {
    const auto* rows = tables_.fates(view_.lemma(verb));
    const bool keeps =
        rows != nullptr && std::any_of(rows->begin(), rows->end(), [](const FateRow& row) {
          return row.turn == Turn::Kept && row.place == FateRow::Place::Object && row.with.empty();
        });
    return keeps || tables_.is(Role::Light, view_.lemma(verb));
  }

  // A state and rebels of it have one code.
  [[nodiscard]] bool is_between_foes(std::uint32_t verb) const {
    const auto actor = view_.doer(verb);
    const auto object = view_.child(verb, udep::kDobj);
    if (!actor || !object) return false;
    const auto is_rebel = [](const events::Side& side) { return side.sector == "REB"; };
    const Sides actors = view_.parties(*actor);
    const Sides hit = view_.parties(*object);
    return !actors.empty() && !hit.empty() && shares(actors, hit) &&
           std::any_of(actors.begin(), actors.end(), is_rebel) !=
               std::any_of(hit.begin(), hit.end(), is_rebel);
  }

  // "has not destroyed", "has yet to destroy", "failed to destroy": it is overdue; "refused to
  // destroy" may break a promise; "will no longer destroy" takes it back.
  [[nodiscard]] std::optional<Turn> undone_by(std::uint32_t verb) const {
    if (is_unbound(verb)) return Turn::Withdrawn;
    const std::uint32_t up = view_.head(verb);
    if (view_.dep(verb) == udep::kXcomp && up != verb && view_.is_told(up)) {
      if (tables_.is(Role::Refuses, view_.lemma(up))) return Turn::PerhapsBroken;
      if (tables_.is(Role::Failing, view_.lemma(up)) || has_yet(up)) return Turn::Stalled;
    }
    if (is_hardly_begun(verb) || is_of_nobody(verb)) return Turn::Stalled;
    if (!view_.is_negated(verb)) return std::nullopt;
    // "will not close", "decided not to close"
    if (is_announced(verb)) return Turn::Withdrawn;
    if (!view_.is_told_or_denied(verb)) return std::nullopt;
    if (view_.dep(verb) == udep::kXcomp && tables_.is(Role::Factual, view_.lemma(up)))
      return Turn::Withdrawn;
    const bool is_perfect = view_.tag(verb) == xpos::kVbn && view_.child(verb, udep::kAux);
    const bool is_past = view_.tag(verb) == xpos::kVb && is_did(verb);
    return is_perfect || is_past ? std::optional(Turn::Stalled) : std::nullopt;
  }

  // "little has been done to build", "no steps were taken to build"
  [[nodiscard]] bool is_hardly_begun(std::uint32_t verb) const {
    const std::uint32_t up = view_.head(verb);
    const bool is_aim = view_.dep(verb) == udep::kXcomp || view_.dep(verb) == udep::kAdvcl;
    if (!is_aim || up == verb || !tables_.is(Role::Light, view_.lemma(up))) return false;
    const auto subject = view_.child(up, udep::kNsubjpass);
    return view_.tag(verb) == xpos::kVb && subject && is_none(*subject);
  }

  // "none of the prisoners has been freed", "neither side withdrew", "freed none of them"
  [[nodiscard]] bool is_of_nobody(std::uint32_t verb) const {
    if (!view_.is_told(verb)) return false;
    for (const StringId dep : {udep::kNsubjpass, udep::kNsubj, udep::kDobj}) {
      if (const auto noun = view_.child(verb, dep); noun && is_none(*noun)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_none(std::uint32_t noun) const {
    if (tables_.is(Role::None, view_.lower(noun))) return true;
    const auto all = view_.children.of(noun);
    return std::any_of(all.begin(), all.end(), [&](std::uint32_t c) {
      const bool is_before = view_.dep(c) == udep::kDet || view_.dep(c) == udep::kAmod;
      return c < noun && is_before && tables_.is(Role::None, view_.lower(c));
    });
  }

  // "has yet to", "is yet to"
  [[nodiscard]] bool has_yet(std::uint32_t verb) const {
    const auto& all = view_.children.of(verb);
    return (view_.lemma(verb) == "have" || view_.lemma(verb) == "be") &&
           std::any_of(all.begin(), all.end(),
                       [&](std::uint32_t c) { return view_.lower(c) == "yet"; });
  }

  [[nodiscard]] bool is_did(std::uint32_t verb) const {
    const auto& all = view_.children.of(verb);
    return std::any_of(all.begin(), all.end(), [&](std::uint32_t c) {
      return view_.dep(c) == udep::kAux && view_.lower(c) == "did";
    });
  }

  // "left the pact" is no deed of its own; "completed the pullback under the pact" is.
  [[nodiscard]] bool is_about_bond(std::uint32_t verb) const {
    if (const auto object = view_.child(verb, udep::kDobj); object && is_bond(*object)) return true;
    for (const std::uint32_t p : view_.children.of(verb)) {
      if (view_.dep(p) != udep::kPrep || tables_.is(Role::Under, view_.lower(p))) continue;
      const auto object = view_.child(p, udep::kPobj);
      if (object && is_bond(*object)) return true;
    }
    return false;
  }

  [[nodiscard]] bool is_bond(std::uint32_t noun) const {
    const std::string bond = concept_of(noun);
    return !bond.empty() && bond != "effort" && bond != "goal";
  }

  // Done, left undone, or neither.
  void done(std::uint32_t verb) {
    const auto undone = undone_by(verb);
    const bool is_present = view_.tag(verb) == xpos::kVbp || view_.tag(verb) == xpos::kVbz;
    if (!undone && (!view_.is_told(verb) || is_present)) return;
    if (is_promise(verb) || is_denied(verb) || is_about_bond(verb)) return;
    const auto actor = view_.doer(verb);
    Deed deed;
    if (actor) deed.matter.actors = codes(view_.parties(*actor));
    const parse::TokenRange range = view_.on_line(view_.subtree(verb), verb);
    // "the elections will not be held", "the ban was not lifted"
    const bool is_of_subject = deed.matter.actors.empty();
    const std::uint32_t begin = is_of_subject ? range.begin : verb;
    deed.matter.words = view_.content_words({begin, range.end});
    deed.matter.others = codes(view_.parties_in({begin, range.end}));
    forget_own_names(deed.matter);
    if (brings_about(verb)) {
      deed.matter.words.insert(deed.matter.words.begin(), std::string(kGiving));
    }
    deed.matter.refrains = tables_.is(Role::Refrain, view_.lemma(verb));
    deed.span = view_.span(range);
    deed.date = day_of(verb, verb, view_.event_at(verb));
    if (undone) {
      if (deed.matter.actors.empty()) deed.matter.others = codes(parties_near(verb));
      leave_undone(*undone, std::move(deed));
      return;
    }
    if (deed.matter.actors.empty() || is_done_in_part(verb)) return;
    if (const events::Event* event = view_.event_at(verb)) {
      const events::AuxiliaryModes& modes = event->auxiliary_modes;
      if (modes.negation || modes.future || modes.hypothetical) return;
      deed.event = event->event;
      deed.event_id = event->id;
    }
    if (!is_done_to(verb)) deed.verb = view_.meaning(verb);
    deed.between_foes = is_between_foes(verb);
    out_.deeds.push_back(std::move(deed));
  }

  // "paid half of it", "freed only two of them"
  [[nodiscard]] bool is_done_in_part(std::uint32_t verb) const {
    auto object = view_.child(verb, udep::kDobj);
    if (!object) object = view_.child(verb, udep::kNsubjpass);
    if (!object) return false;
    const parse::TokenRange range = view_.subtree(*object);
    for (std::uint32_t i = range.begin; i <= *object; ++i) {
      if (view_.lower(i) == "only" || view_.lower(i) == "just") return true;
    }
    return tables_.is(Role::Part, view_.lemma(*object));
  }

  void leave_undone(Turn turn, Deed deed) {
    if (plain_words(deed.matter) == 0) return;
    if (deed.matter.actors.empty() && deed.matter.others.empty()) return;
    deed.matter.concept_name = kUndone;
    out_.fates.push_back({turn, std::move(deed.matter), deed.span, deed.date});
  }

  const View& view_;
  const OutlookTables& tables_;
  Outlook& out_;
  std::vector<std::uint32_t> at_;  ///< the token that each commitment's content hangs on
};

}  // namespace

void find_commitments(const View& view, Outlook& outlook) { Finder(view, outlook).run(); }

}  // namespace detente::outlook
