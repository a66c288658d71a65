#include <algorithm>
#include <string>

#include "detente/score/scorers.h"
#include "detente/score/words.h"

namespace detente::score {
namespace {

bool touches(const std::vector<Span>& spans, const std::vector<Span>& evidence) {
  return std::any_of(spans.begin(), spans.end(), [&](Span span) {
    return std::any_of(evidence.begin(), evidence.end(), [&](Span words) {
      return words.start < span.end && span.start < words.end;
    });
  });
}

bool is_named(const Names& who, const std::string& name) {
  const std::string wanted = letters_of(name);
  for (const std::string* one : {&who.identifier, &who.text}) {
    const std::string letters = letters_of(*one);
    if (letters.empty()) continue;
    if (letters.find(wanted) != std::string::npos || wanted.find(letters) != std::string::npos) {
      return true;
    }
  }
  return false;
}

/// ISO days compare as texts; an open end meets everything.
bool meets(const Days& coded, const std::optional<Days>& gold) {
  if (!gold || coded.first.empty()) return true;
  const std::string& last = coded.last.empty() ? coded.first : coded.last;
  return coded.first <= gold->last && gold->first <= last;
}

bool same_sides(const GoldEvent& gold, const CodedEvent& event) {
  if (gold.reciprocal) {
    Codes wanted = gold.actor;
    wanted.insert(gold.recipient.begin(), gold.recipient.end());
    Codes found = event.actor;
    found.insert(event.recipient.begin(), event.recipient.end());
    return wanted == found;
  }
  if (gold.actor != event.actor) return false;
  if (gold.recipient == event.recipient) return true;
  return gold.recipient.empty() &&
         std::includes(gold.recipient_may_be.begin(), gold.recipient_may_be.end(),
                       event.recipient.begin(), event.recipient.end());
}

bool answers(const GoldEvent& gold, const CodedEvent& event) {
  const bool category = event.event.empty() || std::find(gold.event.begin(), gold.event.end(),
                                                         event.event.front()) != gold.event.end();
  return category && same_sides(gold, event) && meets(event.days, gold.date) &&
         gold.auxiliary_modes == event.auxiliary_modes && touches(event.mentions, gold.evidence);
}

std::string joined(const Codes& codes) {
  std::string out;
  for (const std::string& code : codes) out += (out.empty() ? "" : "+") + code;
  return out.empty() ? "-" : out;
}

std::string told(const std::vector<std::string>& event, const Codes& actor,
                 const Codes& recipient) {
  return (event.empty() ? std::string("?") : event.front()) + " " + joined(actor) + " -> " +
         joined(recipient);
}

class ArticleScorer {
 public:
  ArticleScorer(const GoldArticle& gold, const Coded& coded) : gold_(gold), coded_(coded) {}

  Scores run() {
    events();
    forbidden();
    claims();
    commitments();
    expectations();
    Scores scores;
    scores.figures = {{"events, required ones found", events_.value(), events_},
                      {"claims found", claims_.value(), claims_},
                      {"commitments found", commitments_.value(), commitments_},
                      {"expectations found", expectations_.value(), expectations_}};
    scores.verdicts = std::move(verdicts_);
    scores.n_faults = n_faults_;
    return scores;
  }

 private:
  void judge(const char* kind, const std::string& id, bool found, std::string text, Share& share) {
    ++share.of;
    share.right += found ? 1 : 0;
    n_faults_ += found ? 0 : 1;
    verdicts_.push_back({kind, id, found ? "found" : "missing", true, std::move(text)});
  }

  void events() {
    std::vector<bool> used(coded_.events.size(), false);
    for (const GoldEvent& gold : gold_.events) {
      std::size_t n_hits = 0;
      for (std::size_t i = 0; i < coded_.events.size(); ++i) {
        if (!answers(gold, coded_.events[i])) continue;
        ++n_hits;
        used[i] = true;
      }
      const char* state = n_hits == 1 ? "found" : n_hits > 1 ? "split" : "missing";
      if (gold.required) {
        ++events_.of;
        events_.right += n_hits == 1 ? 1 : 0;
        n_faults_ += n_hits == 1 ? 0 : 1;
      }
      verdicts_.push_back(
          {"event", gold.id, state, gold.required, told(gold.event, gold.actor, gold.recipient)});
    }
    for (std::size_t i = 0; i < coded_.events.size(); ++i) {
      if (used[i]) continue;
      const CodedEvent& event = coded_.events[i];
      verdicts_.push_back({"event", "", "extra", false,
                           told(event.event, event.actor, event.recipient) + " " + event.text});
    }
  }

  void forbidden() {
    for (const GoldForbidden& gold : gold_.must_not) {
      for (const CodedEvent& event : coded_.events) {
        if (!touches(event.mentions, gold.evidence)) continue;
        ++n_faults_;
        verdicts_.push_back({"event", "", "forbidden", true,
                             told(event.event, event.actor, event.recipient) + ": " + gold.why});
      }
    }
  }

  void claims() {
    for (const GoldClaim& gold : gold_.claims) {
      const bool found =
          std::any_of(coded_.claims.begin(), coded_.claims.end(), [&](const CodedClaim& claim) {
            return touches({claim.content}, gold.evidence) &&
                   is_named(claim.speaker, gold.speaker) &&
                   std::all_of(gold.via.begin(), gold.via.end(), [&](const std::string& via) {
                     return std::any_of(claim.via.begin(), claim.via.end(),
                                        [&](const Names& who) { return is_named(who, via); });
                   });
          });
      judge("claim", "", found, gold.speaker + ": " + gold.text, claims_);
    }
  }

  void commitments() {
    for (const GoldCommitment& gold : gold_.commitments) {
      const bool found = std::any_of(
          coded_.commitments.begin(), coded_.commitments.end(), [&](const CodedCommitment& one) {
            return one.by == gold.by && one.status == gold.status && meets(one.made, gold.made);
          });
      judge("commitment", gold.id, found, joined(gold.by) + " " + gold.content, commitments_);
    }
  }

  void expectations() {
    for (const GoldExpectation& gold : gold_.expectations) {
      const bool found = std::any_of(
          coded_.expectations.begin(), coded_.expectations.end(), [&](const CodedExpectation& one) {
            return touches(one.evidence, gold.evidence) && one.about == gold.about &&
                   one.direction == gold.direction && is_named(one.by, gold.by);
          });
      judge("expectation", gold.id, found, gold.by + ": " + gold.text, expectations_);
    }
  }

  const GoldArticle& gold_;
  const Coded& coded_;
  Share events_;
  Share claims_;
  Share commitments_;
  Share expectations_;
  std::vector<Verdict> verdicts_;
  std::uint64_t n_faults_ = 0;
};

}  // namespace

Scores score_article(const GoldArticle& gold, const Coded& coded) {
  return ArticleScorer(gold, coded).run();
}

}  // namespace detente::score
