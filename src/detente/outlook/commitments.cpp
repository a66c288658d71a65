#include "detente/outlook/commitments.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <utility>

#include "detente/outlook/direction.h"

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
    if (!content) return;
    const auto actor = view_.doer(verb);
    Commitment one;
    if (actor && !view_.is_in_dateline(*actor)) one.by = view_.parties(*actor);
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
    if (bearing_of(view_, *content, false, kNear).sign < 0 && !noun && !is_offered) return;
    if (event != nullptr && event->event == "THREATEN") return;
    fill(one, *content, verb);
    one.form = form_of(binding, noun, one, *content);
    one.evidence.push_back(evidence_of(verb, *content, actor));
    one.made = day_of(verb, *content, event);
    set_deadline(view_.subtree(*content), one);
    set_condition(verb, *content, one);
    add(std::move(one), *content);
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
    const std::uint32_t up = view_.head(noun);
    if (view_.dep(noun) != udep::kDobj || !view_.is_verb(up) || !view_.is_told(up)) return;
    const std::string_view verb = view_.lemma(up);
    if (verb != "give" && verb != "make" && verb != "renew" && verb != "offer") return;
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
    const bool takes_clause =
        binding == Binding::Promise || binding == Binding::Clause || binding == Binding::Pact;
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
    if (binding == Binding::Pact) return view_.behind(verb, "with").empty();
    const auto object = view_.child(verb, udep::kDobj);
    return !object || !view_.parties(*object).empty();
  }

  // "to send", "would send"; "agreed that it was right" binds nobody.
  [[nodiscard]] bool is_to_come(std::uint32_t verb) const {
    const auto to_come = [&](std::uint32_t c) {
      return view_.dep(c) == udep::kAux && (view_.tag(c) == xpos::kTo || view_.tag(c) == xpos::kMd);
    };
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (to_come(c)) return true;
    }
    return view_.dep(verb) == udep::kXcomp && view_.tag(verb) == xpos::kVb;
  }

  [[nodiscard]] bool is_bound_by(std::uint32_t noun, Binding binding) const {
    const BoundNoun* known = tables_.noun(view_.lemma(noun));
    if (binding == Binding::Promise) return view_.is_noun(noun) && !is_time(noun);
    // "agreed on a truce", "agreed on a joint patrol", not "agreed on the need"
    if (binding == Binding::Pact) {
      return known != nullptr ||
             (view_.is_noun(noun) && !is_time(noun) && bearing_of(view_, noun, true, 1).sign != 0);
    }
    if (known == nullptr || binding == Binding::Clause) return false;
    if (binding == Binding::Declares) return known->made == BoundNoun::Made::Declared;
    return known->made != BoundNoun::Made::Named && known->concept_name != "goal";
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
    // A relative clause that binds is no part of what it binds to.
    if (view_.is_below(verb, content)) {
      range.end = std::max(content + 1, std::min(range.end, view_.subtree(verb).begin));
    }
    range = view_.on_line(range, content);
    one.content = view_.span(range);
    one.matter.words = view_.content_words(range);
    one.matter.actors = codes(one.by);
    one.matter.others = codes(one.to);
    if (const BoundNoun* noun = tables_.noun(view_.lemma(content))) {
      one.matter.concept_name = noun->concept_name;
    }
    one.matter.refrains =
        one.matter.concept_name == "truce" || one.matter.concept_name == "moratorium" ||
        tables_.is(Role::Refrain, view_.lemma(content)) || view_.is_negated(content);
    if (!one.matter.refrains || !one.matter.concept_name.empty()) return;
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (tables_.is(Role::Force, view_.lemma(i))) one.matter.concept_name = "truce";
    }
  }

  [[nodiscard]] Form form_of(Binding binding, const BoundNoun* noun, const Commitment& one,
                             std::uint32_t content) const {
    if (noun != nullptr && (noun->concept_name == "moratorium" || is_self_imposed(content))) {
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

  // The same in title, lead and body is one.
  void add(Commitment one, std::uint32_t content) {
    if (Commitment* old = best_match(one.matter, 2)) {
      if (!old->is_mention) {
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
      const bool enough =
          shared >= n_words || (shared > 0 && shared == static_cast<int>(matter.words.size())) ||
          (shared > 0 && shared == static_cast<int>(old.matter.words.size())) ||
          (old.matter.concept_name == matter.concept_name &&
           (matter.words.empty() || old.matter.words.empty()) && !matter.concept_name.empty());
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
      const auto targets = view_.behind(word, row.with);
      if (targets.empty() || view_.is_verb(word)) return std::nullopt;
      std::uint32_t verb = word;
      while (!view_.is_verb(verb) && view_.head(verb) != verb) verb = view_.head(verb);
      const auto doer = view_.is_verb(verb) ? view_.doer(verb) : std::nullopt;
      // "in line with its pledge": of a deed that somebody did.
      if (row.turn == Turn::Kept && (!doer || !view_.is_told(verb))) return std::nullopt;
      return Turned{row.turn, word, targets.front(), doer};
    }
    if (!view_.is_verb(word)) return std::nullopt;
    std::optional<std::uint32_t> target;
    if (row.place == FateRow::Place::Subject) {
      // "a lasting ceasefire" lasts in no report.
      if (view_.dep(word) == udep::kAmod) return std::nullopt;
      target = view_.subject(word);
      if (!row.with.empty() && !has_near(word, row.with)) return std::nullopt;
    } else {
      target = object_of(word, row.with);
    }
    if (!target || is_clause(*target)) return std::nullopt;
    if (!view_.is_told_or_denied(word)) return std::nullopt;
    Turn turn = row.turn;
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
    if (!has_near(verb, with)) return std::nullopt;
    if (const auto o = direct(); o && view_.lemma(*o) != with) return o;
    for (const std::uint32_t c : view_.children.of(verb)) {
      const bool near = view_.dep(c) == udep::kPrep || view_.dep(c) == udep::kPrt ||
                        view_.dep(c) == udep::kAdvmod || view_.dep(c) == udep::kAcomp;
      if (!near) continue;
      for (const std::uint32_t o : view_.behind(c, "")) return o;
      if (const auto o = view_.child(c, udep::kPobj)) return o;
    }
    for (const std::uint32_t o : view_.behind(verb, "")) return o;
    return std::nullopt;
  }

  // Who is bound by what the noun phrase names: its owner, else whoever keeps or breaks it, else
  // anybody whom it names.
  [[nodiscard]] Sides bound_by(const Turned& turned) const {
    Sides by = view_.parties(turned.target);
    keep_political(by);
    if (by.empty() && turned.doer) by = view_.parties(*turned.doer);
    keep_political(by);
    if (by.empty()) by = view_.political_in(view_.subtree(turned.target));
    return by;
  }

  [[nodiscard]] Matter matter_of(const Turned& turned) const {
    Matter matter;
    parse::TokenRange range = view_.subtree(turned.target);
    if (view_.is_below(turned.word, turned.target) && turned.word > turned.target) {
      range.end =
          std::max(turned.target + 1, std::min(range.end, view_.subtree(turned.word).begin));
    }
    matter.words = view_.content_words(range);
    if (const BoundNoun* noun = tables_.noun(view_.lemma(turned.target))) {
      matter.concept_name = noun->concept_name;
    }
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
    return binding != nullptr && (*binding == Binding::Promise || *binding == Binding::Clause ||
                                  *binding == Binding::Pact);
  }

  bool tell(const Turned& turned) {
    if (is_denied(turned.word)) return false;
    const BoundNoun* noun = tables_.noun(view_.lemma(turned.target));
    const auto inner = binding_inside(turned.target);
    const bool general = noun != nullptr && noun->concept_name == "effort";
    const bool is_named = inner || (noun != nullptr && !general && noun->concept_name != "goal");
    // Many things are ended, kept and broken that nobody promised.
    // A plan that is dropped may be what was promised.
    const bool may_be_promised =
        turned.turn == Turn::Stalled || (general && turned.turn == Turn::Withdrawn);
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
    if (turned.doer) matter.others = codes(view_.parties(*turned.doer));
    Step step = step_of(turned, by);
    if (Commitment* old =
            is_pointer(turned, matter) ? latest_before(turned.target) : best_match(matter, 1)) {
      apply(step, *old);
      return true;
    }
    if (by.empty()) return false;
    if (!is_named) {
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

  // "opened the hospital, as it had promised"; "did not hold the elections that it promised"
  void promised(std::uint32_t verb) {
    if (tables_.fates(view_.lemma(verb)) != nullptr && !is_plain(verb)) return;
    std::optional<std::uint32_t> pledge;
    std::uint32_t content = verb;
    for (const std::uint32_t c : view_.children.of(verb)) {
      if (view_.dep(c) == udep::kAdvcl && is_promise(c) && is_as_clause(c) && is_bare(c))
        pledge = c;
    }
    if (!pledge) {
      if (const auto object = view_.child(verb, udep::kDobj)) pledge = binding_inside(*object);
    }
    if (!pledge || !view_.is_told_or_denied(verb)) return;
    const auto actor = view_.doer(*pledge);
    Commitment one;
    if (actor) one.by = view_.parties(*actor);
    // Who promised must be who does it.
    const auto doer = view_.doer(verb);
    const Sides doers = doer ? view_.parties(*doer) : Sides{};
    if (one.by.empty()) one.by = doers;
    keep_political(one.by);
    if (one.by.empty() || !shares(one.by, doers)) return;
    fill(one, content, verb);
    one.content = view_.span(view_.subtree(content));
    one.matter.words = view_.content_words(view_.subtree(content));
    one.matter.concept_name = "promise";
    one.matter.refrains = false;
    Step step;
    step.turn = view_.is_told(verb) ? Turn::Kept : Turn::Broken;
    step.evidence = view_.span(view_.subtree(verb));
    step.date = day_of(verb, content, view_.event_at(verb));
    if (Commitment* old = best_match(one.matter, 1)) {
      apply(step, *old);
      return;
    }
    one.is_mention = true;
    one.evidence.push_back(step.evidence);
    apply(step, one);
    at_.push_back(content);
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
        rows != nullptr &&
        std::any_of(rows->begin(), rows->end(), [](const auto& r) { return r.turn == Turn::Kept; });
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

  void done(std::uint32_t verb) {
    if (!view_.is_told(verb) || view_.tag(verb) == xpos::kVbp || view_.tag(verb) == xpos::kVbz)
      return;
    if (tables_.binding(view_.lemma(verb)) != nullptr || is_denied(verb)) return;
    const auto actor = view_.doer(verb);
    if (!actor) return;
    Deed deed;
    deed.matter.actors = codes(view_.parties(*actor));
    if (deed.matter.actors.empty()) return;
    const parse::TokenRange range = view_.on_line(view_.subtree(verb), verb);
    deed.matter.words = view_.content_words({verb, range.end});
    deed.matter.others = codes(view_.parties_in({verb, range.end}));
    if (const events::Event* event = view_.event_at(verb)) {
      const events::AuxiliaryModes& modes = event->auxiliary_modes;
      if (modes.negation || modes.future || modes.hypothetical) return;
      deed.event = event->event;
      deed.event_id = event->id;
    }
    if (!is_done_to(verb)) deed.verb = view_.lemma(verb);
    deed.matter.refrains = tables_.is(Role::Refrain, view_.lemma(verb));
    deed.between_foes = is_between_foes(verb);
    deed.span = view_.span(range);
    deed.date = day_of(verb, verb, view_.event_at(verb));
    out_.deeds.push_back(std::move(deed));
  }

  const View& view_;
  const OutlookTables& tables_;
  Outlook& out_;
  std::vector<std::uint32_t> at_;  ///< the token that each commitment's content hangs on
};

}  // namespace

void find_commitments(const View& view, Outlook& outlook) { Finder(view, outlook).run(); }

}  // namespace detente::outlook
