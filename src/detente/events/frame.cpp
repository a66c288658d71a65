#include "detente/events/frame.h"

#include <algorithm>

namespace detente::events {
namespace {

constexpr StringId kDateLabel = parse::label("DATE");

bool is_nominal(const DocumentView& v, std::uint32_t t) {
  const StringId p = v.pos(t);
  return p == upos::kNoun || p == upos::kPropn || p == upos::kPron || p == upos::kNum;
}

void append(std::vector<std::uint32_t>& to, const std::vector<std::uint32_t>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

FrameBuilder::FrameBuilder(const DocumentView& view)
    : view_(view),
      frames_(view.tokens.size()),
      subject_control_(view.ontology.set("grammar-subject-control")),
      hedges_(view.ontology.set("grammar-hedges")),
      negators_(view.ontology.set("grammar-negators")),
      if_words_(view.ontology.set("grammar-conditions")),
      stances_(view.ontology.set("grammar-stances")),
      bare_infinitives_(view.ontology.set("grammar-bare-infinitives")),
      containers_(view.ontology.set("grammar-containers")),
      nobody_(view.ontology.set("grammar-nobody")),
      only_(view.ontology.set("grammar-only")),
      two_objects_(view.ontology.set("grammar-two-objects")),
      sources_(view.ontology.set("grammar-sources")),
      done_to_somebody_(view.ontology.set("grammar-done-to-somebody")),
      places_(view.ontology.set("grammar-place-prepositions")) {}

const PredicateFrame& FrameBuilder::frame(std::uint32_t token_idx) {
  auto& slot = frames_[token_idx];
  if (slot) return *slot;
  slot = std::make_unique<PredicateFrame>();
  PredicateFrame& f = *slot;
  f.trigger = token_idx;
  const StringId p = view_.pos(token_idx);
  if (view_.is_verb(token_idx)) {
    f.kind = FrameKind::Verb;
    build_verb(token_idx, f);
  } else if (p == upos::kNoun || p == upos::kPropn) {
    f.kind = FrameKind::Noun;
    build_noun(token_idx, f);
  } else {
    f.kind = FrameKind::Adjective;
    build_adjective(token_idx, f);
  }
  read_surroundings(token_idx, f);
  return f;
}

std::uint32_t FrameBuilder::governor(std::uint32_t token_idx) const {
  std::uint32_t t = token_idx;
  for (std::uint32_t steps = 0; steps < view_.tokens.size(); ++steps) {
    const std::uint32_t up = view_.head(t);
    if (up == t) return t;
    const bool conjunct = view_.dep(t) == udep::kConj;
    t = up;
    if (conjunct) continue;
    const StringId p = view_.pos(t);
    if (p == upos::kAdp || p == upos::kSconj || p == upos::kPart) continue;
    return t;
  }
  return t;
}

std::uint32_t FrameBuilder::antecedent(std::uint32_t token_idx) const {
  const StringId tag = view_.tag(token_idx);
  if (tag != xpos::kWdt && tag != xpos::kWp) return token_idx;
  std::uint32_t t = view_.head(token_idx);
  for (std::uint32_t steps = 0; steps < 12; ++steps) {
    if (view_.dep(t) == udep::kRelcl) return view_.head(t);
    if (view_.head(t) == t) break;
    t = view_.head(t);
  }
  return token_idx;
}

void FrameBuilder::add_preposition(std::uint32_t p, bool in_object, PredicateFrame& f) const {
  if (view_.is_one_of(p, sources_)) return;  // who says so is no party
  const WordId word = view_.lower(p);
  for (const std::uint32_t c : view_.children.of(p)) {
    const StringId d = view_.dep(c);
    if (d == udep::kPobj) {
      f.obliques.push_back({word, antecedent(c), in_object});
      if (view_.is_one_of(c, stances_)) {
        // "in defiance of the government": as good as "against".
        const WordId against = view_.ontology.words().find("against");
        for (const std::uint32_t p2 : view_.children.of(c)) {
          if (view_.dep(p2) != udep::kPrep) continue;
          for (const std::uint32_t o : view_.children.of(p2)) {
            if (view_.dep(o) == udep::kPobj) f.obliques.push_back({against, o, in_object});
          }
        }
      }
    } else if (d == udep::kPcomp) {
      f.contents.push_back({ContentKind::Gerund, word, c});
    } else if (d == udep::kPrep) {
      add_preposition(c, in_object, f);
    } else if (d == udep::kConj && view_.pos(c) == upos::kAdp) {
      add_preposition(c, in_object, f);
    }
  }
}

void FrameBuilder::add_noun_prepositions(std::uint32_t noun, bool in_object,
                                         PredicateFrame& f) const {
  for (const std::uint32_t p : view_.children.of(noun)) {
    if (view_.dep(p) != udep::kPrep && view_.dep(p) != udep::kAgent) continue;
    add_preposition(p, in_object, f);
    if (view_.lower_text(p) != "of" || !view_.is_one_of(noun, containers_)) continue;
    for (const std::uint32_t held : view_.children.of(p)) {
      if (view_.dep(held) != udep::kPobj) continue;
      for (const std::uint32_t below : view_.children.of(held)) {
        if (view_.dep(below) == udep::kPrep) add_preposition(below, in_object, f);
      }
    }
  }
}

void FrameBuilder::see_through_copula(PredicateFrame& f) {
  if (f.agents.size() != 1) return;
  const std::uint32_t said = f.agents.front();
  const std::uint32_t copula = view_.head(said);
  if (view_.dep(said) != udep::kAttr || view_.pos(said) != upos::kNoun || copula == f.trigger) {
    return;
  }
  const PredicateFrame& above = frame(copula);
  // The nearest: a heading above may have run into the sentence.
  if (!above.agents.empty() && view_.is_noun(above.agents.back())) f.agents = {above.agents.back()};
}

void FrameBuilder::read_modality(std::uint32_t t, PredicateFrame& f) {
  bool own = false;
  for (const std::uint32_t c : view_.children.of(t)) {
    const StringId d = view_.dep(c);
    const bool before = (d == udep::kCc || d == udep::kPreconj || d == udep::kDep) && c < t;
    if (d == udep::kNeg) {
      // "not only helped": it did.
      f.negated = f.negated || c + 1 >= view_.tokens.size() || !view_.is_one_of(c + 1, only_);
    } else if ((d == udep::kAdvmod || before) && view_.is_one_of(c, negators_)) {
      f.negated = true;
    } else if (d == udep::kAdvmod && view_.is_one_of(c, hedges_)) {
      f.hedged = true;
    } else if (d == udep::kAux || d == udep::kAuxpass) {
      const std::string_view word = view_.lower_text(c);
      own = true;
      // "Neither has Israel joined"
      f.negated = f.negated || (c > 0 && view_.lower_text(c - 1) == "neither");
      if (word == "will" || word == "'ll" || word == "shall" || word == "wo" || word == "’ll") {
        f.modal = Modal::Will;
      } else if (word == "would" || word == "'d") {
        if (view_.tag(c) == xpos::kMd) f.modal = Modal::Would;
      } else if (word == "may" || word == "might" || word == "could" || word == "can" ||
                 word == "ca") {
        f.modal = Modal::Possible;
      } else if (word == "must" || word == "should" || word == "ought" || word == "needs" ||
                 word == "need") {
        f.modal = Modal::Obliged;
      } else if (word == "to" && f.modal == Modal::None) {
        f.modal = Modal::Infinitive;
      } else if (word == "had" || word == "has" || word == "have" || word == "having" ||
                 word == "'ve") {
        f.perfect = true;
      } else if (word == "was" || word == "were" || word == "did") {
        f.past = true;
      }
      // "is to leave": the auxiliary's own "to" stands beside it.
      if (f.modal == Modal::Infinitive && (word == "is" || word == "are")) f.modal = Modal::Will;
    }
  }
  const StringId tag = view_.tag(t);
  if (tag == xpos::kVbd) f.past = true;
  if (f.modal == Modal::Infinitive && view_.dep(t) == udep::kXcomp &&
      (view_.lemma_text(view_.head(t)) == "have" || view_.lemma_text(view_.head(t)) == "need")) {
    f.modal = Modal::Obliged;  // "has to leave"
  }
  const StringId d = view_.dep(t);
  const std::uint32_t up = view_.head(t);
  if (!own && tag == xpos::kVbn && d == udep::kConj && up != t && view_.is_verb(up)) {
    // "will have met and agreed"
    const PredicateFrame& first = frame(up);
    if (f.modal == Modal::None) f.modal = first.modal;
  }
  if (!own && tag == xpos::kVb && up != t && view_.is_verb(up) &&
      (d == udep::kConj || d == udep::kXcomp || d == udep::kCcomp || d == udep::kDep)) {
    // "will meet and sign", "to help him oust": what the bare verb's auxiliary would be.
    const PredicateFrame& first = frame(up);
    f.modal = first.modal;
    f.hedged = f.hedged || first.hedged;
    if (d == udep::kConj) f.negated = f.negated || (first.negated && f.agents.empty());
  }
}

/// "Rebels killed at least nine men", read as "rebels who were killed": a passive has no object of
/// its own, and a sentence has a verb.
bool FrameBuilder::is_whole_sentence(std::uint32_t t, const PredicateFrame& f) const {
  const std::uint32_t noun = view_.head(t);
  if (view_.head(noun) != noun || f.patients.empty() || f.perfect) return false;
  if (view_.is_one_of(t, two_objects_)) return false;
  return std::all_of(f.patients.begin(), f.patients.end(), [&](std::uint32_t p) {
    return p > t && is_nominal(view_, p) && view_.tokens.ent_type[p] != kDateLabel;
  });
}

/// "Opposition leader freed on bail": nobody frees without freeing somebody.
bool FrameBuilder::is_headline_passive(std::uint32_t t, const PredicateFrame& f) const {
  const StringId tag = view_.tag(t);
  if (f.passive || !f.patients.empty() || f.agents.empty() || !f.contents.empty()) return false;
  if ((tag != xpos::kVbd && tag != xpos::kVbn) || view_.head(t) != t) return false;
  return f.modal == Modal::None && !f.perfect && view_.is_one_of(t, done_to_somebody_);
}

void FrameBuilder::find_subject(std::uint32_t t, PredicateFrame& f) {
  if (!f.agents.empty() && !f.passive) return;
  if (f.passive && !f.patients.empty()) return;
  const StringId d = view_.dep(t);
  const std::uint32_t up = view_.head(t);
  const bool participle = view_.tag(t) == xpos::kVbn;
  auto inherit = [&](const std::vector<std::uint32_t>& from) {
    append(f.passive ? f.patients : f.agents, from);
    f.inherited_agent = true;
  };
  auto subject_of = [&](const PredicateFrame& g) -> const std::vector<std::uint32_t>& {
    return g.passive ? g.patients : g.agents;
  };
  if (d == udep::kRelcl || d == udep::kAcl) {
    if (d == udep::kAcl && participle && f.agents.empty()) f.passive = !is_whole_sentence(t, f);
    if (d == udep::kAcl && f.modal == Modal::Infinitive && is_nominal(view_, up)) {
      // "a decision to withdraw": whoever owns the noun, else whoever does what is done with it.
      const PredicateFrame& noun = frame(up);
      if (!noun.owners.empty()) {
        inherit(noun.owners);
      } else {
        const std::uint32_t verb = governor(up);
        if (view_.is_verb(verb) && verb != t) inherit(subject_of(frame(verb)));
        if (f.agents.empty() && f.patients.empty()) inherit(noun.modifiers);
      }
      return;
    }
    if (d == udep::kAcl && !f.passive && view_.mentions_at(up).empty()) {
      // "issued a statement demanding …": the statement's maker demands.
      const PredicateFrame& noun = frame(up);
      const std::uint32_t verb = governor(up);
      if (!noun.owners.empty()) return inherit(noun.owners);
      if (view_.is_verb(verb) && verb != t && view_.dep(up) == udep::kDobj) {
        return inherit(subject_of(frame(verb)));
      }
    }
    if (d == udep::kAcl && !f.passive && view_.dep(up) == udep::kPobj &&
        view_.is_one_of(view_.head(up), places_)) {
      // "gathered outside parliament demanding …": those who gathered.
      const PredicateFrame& gathered = frame(governor(up));
      if (gathered.kind == FrameKind::Verb && !subject_of(gathered).empty()) {
        return inherit(subject_of(gathered));
      }
    }
    (f.passive ? f.patients : f.agents).push_back(up);
    return;
  }
  if (d == udep::kConj && view_.is_verb(up)) {
    const PredicateFrame& first = frame(up);
    if (participle && first.passive && !f.passive) {
      bool own_aux = false;
      for (const std::uint32_t c : view_.children.of(t)) {
        own_aux = own_aux || view_.dep(c) == udep::kAux;
      }
      if (!own_aux && f.patients.empty()) f.passive = true;
    }
    inherit(subject_of(first));
    return;
  }
  if (d == udep::kXcomp || d == udep::kCcomp || d == udep::kOprd || d == udep::kDep) {
    if (d == udep::kCcomp && f.modal != Modal::Infinitive && view_.tag(t) != xpos::kVbg) return;
    const PredicateFrame& g = frame(up);
    if (participle && d != udep::kCcomp && f.agents.empty()) f.passive = true;
    const bool subject_control = view_.is_one_of(up, subject_control_);
    if (g.kind == FrameKind::Verb && !g.passive && !subject_control) {
      if (!g.datives.empty()) return inherit(g.datives);
      for (const std::uint32_t patient : g.patients) {
        if (is_nominal(view_, patient) && patient < t) return inherit(g.patients);
      }
    }
    inherit(subject_of(g));
    return;
  }
  if (d == udep::kAdvcl || d == udep::kPcomp || d == udep::kParataxis || d == udep::kPrep) {
    const std::uint32_t g = d == udep::kPcomp ? governor(t) : up;
    if (g == t) return;
    bool marked = false;
    for (const std::uint32_t c : view_.children.of(t))
      marked = marked || view_.dep(c) == udep::kMark;
    if (participle && !f.perfect && f.agents.empty() && f.patients.empty()) f.passive = true;
    const PredicateFrame& governing = frame(g);
    if (d == udep::kPcomp && governing.kind == FrameKind::Verb && !governing.patients.empty() &&
        !governing.passive) {
      const std::string_view p = view_.lower_text(view_.head(t));
      if (p == "of" || p == "for" || p == "from" || p == "into") return inherit(governing.patients);
    }
    if (governing.kind == FrameKind::Noun) {
      inherit(!governing.owners.empty() ? governing.owners : governing.modifiers);
    } else {
      inherit(subject_of(governing));
    }
  }
}

void FrameBuilder::build_verb(std::uint32_t t, PredicateFrame& f) {
  for (const std::uint32_t c : view_.children.of(t)) {
    const StringId d = view_.dep(c);
    if (d == udep::kNsubj) {
      f.agents.push_back(antecedent(c));
    } else if (d == udep::kNsubjpass) {
      f.patients.push_back(antecedent(c));
      f.passive = true;
    } else if (d == udep::kAuxpass) {
      f.passive = true;
    } else if (d == udep::kDobj) {
      f.patients.push_back(antecedent(c));
    } else if (d == udep::kAgent) {
      // "dissidents released by Vietnam": what has an agent is passive, without an auxiliary too.
      if (view_.tag(t) == xpos::kVbn) f.passive = true;
      for (const std::uint32_t p : view_.children.of(c)) {
        if (view_.dep(p) == udep::kPobj) f.agents.push_back(p);
      }
    } else if (d == udep::kDative) {
      if (view_.pos(c) == upos::kAdp || view_.pos(c) == upos::kPart) {
        for (const std::uint32_t p : view_.children.of(c)) {
          if (view_.dep(p) == udep::kPobj) {
            f.datives.push_back(antecedent(p));
            f.obliques.push_back({view_.lower(c), antecedent(p), false});
          }
        }
      } else {
        f.datives.push_back(antecedent(c));
      }
    } else if (d == udep::kPrep) {
      add_preposition(c, false, f);
    } else if (d == udep::kXcomp) {
      f.contents.push_back({ContentKind::Infinitive, {}, c});
    } else if (d == udep::kCcomp || d == udep::kCsubj || d == udep::kCsubjpass) {
      f.contents.push_back({ContentKind::Clause, {}, c});
    } else if (d == udep::kAdvcl) {
      f.contents.push_back({ContentKind::Adverbial, {}, c});
    } else if (d == udep::kAttr || d == udep::kAcomp || d == udep::kOprd) {
      f.complements.push_back(c);
    }
  }
  // A short sentence's subject is at times taken for an adverbial: "Sweden suspended aid".
  if (f.agents.empty() && !f.passive) {
    for (const std::uint32_t c : view_.children.of(t)) {
      const StringId d = view_.dep(c);
      const bool adverbial = d == udep::kNpadvmod || d == udep::kAdvmod || d == udep::kDep;
      if (c < t && adverbial && !view_.mentions_at(c).empty()) {
        f.agents.push_back(c);
      }
    }
  }
  // "urged Iran to withdraw", read as one clause: Iran is also whom the urging is done to.
  for (const auto& content : f.contents) {
    if (content.kind != ContentKind::Clause || !f.patients.empty() || f.passive) continue;
    bool infinitive = false;
    for (const std::uint32_t c : view_.children.of(content.token)) {
      infinitive = infinitive || (view_.dep(c) == udep::kAux && view_.tag(c) == xpos::kTo);
    }
    infinitive = infinitive || (view_.tag(content.token) == xpos::kVb &&
                                view_.is_one_of(t, bare_infinitives_));  // "helped it build"
    if (!infinitive) continue;
    for (const std::uint32_t c : view_.children.of(content.token)) {
      if (view_.dep(c) == udep::kNsubj || view_.dep(c) == udep::kNsubjpass) {
        f.patients.push_back(antecedent(c));
      }
    }
  }
  read_modality(t, f);
  if (is_headline_passive(t, f)) {
    f.passive = true;
    f.patients.swap(f.agents);
  }
  find_subject(t, f);
  see_through_copula(f);
  for (const auto* list : {&f.agents, &f.patients}) {
    for (const std::uint32_t argument : *list) {
      if (view_.is_one_of(argument, nobody_)) f.negated = true;
    }
  }
  // The gap of an object relative: "the missiles that Iran launched".
  if (view_.dep(t) == udep::kRelcl && f.patients.empty() && !f.agents.empty() && !f.passive &&
      f.agents.front() != view_.head(t)) {
    bool adverbial = false;
    for (const std::uint32_t c : view_.children.of(t)) {
      adverbial = adverbial || view_.tag(c) == xpos::kWrb;
    }
    if (!adverbial) f.patients.push_back(view_.head(t));
  }
  const std::size_t n_patients = f.patients.size();
  for (std::size_t i = 0; i < n_patients; ++i) {
    if (view_.head(f.patients[i]) == t) add_noun_prepositions(f.patients[i], true, f);
  }
  // "was killed by rebels", "was given a ship by France": the agent read as a plain preposition.
  if (f.passive && f.agents.empty()) {
    const auto children = view_.children.of(t);
    const bool has_object = std::any_of(children.begin(), children.end(), [&](std::uint32_t c) {
      return view_.dep(c) == udep::kDobj;
    });
    for (const auto& oblique : f.obliques) {
      if (oblique.in_object && !has_object) continue;
      if (view_.ontology.words().text(oblique.preposition) == "by") {
        f.agents.push_back(oblique.token);
      }
    }
  }
}

void FrameBuilder::build_noun(std::uint32_t t, PredicateFrame& f) {
  for (const std::uint32_t c : view_.children.of(t)) {
    const StringId d = view_.dep(c);
    if (d == udep::kPoss) {
      f.owners.push_back(antecedent(c));
    } else if (d == udep::kCompound || d == udep::kAmod || d == udep::kNmod || d == udep::kNummod) {
      f.modifiers.push_back(c);
      // "U.S.-North Korea summit": names chained among the modifiers.
      for (const std::uint32_t cc : view_.children.of(c)) {
        const StringId dd = view_.dep(cc);
        if (dd == udep::kCompound || dd == udep::kAmod || dd == udep::kNmod || dd == udep::kConj) {
          f.modifiers.push_back(cc);
        }
      }
    } else if (d == udep::kAcl) {
      f.contents.push_back(
          {view_.tag(c) == xpos::kVb ? ContentKind::Infinitive : ContentKind::Adverbial, {}, c});
    } else if (d == udep::kCcomp || (d == udep::kRelcl && view_.lower_text(c).empty())) {
      f.contents.push_back({ContentKind::Clause, {}, c});
    } else if (d == udep::kDet && view_.lower_text(c) == "no") {
      f.negated = true;
    }
  }
  add_noun_prepositions(t, false, f);
  for (const auto& oblique : f.obliques) {
    const std::string_view p = view_.ontology.words().text(oblique.preposition);
    if (p == "by") f.agents.push_back(oblique.token);
    if (p != "of" || view_.head(view_.head(oblique.token)) != t) continue;
    // "the arrest of a bishop by soldiers": the agent is often hung on the bishop.
    for (const std::uint32_t c : view_.children.of(oblique.token)) {
      if (view_.dep(c) != udep::kPrep || view_.lower_text(c) != "by") continue;
      for (const std::uint32_t o : view_.children.of(c)) {
        if (view_.dep(o) == udep::kPobj) f.agents.push_back(o);
      }
    }
  }
}

void FrameBuilder::build_adjective(std::uint32_t t, PredicateFrame& f) {
  for (const std::uint32_t c : view_.children.of(t)) {
    const StringId d = view_.dep(c);
    if (d == udep::kXcomp || (d == udep::kAdvcl && view_.tag(c) == xpos::kVb)) {
      f.contents.push_back({ContentKind::Infinitive, {}, c});
    } else if (d == udep::kCcomp) {
      f.contents.push_back({ContentKind::Clause, {}, c});
    } else if (d == udep::kPrep) {
      add_preposition(c, false, f);
    } else if (d == udep::kNsubj || d == udep::kNsubjpass) {
      f.agents.push_back(antecedent(c));
    } else if (d == udep::kNeg) {
      f.negated = true;
    }
  }
  const StringId d = view_.dep(t);
  const std::uint32_t up = view_.head(t);
  if ((d == udep::kAcomp || d == udep::kOprd || d == udep::kAttr || d == udep::kConj ||
       d == udep::kXcomp || d == udep::kDep) &&
      up != t) {
    const PredicateFrame& g = frame(up);
    if (f.agents.empty()) append(f.agents, g.passive ? g.patients : g.agents);
    if (g.kind == FrameKind::Verb) {
      f.negated = f.negated || g.negated;
      f.modal = g.modal;
      f.past = g.past;
      for (const auto& content : g.contents) {
        if (content.kind == ContentKind::Infinitive && content.token != t) {
          f.contents.push_back(content);
        }
      }
      for (const auto& oblique : g.obliques) f.obliques.push_back(oblique);
    }
  } else if (d == udep::kAmod) {
    f.agents.push_back(up);
  }
}

void FrameBuilder::read_surroundings(std::uint32_t t, PredicateFrame& f) {
  const auto& sentence = view_.parsed.sentences[view_.sentence(t)];
  for (std::uint32_t i = sentence.end; i > sentence.begin; --i) {
    if (view_.pos(i - 1) != upos::kPunct) break;
    if (view_.text(i - 1) == "?") f.question = true;
  }
  // A condition above this clause, without a new clause of speech between.
  std::uint32_t i = t;
  for (std::uint32_t steps = 0; steps < 8; ++steps) {
    if (view_.is_verb(i)) {
      for (const std::uint32_t c : view_.children.of(i)) {
        if ((view_.dep(c) == udep::kMark || view_.dep(c) == udep::kAdvmod) &&
            view_.is_one_of(c, if_words_)) {
          f.conditional = true;
        }
      }
    }
    const StringId d = view_.dep(i);
    if (d == udep::kCcomp || view_.head(i) == i) break;
    i = view_.head(i);
  }
}

}  // namespace detente::events
