// Which code and sector an entity has: what the tables say of its names, else what its mentions'
// words give, else whose it is, else where the report plays.

#include <algorithm>
#include <map>

#include "detente/resolve/actors/draft.h"

namespace detente::resolve {
namespace {

using parse::label;

// Whether a sector is one of a state's power.
bool is_power(std::string_view sector) {
  return sector == "GOV" || sector == "MIL" || sector == "COP" || sector == "LEG" ||
         sector == "JUD" || sector == "SPY";
}

// The state that most of the report speaks of; the date line's counts.
std::string document_code(const Work& work) {
  std::map<std::string, int> counts;
  std::map<std::string, int> organs;  // "Turkish police": asked when no state is named
  for (const Draft& draft : work.drafts) {
    if (draft.form != Form::Name || draft.ground != Ground::Table || draft.code.size() != 3)
      continue;
    const NameSort sort = work.hits[static_cast<std::size_t>(draft.hit)].sort;
    if (sort == NameSort::Organization) {
      if (is_power(draft.sector)) organs[draft.code] += 1;
      continue;
    }
    counts[draft.code] += draft.sentence < 3 ? 2 : 1;
  }

  std::string best;
  int most = 0;
  for (const auto& [code, count] : counts.empty() ? organs : counts) {
    if (count > most && work.tables.states.contains(code)) {
      most = count;
      best = code;
    }
  }
  return best;
}

// "signed in Pretoria", "talks in Vienna": where somebody met or spoke is nobody's state.
bool is_place_of_meeting(const Work& work, std::uint32_t preposition) {
  return work.is(work.parsed.tokens.head[preposition], WordUse::Meet);
}

// "police said in southern Serbia": a place that the sentence names with a preposition.
std::string sentence_code(const Work& work, std::uint32_t sentence, std::uint32_t head) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const parse::TokenRange range = work.parsed.sentences[sentence];
  std::string best;
  std::uint32_t nearest = 1U << 30;
  for (std::uint32_t i = range.begin; i < range.end; ++i) {
    const std::int32_t d = work.draft_of_head[i];
    if (d < 0) continue;
    const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
    if (draft.form != Form::Name || draft.ground == Ground::None ||
        draft.type != MentionType::Place)
      continue;
    const std::uint32_t up = tokens.head[i];
    const std::string_view preposition = work.lower(up);
    if (tokens.dep[i] != label("pobj") ||
        work.tables.word(std::string(preposition), WordUse::Located) == nullptr ||
        is_place_of_meeting(work, up))
      continue;
    const std::uint32_t far = i > head ? i - head : head - i;
    if (far < nearest) {
      nearest = far;
      best = draft.code;
    }
  }
  return best;
}

// "Lula's government … the new administration": the body of government that was named shortly
// before this draft, when its state is known.
std::string government_before(const Work& work, std::int32_t body) {
  constexpr std::uint32_t kReach = 2;
  const Draft& one = work.drafts[static_cast<std::size_t>(body)];
  for (std::int32_t d = body; d-- > 0;) {
    const Draft& other = work.drafts[static_cast<std::size_t>(d)];
    if (other.sentence + kReach < one.sentence) break;
    if (other.entity < 0 || other.entity == one.entity || other.type != MentionType::Group) {
      continue;
    }
    const DraftEntity& whole = work.entities[static_cast<std::size_t>(other.entity)];
    if (whole.sector == "GOV" && whole.ground >= Ground::Owner && whole.members.empty())
      return whole.code;
  }
  return {};
}

bool has_use(const Work& work, const DraftEntity& entity, WordUse use) {
  return std::any_of(entity.heads.begin(), entity.heads.end(), [&](const std::string& head) {
    return work.tables.word(head, use) != nullptr;
  });
}

// "The Egyptian Embassy in Sudan said that Ambassador Hossam Eissa …": whose embassy was named in
// the sentence or the one before.
std::string sender_before(const Work& work, const Draft& one) {
  for (std::size_t d = work.drafts.size(); d-- > 0;) {
    const Draft& other = work.drafts[d];
    if (other.head >= one.head || other.sentence > one.sentence) continue;
    if (other.sentence + 1 < one.sentence) break;
    if (other.modifier || other.country.empty()) continue;
    if (work.tables.word(other.head_lemma, WordUse::Mission) != nullptr)
      return std::string(other.country);
  }
  return {};
}

bool is_region(const Work& work, const NameHit& hit) {
  if (hit.sort == NameSort::Collective) return true;
  return hit.sort == NameSort::People && !hit.rows.empty() &&
         work.tables.peoples[hit.rows[0]].regional;
}

// "Africa", "West African leaders": of many states, not of the report's.
bool is_of_region(const Work& work, const DraftEntity& entity) {
  for (const std::int32_t d : entity.drafts) {
    const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
    if (draft.form == Form::Name && is_region(work, work.hits[static_cast<std::size_t>(draft.hit)]))
      return true;
    if (entity.sector != "GOV") continue;
    for (std::uint32_t i = draft.tokens.begin; i < draft.head; ++i) {
      const std::int32_t h = work.hit_at[i];
      if (h >= 0 && is_region(work, work.hits[static_cast<std::size_t>(h)])) return true;
    }
  }
  return false;
}

// "Turkish police detained a journalist": whom a state's power has in its hands is of that state.
std::string custodian_code(const Work& work, const Draft& draft) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const StringId dep = tokens.dep[draft.head];
  const std::uint32_t verb = tokens.head[draft.head];
  const bool passive = dep == label("nsubjpass");
  if ((dep != label("dobj") && !passive) || !work.is(verb, WordUse::Custody)) return {};
  for (const std::uint32_t child : work.children.of(verb)) {
    std::uint32_t doer = child;
    if (passive && tokens.dep[child] == label("agent")) {
      for (const std::uint32_t object : work.children.of(child)) {
        if (tokens.dep[object] == label("pobj")) doer = object;
      }
    } else if (passive || tokens.dep[child] != label("nsubj")) {
      continue;
    }
    if (work.draft_of_head[doer] < 0) continue;
    const Draft& by = work.drafts[static_cast<std::size_t>(work.draft_of_head[doer])];
    if (by.entity < 0) continue;
    const DraftEntity& power = work.entities[static_cast<std::size_t>(by.entity)];
    const bool state = power.sector.empty() ? power.country >= 0 : is_power(power.sector);
    if (state && power.ground >= Ground::Owner) return power.code;
  }
  return {};
}

// "the finance minister, Felix Mutati": an office that the report tells, though the table has
// ended.
void believe_report(const Work& work, DraftEntity& entity) {
  constexpr std::string_view kFormer = "Former ";
  if (entity.sector != "ELI" || !entity.office.starts_with(kFormer)) return;
  bool told = false;
  for (const std::int32_t d : entity.drafts) {
    const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
    if (draft.past) return;
    told = told || draft.in_office;
  }
  if (!told) return;
  entity.sector = "GOV";
  entity.office.erase(0, kFormer.size());
}

// "the party's president", "the union's leader": of its sector, not of the government's.
bool leads_body(const Work& work, const Draft& draft, const DraftEntity& owner) {
  if (draft.form != Form::Nominal || draft.agent < 0 || draft.type != MentionType::Person)
    return false;
  const bool body = owner.type == MentionType::Organization || owner.type == MentionType::Group;
  return body && owner.country < 0 && !owner.sector.empty() && !is_power(owner.sector) &&
         owner.sector != "CVL" &&
         work.tables.agents[static_cast<std::size_t>(draft.agent)].sector == "GOV";
}

void take(DraftEntity& entity, std::string_view code, Ground ground) {
  if (code.empty() || ground <= entity.ground) return;
  entity.code = code;
  entity.ground = ground;
}

}  // namespace

void settle_codes(Work& work) {
  const std::string document = document_code(work);
  // What the mentions say themselves.
  for (DraftEntity& entity : work.entities) {
    Ground named = Ground::None;
    for (const std::int32_t d : entity.drafts) {
      const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
      if (draft.form == Form::Name) {
        if (draft.ground == Ground::Table && named < Ground::Table) {
          named = Ground::Table;
          entity.code = draft.code;
          entity.sector = draft.sector;
          entity.office = draft.office;
          entity.identifier = draft.identifier;
          entity.identifier_id = draft.identifier_id;
          entity.ground = Ground::Table;
          continue;
        }
        if (named < Ground::Table && draft.identifier.size() > entity.identifier.size())
          entity.identifier = draft.identifier;
      }
      if (named < Ground::Table || entity.code.empty()) take(entity, draft.code, draft.ground);
    }
    if (named == Ground::Table) {
      believe_report(work, entity);
      continue;
    }
    for (const std::int32_t d : entity.drafts) {
      const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
      if (entity.sector.empty() && !draft.sector.empty()) entity.sector = draft.sector;
      if (!entity.sector.empty() || draft.title.empty()) continue;
      // "research fellow" before a name: what the title's last words say.
      std::string_view title = draft.title;
      while (!title.empty() && entity.sector.empty()) {
        std::vector<FoldedWord> words;
        fold_words(title, 0, words);
        std::uint64_t hash = kHashSeed;
        for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
        if (const NameEntry* entry = work.tables.agent_names.find(hash); entry != nullptr) {
          const std::string_view sector = work.tables.agents[entry->row].sector;
          entity.sector = draft.past && sector == "GOV" ? "ELI"
                          : sector == "UNK"             ? ""
                                                        : std::string(sector);
          break;
        }
        const std::size_t space = title.find(' ');
        if (space == std::string_view::npos) break;
        title.remove_prefix(space + 1);
      }
    }
  }
  // Whose they are: "his government", "Moon's spokesman", "a fellow at the institute".
  for (int round = 0; round < 3; ++round) {
    for (DraftEntity& entity : work.entities) {
      if (entity.ground >= Ground::Owner || entity.type == MentionType::Object) continue;
      for (const std::int32_t d : entity.drafts) {
        const Draft& draft = work.drafts[static_cast<std::size_t>(d)];
        if (draft.owner >= 0 && work.drafts[static_cast<std::size_t>(draft.owner)].entity >= 0) {
          const DraftEntity& owner = work.entities[static_cast<std::size_t>(
              work.drafts[static_cast<std::size_t>(draft.owner)].entity)];
          if (&owner != &entity && owner.ground >= Ground::Owner)
            take(entity, owner.code, Ground::Owner);
          if (&owner != &entity && leads_body(work, draft, owner)) entity.sector = owner.sector;
        }
        for (const std::uint32_t child : work.children.of(draft.head)) {
          if (work.parsed.tokens.dep[child] != label("prep")) continue;
          for (const std::uint32_t object : work.children.of(child)) {
            if (work.parsed.tokens.dep[object] != label("pobj") || work.draft_of_head[object] < 0)
              continue;
            const Draft& inner = work.drafts[static_cast<std::size_t>(work.draft_of_head[object])];
            if (inner.entity < 0 || (inner.type == MentionType::Object)) continue;
            const DraftEntity& whole = work.entities[static_cast<std::size_t>(inner.entity)];
            if (&whole == &entity || whole.ground < Ground::Owner) continue;
            take(entity, whole.code, Ground::Owner);
            if (entity.sector.empty() || leads_body(work, draft, whole))
              entity.sector = whole.sector;
          }
        }
      }
    }
  }
  // Where it happens.
  for (DraftEntity& entity : work.entities) {
    if (entity.ground != Ground::None || entity.drafts.empty()) continue;
    // Who looks on is of no state unless the words say so.
    if (has_use(work, entity, WordUse::Onlooker)) continue;
    bool actor = !entity.sector.empty() || entity.named;
    for (const std::int32_t d : entity.drafts)
      actor = actor || work.drafts[static_cast<std::size_t>(d)].agent >= 0;
    if (!actor || entity.type == MentionType::Object) continue;
    // A place that no table knows may lie anywhere.
    if (entity.named && entity.type == MentionType::Place) continue;
    const Draft& first = work.drafts[static_cast<std::size_t>(entity.drafts.front())];
    if (is_of_region(work, entity)) {
      if (entity.sector == "GOV") take(entity, "IGO", Ground::Document);
      continue;
    }
    if (!is_power(entity.sector)) take(entity, custodian_code(work, first), Ground::Sentence);
    if (has_use(work, entity, WordUse::Mission))
      take(entity, sender_before(work, first), Ground::Sentence);
    const std::string here = sentence_code(work, first.sentence, first.head);
    take(entity, here, Ground::Sentence);
    if (entity.sector == "GOV" && entity.type == MentionType::Group) {
      take(entity, government_before(work, entity.drafts.front()), Ground::Sentence);
    }
    take(entity, document, Ground::Document);
  }
  // "We" are those for whom the speaker speaks.
  for (DraftEntity& entity : work.entities) {
    if (entity.speaker < 0) continue;
    const DraftEntity& speaker = work.entities[static_cast<std::size_t>(entity.speaker)];
    take(entity, speaker.code, Ground::Owner);
    if (entity.sector.empty()) entity.sector = speaker.sector;
  }
  // Collectives of one code carry it.
  for (DraftEntity& entity : work.entities) {
    if (entity.members.empty()) continue;
    entity.code.clear();
    const DraftEntity& first = work.entities[static_cast<std::size_t>(entity.members[0])];
    bool same = true;
    for (const std::int32_t m : entity.members)
      same = same && work.entities[static_cast<std::size_t>(m)].code == first.code;
    if (same) entity.code = first.code;
  }
}

}  // namespace detente::resolve
