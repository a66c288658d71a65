#include "detente/resolve/resolve.h"

#include <algorithm>

#include "detente/resolve/actors/draft.h"
#include "detente/resolve/places/find_places.h"

namespace detente::resolve {
namespace {

constexpr std::int32_t kToday = 20000;  // 2024-10: for texts without any day, offices held lately

bool is_worth_telling(const Work& work, const DraftEntity& entity) {
  if (entity.drafts.empty()) return entity.implied;
  if (entity.named || !entity.code.empty() || entity.type != MentionType::Object) return true;
  if (entity.drafts.size() > 1) return true;
  return work.drafts[static_cast<std::size_t>(entity.drafts.front())].agent >= 0;
}

std::string printed_code(const ReferenceTables& tables, const std::string& code) {
  const auto found = tables.printed_codes.find(code);
  return found == tables.printed_codes.end() ? code : found->second;
}

CodeFrom code_from(const Work& work, const DraftEntity& entity) {
  if (entity.code.empty()) return CodeFrom::None;
  CodeFrom best = entity.ground >= Ground::Modifier ? CodeFrom::Word : CodeFrom::Around;
  for (const std::int32_t d : entity.drafts) {
    const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
    if (draft.form != Form::Name || draft.hit < 0) continue;
    CodeFrom one = draft.ground == Ground::Table ? CodeFrom::Row : CodeFrom::Word;
    switch (work.hits[static_cast<std::size_t>(draft.hit)].sort) {
      case NameSort::Demonym:
        // "ethnic Albanians" are a people, wherever they live.
        one = draft.ground == Ground::Table ? CodeFrom::State : CodeFrom::People;
        break;
      case NameSort::Country:
      case NameSort::Capital:
      case NameSort::Seat:
        if (draft.ground == Ground::Table) one = CodeFrom::State;
        break;
      case NameSort::People:
        one = CodeFrom::People;
        break;
      case NameSort::Place:
        one = CodeFrom::Place;
        break;
      default:
        break;
    }
    best = std::max(best, one);
  }
  return best;
}

void hand_over(const Work& work, ResolvedDocument& out) {
  std::vector<std::int32_t> id_of(work.entities.size(), -1);
  for (std::size_t e = 0; e < work.entities.size(); ++e) {
    const DraftEntity& from = work.entities[e];
    if (!is_worth_telling(work, from)) continue;
    id_of[e] = static_cast<std::int32_t>(out.entities.size());
    Entity entity;
    entity.code = printed_code(work.tables, from.code);
    entity.sector = from.sector;
    entity.identifier_text = from.identifier;
    entity.identifier_id = from.identifier_id;
    entity.office = from.office;
    entity.type = from.type;
    entity.gender = from.gender;
    entity.code_from = code_from(work, from);
    out.entities.push_back(std::move(entity));
  }
  for (std::size_t e = 0; e < work.entities.size(); ++e) {
    if (id_of[e] < 0) continue;
    for (const std::int32_t member : work.entities[e].members) {
      if (id_of[static_cast<std::size_t>(member)] >= 0)
        out.entities[static_cast<std::size_t>(id_of[e])].members.push_back(
            {static_cast<std::uint32_t>(id_of[static_cast<std::size_t>(member)])});
    }
  }
  for (const Draft& draft : work.drafts) {
    if (draft.entity < 0 || id_of[static_cast<std::size_t>(draft.entity)] < 0) continue;
    Mention mention;
    mention.span = draft.span;
    mention.tokens = draft.tokens;
    mention.head_token = draft.head;
    mention.type = draft.type;
    mention.entity = {static_cast<std::uint32_t>(id_of[static_cast<std::size_t>(draft.entity)])};
    mention.resolved_by = draft.by;
    mention.why = draft.why;
    if (draft.by == ResolvedBy::Coreference) {
      const DraftEntity& whole = work.entities[static_cast<std::size_t>(draft.entity)];
      for (const std::int32_t d : whole.drafts) {
        const Draft& other = work.drafts[static_cast<std::size_t>(d)];
        if (&other == &draft || other.form == Form::Pronoun) continue;
        mention.why = "antecedent: " + std::string(other.span.in(work.document.text));
        break;
      }
    }
    out.mentions.push_back(std::move(mention));
  }
  std::stable_sort(
      out.mentions.begin(), out.mentions.end(), [](const Mention& a, const Mention& b) {
        return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
      });
  for (std::size_t m = 0; m < out.mentions.size(); ++m)
    out.entities[out.mentions[m].entity.value].mentions.push_back({static_cast<std::uint32_t>(m)});
}

// For a page without a day: the last day that its text tells and that is past. A year alone counts
// by its middle.
std::optional<Date> last_day_told(const std::vector<TimeExpression>& dates) {
  std::optional<Date> last;
  for (const TimeExpression& time : dates) {
    if (time.value.empty() || time.precision > Precision::Year) continue;
    const std::int32_t half =
        (time.range.last.days_since_1970() - time.range.first.days_since_1970()) / 2;
    const Date day = time.range.first.plus_days(half);
    if (day <= Date(kToday) && (!last || day > *last)) last = day;
  }
  return last;
}

}  // namespace

Work::Work(const read::Document& the_document, const parse::ParsedDocument& the_parsed,
           const ReferenceTables& the_tables)
    : document(the_document),
      parsed(the_parsed),
      tables(the_tables),
      children(the_parsed.tokens),
      subtrees(the_parsed.tokens, children),
      sentence_of(parse::sentence_numbers(the_parsed)) {
  dated = document.published_at.has_value();
  day = document.published_at.value_or(Date(kToday));
}

std::string Work::lemma(std::uint32_t token) const {
  std::string out(parsed.strings.view(parsed.tokens.lemma[token]));
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return out;
}

parse::TokenRange within_paragraph(const Work& work, std::uint32_t token,
                                   parse::TokenRange phrase) {
  const auto parts = [&](std::uint32_t i) {
    if (work.parsed.tokens.pos[i] != parse::label("SPACE")) return false;
    const std::string_view gap = work.text(i);
    const std::size_t line = gap.find('\n');
    if (line == std::string_view::npos) return false;
    if (gap.find('\n', line + 1) != std::string_view::npos) return true;
    if (i == 0 || i + 1 >= work.parsed.tokens.size()) return false;
    return work.document.zone_at(work.parsed.tokens.begin[i - 1]) !=
           work.document.zone_at(work.parsed.tokens.begin[i + 1]);
  };
  parse::TokenRange own{token, token + 1};
  while (own.begin > phrase.begin && !parts(own.begin - 1)) --own.begin;
  while (own.end < phrase.end && !parts(own.end)) ++own.end;
  return own;
}

MentionsByHead::MentionsByHead(const ResolvedDocument& resolved, std::uint32_t n_tokens)
    : first_(n_tokens + 1, 0) {
  const auto& mentions = resolved.mentions;
  for (const Mention& mention : mentions) {
    if (mention.head_token < n_tokens) ++first_[mention.head_token + 1];
  }
  for (std::uint32_t t = 0; t < n_tokens; ++t) first_[t + 1] += first_[t];
  list_.resize(first_[n_tokens]);
  std::vector<std::uint32_t> next(first_.begin(), first_.end());
  for (std::uint32_t m = 0; m < mentions.size(); ++m) {
    if (mentions[m].head_token < n_tokens) list_[next[mentions[m].head_token]++] = m;
  }
  for (std::uint32_t t = 0; t < n_tokens; ++t) {
    std::stable_sort(list_.begin() + first_[t], list_.begin() + first_[t + 1],
                     [&](std::uint32_t a, std::uint32_t b) {
                       return mentions[a].tokens.size() > mentions[b].tokens.size();
                     });
  }
}

ResolvedDocument resolve(const read::Document& document, const parse::ParsedDocument& parsed,
                         const ReferenceTables& tables) {
  ResolvedDocument out;
  out.anchor = times::anchor_day(document).value_or(document.published_at.value_or(Date(kToday)));
  out.dates = times::find_times(document, parsed, times::anchor_day(document), *tables.time_tables);
  if (parsed.tokens.size() == 0) return out;
  Work work(document, parsed, tables);
  if (!work.dated) {
    work.day = times::anchor_day(document).value_or(last_day_told(out.dates).value_or(work.day));
  }
  find_names(work);
  find_mentions(work);
  identify(work);
  link(work);
  settle_codes(work);
  hand_over(work, out);
  out.places = find_places(work);
  return out;
}

}  // namespace detente::resolve
