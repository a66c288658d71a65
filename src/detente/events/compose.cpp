#include "detente/events/compose.h"

#include <algorithm>
#include <utility>

namespace detente::events {
namespace {

constexpr int kMaxDepth = 6;
constexpr StringId kDateLabel = parse::label("DATE");
constexpr StringId kTimeLabel = parse::label("TIME");

bool starts_with_any(std::string_view code, const std::vector<std::string>& prefixes) {
  return prefixes.empty() ||
         std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& prefix) { return code.starts_with(prefix); });
}

/// Dependents of a verb that a phrase may name by their own word.
bool is_phrase_child(StringId d) {
  return d == udep::kPrt || d == udep::kAdvmod || d == udep::kPrep || d == udep::kAcomp ||
         d == udep::kOprd || d == udep::kAttr || d == udep::kDative || d == udep::kXcomp ||
         d == udep::kNpadvmod || d == udep::kDobj || d == udep::kPobj || d == udep::kCompound ||
         d == udep::kAmod || d == udep::kPcomp || d == udep::kAgent || d == udep::kNmod ||
         d == udep::kPoss || d == udep::kDet || d == udep::kNummod || d == udep::kDep ||
         d == udep::kAdvcl || d == udep::kAuxpass;
}

void append_unique(std::vector<std::uint32_t>& to, std::uint32_t value) {
  if (std::find(to.begin(), to.end(), value) == to.end()) to.push_back(value);
}

}  // namespace

Composer::Composer(const DocumentView& view, FrameBuilder& frames, SideFinder& sides)
    : view_(view),
      frames_(frames),
      sides_(sides),
      containers_(view.ontology.set("grammar-containers")),
      doings_(view.ontology.set("grammar-doings")) {}

bool Composer::kind_fits(const Trigger& trigger, const PredicateFrame& frame) const {
  switch (trigger.kind) {
    case TriggerKind::Verb:
      return frame.kind == FrameKind::Verb;
    case TriggerKind::Noun:
      return frame.kind == FrameKind::Noun;
    case TriggerKind::Adjective:
      // "crimes committed by rebels" is done by somebody, and no state of the crimes.
      return frame.kind == FrameKind::Adjective ||
             (frame.kind == FrameKind::Verb && frame.passive && frame.agents.empty());
  }
  return false;
}

bool Composer::match_before(const Trigger& trigger, const PredicateFrame& frame,
                            std::vector<std::uint32_t>& words) const {
  for (const auto& step : trigger.before) {
    std::optional<std::uint32_t> found;
    for (const auto* list : {&frame.modifiers, &frame.owners}) {
      for (const std::uint32_t t : *list) {
        if (!found && view_.is_one_of(t, step.words)) found = t;
      }
    }
    // Modifiers of modifiers, and words that the parser hung elsewhere but that stand right before.
    for (const std::uint32_t t : frame.modifiers) {
      if (found) break;
      for (const std::uint32_t c : view_.children.of(t)) {
        if (!found && view_.is_one_of(c, step.words)) found = c;
      }
    }
    if (!found && frame.trigger > 0 && view_.is_one_of(frame.trigger - 1, step.words)) {
      found = frame.trigger - 1;
    }
    if (!found) return false;
    append_unique(words, *found);
  }
  return true;
}

bool Composer::stands_for(std::uint32_t token_idx, const PhraseWord& word) const {
  if (view_.is_one_of(token_idx, word.words)) return true;
  const bool holds_others =
      view_.is_one_of(token_idx, containers_) || view_.pos(token_idx) == upos::kNum;
  if (holds_others) {
    for (const std::uint32_t p : view_.children.of(token_idx)) {
      if (view_.dep(p) != udep::kPrep || view_.lower_text(p) != "of") continue;
      for (const std::uint32_t o : view_.children.of(p)) {
        if (view_.dep(o) == udep::kPobj && view_.is_one_of(o, word.words)) return true;
      }
    }
  }
  for (const std::uint32_t c : view_.children.of(token_idx)) {
    if (view_.dep(c) == udep::kConj && view_.is_noun(c) && view_.is_one_of(c, word.words)) {
      return true;
    }
  }
  return false;
}

bool Composer::match_after(const Trigger& trigger, const PredicateFrame& frame,
                           std::vector<std::uint32_t>& words) const {
  std::uint32_t current = frame.trigger;
  for (const auto& step : trigger.after) {
    std::optional<std::uint32_t> found;
    auto fits = [&](std::uint32_t c) {
      if (!is_phrase_child(view_.dep(c))) return false;
      if (std::find(words.begin(), words.end(), c) != words.end()) return false;
      if (!view_.is_one_of(c, step.words)) return false;
      // "expanded their sweep, linking …": a clause beside it is no word of the phrase.
      if (view_.dep(c) == udep::kAdvcl && view_.tag(c) != xpos::kVb) return false;
      if (view_.pos(c) == upos::kAdp) {
        // "fired a missile on Saturday" is not "fired on".
        for (const std::uint32_t o : view_.children.of(c)) {
          if (view_.tokens.ent_type[o] == kDateLabel || view_.tokens.ent_type[o] == kTimeLabel) {
            return false;
          }
        }
      }
      return true;
    };
    auto try_children = [&](std::uint32_t of) {
      for (const std::uint32_t c : view_.children.of(of)) {
        if (found) return;
        if (fits(c)) found = c;
      }
    };
    if (current != frame.trigger) {
      try_children(current);
      // "under house arrest": the words of a compound in the order of the text.
      for (const std::uint32_t c : view_.children.of(current)) {
        if (!found && is_phrase_child(view_.dep(c))) try_children(c);
      }
      const std::uint32_t up = view_.head(current);
      if (!found && up != frame.trigger && up != current && fits(up)) found = up;
    }
    if (!found && frame.kind == FrameKind::Verb) {
      for (const std::uint32_t patient : frame.patients) {
        if (!found && stands_for(patient, step)) found = patient;
      }
    }
    if (!found) try_children(frame.trigger);
    // "put them under house arrest": the words behind hang on the object as often as on the verb.
    for (const std::uint32_t patient : frame.patients) {
      if (found) break;
      if (view_.head(patient) == frame.trigger) try_children(patient);
    }
    if (!found) return false;
    words.push_back(*found);
    current = *found;
  }
  return true;
}

bool Composer::match_linear(const Trigger& trigger, const PredicateFrame& frame,
                            std::vector<std::uint32_t>& words) const {
  const auto& sentence = view_.parsed.sentences[view_.sentence(frame.trigger)];
  std::uint32_t t = frame.trigger + 1;
  for (const auto& step : trigger.after) {
    while (t < sentence.end && !view_.is_one_of(t, step.words)) ++t;
    if (t == sentence.end) return false;
    words.push_back(t++);
  }
  t = frame.trigger;
  for (std::size_t i = trigger.before.size(); i > 0; --i) {
    const auto& step = trigger.before[i - 1];
    while (t > sentence.begin && !view_.is_one_of(t - 1, step.words)) --t;
    if (t == sentence.begin) return false;
    words.push_back(--t);
  }
  return true;
}

bool Composer::matches(const Trigger& trigger, const PredicateFrame& frame,
                       std::vector<std::uint32_t>& words) {
  if (!kind_fits(trigger, frame)) return false;
  words.clear();
  if (trigger.linear) return match_linear(trigger, frame, words);
  if (!match_before(trigger, frame, words) || !match_after(trigger, frame, words)) return false;
  const Rule& rule = view_.ontology.rules()[trigger.rule];
  if (rule.transitive && frame.kind == FrameKind::Verb && frame.patients.empty()) return false;
  return std::all_of(rule.tests.begin(), rule.tests.end(),
                     [&](const PlaceTest& test) { return sides_.holds(test, frame, &rule); });
}

Reading Composer::read(std::uint32_t token_idx, const Lent& lent, int depth) {
  Reading out;
  if (depth > kMaxDepth) return out;
  std::span<const Trigger> by_lemma = view_.ontology.triggers(view_.lemma(token_idx));
  std::span<const Trigger> by_form;
  if (view_.lower(token_idx) != view_.lemma(token_idx)) {
    by_form = view_.ontology.triggers(view_.lower(token_idx));
  }
  if (by_lemma.empty() && by_form.empty()) return out;
  // "army-backed", "wanted": a participle before its noun tells no event.
  if (view_.is_verb(token_idx) && view_.dep(token_idx) == udep::kAmod) return out;

  PredicateFrame frame = frames_.frame(token_idx);
  // "expressed his intention": the pronoun is the verb's own subject.
  const bool owned = std::any_of(frame.owners.begin(), frame.owners.end(),
                                 [&](std::uint32_t t) { return view_.pos(t) != upos::kPron; });
  if (lent.by_verb) {
    // The verb's words go before the noun's own only where the noun has none.
    if (frame.agents.empty() && !owned) frame.agents = lent.agents;
    if (frame.patients.empty()) frame.patients = lent.patients;
    frame.obliques.insert(frame.obliques.end(), lent.obliques.begin(), lent.obliques.end());
  } else if (frame.kind != FrameKind::Noun || !owned) {
    if (frame.agents.empty() && !frame.passive) frame.agents = lent.agents;
  }

  std::vector<const Trigger*> candidates;
  std::vector<std::uint32_t> words;
  for (const auto list : {by_lemma, by_form}) {
    for (const auto& trigger : list) candidates.push_back(&trigger);
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Trigger* a, const Trigger* b) {
    // A participle that stands as an adjective is that first: "is prepared to".
    const int a_bonus = a->kind == TriggerKind::Adjective ? 1 : 0;
    const int b_bonus = b->kind == TriggerKind::Adjective ? 1 : 0;
    return a->specificity + a_bonus > b->specificity + b_bonus;
  });
  for (const Trigger* trigger : candidates) {
    if (!matches(*trigger, frame, words)) continue;
    frame.phrase_words = words;
    const FrameKind own_kind = frame.kind;
    if (trigger->kind == TriggerKind::Adjective) frame.kind = FrameKind::Adjective;
    // "put under investigation in Italy": what hangs on a word of the phrase hangs on the
    // predicate.
    const std::size_t n_obliques = frame.obliques.size();
    for (const std::uint32_t word : words) {
      if (frame.kind != FrameKind::Verb || !view_.is_noun(word)) continue;
      if (std::find(frame.patients.begin(), frame.patients.end(), word) != frame.patients.end()) {
        continue;
      }
      for (const std::uint32_t c : view_.children.of(word)) {
        if (view_.dep(c) == udep::kPrep) frames_.add_preposition(c, true, frame);
      }
    }
    const Rule& rule = view_.ontology.rules()[trigger->rule];
    Reading reading;
    if (rule.operator_idx) {
      if (!read_operator(rule, frame, depth, reading)) {
        frame.obliques.resize(n_obliques);
        frame.kind = own_kind;
        continue;
      }
    } else if (rule.event) {
      read_event(rule, frame, lent, reading);
    }
    reading.decided = true;
    const bool complete =
        reading.meanings.empty() ||
        std::all_of(reading.meanings.begin(), reading.meanings.end(),
                    [&](const Meaning& meaning) { return has_needed_sides(meaning); });
    for (const std::uint32_t word : words) append_unique(reading.consumed, word);
    for (auto& meaning : reading.meanings) {
      for (const std::uint32_t word : words) {
        append_unique(meaning.evidence, word);
        append_unique(meaning.dated_by, word);
      }
    }
    if (complete) return reading;
    // A rule that misses a side gives way to one that has it.
    if (!out.decided) out = std::move(reading);
  }
  return out;
}

bool Composer::has_needed_sides(const Meaning& meaning) const {
  const EventType& type = view_.ontology.event_type(meaning.event);
  const bool needs =
      type.needs_recipient || (meaning.rule != nullptr && meaning.rule->needs_recipient);
  if (!needs || (meaning.reciprocal && meaning.actors.size() >= 2)) return true;
  return any_coded(meaning.recipients);
}

void Composer::read_event(const Rule& rule, const PredicateFrame& frame, const Lent& lent,
                          Reading& out) {
  const EventType& type = view_.ontology.event_type(*rule.event);
  Meaning m;
  m.event = *rule.event;
  m.rule = &rule;
  m.chain = {&rule};
  m.modes = rule.modes;
  m.contexts = rule.contexts;
  m.cameo = rule.cameo.empty() ? type.cameo : rule.cameo;
  m.outer = m.trigger = frame.trigger;
  m.evidence = {frame.trigger};
  m.dated_by = {frame.trigger};
  m.weight = rule.weight;
  m.modal = frame.modal;
  m.auxiliary.negation = frame.negated;
  m.auxiliary.hypothetical = frame.conditional || frame.hedged;
  m.bare_noun = frame.kind == FrameKind::Noun && !lent.by_verb;
  m.civil = rule.civil || type.topic_is_content;
  m.agent_inherited = frame.inherited_agent;
  const ContentSides none;
  m.actors = sides_.first_of(rule.actor.empty() ? type.actor : rule.actor, frame, &rule, none, {});
  m.recipients = sides_.first_of(rule.recipient.empty() ? type.recipient : rule.recipient, frame,
                                 &rule, none, m.actors);
  if (rule.reciprocal) {
    std::vector<Side> between;
    for (const auto& oblique : frame.obliques) {
      const std::string_view p = view_.ontology.words().text(oblique.preposition);
      if (p == "between" || p == "among") sides_.named(oblique.token, between);
    }
    if (between.size() >= 2) {
      m.actors = std::move(between);
      m.recipients.clear();
    }
    if (m.actors.size() >= 2 && m.recipients.empty()) {
      m.reciprocal = true;
    } else if (!m.actors.empty() && !m.recipients.empty()) {
      m.reciprocal = true;
      for (auto& side : m.recipients) m.actors.push_back(std::move(side));
      m.recipients.clear();
    }
  }
  // "Finland and Estonia shared intelligence": with each other.
  const bool good = type.quad_code == 1 || type.quad_code == 2;
  if (good && type.needs_recipient && m.recipients.empty() && m.actors.size() >= 2) {
    m.reciprocal =
        m.reciprocal || std::any_of(m.actors.begin(), m.actors.end(), [&](const Side& side) {
          return !side.code.empty() && side.code != m.actors.front().code;
        });
  }
  if (rule.foreign_recipient) {
    std::erase_if(m.recipients, [&](const Side& side) {
      return std::any_of(m.actors.begin(), m.actors.end(),
                         [&](const Side& actor) { return actor.code == side.code; });
    });
  }
  for (const auto& content : frame.contents) {
    // "discussed expanding", "sued for breaking": what it is about is no event of its own.
    if (type.topic_is_content || content.kind != ContentKind::Adverbial) {
      append_unique(out.unreal, content.token);
    }
  }
  // What is done to is told by this event, and is none of its own.
  if (frame.kind == FrameKind::Verb) {
    for (const std::uint32_t patient : frame.patients) {
      if (view_.head(patient) == frame.trigger) append_unique(out.consumed, patient);
      // "lifted the embargo it had imposed": how it had come about is no news.
      for (const std::uint32_t c : view_.children.of(patient)) {
        if (view_.dep(c) == udep::kRelcl && frames_.frame(c).perfect && frame.past) {
          append_unique(out.consumed, c);
        }
      }
    }
  }
  out.meanings.push_back(std::move(m));
}

/// Reads a content; a word that only holds another ("a series of", "efforts to") gives way to it.
Reading Composer::read_content(std::uint32_t token_idx, const Lent& lent, int depth) {
  Reading reading = read(token_idx, lent, depth);
  append_unique(reading.consumed, token_idx);
  if (reading.decided || depth >= kMaxDepth) return reading;
  const PredicateFrame& frame = frames_.frame(token_idx);
  std::vector<std::uint32_t> next;
  if (frame.kind == FrameKind::Noun) {
    const bool holds_others = view_.is_one_of(token_idx, containers_);
    for (const auto& oblique : frame.obliques) {
      const std::string_view p = view_.ontology.words().text(oblique.preposition);
      if (p == "of" && holds_others) next.push_back(oblique.token);
    }
    for (const auto& content : frame.contents) {
      // "the burden of hosting troops" does not host them, "efforts at hosting" do.
      const bool tells = content.kind == ContentKind::Infinitive ||
                         (content.kind != ContentKind::Adverbial &&
                          (holds_others || view_.is_one_of(token_idx, doings_)));
      if (tells) next.push_back(content.token);
    }
    if (next.empty()) {
      // "an aid package": the modifier may be what it is about.
      for (const std::uint32_t m : frame.modifiers) {
        if (view_.pos(m) == upos::kNoun) next.push_back(m);
      }
    }
  } else if (frame.kind == FrameKind::Verb) {
    for (const std::uint32_t patient : frame.patients) {
      if (view_.head(patient) == token_idx && view_.pos(patient) == upos::kNoun) {
        next.push_back(patient);
      }
    }
    for (const auto& content : frame.contents) {
      if (content.kind == ContentKind::Infinitive) next.push_back(content.token);
    }
  }
  Lent more = lent;
  more.by_verb = true;
  if (frame.kind == FrameKind::Verb) {
    more.obliques.insert(more.obliques.end(), frame.obliques.begin(), frame.obliques.end());
    if (!frame.agents.empty()) more.agents = frame.agents;
  } else if (!frame.owners.empty()) {
    more.agents = frame.owners;
  }
  for (const std::uint32_t t : next) {
    if (view_.head(t) == t || !view_.is_below(t, token_idx) || t == token_idx) continue;
    Reading inner = read(t, more, depth + 1);
    if (!inner.decided || inner.meanings.empty()) continue;
    for (auto& meaning : inner.meanings) meaning.weight *= 0.85;
    append_unique(inner.consumed, token_idx);
    append_unique(inner.consumed, t);
    return inner;
  }
  return reading;
}

const Outcome* Composer::find_outcome(const Operator& op, const Meaning* content,
                                      const PredicateFrame* content_frame, bool has_content,
                                      bool self, bool open, bool third) const {
  // What the content's own auxiliaries say; of a noun, what its verb's did.
  Modal modal = content != nullptr ? content->modal : Modal::None;
  bool negated = content != nullptr && content->auxiliary.negation;
  if (content_frame != nullptr && content_frame->kind != FrameKind::Noun) {
    modal = content_frame->modal;
    negated = negated || content_frame->negated;
  }
  for (const auto& outcome : op.outcomes) {
    const ContentTest& when = outcome.when;
    if (content != nullptr) {
      if ((when.event_types >> content->event.value & 1U) == 0) continue;
      if (!starts_with_any(content->cameo, when.cameo_prefixes)) continue;
      if (!when.modes.empty() &&
          std::none_of(when.modes.begin(), when.modes.end(), [&](const std::string& mode) {
            return std::find(content->modes.begin(), content->modes.end(), mode) !=
                   content->modes.end();
          })) {
        continue;
      }
    } else {
      if (has_content ? !when.if_unknown : !when.if_empty) continue;
      if (!when.cameo_prefixes.empty() || !when.modes.empty()) continue;
    }
    const bool future = modal == Modal::Will || modal == Modal::Would ||
                        (content != nullptr && content->auxiliary.future);
    if (when.negated && *when.negated != negated) continue;
    if (when.future && *when.future != future) continue;
    if (when.obliged && modal != Modal::Obliged) continue;
    if (when.possible && modal != Modal::Possible) continue;
    if (when.self && *when.self != self) continue;
    if (when.open && *when.open != open) continue;
    if (when.third && *when.third != third) continue;
    if (when.asserted) {
      // "demanded that he quit": a past that looks like the bare form is one.
      const auto is_past = [&](const PredicateFrame& f) {
        return f.past && view_.lower_text(f.trigger) != view_.lemma_text(f.trigger);
      };
      const bool asserted = content_frame != nullptr && content_frame->kind == FrameKind::Verb &&
                            (is_past(*content_frame) || content_frame->perfect ||
                             content_frame->modal == Modal::Will ||
                             view_.tag(content_frame->trigger) == xpos::kVbz) &&
                            content_frame->modal != Modal::Obliged;
      if (*when.asserted != asserted) continue;
    }
    return &outcome;
  }
  return nullptr;
}

void Composer::fill_cameo(const Outcome& outcome, const std::string& content_cameo,
                          Meaning& meaning) const {
  if (outcome.cameo.empty()) {
    if (outcome.kind == Outcome::Kind::Event) {
      meaning.cameo = view_.ontology.event_type(outcome.event).cameo;
    }
    return;
  }
  if (outcome.cameo[0] >= '0' && outcome.cameo[0] <= '9') {
    meaning.cameo = outcome.cameo;
    return;
  }
  const CameoRow* row = view_.ontology.cameo(content_cameo);
  std::string code;
  if (row != nullptr) {
    code = outcome.cameo == "intend"   ? row->intend
           : outcome.cameo == "appeal" ? row->appeal
           : outcome.cameo == "demand" ? row->demand
           : outcome.cameo == "reject" ? row->reject
                                       : row->threaten;
  }
  if (code.empty()) {
    code = outcome.cameo == "intend"   ? "030"
           : outcome.cameo == "appeal" ? "020"
           : outcome.cameo == "demand" ? "100"
           : outcome.cameo == "reject" ? "120"
                                       : "130";
  }
  meaning.cameo = code;
}

void Composer::set_mode(const Outcome& outcome, Meaning& meaning) const {
  if (outcome.kind != Outcome::Kind::Event) {
    if (outcome.mode && *outcome.mode != "=") {
      meaning.modes.clear();
      if (!outcome.mode->empty()) meaning.modes.push_back(*outcome.mode);
    }
    return;
  }
  if (outcome.mode && *outcome.mode == "=") return;
  meaning.modes.clear();
  if (outcome.mode && !outcome.mode->empty()) meaning.modes.push_back(*outcome.mode);
}

bool Composer::apply(std::string_view operator_name, Meaning& meaning) const {
  const Operator* op = view_.ontology.find_operator(operator_name);
  if (op == nullptr) return true;
  const Outcome* outcome = find_outcome(*op, &meaning, nullptr, true, true, false, false);
  if (outcome == nullptr || outcome->kind == Outcome::Kind::Pass) return true;
  if (outcome->kind == Outcome::Kind::Nothing) return false;
  const std::string content_cameo = meaning.cameo;
  if (outcome->kind == Outcome::Kind::Event) meaning.event = outcome->event;
  set_mode(*outcome, meaning);
  fill_cameo(*outcome, content_cameo, meaning);
  meaning.auxiliary.future = meaning.auxiliary.future || outcome->add_future;
  meaning.auxiliary.negation = meaning.auxiliary.negation || outcome->add_negation;
  if (outcome->flip_negation) meaning.auxiliary.negation = !meaning.auxiliary.negation;
  meaning.auxiliary.hypothetical = meaning.auxiliary.hypothetical || outcome->add_hypothetical;
  if (!outcome->convention.empty()) meaning.convention = outcome->convention;
  return true;
}

/// "asked the nations to choose between X and Y": neither X nor Y is asked.
bool Composer::asks_unnamed(const Operator& op, const PredicateFrame& frame, const Lent& lent) {
  if (op.doer != Doer::Object || lent.agents.empty()) return false;
  const bool to_do =
      std::any_of(frame.contents.begin(), frame.contents.end(),
                  [](const Content& content) { return content.kind == ContentKind::Infinitive; });
  const std::uint32_t asked = lent.agents.front();
  if (!to_do || view_.pos(asked) != upos::kNoun) return false;
  const std::vector<Place> asked_places = {{PlaceKind::Object, {}}, {PlaceKind::Indirect, {}}};
  const auto sides = sides_.first_of(asked_places, frame, nullptr, {}, {});
  return !any_coded(sides);
}

bool Composer::read_operator(const Rule& rule, const PredicateFrame& frame, int depth,
                             Reading& out) {
  const Operator& op = view_.ontology.operators()[*rule.operator_idx];
  // Who holds the attitude.
  const ContentSides none;
  static const std::vector<Place> kSubjectOnly = {Place{PlaceKind::Subject, {}}};
  const std::vector<Place>& actor_places = !rule.actor.empty() ? rule.actor
                                           : !op.actor.empty() ? op.actor
                                                               : kSubjectOnly;
  std::vector<Side> holder = sides_.first_of(actor_places, frame, &rule, none, {});

  // What the content may take over from here.
  Lent lent;
  const Place subject_place{PlaceKind::Subject, {}};
  const auto holder_tokens =
      sides_.tokens_at(actor_places.empty() ? subject_place : actor_places.front(), frame, &rule);
  if (op.undergoes) {
    lent.by_verb = true;
    lent.patients = holder_tokens;
    for (const auto& oblique : frame.obliques) {
      const std::string_view p = view_.ontology.words().text(oblique.preposition);
      if (p == "from" || p == "by") lent.agents.push_back(oblique.token);
    }
    lent.obliques = frame.obliques;
  } else if (op.doer == Doer::Self) {
    lent.agents = holder_tokens;
    lent.by_verb = op.keeps_sides;
    if (op.keeps_sides) lent.obliques = frame.obliques;
  } else if (op.doer == Doer::Object) {
    lent.agents = frame.datives.empty() ? frame.patients : frame.datives;
    if (lent.agents.empty()) {
      for (const auto& oblique : frame.obliques) {
        const std::string_view p = view_.ontology.words().text(oblique.preposition);
        if (p == "on" || p == "to" || p == "of" || p == "from") {
          lent.agents.push_back(oblique.token);
          break;
        }
      }
    }
  }

  // The contents, in the order in which the operator names their places.
  const std::vector<Place>& content_places = !rule.content.empty() ? rule.content : op.content;
  std::vector<std::uint32_t> contents;
  for (const auto& place : content_places) {
    if (place.kind == PlaceKind::Content) {
      for (const auto& content : frame.contents) {
        // "…, calling them thugs" is said beside it, not demanded.
        const PredicateFrame& clause = frames_.frame(content.token);
        const bool beside =
            content.kind == ContentKind::Adverbial && clause.modal != Modal::Infinitive;
        // What one ends, begins or tries is one's own doing, not a clause with a subject.
        const bool foreign = content.kind == ContentKind::Clause && op.keeps_sides &&
                             !op.assertive && clause.modal != Modal::Infinitive &&
                             !clause.agents.empty() && !clause.inherited_agent;
        if (!beside && !foreign) append_unique(contents, content.token);
      }
      continue;
    }
    for (const std::uint32_t t : sides_.tokens_at(place, frame, &rule)) append_unique(contents, t);
    if (place.kind == PlaceKind::Preposition) {
      for (const auto& content : frame.contents) {
        if (content.kind == ContentKind::Gerund && content.preposition == place.preposition) {
          append_unique(contents, content.token);
        }
      }
    }
  }
  bool has_content = false;
  std::uint32_t first_unknown = 0;
  std::vector<std::pair<std::uint32_t, Reading>> readings;
  for (const std::uint32_t t : contents) {
    if (t == frame.trigger || view_.is_below(frame.trigger, t)) {
      // A relative clause's antecedent lies above it: "talks held in Vienna".
      const StringId d = view_.dep(frame.trigger);
      if (t == frame.trigger || (d != udep::kRelcl && d != udep::kAcl)) continue;
    }
    Reading reading = read_content(t, lent, depth + 1);
    if (!reading.meanings.empty()) {
      readings.emplace_back(t, std::move(reading));
      // What is joined to the content by "and" is content too.
      std::uint32_t last = t;
      for (int steps = 0; steps < 4; ++steps) {
        std::optional<std::uint32_t> next;
        for (const std::uint32_t c : view_.children.of(last)) {
          if (view_.dep(c) == udep::kConj) next = c;
        }
        if (!next) break;
        Reading joined = read_content(*next, lent, depth + 1);
        if (!joined.meanings.empty()) readings.emplace_back(*next, std::move(joined));
        last = *next;
      }
      break;
    }
    // A party is no content, unless it is all there is to talk about.
    std::vector<Side> named;
    sides_.named(t, named);
    const bool is_party = any_coded(named);
    if (!is_party && !has_content) {
      has_content = true;
      first_unknown = t;
    }
    if (reading.decided) {
      for (const std::uint32_t c : reading.consumed) append_unique(out.consumed, c);
    }
  }

  std::vector<Side> unknown_actors;  // of a content that no rule knows
  std::vector<Place> recipient_places = !rule.recipient.empty() ? rule.recipient : op.recipient;
  if (asks_unnamed(op, frame, lent)) {
    std::erase_if(recipient_places, [](const Place& place) {
      return place.kind == PlaceKind::ContentRecipient || place.kind == PlaceKind::ContentActor;
    });
  }
  // What lies inside a wish, a threat or a charge is not told as a fact.
  auto mark_unreal = [&](std::uint32_t token) {
    if (op.consumes && !op.assertive && !op.keeps_sides && !op.undergoes) {
      append_unique(out.unreal, token);
    }
  };
  auto finish = [&](const Outcome& outcome, const Meaning* content,
                    std::span<const std::uint32_t> consumed) {
    if (outcome.kind == Outcome::Kind::Pass) return;
    for (const std::uint32_t t : consumed) append_unique(out.consumed, t);
    if (outcome.kind == Outcome::Kind::Nothing) return;
    Meaning m;
    if (content != nullptr) m = *content;
    m.chain.insert(m.chain.begin(), &rule);
    const std::string content_cameo = m.cameo;
    if (outcome.kind == Outcome::Kind::Event) {
      m.event = outcome.event;
      m.rule = &rule;
      m.weight = content != nullptr ? rule.weight * (0.6 + 0.4 * m.weight) : rule.weight * 0.85;
    }
    if (outcome.kind == Outcome::Kind::Same && content == nullptr) return;
    set_mode(outcome, m);
    fill_cameo(outcome, content_cameo, m);
    if (content == nullptr && m.cameo.empty() && !rule.cameo.empty()) m.cameo = rule.cameo;
    if (content == nullptr && !rule.cameo.empty() && outcome.cameo.empty()) m.cameo = rule.cameo;
    if (outcome.kind == Outcome::Kind::Event && m.modes.empty() && !outcome.mode) {
      m.modes = rule.modes;
    }
    m.contexts.insert(m.contexts.end(), rule.contexts.begin(), rule.contexts.end());
    m.outer = frame.trigger;
    if (content == nullptr) m.trigger = frame.trigger;
    append_unique(m.evidence, frame.trigger);
    if (content == nullptr || !(op.keeps_sides || op.undergoes)) m.dated_by.clear();
    m.dated_by.insert(m.dated_by.begin(), frame.trigger);
    m.modal = frame.modal;
    const bool content_negated = m.auxiliary.negation;
    m.auxiliary.negation =
        outcome.kind == Outcome::Kind::Event ? frame.negated : content_negated != frame.negated;
    m.auxiliary.hypothetical = (outcome.kind == Outcome::Kind::Same && m.auxiliary.hypothetical) ||
                               frame.conditional || frame.hedged;
    if (outcome.kind == Outcome::Kind::Event) m.auxiliary.future = false;
    m.auxiliary.future = m.auxiliary.future || outcome.add_future;
    m.auxiliary.negation = m.auxiliary.negation || outcome.add_negation;
    if (outcome.flip_negation) m.auxiliary.negation = !m.auxiliary.negation;
    m.auxiliary.hypothetical = m.auxiliary.hypothetical || outcome.add_hypothetical;
    if (!outcome.convention.empty()) m.convention = outcome.convention;
    const bool noun_alone = frame.kind == FrameKind::Noun;
    m.unknown_content = content == nullptr;
    m.agent_inherited = frame.inherited_agent;

    if (op.keeps_sides || op.undergoes) {
      if (m.actors.empty() && !op.undergoes) m.actors = holder;
      if (m.recipients.empty()) {
        if (op.undergoes && !m.reciprocal) {
          for (auto& side : holder) {
            if (!SideFinder::contains(m.actors, side)) m.recipients.push_back(side);
          }
        } else if (!m.reciprocal) {
          m.recipients = sides_.first_of(recipient_places, frame, &rule, none, m.actors);
        }
      }
      m.bare_noun = m.bare_noun && noun_alone;
    } else {
      const std::vector<Side> content_actors = std::move(m.actors);
      const std::vector<Side> content_recipients = std::move(m.recipients);
      const ContentSides content_sides{
          content != nullptr ? content_actors : unknown_actors, content_recipients, {}};
      m.actors = holder;
      m.recipients =
          sides_.first_of(outcome.recipient.empty() ? recipient_places : outcome.recipient, frame,
                          &rule, content_sides, holder);
      m.reciprocal = false;
      m.bare_noun = noun_alone;
      // "A and B agreed to meet": all who agree are actors, and whom they agree with.
      if (rule.reciprocal) {
        const bool joint = m.actors.size() >= 2;
        if (joint) {
          m.reciprocal = m.recipients.empty();
        }
      }
    }
    out.meanings.push_back(std::move(m));
  };

  if (!readings.empty()) {
    for (auto& [token, reading] : readings) {
      for (auto& content : reading.meanings) {
        bool self = content.actors.empty();
        for (const auto& side : content.actors) {
          for (const auto& held : holder) self = self || sides_.same_camp(side, held);
          if (side.code.empty()) self = self || holder.empty();
        }
        const bool open = !any_coded(content.actors);
        const bool third = std::any_of(
            content.recipients.begin(), content.recipients.end(), [&](const Side& side) {
              return !side.code.empty() && !SideFinder::contains(holder, side) &&
                     !SideFinder::contains(content.actors, side);
            });
        const PredicateFrame& content_frame = frames_.frame(token);
        const Outcome* outcome =
            find_outcome(op, &content, &content_frame, true, self, open, third);
        if (outcome == nullptr) continue;
        if (outcome->kind != Outcome::Kind::Pass) {
          mark_unreal(token);
          for (const std::uint32_t t : reading.unreal) append_unique(out.unreal, t);
        }
        std::vector<std::uint32_t> consumed;
        if (op.consumes) {
          consumed = reading.consumed;
          append_unique(consumed, token);
          append_unique(consumed, content.trigger);
        }
        finish(*outcome, &content, consumed);
        if (outcome->kind == Outcome::Kind::Pass) return op.assertive;
      }
    }
    return !out.meanings.empty() || !out.consumed.empty();
  }
  const PredicateFrame* content_frame = has_content ? &frames_.frame(first_unknown) : nullptr;
  // Whether the unknown content is the holder's own doing.
  bool self = true;
  bool open = true;
  if (content_frame != nullptr) {
    unknown_actors =
        sides_.first_of(std::vector<Place>{subject_place}, *content_frame, nullptr, none, {});
    open = !any_coded(unknown_actors);
    if (!open) {
      self = false;
      for (const auto& side : unknown_actors) {
        for (const auto& held : holder) self = self || sides_.same_camp(side, held);
      }
    }
  }
  const Outcome* outcome = find_outcome(op, nullptr, content_frame, has_content, self, open, false);
  if (outcome == nullptr) return false;
  if (outcome->kind == Outcome::Kind::Same) return false;
  if (outcome->kind == Outcome::Kind::Pass) return op.assertive;
  if (has_content) mark_unreal(first_unknown);
  finish(*outcome, nullptr, {});
  if (!out.meanings.empty() && out.meanings.back().recipients.empty()) {
    // The content is unknown, but who is to do it, or whom it is about, is not.
    auto& m = out.meanings.back();
    for (const auto& place : outcome->recipient.empty() ? recipient_places : outcome->recipient) {
      if (!m.recipients.empty()) break;
      if (place.kind == PlaceKind::ContentRecipient && content_frame != nullptr) {
        const auto& words = view_.ontology.words();
        const std::vector<Place> inner = {{PlaceKind::Indirect, {}},
                                          {PlaceKind::Preposition, words.find("to")},
                                          {PlaceKind::Preposition, words.find("with")},
                                          {PlaceKind::Preposition, words.find("from")},
                                          {PlaceKind::Object, {}}};
        m.recipients = sides_.first_of(inner, *content_frame, nullptr, none, holder);
        // "would abandon its efforts": whoever speaks, again.
        std::erase_if(m.recipients,
                      [&](const Side& side) { return sides_.any_speaks_for(holder, side); });
      }
    }
  }
  return !out.meanings.empty() || outcome->kind == Outcome::Kind::Nothing;
}

}  // namespace detente::events
