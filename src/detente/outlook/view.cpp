#include "detente/outlook/view.h"

#include <algorithm>
#include <utility>

namespace detente::outlook {
namespace {

constexpr int kDeepest = 6;  // clauses that a subject may come from
constexpr int kMonthsOfAYear = 12;

constexpr int kWholeCountry = 1;  ///< PLOVER's resolution

std::string lowered(std::string_view word) {
  std::string out(word);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

bool is_relative(const View& view, std::uint32_t i) {
  return view.tag(i) == xpos::kWdt || view.tag(i) == xpos::kWp ||
         (view.tag(i) == xpos::kIn && view.lower(i) == "that");
}

}  // namespace

std::vector<std::string> codes(const Sides& sides) {
  std::vector<std::string> out;
  for (const events::Side& side : sides) {
    if (!side.code.empty()) out.push_back(side.code);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void add_new(const Sides& more, Sides& out) {
  for (const events::Side& side : more) {
    const bool known = std::any_of(
        out.begin(), out.end(), [&](const events::Side& other) { return other.code == side.code; });
    if (!known && !side.code.empty()) out.push_back(side);
  }
}

View::View(const Reading& reading_in, const OutlookTables& tables_in)
    : reading(reading_in),
      tables(tables_in),
      tokens(reading_in.parsed.tokens),
      children(reading_in.parsed.tokens),
      subtrees_(reading_in.parsed.tokens, children),
      sentence_(parse::sentence_numbers(reading_in.parsed)),
      mentions_at_(reading_in.resolved, reading_in.parsed.tokens.size()) {
  mark_names();
  event_at_.resize(tokens.size(), -1);
  for (std::uint32_t e = 0; e < reading.coded.events.size(); ++e) {
    for (const events::EventMention& mention : reading.coded.events[e].mentions) {
      const auto at =
          std::lower_bound(tokens.begin.begin(), tokens.begin.end(), mention.trigger.begin);
      if (at != tokens.begin.end()) {
        event_at_[static_cast<std::size_t>(at - tokens.begin.begin())] =
            static_cast<std::int32_t>(e);
      }
    }
  }
}

// "European" of "the European Union"
void View::mark_names() {
  in_name_.resize(tokens.size(), false);
  for (const resolve::Mention& mention : reading.resolved.mentions) {
    const resolve::Entity& entity = reading.resolved.entities[mention.entity.value];
    const bool is_name = mention.type == resolve::MentionType::Place ||
                         mention.type == resolve::MentionType::Organization;
    if (!is_name || entity.code.empty()) continue;
    for (std::uint32_t i = mention.tokens.begin; i < mention.tokens.end; ++i) {
      if (tokens.pos[i] == upos::kPropn && i != mention.head_token) in_name_[i] = true;
    }
  }
}

bool View::is_silent(std::uint32_t i) const {
  const read::Zone zone = reading.document.zone_at(tokens.begin[i]);
  return zone == read::Zone::Credit || zone == read::Zone::Link ||
         zone == read::Zone::Boilerplate || zone == read::Zone::Byline;
}

std::optional<std::uint32_t> View::child(std::uint32_t i, StringId dep) const {
  for (const std::uint32_t c : children.of(i)) {
    if (c != i && tokens.dep[c] == dep) return c;
  }
  return std::nullopt;
}

bool View::is_below(std::uint32_t below, std::uint32_t above) const {
  while (below != above) {
    if (tokens.head[below] == below) return false;
    below = tokens.head[below];
  }
  return true;
}

bool View::is_negated(std::uint32_t i) const {
  for (const std::uint32_t c : children.of(i)) {
    if (tokens.dep[c] == udep::kNeg) return true;
    if (tokens.dep[c] == udep::kDet && lower(c) == "no") return true;
    if (tokens.dep[c] == udep::kAdvmod && (lower(c) == "never" || lower(c) == "hardly"))
      return true;
  }
  return false;
}

std::vector<std::uint32_t> View::behind(std::uint32_t i, std::string_view preposition) const {
  std::vector<std::uint32_t> out;
  for (const std::uint32_t p : children.of(i)) {
    const bool is_preposition = tokens.dep[p] == udep::kPrep || tokens.dep[p] == udep::kDative;
    if (!is_preposition || (!preposition.empty() && lower(p) != preposition)) continue;
    for (const std::uint32_t c : children.of(p)) {
      if (tokens.dep[c] == udep::kPobj || tokens.dep[c] == udep::kPcomp) out.push_back(c);
      // "out of the deal" and the like: a preposition behind a preposition
      if (tokens.dep[c] == udep::kPrep && c != p) {
        if (const auto o = child(c, udep::kPobj)) out.push_back(*o);
      }
    }
  }
  return out;
}

std::optional<std::uint32_t> View::subject(std::uint32_t verb) const {
  for (int depth = 0; depth < kDeepest; ++depth) {
    for (const StringId dep : {udep::kNsubj, udep::kNsubjpass}) {
      if (const auto s = child(verb, dep)) {
        const bool relative = is_relative(*this, *s) && tokens.dep[verb] == udep::kRelcl;
        return relative ? tokens.head[verb] : *s;
      }
    }
    const StringId dep = tokens.dep[verb];
    const std::uint32_t up = tokens.head[verb];
    if (up == verb) return std::nullopt;
    if (dep == udep::kRelcl || dep == udep::kAcl) return up;
    if (dep == udep::kXcomp) {
      // "urged Iran to sign": whoever was urged
      if (const auto object = child(up, udep::kDobj); object && is_verb(up)) return object;
    }
    verb = up;
    while (!is_verb(verb) && tokens.head[verb] != verb) verb = tokens.head[verb];
    if (!is_verb(verb)) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<std::uint32_t> View::doer(std::uint32_t verb) const {
  const bool passive = child(verb, udep::kAuxpass) || child(verb, udep::kNsubjpass) ||
                       (tokens.dep[verb] == udep::kAcl && tokens.tag[verb] == xpos::kVbn);
  if (!passive) return subject(verb);
  if (const auto agent = child(verb, udep::kAgent)) return child(*agent, udep::kPobj);
  return std::nullopt;
}

bool View::is_told_or_denied(std::uint32_t verb) const {
  bool finite = tokens.tag[verb] == xpos::kVbd || tokens.tag[verb] == xpos::kVbz ||
                tokens.tag[verb] == xpos::kVbp || tokens.tag[verb] == xpos::kVbg ||
                tokens.tag[verb] == xpos::kVbn;
  for (const std::uint32_t c : children.of(verb)) {
    if (tokens.dep[c] == udep::kMark && tables.is(Role::Condition, lower(c))) return false;
    if (tokens.dep[c] != udep::kAux) continue;
    if (tokens.tag[c] == xpos::kMd) return false;
    if (tokens.tag[c] == xpos::kTo) finite = false;
    // "did not honour"
    if (tokens.tag[verb] == xpos::kVb && lemma(c) == "do") finite = true;
  }
  if (tokens.dep[verb] == udep::kPcomp) {
    // "after signing" has happened; "accused of breaking" is what somebody says
    const std::string_view before = lower(tokens.head[verb]);
    if (before != "after" && before != "by" && before != "in" && before != "upon") return false;
  }
  if (finite) return true;
  // "opted to end"
  const std::uint32_t up = tokens.head[verb];
  const bool is_under = tokens.dep[verb] == udep::kXcomp || tokens.dep[verb] == udep::kCcomp;
  return is_under && up != verb &&
         (tables.is(Role::Factual, lemma(up)) || tables.is(Role::Failing, lemma(up))) &&
         is_told_or_denied(up);
}

bool View::is_told(std::uint32_t verb) const {
  if (is_negated(verb)) return false;
  if (tokens.dep[verb] == udep::kXcomp && tables.is(Role::Failing, lemma(head(verb)))) return false;
  return is_told_or_denied(verb);
}

void View::add(std::uint32_t mention_idx, Sides& out) const {
  const resolve::Mention& mention = reading.resolved.mentions[mention_idx];
  const resolve::Entity& entity = reading.resolved.entities[mention.entity.value];
  const auto add_one = [&](resolve::EntityId id) {
    const resolve::Entity& one = reading.resolved.entities[id.value];
    add_new({{resolve::MentionId{mention_idx}, id, one.code, one.sector, mention.span}}, out);
  };
  if (entity.members.empty()) {
    add_one(mention.entity);
  } else {
    for (const resolve::EntityId member : entity.members) add_one(member);
  }
}

bool View::is_political(const events::Side& side) const {
  if (side.code.empty() || tables.is(Role::Private, side.code)) return false;
  if (!side.sector.empty()) return !tables.is(Role::Private, side.sector);
  if (!side.entity) return true;
  const resolve::Entity& entity = reading.resolved.entities[side.entity->value];
  return entity.code_from != resolve::CodeFrom::Around;
}

std::optional<resolve::MentionId> View::mention_at(std::uint32_t token) const {
  if (mentions_at_.of(token).empty()) return std::nullopt;
  return resolve::MentionId{mentions_at_.of(token).front()};
}

// Whose it is: "its pledge", "North Korean officials", "the pledge of the junta", "a pact between A
// and B".
void View::owners(std::uint32_t noun, Sides& out) const {
  for (const std::uint32_t c : children.of(noun)) {
    const StringId d = tokens.dep[c];
    if (d == udep::kPoss || d == udep::kAmod || d == udep::kCompound || d == udep::kNmod) {
      for (const std::uint32_t m : mentions_at_.of(c)) add(m, out);
    }
  }
  if (!out.empty()) return;
  for (const std::string_view preposition : {"between", "of", "by", "among"}) {
    for (const std::uint32_t o : behind(noun, preposition)) add_new(parties(o), out);
    if (!out.empty()) return;
  }
}

Sides View::parties(std::uint32_t noun) const {
  Sides out;
  for (const std::uint32_t m : mentions_at_.of(noun)) {
    const resolve::Entity& entity =
        reading.resolved.entities[reading.resolved.mentions[m].entity.value];
    if (entity.code.empty() && entity.members.empty()) continue;
    add(m, out);
    break;
  }
  if (out.empty()) owners(noun, out);
  for (const std::uint32_t c : children.of(noun)) {
    if (c != noun && tokens.dep[c] == udep::kConj && !is_verb(c)) add_new(parties(c), out);
  }
  return out;
}

Sides View::parties_in(TokenRange range) const {
  Sides out;
  for (const Sides& sides : mentions_in(range)) add_new(sides, out);
  return out;
}

Sides View::political_in(TokenRange range) const {
  Sides out;
  for (const Sides& sides : mentions_in(range)) {
    for (const events::Side& side : sides) {
      if (is_political(side)) add_new({side}, out);
    }
  }
  return out;
}

std::vector<Sides> View::mentions_in(TokenRange range) const {
  std::vector<Sides> out;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    for (const std::uint32_t m : mentions_at_.of(i)) {
      const TokenRange t = reading.resolved.mentions[m].tokens;
      if (range.begin <= t.begin && t.end <= range.end) add(m, out.emplace_back());
    }
  }
  return out;
}

const resolve::TimeExpression* View::time_in(TokenRange range) const {
  for (const resolve::TimeExpression& time : reading.resolved.dates) {
    if (range.begin <= time.tokens.begin && time.tokens.end <= range.end) return &time;
  }
  return nullptr;
}

std::optional<std::uint32_t> View::preposition_of(const resolve::TimeExpression& time) const {
  if (time.tokens.begin == 0) return std::nullopt;
  const std::uint32_t before = time.tokens.begin - 1;
  if (dep(before) != udep::kPrep) return std::nullopt;
  return before;
}

bool View::hangs_on(TokenRange time, std::uint32_t verb) const {
  for (std::uint32_t i = time.begin; i < time.end; ++i) {
    const std::uint32_t up = head(i);
    if (up == verb || (dep(up) == udep::kPrep && head(up) == verb)) return true;
  }
  return false;
}

bool View::is_limit(const resolve::TimeExpression& time) const {
  const auto before = preposition_of(time);
  return before && tables.is(Role::Limit, lower(*before));
}

DateRange View::to_come(const resolve::TimeExpression& time) const {
  const DateRange range = time.period.value_or(time.range);
  const std::string_view words = time.span.in(reading.document.text);
  const bool has_year = words.find(std::to_string(range.first.year())) != std::string_view::npos;
  const Date today = reading.resolved.anchor;
  if (has_year || range.last >= today || range.last.plus_months(kMonthsOfAYear) < today)
    return range;
  if (time.precision != resolve::Precision::Month && time.precision != resolve::Precision::Day) {
    return range;
  }
  return {range.first.plus_months(kMonthsOfAYear), range.last.plus_months(kMonthsOfAYear)};
}

const attribute::Attribution* View::attribution_of(std::uint32_t token) const {
  const attribute::Attribution* found = nullptr;
  for (const attribute::Attribution& a : reading.attributed.attributions) {
    if (a.kind == attribute::Kind::Credit || !a.content_tokens.contains(token)) continue;
    if (found == nullptr || a.content_tokens.size() < found->content_tokens.size()) found = &a;
  }
  return found;
}

const attribute::Attribution* View::voice_of(std::uint32_t token) const {
  const attribute::Attribution* found = nullptr;
  for (const attribute::Attribution& a : reading.attributed.attributions) {
    if (a.kind == attribute::Kind::Credit || !a.content_tokens.contains(token) || !a.source)
      continue;
    if (is_own_pronoun(*a.source)) continue;
    if (found == nullptr || a.content_tokens.size() < found->content_tokens.size()) found = &a;
  }
  return found;
}

bool View::is_own_pronoun(TextSpan span) const {
  const std::string_view word = span.in(reading.document.text);
  return word == "I" || word == "We" || word == "we" || word == "My" || word == "my" ||
         word == "Our" || word == "our";
}

const events::Event* View::event_at(std::uint32_t token) const {
  const std::int32_t e = event_at_[token];
  return e < 0 ? nullptr : &reading.coded.events[static_cast<std::size_t>(e)];
}

TokenRange View::trimmed(TokenRange range) const {
  const auto is_word = [&](std::uint32_t i) {
    const char c = tokens.span(i).in(reading.document.text).front();
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  while (range.begin + 1 < range.end && !is_word(range.begin)) ++range.begin;
  while (range.begin + 1 < range.end && !is_word(range.end - 1)) --range.end;
  return range;
}

TokenRange View::on_line(TokenRange range, std::uint32_t token) const {
  const auto breaks = [&](std::uint32_t i) {
    return tokens.span(i).in(reading.document.text).find('\n') != std::string_view::npos;
  };
  for (std::uint32_t i = token; i < range.end; ++i) {
    if (breaks(i)) range.end = i;
  }
  for (std::uint32_t i = token; i > range.begin; --i) {
    if (breaks(i - 1)) range.begin = i;
  }
  return range;
}

bool View::is_party_word(std::uint32_t i) const {
  if (in_name_[i]) return true;
  if (tokens.pos[i] == upos::kPropn || tokens.pos[i] == upos::kAdj) {
    for (const std::uint32_t m : mentions_at_.of(i)) {
      const resolve::Entity& entity =
          reading.resolved.entities[reading.resolved.mentions[m].entity.value];
      if (!entity.code.empty() || !entity.members.empty()) return true;
    }
  }
  return false;
}

std::vector<std::string> View::content_words(TokenRange range) const {
  std::vector<std::string> out;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const bool is_content =
        is_noun(i) || tokens.pos[i] == upos::kVerb || tokens.pos[i] == upos::kAdj;
    if (!is_content) continue;
    if (is_party_word(i)) {
      if (std::string word = party_word(i); !word.empty()) out.push_back(std::move(word));
      continue;
    }
    const bool in_time =
        std::any_of(reading.resolved.dates.begin(), reading.resolved.dates.end(),
                    [&](const resolve::TimeExpression& time) { return time.tokens.contains(i); });
    if (in_time || tables.is(Role::Light, lemma(i)) || names_a_bond(i)) continue;
    out.push_back(meaning(i));
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// "pledge", "accord", not what a goal is called by.
bool View::names_a_bond(std::uint32_t i) const {
  const BoundNoun* noun = tables.noun(lemma(i));
  if (noun == nullptr || noun->concept_name == "goal") return false;
  return is_noun(i) || tables.binding(lemma(i)) != nullptr;
}

std::string View::meaning(std::uint32_t i) const {
  const auto has_beside = [&](std::string_view particle) {
    return std::any_of(children.of(i).begin(), children.of(i).end(),
                       [&](std::uint32_t c) { return c != i && lower(c) == particle; });
  };
  std::string word = lowered(lemma(i));
  if (const auto* rows = tables.alike(word)) {
    for (const AlikeRow& row : *rows) {
      if (row.with.empty() || has_beside(row.with)) return row.meaning;
    }
  }
  return word;
}

// Places within a country by their name, countries by their code.
std::string View::party_word(std::uint32_t i) const {
  // "Ankara gave", "Ankara's pledge": a government.
  const bool acts = dep(i) == udep::kNsubj || dep(i) == udep::kNsubjpass || dep(i) == udep::kPoss;
  for (const resolve::Place& place : reading.resolved.places) {
    if (!place.tokens.contains(i)) continue;
    return place.resolution > kWholeCountry && !acts ? lowered(lower(i)) : "@" + place.country_code;
  }
  for (const std::uint32_t m : mentions_at_.of(i)) {
    const resolve::Entity& entity =
        reading.resolved.entities[reading.resolved.mentions[m].entity.value];
    if (entity.code.empty()) continue;
    if (tables.is(Role::Private, entity.code)) return lowered(lower(i));
    if (entity.sector.empty()) return "@" + entity.code;
  }
  return {};
}

}  // namespace detente::outlook
