#include "detente/attribute/attribute.h"

#include <algorithm>
#include <utility>

#include "detente/attribute/quotations.h"
#include "detente/attribute/sayings.h"
#include "detente/attribute/speakers.h"
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

bool is_first_person(const View& view, TokenRange words) {
  if (words.size() != 1) return false;
  const Pronoun* pronoun = view.tables.pronoun(view.lower(words.begin));
  return pronoun != nullptr && (*pronoun == Pronoun::I || *pronoun == Pronoun::We);
}

class Composer {
 public:
  explicit Composer(const Findings& findings);

  AttributedDocument compose();

 private:
  [[nodiscard]] bool same_speaker(const Saying& a, const Saying& b) const;
  void add_reporter(Attribution& to, TokenRange words, std::optional<resolve::MentionId> who) const;
  [[nodiscard]] TokenRange without_stop(TokenRange content) const;
  [[nodiscard]] Attribution to_attribution(const Saying& saying) const;

  [[nodiscard]] Quote quote_kind(TokenRange content) const;

  const Findings& found_;
  const View& view_;
  const Speakers speakers_;
  std::vector<const Saying*> by_content_;     // in order of where their content begins
  std::vector<std::uint32_t> quoted_before_;  // quoted words before each token
};

// So many sayings around one are looked at for who passes it on; more do not stand in one sentence.
constexpr std::ptrdiff_t kMaxAround = 64;

Composer::Composer(const Findings& findings)
    : found_(findings), view_(findings.view), speakers_(findings) {
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

// The full stop that ends a sentence is not part of what is said, unless it is quoted.
TokenRange Composer::without_stop(TokenRange content) const {
  const std::uint32_t last = content.end - 1;
  if (content.size() > 1 && view_.lower(last) == "." && found_.quote_of[last] < 0) --content.end;
  return content;
}

bool Composer::same_speaker(const Saying& a, const Saying& b) const {
  if (!a.source || !b.source) return false;
  if (*a.source == *b.source) return true;
  const auto first = speakers_.of(a);
  const auto second = speakers_.of(b);
  if (!first || !second) return false;
  const auto& mentions = view_.resolved.mentions;
  return mentions[first->value].entity == mentions[second->value].entity;
}

void Composer::add_reporter(Attribution& to, TokenRange words,
                            std::optional<resolve::MentionId> who) const {
  const TextSpan span = view_.tokens.span(words);
  const auto known = std::any_of(to.via.begin(), to.via.end(),
                                 [&](const Reporter& r) { return r.source == span; });
  if (!known) to.via.push_back({span, who});
}

Attribution Composer::to_attribution(const Saying& saying) const {
  Attribution out;
  out.cue = view_.tokens.span(saying.cue);
  out.content_tokens = without_stop(saying.content);
  out.content = view_.tokens.span(out.content_tokens);
  out.kind = saying.how.kind;
  out.stance = saying.how.stance;
  out.quote = quote_kind(saying.content);
  if (saying.source) {
    out.source = view_.tokens.span(*saying.source);
    out.speaker = speakers_.of(saying);
  }
  if (saying.reporter) add_reporter(out, *saying.reporter, speakers_.mention_in(*saying.reporter));

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
    add_reporter(out, *other->source, speakers_.of(*other));
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
  // Two ways to the same saying.
  const auto same = std::unique(out.attributions.begin(), out.attributions.end(),
                                [](const Attribution& a, const Attribution& b) {
                                  return a.content == b.content && a.cue == b.cue;
                                });
  out.attributions.erase(same, out.attributions.end());
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
