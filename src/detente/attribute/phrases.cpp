// Sayings told by fixed phrases: "according to", "in the words of", "citing", "reportedly".

#include <algorithm>
#include <unordered_map>

#include "detente/attribute/sayings.h"

namespace detente::attribute {
namespace {

// A possessive in a phrase is no longer than this: "in the Iranian foreign minister's words".
constexpr std::uint32_t kMaxOwner = 7;
constexpr std::uint32_t kMaxSpeaker = 14;
// More sayings than this in one sentence are no sentence.
constexpr std::size_t kMaxInSentence = 32;

struct Match {
  TokenRange cue;
  std::optional<TokenRange> owner;
};

std::optional<Match> match_at(const View& view, const PhraseCue& phrase, std::uint32_t begin) {
  std::uint32_t i = begin;
  Match match;
  for (std::size_t w = 0; w < phrase.words.size(); ++w) {
    if (phrase.words[w] != "*") {
      if (i >= view.size() || view.lower(i) != phrase.words[w]) return std::nullopt;
      ++i;
      continue;
    }
    // Up to the word that follows the possessive.
    const std::uint32_t owner_begin = i;
    while (i < view.size() && i - owner_begin <= kMaxOwner &&
           view.lower(i) != phrase.words[w + 1]) {
      ++i;
    }
    if (i >= view.size() || i == owner_begin || i - owner_begin > kMaxOwner) return std::nullopt;
    const StringId last = view.tokens.tag[i - 1];
    if (last == parse::label("POS")) {
      match.owner = TokenRange{owner_begin, i - 1};
    } else if (last == parse::label("PRP$")) {
      match.owner = TokenRange{i - 1, i};
    } else {
      return std::nullopt;
    }
    if (match.owner->begin >= match.owner->end) return std::nullopt;
  }
  match.cue = {begin, i};
  return match;
}

// Who is named behind the phrase. The tree says where the name ends, unless it runs into a clause.
std::optional<TokenRange> speaker_behind(const Findings& findings, TokenRange cue) {
  const View& view = findings.view;
  std::uint32_t begin = cue.end;
  while (begin < view.size() && view.lower(begin) == ",") ++begin;
  if (begin >= view.size()) return std::nullopt;
  const TokenRange line = view.paragraphs[view.paragraph[cue.begin]];
  std::uint32_t end = std::min(line.end, begin + kMaxSpeaker);
  bool in_tree = false;
  for (const std::uint32_t c : view.children.of(cue.end - 1)) {
    const StringId dep = view.tokens.dep[c];
    if (c < begin || in_tree) continue;
    if (dep == parse::label("pobj") || dep == parse::label("dobj") ||
        dep == parse::label("nsubj")) {
      begin = std::max(begin, view.subtrees.begin(c));
      end = std::min(line.end, view.subtrees.end(c));
      in_tree = true;
    }
  }
  // A comma ends it when a clause follows it; without a tree, any does.
  for (std::uint32_t i = begin; i < end; ++i) {
    const std::string_view word = view.lower(i);
    if (word == "." || word == ";" || word == ":" || word == "\"" || word == "“") {
      end = i;
      break;
    }
    if (word != "," && word != "—" && word != "–" && word != "-") continue;
    if (word == "-" && i + 1 < end && i > begin && view.tokens.end[i - 1] == view.tokens.begin[i]) {
      continue;  // a hyphen
    }
    bool clause_follows = !in_tree;
    for (std::uint32_t k = i + 1; k < end; ++k) clause_follows |= view.is_finite(k);
    if (clause_follows) {
      end = i;
      break;
    }
  }
  if (!in_tree) {
    // Stop before a verb that starts the clause.
    for (std::uint32_t i = begin; i < end; ++i) {
      if (view.is_verb(i) && i > begin) {
        end = i;
        break;
      }
    }
  }
  TokenRange words = view.trimmed({begin, std::max(begin, end)});
  // ", in the words of the mediator, a first step.": set off by commas, it ends with the second.
  const TokenRange sentence =
      view.within_paragraph(view.parsed.sentences[view.sentence[cue.begin]], cue.begin);
  if (cue.begin > sentence.begin && view.lower(cue.begin - 1) == "," &&
      words.end + 1 >= sentence.end) {
    for (std::uint32_t i = words.end; i-- > words.begin;) {
      if (view.lower(i) != ",") continue;
      words = view.trimmed({words.begin, i});
      break;
    }
  }
  if (view.n_words(words) == 0) return std::nullopt;
  return words;
}

// Whether the words name somebody who can be cited: their head is a name, or a noun of the table
// that does not stand bare ("per student").
bool can_speak(const View& view, TokenRange words) {
  std::uint32_t head = words.begin;
  while (words.contains(view.tokens.head[head]) && view.tokens.head[head] != head) {
    head = view.tokens.head[head];
  }
  const StringId type = view.tokens.ent_type[head];
  if (view.is_name(head)) {
    return type != parse::label("DATE") && type != parse::label("MONEY") &&
           type != parse::label("PERCENT");
  }
  return view.tables.cited(view.lemma(head)) != CitedNoun::No &&
         (view.tokens.tag[head] == parse::label("NNS") || words.size() > 1);
}

bool is_sentence_mark(std::string_view word) { return word == "." || word == "?" || word == "!"; }

// All that the phrase stands in, without the phrase and its speaker.
std::vector<TokenRange> pieces_around(const Findings& findings, TokenRange hole, std::uint32_t cue,
                                      bool& closes) {
  const View& view = findings.view;
  const std::uint32_t clause = findings.clause_of(view.is_verb(cue) ? view.tokens.head[cue] : cue);
  TokenRange range = view.within_paragraph(view.subtree(clause), cue);
  const TokenRange sentence = view.within_paragraph(view.parsed.sentences[view.sentence[cue]], cue);
  // At either end of the sentence it covers all of it.
  std::uint32_t behind = hole.end;
  while (behind < sentence.end && !view.is_word(behind)) ++behind;
  std::uint32_t before = hole.begin;
  while (before > sentence.begin && !view.is_word(before - 1)) --before;
  const bool opens = before == sentence.begin;
  closes = behind == sentence.end && findings.quote_of[cue] < 0;
  if (findings.quote_of[cue] < 0 && (opens || (closes && view.n_words(range) < 3)))
    range = sentence;
  if (closes && findings.quote_of[cue] < 0) range = sentence;
  if (const std::int32_t own = findings.quote_of[cue]; own >= 0) {
    const TokenRange q = findings.quotes[static_cast<std::size_t>(own)].tokens;
    range.begin = std::max(range.begin, q.begin);
    range.end = std::min(range.end, q.end);
  }
  std::vector<TokenRange> pieces = findings.without(range, hole);
  for (TokenRange& piece : pieces) {
    // A quotation that it ends or begins with belongs to it as a whole.
    for (std::size_t k = findings.quote_from(piece.begin); k < findings.quotes.size(); ++k) {
      const TokenRange q = findings.quotes[k].tokens;
      if (q.begin > piece.end) break;
      if (q.end < piece.begin || q.contains(cue)) continue;
      piece.begin = std::min(piece.begin, q.begin);
      piece.end = std::max(piece.end, q.end);
      if (piece.begin < hole.begin) piece.end = std::min(piece.end, hole.begin);
      if (piece.begin >= hole.end || piece.end > hole.end)
        piece.begin = std::max(piece.begin, hole.end);
    }
    while (piece.end > piece.begin + 1 && is_sentence_mark(view.lower(piece.end - 1)) &&
           piece.end <= hole.begin) {
      --piece.end;
    }
  }
  std::erase_if(pieces, [&](TokenRange p) { return p.begin >= p.end; });
  return pieces;
}

// "made it clear that no money would come": its subject says what follows.
void find_predicate(Findings& findings, Saying saying) {
  const View& view = findings.view;
  const auto subject = find_subject(findings, saying.cue.begin);
  if (!subject) return;
  saying.source = subject->words;
  if (has_negation(view, saying.cue.begin)) saying.how.stance = negated(saying.how);
  TokenRange content = view.within_paragraph(view.subtree(saying.cue.begin), saying.cue.begin);
  content.begin = saying.cue.end;
  if (content.begin >= content.end || view.n_words(content) < 3) return;
  // "made clear the rules" says nothing.
  if (view.is_finite_in(content)) findings.add(saying, {view.trimmed(content)});
}

void find_phrase(Findings& findings, const PhraseCue& phrase, const Match& match) {
  const View& view = findings.view;
  Saying saying;
  saying.how = phrase;
  saying.cue = match.cue;
  TokenRange hole = match.cue;
  bool closes = false;
  switch (phrase.speaker) {
    case PhraseCue::Speaker::None: {
      // Only the part with the verb that the word weakens.
      const std::uint32_t clause = findings.clause_of(match.cue.begin);
      for (const TokenRange& piece : pieces_around(findings, hole, match.cue.begin, closes)) {
        if (piece.contains(clause)) findings.add(saying, {piece});
      }
      return;
    }
    case PhraseCue::Speaker::Subject:
      find_predicate(findings, saying);
      return;
    case PhraseCue::Speaker::Owner:
      saying.source = match.owner;
      break;
    case PhraseCue::Speaker::After:
    case PhraseCue::Speaker::Named:
    case PhraseCue::Speaker::Cited:
      saying.source = speaker_behind(findings, match.cue);
      if (!saying.source) return;
      if (phrase.speaker != PhraseCue::Speaker::After && !can_speak(view, *saying.source)) return;
      saying.passes_on = phrase.speaker == PhraseCue::Speaker::Cited;
      hole.end = std::max(hole.end, saying.source->end);
      break;
  }
  const std::vector<TokenRange> pieces = pieces_around(findings, hole, match.cue.begin, closes);
  saying.closes = closes;
  findings.add(saying, pieces);
}

}  // namespace

void part_sayings(Findings& findings) {
  const View& view = findings.view;
  // The few sayings of each sentence, by their cues.
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_sentence;
  for (std::size_t k = 0; k < findings.sayings.size(); ++k) {
    auto& here = by_sentence[view.sentence[findings.sayings[k].cue.begin]];
    if (here.size() < kMaxInSentence) here.push_back(k);
  }
  for (Saying& voice : findings.sayings) {
    if (!voice.source || (!voice.closes && !voice.passes_on)) continue;
    const TokenRange hole{std::min(voice.cue.begin, voice.source->begin),
                          std::max(voice.cue.end, voice.source->end)};
    const Saying* told = nullptr;
    for (const std::size_t k : by_sentence[view.sentence[voice.cue.begin]]) {
      Saying& other = findings.sayings[k];
      if (&other == &voice || other.cue == voice.cue || other.closes) continue;
      TokenRange& content = other.content;
      if (content.begin <= hole.begin && hole.end <= content.end) {
        if (voice.closes) {
          content = view.trimmed({content.begin, hole.begin});
        } else if (view.n_words({content.begin, hole.begin}) == 0) {
          content = view.trimmed({hole.end, content.end});
        }
        if (content.begin >= content.end) content = {hole.end, hole.end + 1};
      }
      if (other.how.kind == Kind::Speech && findings.quote_of[other.cue.begin] < 0) told = &other;
    }
    // Who is cited says what the reporter reports.
    if (voice.passes_on && told != nullptr) voice.content = told->content;
  }
  // Where nothing is left of a content, nothing was said.
  std::erase_if(findings.sayings, [&](const Saying& saying) {
    return saying.content.begin >= saying.content.end || saying.content.end > view.size() ||
           (saying.content.begin < saying.cue.end && saying.cue.begin < saying.content.end);
  });
}

void find_phrases(Findings& findings) {
  const View& view = findings.view;
  for (std::uint32_t i = 0; i < view.size();) {
    const std::vector<PhraseCue>* phrases =
        view.is_silent(i) ? nullptr : view.tables.phrases(view.lower(i));
    const PhraseCue* best = nullptr;
    std::optional<Match> best_match;
    if (phrases != nullptr) {
      for (const PhraseCue& phrase : *phrases) {
        const auto match = match_at(view, phrase, i);
        if (!match || (best_match && match->cue.end <= best_match->cue.end)) continue;
        best = &phrase;
        best_match = match;
      }
    }
    if (best == nullptr) {
      ++i;
      continue;
    }
    find_phrase(findings, *best, *best_match);
    i = best_match->cue.end;
  }
}

}  // namespace detente::attribute
