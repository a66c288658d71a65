#include "detente/attribute/speakers.h"

#include <algorithm>

namespace detente::attribute {
namespace {

using resolve::MentionId;
using resolve::MentionType;

// "The report", "he" go back so many sentences, those within quotations not counted.
constexpr std::uint32_t kMaxSentencesBack = 5;
// … and so many where it is not known whether the speaker is a man or a woman.
constexpr std::uint32_t kMaxSentencesUnsure = 4;
// So many centers are looked at; more do not stand in these sentences.
constexpr std::size_t kMaxCenters = 24;
// Longer ways up the tree than this are parse errors.
constexpr int kMaxClimb = 40;
// Mentions are not longer than this.
constexpr std::uint32_t kMaxMention = 64;
// So many words of a sentence are searched for the report that it tells of.
constexpr std::uint32_t kMaxSearched = 100;

std::uint32_t head_of(const View& view, TokenRange words) {
  std::uint32_t head = words.begin;
  while (words.contains(view.tokens.head[head]) && view.tokens.head[head] != head) {
    head = view.tokens.head[head];
  }
  return head;
}

}  // namespace

Speakers::Speakers(const Findings& findings)
    : found_(findings),
      view_(findings.view),
      saying_at_(findings.view.size(), -1),
      speakers_(findings.sayings.size()) {
  const auto& sayings = found_.sayings;
  for (std::uint32_t k = 0; k < sayings.size(); ++k) {
    order_.push_back(k);
    for (std::uint32_t i = sayings[k].cue.begin; i < sayings[k].cue.end; ++i) {
      saying_at_[i] = static_cast<std::int32_t>(k);
    }
  }
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sayings[a].cue.begin < sayings[b].cue.begin;
  });
  auto next = order_.begin();
  for (std::uint32_t s = 0; s < view_.parsed.sentences.size(); ++s) {
    const std::size_t n_before = centers_.size();
    for (; next != order_.end() && view_.sentence[sayings[*next].cue.begin] == s; ++next) {
      const Saying& saying = sayings[*next];
      if (!saying.source) continue;
      speakers_[*next] = find(saying);
      const bool speaks = saying.how.kind != Kind::Credit && !saying.passes_on &&
                          found_.quote_of[saying.cue.begin] < 0;
      if (speaks && speakers_[*next] && !is_nobody(*speakers_[*next])) {
        centers_.push_back({s, *speakers_[*next]});
      }
    }
    if (centers_.size() != n_before) continue;
    if (const auto subject = main_subject(s)) centers_.push_back({s, *subject});
  }
  find_first_persons();
}

std::optional<MentionId> Speakers::of(const Saying& saying) const {
  return speakers_[static_cast<std::size_t>(&saying - found_.sayings.data())];
}

std::optional<MentionId> Speakers::mention_in(TokenRange words) const {
  std::optional<MentionId> best;
  std::uint32_t best_overlap = 0;
  const auto& mentions = view_.resolved.mentions;
  const auto first = std::partition_point(
      mentions.begin(), mentions.end(),
      [&](const resolve::Mention& m) { return m.tokens.begin + kMaxMention < words.begin; });
  for (auto m = first; m != mentions.end() && m->tokens.begin < words.end; ++m) {
    const std::uint32_t begin = std::max(m->tokens.begin, words.begin);
    const std::uint32_t end = std::min(m->tokens.end, words.end);
    if (begin >= end || !words.contains(m->head_token)) continue;
    // The head of the words names who speaks; what hangs on it tells more of them.
    std::uint32_t weight = end - begin;
    bool holds_head = true;
    for (std::uint32_t i = words.begin; i < words.end; ++i) {
      if (!m->tokens.contains(i) && view_.subtrees.begin(i) <= m->tokens.begin &&
          m->tokens.end <= view_.subtrees.end(i)) {
        holds_head = false;
      }
    }
    if (holds_head) weight += 1000;
    if (weight > best_overlap) {
      best_overlap = weight;
      best = MentionId{static_cast<std::uint32_t>(m - mentions.begin())};
    }
  }
  // "A Thai blogger" is not Thailand.
  const bool is_adjective = best && best_overlap < 1000 &&
                            mentions[best->value].resolved_by == resolve::ResolvedBy::Demonym;
  if (is_adjective) return std::nullopt;
  return best;
}

// "We", "you" and the like: nobody that a later "he" could go back to.
bool Speakers::is_nobody(MentionId who) const {
  const std::uint32_t head = view_.resolved.mentions[who.value].head_token;
  const Pronoun* pronoun = view_.tables.pronoun(view_.lower(head));
  const bool is_third = pronoun != nullptr && *pronoun != Pronoun::I && *pronoun != Pronoun::We;
  return view_.tokens.pos[head] == parse::label("PRON") && !is_third;
}

std::optional<MentionId> Speakers::find(const Saying& saying) const {
  const TokenRange words = *saying.source;
  const std::uint32_t head = head_of(view_, words);
  const NounCue* noun = view_.tables.noun(view_.lemma(head));
  if (noun != nullptr && noun->in_cue) return owner_of(saying, head);
  const auto known = mention_in(words);
  const Pronoun* pronoun =
      words.size() == 1 ? view_.tables.pronoun(view_.lower(words.begin)) : nullptr;
  if (pronoun == nullptr || found_.quote_of[saying.cue.begin] >= 0) return known;
  const auto teller = teller_of(saying);
  if (!teller) return antecedent(words, *pronoun, known, saying.content);
  // "The mayor said she thought": the mayor, if nobody else is named in between.
  const auto outer = speakers_[*teller];
  const bool is_other = known && is_named_before(*known, words, saying.content);
  if (!outer || is_other || fit(*pronoun, *outer, false, known) == Fit::No) return known;
  return known_as(*outer, known);
}

// A document speaks for its owner: "KCNA's report", and "the report" that a speaker of the
// sentences before has made.
std::optional<MentionId> Speakers::owner_of(const Saying& saying, std::uint32_t head) const {
  const TokenRange words = *saying.source;
  if (const auto owner = view_.child(head, parse::label("poss"))) {
    return mention_in(view_.subtree(*owner));
  }
  // "The Mapbiomas report"
  for (const std::uint32_t c : view_.children.of(head)) {
    if (!view_.has_dep(c, parse::label("compound")) || !view_.is_name(c)) continue;
    const auto maker = mention_in(view_.subtree(c));
    if (maker && view_.resolved.mentions[maker->value].type == MentionType::Organization) {
      return maker;
    }
  }
  if (view_.lower(words.begin) != "the") return mention_in(words);
  const std::uint32_t sentence = view_.sentence[saying.cue.begin];
  auto at = std::partition_point(order_.begin(), order_.end(), [&](std::uint32_t k) {
    return found_.sayings[k].cue.begin < saying.cue.begin;
  });
  for (std::size_t n = 0; at != order_.begin() && n < kMaxCenters; ++n) {
    const std::uint32_t k = *--at;
    const Saying& before = found_.sayings[k];
    const std::uint32_t its = view_.sentence[before.cue.begin];
    if (its >= sentence || before.how.kind != Kind::Speech || !speakers_[k]) continue;
    if (its + kMaxSentencesBack < sentence) break;
    const TokenRange told = view_.parsed.sentences[its];
    for (std::uint32_t i = told.begin; i < std::min(told.end, told.begin + kMaxSearched); ++i) {
      if (view_.tokens.lemma[i] == view_.tokens.lemma[head] && !before.content.contains(i)) {
        return speakers_[k];
      }
    }
  }
  return mention_in(words);
}

// The saying that tells of this one: "said that he believed".
std::optional<std::size_t> Speakers::teller_of(const Saying& saying) const {
  std::uint32_t i = saying.cue.end - 1;
  for (int step = 0; step < kMaxClimb && view_.tokens.head[i] != i; ++step) {
    i = view_.tokens.head[i];
    if (saying_at_[i] < 0 || saying.cue.contains(i)) continue;
    const auto at = static_cast<std::size_t>(saying_at_[i]);
    const Saying& outer = found_.sayings[at];
    if (!outer.closes && !outer.passes_on && outer.content.contains(saying.cue.begin)) return at;
  }
  return std::nullopt;
}

bool Speakers::is_plural(MentionId who) const {
  const resolve::Mention& mention = view_.resolved.mentions[who.value];
  const StringId tag = view_.tokens.tag[mention.head_token];
  return tag == parse::label("NNS") || tag == parse::label("NNPS") ||
         mention.type == MentionType::Group ||
         !view_.resolved.entities[mention.entity.value].members.empty();
}

// Whether a pronoun goes back to nothing that could speak.
bool Speakers::known_nobody(MentionId pronoun) const {
  const resolve::Mention& mention = view_.resolved.mentions[pronoun.value];
  return mention.type == MentionType::Object ||
         view_.resolved.entities[mention.entity.value].mentions.front() == pronoun;
}

// Whether what a pronoun goes back to was last named in passing in what `who` said: "Ho said that
// the letters between the two leaders were kind. However, they warned …" goes on with Ho.
bool Speakers::is_told_by(MentionId who, MentionId known) const {
  const auto& mentions = view_.resolved.mentions;
  const auto& same = view_.resolved.entities[mentions[known.value].entity.value].mentions;
  const auto at = std::partition_point(same.begin(), same.end(), [&](MentionId id) {
    return mentions[id.value].tokens.begin < mentions[known.value].tokens.begin;
  });
  if (at == same.begin()) return false;
  const std::uint32_t named = mentions[std::prev(at)->value].head_token;
  if (view_.has_dep(named, parse::label("nsubj")) ||
      view_.has_dep(named, parse::label("nsubjpass"))) {
    return false;
  }
  auto saying = std::partition_point(order_.begin(), order_.end(), [&](std::uint32_t k) {
    return found_.sayings[k].cue.begin < mentions[known.value].tokens.begin;
  });
  for (std::size_t n = 0; saying != order_.begin() && n < kMaxCenters; ++n) {
    const std::uint32_t k = *--saying;
    if (!found_.sayings[k].content.contains(named) || !speakers_[k]) continue;
    if (mentions[speakers_[k]->value].entity.value == mentions[who.value].entity.value) return true;
  }
  return false;
}

Speakers::Fit Speakers::fit(Pronoun kind, MentionId who, bool is_near,
                            std::optional<MentionId> known) const {
  const resolve::Mention& mention = view_.resolved.mentions[who.value];
  const resolve::Entity& entity = view_.resolved.entities[mention.entity.value];
  const bool is_person = mention.type == MentionType::Person;
  const auto gendered = [&](char wanted) {
    if (!is_person || is_plural(who)) return Fit::No;
    return entity.gender == wanted ? Fit::Yes : entity.gender == '?' ? Fit::Maybe : Fit::No;
  };
  switch (kind) {
    case Pronoun::He:
      return gendered('m');
    case Pronoun::She:
      return gendered('f');
    case Pronoun::It:
      return is_person || is_plural(who) ? Fit::No : Fit::Yes;
    case Pronoun::They: {
      if (is_plural(who)) return Fit::Yes;
      if (!is_person) return Fit::No;
      // One person may be "they", when nobody else can be meant.
      const bool is_free =
          !known || known_nobody(*known) ||
          view_.resolved.mentions[known->value].entity.value == mention.entity.value ||
          is_told_by(who, *known);
      return is_near && is_free ? Fit::Maybe : Fit::No;
    }
    case Pronoun::I:
    case Pronoun::We:
      break;
  }
  return Fit::No;
}

// Whether the words that `known` goes back to stand before the pronoun in its own sentence and
// are not what is said: "While Isaac is hopeful, she says …".
bool Speakers::is_named_before(MentionId known, TokenRange pronoun, TokenRange content) const {
  const auto& mentions = view_.resolved.mentions;
  const auto& same = view_.resolved.entities[mentions[known.value].entity.value].mentions;
  auto at = std::partition_point(same.begin(), same.end(), [&](MentionId id) {
    return mentions[id.value].tokens.begin < pronoun.begin;
  });
  while (at != same.begin()) {
    const std::uint32_t i = mentions[(--at)->value].head_token;
    if (view_.sentence[i] != view_.sentence[pronoun.begin] ||
        view_.paragraph[i] != view_.paragraph[pronoun.begin]) {
      return false;
    }
    if (!content.contains(i) && found_.quote_of[i] < 0) return true;
  }
  return false;
}

// Where the words themselves lead to the same name, they stand for it.
MentionId Speakers::known_as(MentionId who, std::optional<MentionId> known) const {
  const auto& mentions = view_.resolved.mentions;
  const resolve::EntityId entity = mentions[who.value].entity;
  const bool same = known && mentions[known->value].entity == entity &&
                    !view_.resolved.entities[entity.value].identifier_text.empty();
  return same ? *known : who;
}

// Who speaks goes on speaking: the last speaker or subject that the pronoun fits, before what
// `resolve` knows, which cannot see who speaks.
std::optional<MentionId> Speakers::antecedent(TokenRange pronoun, Pronoun kind,
                                              std::optional<MentionId> known,
                                              TokenRange content) const {
  if (kind == Pronoun::I || kind == Pronoun::We) return known;
  if (known && is_named_before(*known, pronoun, content)) return known;
  std::uint32_t sentence = view_.sentence[pronoun.begin];
  std::uint32_t n_back = 0;
  std::size_t n_seen = 0;
  for (auto at = centers_.rbegin(); at != centers_.rend() && n_seen < kMaxCenters; ++at, ++n_seen) {
    for (; sentence > at->sentence; --sentence) {
      const TokenRange range = view_.parsed.sentences[sentence];
      n_back += range.size() == 0 || found_.quote_of[range.begin] < 0 ? 1 : 0;
    }
    if (n_back > kMaxSentencesBack) break;
    // In one sentence the outermost voice comes first.
    auto first = at;
    while (std::next(first) != centers_.rend() && std::next(first)->sentence == at->sentence) {
      ++first;
    }
    for (auto same = first;; --same) {
      const Fit how = fit(kind, same->who, n_back <= 1, known);
      if (how == Fit::Yes || (how == Fit::Maybe && n_back <= kMaxSentencesUnsure)) {
        return known_as(same->who, known);
      }
      if (same == at) break;
    }
    at = first;
  }
  return known;
}

std::optional<MentionId> Speakers::main_subject(std::uint32_t sentence) const {
  const TokenRange range = view_.parsed.sentences[sentence];
  const std::uint32_t end = std::min(range.end, range.begin + kMaxSearched);
  for (std::uint32_t i = range.begin; i < end; ++i) {
    if (!view_.has_dep(i, parse::label("nsubj")) && !view_.has_dep(i, parse::label("nsubjpass"))) {
      continue;
    }
    if (!view_.has_dep(view_.tokens.head[i], parse::label("ROOT")) || found_.quote_of[i] >= 0) {
      continue;
    }
    if (view_.tokens.pos[i] == parse::label("PRON")) {
      const Pronoun* pronoun = view_.tables.pronoun(view_.lower(i));
      const bool is_somebody =
          pronoun != nullptr && (*pronoun == Pronoun::He || *pronoun == Pronoun::She);
      return is_somebody ? antecedent({i, i + 1}, *pronoun, mention_in({i, i + 1}), {})
                         : std::nullopt;
    }
    // "Guzmán's letter was read out": it is about him.
    const bool is_document = view_.tables.noun(view_.lemma(i)) != nullptr ||
                             view_.tables.cited(view_.lemma(i)) != CitedNoun::No;
    const auto owner = is_document ? view_.child(i, parse::label("poss")) : std::nullopt;
    for (const std::uint32_t at : {i, owner.value_or(i)}) {
      const auto who = mention_in({at, at + 1});
      if (who && view_.resolved.mentions[who->value].type == MentionType::Person) return who;
    }
    return std::nullopt;
  }
  return std::nullopt;
}

// "I think", he said: he himself.
void Speakers::find_first_persons() {
  std::vector<std::optional<MentionId>> of_quote(found_.quotes.size());
  for (const std::uint32_t k : order_) {
    const Saying& saying = found_.sayings[k];
    if (saying.how.kind != Kind::Speech || found_.quote_of[saying.cue.begin] >= 0) continue;
    for (std::size_t q = found_.quote_from(saying.content.begin); q < of_quote.size(); ++q) {
      if (found_.quotes[q].tokens.begin >= saying.content.end) break;
      if (!of_quote[q]) of_quote[q] = speakers_[k];
    }
  }
  for (const std::uint32_t k : order_) {
    const Saying& saying = found_.sayings[k];
    const std::int32_t quote = found_.quote_of[saying.cue.begin];
    if (quote < 0 || !saying.source || saying.source->size() != 1) continue;
    const Pronoun* pronoun = view_.tables.pronoun(view_.lower(saying.source->begin));
    const auto who = of_quote[static_cast<std::size_t>(quote)];
    if (pronoun != nullptr && *pronoun == Pronoun::I && who) speakers_[k] = who;
  }
}

}  // namespace detente::attribute
