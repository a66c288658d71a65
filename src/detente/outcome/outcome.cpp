#include "detente/outcome/outcome.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace detente::outcome {
namespace {

using outlook::Commitment;
using outlook::Deed;
using outlook::Matter;
using outlook::Status;
using outlook::Step;
using outlook::Turn;

/// The same where its verb is another: "pull out" and "leave".
constexpr int kWordsOfAnotherVerb = 3;
/// That words of one stem share at least (outlook/identity.cpp).
constexpr std::size_t kLettersOfAStem = 4;
constexpr double kKeptByDeed = 0.7;
constexpr double kPerhapsBroken = 0.6;
constexpr double kLeftUndone = 0.7;

bool holds(const std::vector<std::string>& some, const std::vector<std::string>& all) {
  return std::any_of(some.begin(), some.end(), [&](const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  });
}

bool is_force(const Deed& deed) { return deed.event == "ASSAULT"; }
bool is_arms(const Deed& deed) { return is_force(deed) || deed.event == "MOBILIZE"; }

// A truce is touched by force between its parties; any other promise to refrain by the very thing
// that it names.
bool contradicts(const Matter& promise, const Deed& deed) {
  if (!promise.refrains || deed.matter.refrains || !holds(deed.matter.actors, promise.actors))
    return false;
  if (promise.concept_name == "truce") {
    std::vector<std::string> parties = promise.actors;
    parties.insert(parties.end(), promise.others.begin(), promise.others.end());
    std::vector<std::string> hit;
    for (const std::string& code : deed.matter.others) {
      if (!holds({code}, deed.matter.actors)) hit.push_back(code);
    }
    // A truce of one: at home, with rebels or where it was to hold.
    const bool is_there = outlook::shared_words(promise, deed.matter) > 0 ||
                          outlook::shared_names(promise, deed.matter) > 0;
    const bool is_civil_war = parties.size() == 1 && (deed.between_foes || is_there);
    return is_force(deed) && (is_civil_war || holds(hit, parties));
  }
  return outlook::shared_words(promise, deed.matter) > 0 &&
         (is_arms(deed) || outlook::shared_words(promise, deed.matter) >= outlook::kWordsOfADeed);
}

bool fulfils(const Matter& promise, const Deed& deed) {
  const bool may_be = promise.refrains == deed.matter.refrains && !promise.words.empty() &&
                      holds(deed.matter.actors, promise.actors);
  if (!may_be) return false;
  Matter verb;
  if (!deed.verb.empty()) verb.words.push_back(deed.verb);
  const std::vector<std::string> giving{std::string(outlook::kGiving)};
  const bool is_given = holds(giving, promise.words) && holds(giving, deed.matter.words);
  const bool same_verb = verb.words.empty() || is_given || outlook::shared_words(promise, verb) > 0;
  const int shared = outlook::shared_words(promise, deed.matter);
  // "elections" are all that was promised, and hardly more is done.
  const bool is_all = same_verb && shared > 0 && shared == outlook::plain_words(promise) &&
                      outlook::plain_words(deed.matter) <= shared + 1;
  const int names = shared > 0 ? std::min(1, outlook::names_in(promise, deed.matter)) : 0;
  return is_all || shared + names >= (same_verb ? outlook::kWordsOfADeed : kWordsOfAnotherVerb);
}

// This document itself speaks of the commitment.
bool was_told(const Document& document, const Followed& row) {
  return std::any_of(row.history.begin(), row.history.end(),
                     [&](const ToldStep& told) { return told.document_id == document.id; });
}

bool was_asked(const Followed& row, Date day) {
  return std::any_of(row.history.begin(), row.history.end(), [&](const ToldStep& told) {
    return told.step.turn == Turn::PerhapsBroken && told.step.date.last == day;
  });
}

void add(const Document& document, const Step& step, Followed& row) {
  row.status = outlook::after(row.status, step.turn);
  row.history.push_back({step, document.id});
}

// --- where a deed may find its promise -----------------------------------------------------------

// Words of one stem begin alike.
std::string key_of(const std::string& actor, const std::string& word) {
  return actor + "/" + word.substr(0, kLettersOfAStem);
}

// Whoever is bound, with each word of what is promised; of promises to refrain without a word.
std::vector<std::string> keys_of_promise(const Matter& promise) {
  std::vector<std::string> keys;
  for (const std::string& actor : promise.actors) {
    if (promise.refrains) keys.push_back(actor);
    for (const std::string& word : promise.words) keys.push_back(key_of(actor, word));
  }
  return keys;
}

void append(const std::unordered_map<std::string, std::vector<std::size_t>>& places,
            const std::string& key, std::vector<std::size_t>& to) {
  const auto found = places.find(key);
  if (found != places.end()) to.insert(to.end(), found->second.begin(), found->second.end());
}

std::vector<std::size_t> each_once(std::vector<std::size_t> places) {
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

void note(std::vector<std::string> keys, std::size_t place,
          std::unordered_map<std::string, std::vector<std::size_t>>& to) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const std::string& key : keys) to[key].push_back(place);
}

std::vector<std::string> parties_of(const Matter& matter) {
  std::vector<std::string> parties = matter.actors;
  parties.insert(parties.end(), matter.others.begin(), matter.others.end());
  return parties;
}

}  // namespace

void Follower::take(const Document& document) {
  const std::size_t n_before = rows_.size();
  // Words before deeds: what is said of a promise counts more than what we conclude.
  for (const Commitment& one : document.outlook.commitments) tell(document, one);
  for (const outlook::Fate& fate : document.outlook.fates) tell(document, fate);
  for (const Deed& deed : document.outlook.deeds) compare(document, deed, n_before);
}

Followed& Follower::add_row(const Commitment& one) {
  note(parties_of(one.matter), rows_.size(), by_party_);
  note(keys_of_promise(one.matter), rows_.size(), by_what_is_done_);
  rows_.push_back({one, Status::Open, {}, {}});
  rows_.back().commitment.history.clear();
  return rows_.back();
}

Follower::Places Follower::rows_of_parties(const Matter& matter) const {
  Places places;
  for (const std::string& party : parties_of(matter)) append(by_party_, party, places);
  return each_once(std::move(places));
}

Follower::Places Follower::rows_of_deed(const Deed& deed) const {
  Places places;
  for (const std::string& actor : deed.matter.actors) {
    append(by_what_is_done_, actor, places);
    for (const std::string& word : deed.matter.words) {
      append(by_what_is_done_, key_of(actor, word), places);
    }
  }
  return each_once(std::move(places));
}

Followed* Follower::best_match(const Matter& matter, Date published_at) {
  Followed* best = nullptr;
  int most = 0;
  for (const std::size_t i : rows_of_parties(matter)) {
    Followed& row = rows_[i];
    const int found = outlook::likeness(row.commitment.matter, matter);
    const bool made_before = !row.commitment.made || row.commitment.made->first <= published_at;
    if (!made_before || found == 0 || found < most) continue;
    best = &row;
    most = found;
  }
  return best;
}

void Follower::tell(const Document& document, const Commitment& one) {
  Followed* row = best_match(one.matter, document.published_at);
  if (row == nullptr) {
    row = &add_row(one);
  } else if (!one.is_mention && one.history.empty() && one.made && one.deadline &&
             row->commitment.deadline &&
             one.deadline->range.last > row->commitment.deadline->range.last) {
    // Promised again, and for longer.
    add(document, {Turn::Extended, *one.made, one.evidence.front(), 1, {}}, *row);
    row->commitment.deadline = one.deadline;
  }
  row->tellings.push_back({document.id, one.id});
  for (const Step& step : one.history) add(document, step, *row);
}

void Follower::tell(const Document& document, const outlook::Fate& fate) {
  Followed* row = best_match(fate.matter, document.published_at);
  if (row == nullptr) return;
  if (fate.matter.concept_name != outlook::kUndone) {
    add(document, {fate.turn, fate.date, fate.span, 1, {}}, *row);
    return;
  }
  // What is left undone speaks of a promise that is older, and still to be kept.
  const bool is_old = row->commitment.made && row->commitment.made->last < fate.date.first &&
                      row->tellings.front().document_id != document.id;
  if (!is_old || row->status != Status::Open || was_told(document, *row)) return;
  add(document, {fate.turn, fate.date, fate.span, kLeftUndone, {}}, *row);
}

// Only with what older documents told.
void Follower::compare(const Document& document, const Deed& deed, std::size_t n_rows) {
  for (const std::size_t i : rows_of_deed(deed)) {
    if (i >= n_rows) break;
    Followed& row = rows_[i];
    const bool is_later = !row.commitment.made || row.commitment.made->last < deed.date.last;
    const bool may_turn = row.status == Status::Open || row.status == Status::Stalled;
    if (!may_turn || !is_later || was_told(document, row)) continue;
    if (contradicts(row.commitment.matter, deed)) {
      if (row.status != Status::Open || was_asked(row, deed.date.last)) continue;
      add(document, {Turn::PerhapsBroken, deed.date, deed.span, kPerhapsBroken, deed.event_id},
          row);
    } else if (fulfils(row.commitment.matter, deed)) {
      add(document, {Turn::Kept, deed.date, deed.span, kKeptByDeed, deed.event_id}, row);
    }
  }
}

std::vector<Followed> follow(std::vector<Document> documents) {
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) {
    return std::tie(a.published_at, a.id) < std::tie(b.published_at, b.id);
  });
  Follower follower;
  for (const Document& document : documents) follower.take(document);
  return follower.rows();
}

}  // namespace detente::outcome
