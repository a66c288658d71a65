#include "detente/events/sides.h"

#include <algorithm>
#include <iterator>

namespace detente::events {
namespace {

bool is_modifier(StringId d) {
  return d == udep::kAmod || d == udep::kCompound || d == udep::kNmod || d == udep::kPoss;
}

}  // namespace

bool any_coded(std::span<const Side> sides) {
  return std::any_of(sides.begin(), sides.end(),
                     [](const Side& side) { return !side.code.empty(); });
}

SideFinder::SideFinder(const DocumentView& view, FrameBuilder& frames)
    : view_(view),
      frames_(frames),
      containers_(view.ontology.set("grammar-containers")),
      places_in_(view.ontology.set("grammar-place-prepositions")),
      time_prepositions_(view.ontology.set("grammar-time-prepositions")),
      speech_(view.ontology.set("grammar-speech")),
      not_owned_(view.ontology.set("grammar-not-owned")),
      texts_(view.ontology.set("grammar-texts")),
      voices_(view.ontology.set("grammar-voices")),
      third_persons_(view.ontology.set("grammar-third-persons")) {}

bool SideFinder::is_speech(const Rule& rule) const {
  return rule.operator_idx || (rule.event && view_.ontology.event_type(*rule.event).is_speech);
}

bool SideFinder::same(const Side& a, const Side& b) {
  if (a.entity && b.entity && *a.entity == *b.entity) return true;
  if (a.code.empty() || a.code != b.code) return false;
  return a.sector.empty() && b.sector.empty();
}

bool SideFinder::same_camp(const Side& a, const Side& b) const {
  if (same(a, b)) return true;
  if (a.code.empty() || a.code != b.code) return false;
  if (a.sector == b.sector || a.sector.empty() || b.sector.empty()) return true;
  return (types_of(a) & types_of(b) & kGovernment) != 0;
}

bool SideFinder::speaks_for(const Side& speaker, const Side& state) const {
  return !state.code.empty() && state.code == speaker.code && state.sector.empty() &&
         (types_of(speaker) & (kGovernment | kState)) != 0;
}

bool SideFinder::any_speaks_for(std::span<const Side> speakers, const Side& state) const {
  return std::any_of(speakers.begin(), speakers.end(),
                     [&](const Side& speaker) { return speaks_for(speaker, state); });
}

bool SideFinder::contains(std::span<const Side> sides, const Side& side) {
  return std::any_of(sides.begin(), sides.end(),
                     [&](const Side& other) { return same(other, side); });
}

void SideFinder::add_mention(std::uint32_t mention_idx, std::vector<Side>& out) const {
  const auto& mention = view_.resolved.mentions[mention_idx];
  const auto& entity = view_.resolved.entities[mention.entity.value];
  auto add = [&](resolve::EntityId id) {
    const auto& one = view_.resolved.entities[id.value];
    Side side{resolve::MentionId{mention_idx}, id, one.code, one.sector, mention.span};
    if (!contains(out, side)) out.push_back(std::move(side));
  };
  if (entity.members.empty()) {
    add(mention.entity);
  } else {
    for (const auto member : entity.members) add(member);
  }
}

void SideFinder::of_phrase(std::uint32_t token_idx, std::vector<Side>& out) {
  for (const std::uint32_t c : view_.children.of(token_idx)) {
    if (view_.dep(c) != udep::kPrep) continue;
    const std::string_view p = view_.lower_text(c);
    if (p != "of" && p != "from" && p != "among") continue;
    for (const std::uint32_t o : view_.children.of(c)) {
      if (view_.dep(o) == udep::kPobj) named(o, out);
    }
    if (!out.empty()) return;
  }
}

void SideFinder::named_one(std::uint32_t token_idx, int depth, std::vector<Side>& out) {
  // "OMAN — The commander …": a date line does nothing.
  const read::Zone zone = view_.document.zone_at(view_.tokens.begin[token_idx]);
  if (zone == read::Zone::Dateline || zone == read::Zone::Credit) return;
  if (view_.pos(token_idx) == upos::kPron) {
    const std::string_view word = view_.lower_text(token_idx);
    if (word.ends_with("self") || word.ends_with("selves")) return;  // "committed itself to"
  }
  const auto mentions = view_.mentions_at(token_idx);
  std::optional<std::uint32_t> best;
  for (const std::uint32_t m : mentions) {
    const auto& entity = view_.entity_of(m);
    if (!entity.code.empty() || !entity.members.empty()) {
      best = m;
      break;
    }
  }
  if (best) {
    // "U.S. and Russian negotiators": one party for each of the countries.
    const auto& entity = view_.entity_of(*best);
    std::vector<Side> countries;
    if (!entity.sector.empty() && entity.members.empty()) {
      for (const std::uint32_t c : view_.children.of(token_idx)) {
        if (!is_modifier(view_.dep(c)) || view_.dep(c) == udep::kPoss) continue;
        auto add_country = [&](std::uint32_t t) {
          for (const std::uint32_t m : view_.mentions_at(t)) {
            const auto& e = view_.entity_of(m);
            if (!e.code.empty() && e.sector.empty() && e.members.empty()) add_mention(m, countries);
          }
        };
        add_country(c);
        for (const std::uint32_t cc : view_.children.of(c)) {
          if (view_.dep(cc) == udep::kConj) add_country(cc);
        }
      }
    }
    if (countries.size() < 2 && entity.members.empty()) {
      // "leaders of Armenia and Turkey"
      countries.clear();
      for (const std::uint32_t p : view_.children.of(token_idx)) {
        if (view_.dep(p) != udep::kPrep) continue;
        const std::string_view word = view_.lower_text(p);
        if (word != "of" && word != "from") continue;
        for (const std::uint32_t o : view_.children.of(p)) {
          if (view_.dep(o) != udep::kPobj) continue;
          std::uint32_t t = o;
          for (int steps = 0; steps < 6; ++steps) {
            for (const std::uint32_t m : view_.mentions_at(t)) {
              const auto& e = view_.entity_of(m);
              if (!e.code.empty() && e.sector.empty() && e.members.empty()) {
                add_mention(m, countries);
              }
            }
            std::uint32_t next = t;
            for (const std::uint32_t c : view_.children.of(t)) {
              if (view_.dep(c) == udep::kConj) next = c;
            }
            if (next == t) break;
            t = next;
          }
        }
      }
    }
    if (countries.size() >= 2) {
      for (auto& side : countries) {
        side.sector = entity.sector;
        side.span = view_.resolved.mentions[*best].span;
        side.entity.reset();
        out.push_back(std::move(side));
      }
      return;
    }
    add_mention(*best, out);
    return;
  }
  if (depth < 2) {
    for (const std::uint32_t c : view_.children.of(token_idx)) {
      if (view_.dep(c) == udep::kAppos) {
        named_one(c, depth + 1, out);
        if (!out.empty()) return;
      }
    }
  }
  const bool counts = view_.pos(token_idx) == upos::kNum || view_.pos(token_idx) == upos::kPron ||
                      view_.pos(token_idx) == upos::kDet;
  if (counts || view_.is_one_of(token_idx, containers_)) {
    std::vector<Side> held;
    of_phrase(token_idx, held);
    if (held.empty() && view_.is_one_of(token_idx, containers_)) owners(token_idx, 0, held);
    if (!held.empty()) {
      for (auto& side : held) {
        if (!contains(out, side)) out.push_back(std::move(side));
      }
      return;
    }
  }
  // Named, but not known: better than nobody.
  for (const std::uint32_t m : mentions) {
    const auto type = view_.resolved.mentions[m].type;
    if (type == resolve::MentionType::Place || type == resolve::MentionType::Object) continue;
    add_mention(m, out);
    return;
  }
}

void SideFinder::named(std::uint32_t token_idx, std::vector<Side>& out) {
  named_one(token_idx, 0, out);
  std::uint32_t t = token_idx;
  for (int steps = 0; steps < 12; ++steps) {
    bool more = false;
    for (const std::uint32_t c : view_.children.of(t)) {
      if (view_.dep(c) != udep::kConj || view_.is_verb(c)) continue;
      std::vector<Side> one;
      named_one(c, 0, one);
      if (one.empty() && !out.empty()) owners(c, 0, one);
      for (auto& side : one) {
        if (!contains(out, side)) out.push_back(std::move(side));
      }
      t = c;
      more = true;
    }
    if (!more) break;
  }
}

void SideFinder::owners(std::uint32_t token_idx, int depth, std::vector<Side>& out) {
  for (const bool possessive : {true, false}) {
    // "the Russian language" belongs to nobody.
    if (!possessive && view_.is_one_of(token_idx, not_owned_)) break;
    for (const std::uint32_t c : view_.children.of(token_idx)) {
      if (!is_modifier(view_.dep(c)) || (view_.dep(c) == udep::kPoss) != possessive) continue;
      std::vector<Side> one;
      named(view_.dep(c) == udep::kPoss ? frames_.antecedent(c) : c, one);
      if (one.empty() && depth < 2) owners(c, depth + 1, one);
      for (auto& side : one) {
        if (!contains(out, side)) out.push_back(std::move(side));
      }
    }
    if (!out.empty()) return;
  }
}

void SideFinder::inside(std::uint32_t token_idx, int depth, std::vector<Side>& out) {
  for (const std::uint32_t c : view_.children.of(token_idx)) {
    if (view_.dep(c) == udep::kAcl && view_.tag(c) == xpos::kVbn) {
      // "crimes committed by the army"
      for (const std::uint32_t agent : frames_.frame(c).agents) named(agent, out);
      if (!out.empty()) return;
    }
    if (view_.dep(c) == udep::kRelcl) {
      // "the sanctions it had imposed on Mali"
      for (const auto& oblique : frames_.frame(c).obliques) {
        const std::string_view p = view_.ontology.words().text(oblique.preposition);
        if (p == "on" || p == "against") named(oblique.token, out);
      }
      if (!out.empty()) return;
    }
    if (view_.dep(c) != udep::kPrep || view_.is_one_of(c, time_prepositions_)) continue;
    for (const std::uint32_t o : view_.children.of(c)) {
      if (view_.dep(o) == udep::kPcomp && view_.is_verb(o)) {
        for (const std::uint32_t oo : view_.children.of(o)) {
          if (view_.dep(oo) == udep::kDobj) {
            named(oo, out);
            if (out.empty()) owners(oo, 0, out);
            if (out.empty() && depth < 2) inside(oo, depth + 1, out);
          }
        }
        if (!out.empty()) return;
      }
      if (view_.dep(o) != udep::kPobj) continue;
      named(o, out);
      if (out.empty()) owners(o, 0, out);
      if (out.empty() && depth < 3) inside(o, depth + 1, out);
      if (!out.empty()) return;
    }
  }
}

std::vector<std::uint32_t> SideFinder::tokens_at(const Place& place, const PredicateFrame& frame,
                                                 const Rule* rule) {
  const bool owner_is_object = rule != nullptr && rule->owner_is_object;
  const bool of_is_subject = rule != nullptr && rule->of_is_subject;
  auto of_tokens = [&](std::vector<std::uint32_t>& out) {
    for (const auto& oblique : frame.obliques) {
      if (view_.ontology.words().text(oblique.preposition) == "of") out.push_back(oblique.token);
    }
  };
  std::vector<std::uint32_t> out;
  switch (place.kind) {
    case PlaceKind::Subject:
      out = frame.agents;
      if (out.empty() && frame.kind == FrameKind::Adjective) {
        out = frame.patients;  // "is committed to", "is determined to"
      }
      if (frame.kind == FrameKind::Noun && out.empty()) {
        if (!owner_is_object) out = frame.owners;
        if (out.empty() && of_is_subject) of_tokens(out);
        if (out.empty()) out = frame.modifiers;
      }
      break;
    case PlaceKind::Object:
    case PlaceKind::Named:
    case PlaceKind::Owner:
    case PlaceKind::Inside:
      out = frame.patients;
      if (frame.kind == FrameKind::Noun && out.empty()) {
        if (owner_is_object) out = frame.owners;
        if (!of_is_subject) of_tokens(out);
        if (out.empty() && owner_is_object) out = frame.modifiers;
      }
      break;
    case PlaceKind::Indirect:
      out = frame.datives;
      break;
    case PlaceKind::Complement:
      out = frame.complements;
      break;
    case PlaceKind::Preposition:
      for (const bool in_object : {false, true}) {
        for (const auto& oblique : frame.obliques) {
          if (oblique.preposition == place.preposition && oblique.in_object == in_object) {
            out.push_back(oblique.token);
          }
        }
      }
      break;
    case PlaceKind::Content:
      for (const auto& content : frame.contents) out.push_back(content.token);
      break;
    default:
      break;
  }
  return out;
}

std::vector<Side> SideFinder::location(const PredicateFrame& frame) {
  std::vector<Side> out;
  auto look = [&](const PredicateFrame& f) {
    for (const auto& oblique : f.obliques) {
      if (!view_.ontology.in_set(oblique.preposition, places_in_)) continue;
      std::vector<Side> found;
      named(oblique.token, found);
      if (found.empty()) owners(oblique.token, 0, found);
      if (found.empty()) inside(oblique.token, 0, found);
      for (auto& side : found) {
        if (side.code.empty()) continue;
        out.push_back(std::move(side));
        return true;
      }
      for (const auto& place : view_.resolved.places) {
        if (!place.tokens.contains(oblique.token) || place.country_code.empty()) continue;
        out.push_back({std::nullopt, std::nullopt, place.country_code, "", place.span});
        return true;
      }
    }
    return false;
  };
  if (look(frame)) return out;
  std::uint32_t t = frame.trigger;
  for (int steps = 0; steps < 3; ++steps) {
    const std::uint32_t up = frames_.governor(t);
    if (up == t) break;
    if (look(frames_.frame(up))) return out;
    t = up;
  }
  return out;
}

void SideFinder::anywhere(const PredicateFrame& frame, std::vector<Side>& out) {
  const auto range = view_.subtree(frame.trigger);
  for (const auto& mention : view_.resolved.mentions) {
    if (!range.contains(mention.head_token)) continue;
    bool in_agent = false;
    for (const std::uint32_t agent : frame.agents) {
      in_agent = in_agent || view_.is_below(mention.head_token, agent);
    }
    if (in_agent || !view_.is_below(mention.head_token, frame.trigger)) continue;
    std::vector<Side> one;
    named_one(mention.head_token, 0, one);
    for (auto& side : one) {
      if (!side.code.empty() && !contains(out, side)) out.push_back(std::move(side));
    }
  }
}

void SideFinder::context(const PredicateFrame& frame, std::vector<Side>& out) {
  std::uint32_t t = frame.trigger;
  for (int steps = 0; steps < 4 && out.empty(); ++steps) {
    const std::uint32_t up = frames_.governor(t);
    if (up == t) break;
    const PredicateFrame& g = frames_.frame(up);
    for (const auto& list : {g.datives, g.patients}) {
      for (const std::uint32_t token : list) {
        if (!view_.is_below(frame.trigger, token)) named(token, out);
      }
      if (!out.empty()) return;
    }
    for (const auto& oblique : g.obliques) {
      if (view_.is_one_of(oblique.token, places_in_)) continue;
      named(oblique.token, out);
      if (!out.empty()) return;
    }
    t = up;
  }
}

void SideFinder::speaker(const PredicateFrame& frame, std::vector<Side>& out) {
  std::uint32_t t = frame.trigger;
  for (int steps = 0; steps < 8; ++steps) {
    const std::uint32_t up = view_.head(t);
    if (up == t) break;
    if (view_.dep(t) == udep::kCcomp && view_.is_one_of(up, speech_)) {
      for (const std::uint32_t agent : frames_.frame(up).agents) named(agent, out);
      if (!out.empty()) return;
    }
    t = up;
  }
  const TextSpan here = view_.tokens.span(frame.trigger);
  for (const auto& attribution : view_.attributed.attributions) {
    if (!attribution.speaker || !attribution.content.contains(here)) continue;
    add_mention(attribution.speaker->value, out);
    if (!out.empty()) return;
  }
}

std::vector<Side> SideFinder::at(const Place& place, const PredicateFrame& frame, const Rule* rule,
                                 const ContentSides& content, std::span<const Side> except) {
  std::vector<Side> out;
  auto keep = [&](std::vector<Side>& found) {
    for (auto& side : found) {
      if (!contains(except, side) && !contains(out, side)) out.push_back(std::move(side));
    }
  };
  std::vector<Side> found;
  switch (place.kind) {
    case PlaceKind::ContentActor:
      // "The minister said Indonesia would refuse": refused by himself, not to himself.
      std::copy_if(content.actors.begin(), content.actors.end(), std::back_inserter(found),
                   [&](const Side& side) { return !any_speaks_for(except, side); });
      keep(found);
      return out;
    case PlaceKind::ContentRecipient:
      found.assign(content.recipients.begin(), content.recipients.end());
      keep(found);
      return out;
    case PlaceKind::Location:
      found = location(frame);
      keep(found);
      return out;
    case PlaceKind::Anywhere:
      anywhere(frame, found);
      keep(found);
      if (out.size() > 1) out.resize(1);
      return out;
    case PlaceKind::Context:
      context(frame, found);
      keep(found);
      return out;
    case PlaceKind::Speaker:
      speaker(frame, found);
      keep(found);
      return out;
    case PlaceKind::Sentence:
      return out;
    case PlaceKind::Content:
      for (const auto& one : frame.contents) {
        anywhere(frames_.frame(one.token), found);
        keep(found);
        if (!out.empty()) break;
      }
      if (out.size() > 1) out.resize(1);
      return out;
    default:
      break;
  }
  auto tokens = tokens_at(place, frame, rule);
  if (place.kind != PlaceKind::Subject && tokens.size() > 1) {
    // The phrase's own words come last: in "whom they took hostage" whom, not hostage.
    std::stable_partition(tokens.begin(), tokens.end(), [&](std::uint32_t t) {
      return std::find(frame.phrase_words.begin(), frame.phrase_words.end(), t) ==
             frame.phrase_words.end();
    });
  }
  const bool owner_only = place.kind == PlaceKind::Owner;
  const bool inside_only = place.kind == PlaceKind::Inside;
  for (const std::uint32_t t : tokens) {
    found.clear();
    if (!owner_only && !inside_only) {
      const bool phrase_word = std::find(frame.phrase_words.begin(), frame.phrase_words.end(), t) !=
                               frame.phrase_words.end();
      if (phrase_word && !out.empty()) break;
      named(t, found);
      const bool nobody_else = view_.pos(t) == upos::kPron && place.kind != PlaceKind::Subject &&
                               view_.is_one_of(t, third_persons_) &&
                               std::all_of(found.begin(), found.end(), [&](const Side& side) {
                                 return side.code.empty() || contains(except, side);
                               });
      if (nobody_else) {
        // "praised Moon, thanking him": "him" is never the one who thanks.
        found.clear();
        context(frame, found);
      }
      keep(found);
    }
  }
  if (!out.empty() || place.kind == PlaceKind::Named) return out;
  if (!inside_only) {
    for (const std::uint32_t t : tokens) {
      // A thing speaks for nobody ("its system enables …"), unless it is a voice ("its embassy
      // said").
      if (place.kind == PlaceKind::Subject && frame.kind == FrameKind::Verb && rule != nullptr &&
          is_speech(*rule) && !view_.is_one_of(t, voices_)) {
        continue;
      }
      // A text acts for nobody: "the resolution aims to …".
      if (place.kind == PlaceKind::Subject && frame.kind == FrameKind::Verb &&
          view_.is_one_of(t, texts_) && !view_.is_one_of(frame.trigger, speech_)) {
        continue;
      }
      found.clear();
      owners(t, 0, found);
      keep(found);
      if (!out.empty()) return out;
    }
  }
  // Whose subject is a thing, is told by its owner alone: not by what it is about.
  if (place.kind == PlaceKind::Subject || owner_only) return out;
  for (const std::uint32_t t : tokens) {
    found.clear();
    inside(t, 0, found);
    keep(found);
    if (!out.empty()) return out;
  }
  return out;
}

std::vector<Side> SideFinder::first_of(std::span<const Place> places, const PredicateFrame& frame,
                                       const Rule* rule, const ContentSides& content,
                                       std::span<const Side> except) {
  std::vector<Side> unknown;
  for (const auto& place : places) {
    auto found = at(place, frame, rule, content, except);
    if (any_coded(found)) return found;
    if (unknown.empty()) unknown = std::move(found);
  }
  return unknown;
}

/// Whether a code without a sector means the state: by its name, not because a shop or a player
/// lives there.
bool SideFinder::stands_for_state(const Side& side) const {
  if (!side.entity) return true;
  const auto& entity = view_.resolved.entities[side.entity->value];
  return entity.code_from >= resolve::CodeFrom::People &&
         entity.code_from != resolve::CodeFrom::Row;
}

/// "Y. said", a person by name who holds no office.
bool SideFinder::is_private_person(const Side& side) const {
  if (!side.mention) return false;
  const auto& mention = view_.resolved.mentions[side.mention->value];
  return mention.type == resolve::MentionType::Person &&
         view_.pos(mention.head_token) == upos::kPropn;
}

std::uint32_t SideFinder::types_of(const Side& side) const {
  std::uint32_t mask = 0;
  const auto& types = view_.ontology.types();
  if (side.mention) {
    const auto type = view_.resolved.mentions[side.mention->value].type;
    if (type == resolve::MentionType::Person) mask |= kPerson;
    if (type == resolve::MentionType::Place) mask |= kLocation;
  }
  if (side.code.empty()) {
    if (auto found = types.by_sector.find(side.sector); found != types.by_sector.end()) {
      mask |= found->second;
    }
    return mask;
  }
  mask |= kActor;
  auto by_code = types.by_code.find(side.code);
  if (by_code != types.by_code.end()) {
    mask |= by_code->second;
  } else if (side.sector.empty() && !is_private_person(side) && stands_for_state(side)) {
    mask |= kState | kPolitical;
  }
  if (auto found = types.by_sector.find(side.sector); found != types.by_sector.end()) {
    mask |= found->second;
  }
  if ((mask & kPerson) != 0 && (mask & kGovernment) != 0) mask |= kOfficial;
  return mask;
}

std::uint32_t SideFinder::types_of_token(std::uint32_t token_idx) {
  std::vector<Side> sides;
  named(token_idx, sides);
  std::uint32_t mask = 0;
  for (const auto& side : sides) mask |= types_of(side);
  if (view_.pos(token_idx) == upos::kNum) mask |= kNumber;
  const StringId tag = view_.tag(token_idx);
  if (tag == xpos::kNns || tag == xpos::kNnps) mask |= kPlural;
  return mask;
}

bool SideFinder::holds(const PlaceTest& test, const PredicateFrame& frame, const Rule* rule) {
  if (test.place.kind == PlaceKind::Sentence) {
    const auto& sentence = view_.parsed.sentences[view_.sentence(frame.trigger)];
    bool found = false;
    for (std::uint32_t t = sentence.begin; t < sentence.end && !found; ++t) {
      found = view_.is_one_of(t, test.words);
    }
    return found != test.must_not;
  }
  auto tokens = tokens_at(test.place, frame, rule);
  // Conjuncts stand in the same place.
  for (std::size_t i = 0; i < tokens.size() && i < 8; ++i) {
    for (const std::uint32_t c : view_.children.of(tokens[i])) {
      if (view_.dep(c) == udep::kConj) tokens.push_back(c);
    }
  }
  bool found = ((test.types & kNone) != 0 && tokens.empty()) ||
               ((test.types & kSome) != 0 && !tokens.empty());
  for (const std::uint32_t t : tokens) {
    if (found) break;
    if (view_.is_one_of(t, test.words)) {
      found = true;
    } else if (test.types != 0) {
      std::uint32_t mask = types_of_token(t);
      if ((mask & kActor) == 0 && test.place.kind == PlaceKind::Subject) {
        std::vector<Side> by_owner;
        owners(t, 0, by_owner);
        for (const auto& side : by_owner) mask |= types_of(side);
      }
      found = (mask & test.types) != 0;
    }
    if (!found && !test.words.empty() && view_.is_one_of(t, containers_)) {
      // "a series of raids" stands for the raids.
      for (const std::uint32_t c : view_.children.of(t)) {
        if (view_.dep(c) != udep::kPrep) continue;
        for (const std::uint32_t o : view_.children.of(c)) {
          found = found || (view_.dep(o) == udep::kPobj && view_.is_one_of(o, test.words));
        }
      }
    }
  }
  return found != test.must_not;
}

}  // namespace detente::events
