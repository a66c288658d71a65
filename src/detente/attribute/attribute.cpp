#include "detente/attribute/attribute.h"

#include <algorithm>
#include <utility>

#include "detente/attribute/quotations.h"
#include "detente/attribute/sayings.h"
#include "detente/attribute/view.h"

namespace detente::attribute {
namespace {

std::vector<QuotedTokens> quotations_in_tokens(const View& view) {
  std::vector<QuotedTokens> quotes;
  for (const Quotation& quotation : find_quotations(view.document.text)) {
    std::uint32_t begin = view.token_at(quotation.span.begin);
    const std::uint32_t end = view.token_at(quotation.span.end);
    if (begin < end) quotes.push_back({{begin, end}, quotation.goes_on});
  }
  return quotes;
}

// The mention that the words are: the one that covers most of them, the first of equals.
std::optional<resolve::MentionId> mention_in(const View& view, TokenRange words) {
  std::optional<resolve::MentionId> best;
  std::uint32_t best_overlap = 0;
  const auto& mentions = view.resolved.mentions;
  const auto first = std::partition_point(
      mentions.begin(), mentions.end(),
      [&](const resolve::Mention& m) { return m.tokens.begin + 64 < words.begin; });
  for (auto m = first; m != mentions.end() && m->tokens.begin < words.end; ++m) {
    const std::uint32_t begin = std::max(m->tokens.begin, words.begin);
    const std::uint32_t end = std::min(m->tokens.end, words.end);
    if (begin >= end || !words.contains(m->head_token)) continue;
    // The head of the words names who speaks; what hangs on it tells more of them.
    std::uint32_t weight = end - begin;
    bool holds_head = true;
    for (std::uint32_t i = words.begin; i < words.end; ++i) {
      if (!m->tokens.contains(i) && view.left[i] <= m->tokens.begin &&
          m->tokens.end <= view.right[i]) {
        holds_head = false;
      }
    }
    if (holds_head) weight += 1000;
    if (weight > best_overlap) {
      best_overlap = weight;
      best = resolve::MentionId{static_cast<std::uint32_t>(m - mentions.begin())};
    }
  }
  return best;
}

bool is_first_person(const View& view, TokenRange words) {
  if (words.size() != 1) return false;
  const std::string_view word = view.lower(words.begin);
  return word == "i" || word == "we" || word == "my" || word == "our";
}

class Composer {
 public:
  explicit Composer(const Findings& findings);

  AttributedDocument compose();

 private:
  [[nodiscard]] bool same_speaker(const Saying& a, const Saying& b) const;
  void add_reporter(Attribution& to, TokenRange words) const;
  [[nodiscard]] Attribution to_attribution(const Saying& saying) const;

  [[nodiscard]] std::optional<resolve::MentionId> speaker_of(const Saying& saying) const;
  [[nodiscard]] Quote quote_kind(TokenRange content) const;

  const Findings& found_;
  const View& view_;
  std::vector<const Saying*> by_content_;     // in order of where their content begins
  std::vector<std::uint32_t> quoted_before_;  // quoted words before each token
};

// So many sayings around one are looked at for who passes it on; more do not stand in one sentence.
constexpr std::ptrdiff_t kMaxAround = 64;
// "The report" goes back so many sentences to who made it.
constexpr std::uint32_t kMaxSentencesBack = 4;

Composer::Composer(const Findings& findings) : found_(findings), view_(findings.view) {
  for (const Saying& saying : found_.sayings) {
    if (saying.how.kind != Kind::Credit && saying.source) by_content_.push_back(&saying);
  }
  std::stable_sort(by_content_.begin(), by_content_.end(), [](const Saying* a, const Saying* b) {
    return a->content.begin < b->content.begin;
  });
  quoted_before_.resize(view_.size() + 1);
  for (std::uint32_t i = 0; i < view_.size(); ++i) {
    quoted_before_[i + 1] =
        quoted_before_[i] + (view_.is_word(i) && found_.quote_of[i] >= 0 ? 1 : 0);
  }
}

Quote Composer::quote_kind(TokenRange content) const {
  const std::uint32_t n_words = view_.n_words(content);
  const std::uint32_t n_quoted = quoted_before_[content.end] - quoted_before_[content.begin];
  if (n_quoted == 0) return Quote::Indirect;
  return n_quoted * 10 >= n_words * 9 ? Quote::Direct : Quote::Mixed;
}

// Who is meant by the words. A document speaks for its owner: "KCNA's report", and "the report"
// that a speaker of the sentences before has made.
std::optional<resolve::MentionId> Composer::speaker_of(const Saying& saying) const {
  const TokenRange words = *saying.source;
  std::uint32_t head = words.begin;
  while (words.contains(view_.tokens.head[head]) && view_.tokens.head[head] != head) {
    head = view_.tokens.head[head];
  }
  const NounCue* noun = view_.tables.noun(view_.lemma(head));
  if (noun == nullptr || !noun->in_cue) return mention_in(view_, words);
  if (const auto owner = view_.child(head, parse::label("poss"))) {
    return mention_in(view_, view_.subtree(*owner));
  }
  if (view_.lower(words.begin) != "the") return mention_in(view_, words);
  const std::uint32_t sentence = view_.sentence[saying.cue.begin];
  auto at = std::partition_point(by_content_.begin(), by_content_.end(), [&](const Saying* s) {
    return s->content.begin < saying.cue.begin;
  });
  for (std::ptrdiff_t n = 0; at != by_content_.begin() && n < kMaxAround; ++n) {
    const Saying& before = **--at;
    const std::uint32_t its = view_.sentence[before.cue.begin];
    if (its >= sentence || before.how.kind != Kind::Speech) continue;
    if (its + kMaxSentencesBack < sentence) break;
    const TokenRange told = view_.parsed.sentences[its];
    for (std::uint32_t i = told.begin; i < std::min(told.end, told.begin + 100); ++i) {
      if (view_.tokens.lemma[i] == view_.tokens.lemma[head] && !before.content.contains(i)) {
        const TokenRange whose = *before.source;
        return whose == words ? std::nullopt : speaker_of(before);
      }
    }
  }
  return mention_in(view_, words);
}

bool Composer::same_speaker(const Saying& a, const Saying& b) const {
  if (!a.source || !b.source) return false;
  if (*a.source == *b.source) return true;
  const auto first = mention_in(view_, *a.source);
  const auto second = mention_in(view_, *b.source);
  if (!first || !second) return false;
  const auto& mentions = view_.resolved.mentions;
  return mentions[first->value].entity == mentions[second->value].entity;
}

void Composer::add_reporter(Attribution& to, TokenRange words) const {
  const TextSpan span = view_.tokens.span(words);
  const auto known = std::any_of(to.via.begin(), to.via.end(),
                                 [&](const Reporter& r) { return r.source == span; });
  if (!known) to.via.push_back({span, mention_in(view_, words)});
}

Attribution Composer::to_attribution(const Saying& saying) const {
  Attribution out;
  out.cue = view_.tokens.span(saying.cue);
  out.content = view_.tokens.span(saying.content);
  out.content_tokens = saying.content;
  out.kind = saying.how.kind;
  out.stance = saying.how.stance;
  out.quote = quote_kind(saying.content);
  if (saying.source) {
    out.source = view_.tokens.span(*saying.source);
    out.speaker = speaker_of(saying);
  }
  if (saying.reporter) add_reporter(out, *saying.reporter);

  // Whoever tells of this saying passes it on: the smallest content around it is the nearest.
  std::vector<const Saying*> outer;
  const auto middle =
      std::partition_point(by_content_.begin(), by_content_.end(),
                           [&](const Saying* s) { return s->content.begin <= saying.cue.begin; });
  const auto first = middle - std::min(middle - by_content_.begin(), kMaxAround);
  const auto last = middle + std::min(by_content_.end() - middle, kMaxAround);
  for (auto at = first; at != last; ++at) {
    const Saying& other = **at;
    if (&other == &saying || other.cue == saying.cue) continue;
    const bool told = other.content.begin <= saying.cue.begin &&
                      saying.cue.end <= other.content.end && !other.passes_on;
    // "X reported, citing officials, that …": the officials say so, X passes it on.
    const bool cites = saying.passes_on && !other.passes_on &&
                       view_.sentence[other.cue.begin] == view_.sentence[saying.cue.begin] &&
                       other.how.kind == Kind::Speech && other.content.begin < saying.content.end &&
                       saying.content.begin < other.content.end;
    if (told || cites) outer.push_back(&other);
  }
  std::stable_sort(outer.begin(), outer.end(), [](const Saying* a, const Saying* b) {
    return a->content.size() < b->content.size();
  });
  for (const Saying* other : outer) {
    if (same_speaker(saying, *other)) continue;
    // "I think", he said: he himself.
    const bool own_words = saying.source && is_first_person(view_, *saying.source) &&
                           found_.quote_of[saying.cue.begin] >= 0 && other == outer.front();
    // … and of "I think he knows", he said, only he.
    const bool own_thought = is_first_person(view_, *other->source) && other != outer.back();
    if (own_words || own_thought) continue;
    add_reporter(out, *other->source);
  }
  return out;
}

AttributedDocument Composer::compose() {
  AttributedDocument out;
  out.attributions.reserve(found_.sayings.size());
  for (const Saying& saying : found_.sayings) out.attributions.push_back(to_attribution(saying));
  std::stable_sort(out.attributions.begin(), out.attributions.end(),
                   [](const Attribution& a, const Attribution& b) {
                     return std::pair(a.content, a.cue) < std::pair(b.content, b.cue);
                   });
  return out;
}

}  // namespace

AttributedDocument attribute(const read::Document& document, const parse::ParsedDocument& parsed,
                             const resolve::ResolvedDocument& resolved, const CueTables& tables) {
  const View view(document, parsed, resolved, tables);
  Findings findings(view, quotations_in_tokens(view));
  find_verbs(findings);
  find_states(findings);
  find_nouns(findings);
  find_phrases(findings);
  find_labels(findings);
  part_sayings(findings);
  find_continuations(findings);
  return Composer(findings).compose();
}

}  // namespace detente::attribute
