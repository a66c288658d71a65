// Mentions: the phrase around each name, noun and pronoun that may stand for somebody.

#include <algorithm>

#include "detente/resolve/actors/draft.h"

namespace detente::resolve {
namespace {

using parse::label;
using parse::TokenRange;

bool is_left_part(StringId dep) {
  return dep == label("det") || dep == label("amod") || dep == label("compound") ||
         dep == label("poss") || dep == label("nummod") || dep == label("nmod") ||
         dep == label("quantmod") || dep == label("predet") || dep == label("advmod") ||
         dep == label("punct") || dep == label("npadvmod") || dep == label("neg");
}

bool is_right_part(StringId dep) {
  return dep == label("prep") || dep == label("acl") || dep == label("relcl");
}

// The token of a name that the rest of the sentence hangs on.
std::uint32_t head_of(const Work& work, TokenRange range) {
  const parse::Tokens& tokens = work.parsed.tokens;
  for (std::uint32_t i = range.end; i-- > range.begin;) {
    if (!range.contains(tokens.head[i]) || tokens.head[i] == i) {
      if (tokens.pos[i] != label("PUNCT") && tokens.tag[i] != label("POS") &&
          tokens.pos[i] != label("ADP"))
        return i;
    }
  }
  return range.end - 1;
}

std::uint32_t left_end(const Work& work, std::uint32_t head, std::uint32_t from) {
  const parse::Tokens& tokens = work.parsed.tokens;
  std::uint32_t left = from;
  // Right to left, so that a gap ends the phrase.
  std::vector<std::uint32_t> parts;
  for (const std::uint32_t child : work.children.of(head)) {
    if (child < from && is_left_part(tokens.dep[child])) parts.push_back(child);
  }
  for (std::size_t k = parts.size(); k-- > 0;) {
    const std::uint32_t child = parts[k];
    if (work.subtrees.end(child) < left) break;
    if (tokens.pos[child] == label("PUNCT") && work.text(child) != "-") break;
    left = std::min(left, work.subtrees.begin(child));
  }
  return left;
}

std::uint32_t right_end(const Work& work, std::uint32_t head, std::uint32_t from, bool name) {
  const parse::Tokens& tokens = work.parsed.tokens;
  std::uint32_t right = from;
  for (const std::uint32_t child : work.children.of(head)) {
    if (child < from || !is_right_part(tokens.dep[child])) continue;
    if (work.subtrees.begin(child) > right) break;  // behind a comma or something else
    if (name && tokens.dep[child] != label("prep")) break;
    if (name && work.lower(child) != "of") break;
    right = std::max(right, work.subtrees.end(child));
  }
  return right;
}

bool is_nominal_head(const Work& work, std::uint32_t i) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const StringId pos = tokens.pos[i];
  const StringId dep = tokens.dep[i];
  if (pos != label("NOUN") && pos != label("PROPN")) {
    // "the wounded", "the two", "both"
    const bool adjective = pos == label("ADJ") || pos == label("NUM") || pos == label("DET");
    if (!adjective) return false;
    return dep == label("nsubj") || dep == label("nsubjpass") || dep == label("dobj") ||
           dep == label("pobj") || dep == label("poss") || dep == label("agent");
  }
  if (dep == label("compound") || dep == label("nmod") || dep == label("amod")) {
    // A noun before a noun is a mention of its own only when it heads a phrase ("the police chief"
    // speaks of the chief alone); names are taken elsewhere.
    return false;
  }
  return dep != label("npadvmod") || work.hit_at[i] >= 0;
}

char gender_of_name(const Work& work, const NameHit& hit) {
  if (!hit.rows.empty() && hit.sort == NameSort::Person)
    return work.tables.persons[hit.rows[0]].gender;
  std::vector<FoldedWord> first;
  fold_words(work.text(hit.tokens.begin), 0, first);
  if (first.empty() || hit.tokens.size() < 2) return '?';
  const int* found = work.tables.given_names.find(first[0].hash);
  if (found == nullptr || *found == 0) return '?';
  return *found > 0 ? 'm' : 'f';
}

MentionType type_of_sort(NameSort sort) {
  switch (sort) {
    case NameSort::Person:
      return MentionType::Person;
    case NameSort::Organization:
    case NameSort::Seat:
      return MentionType::Organization;
    case NameSort::Country:
    case NameSort::Capital:
    case NameSort::Place:
      return MentionType::Place;
    case NameSort::Demonym:
    case NameSort::People:
    case NameSort::Collective:
      return MentionType::Group;
    case NameSort::Unknown:
      break;
  }
  return MentionType::Person;
}

// The longest agent noun whose last word is the head: "foreign minister" before "minister".
std::int32_t agent_ending_at(const Work& work, std::uint32_t left, std::uint32_t head) {
  std::vector<FoldedWord> words;
  std::vector<std::size_t> starts;
  const std::uint32_t first = std::max(left, head >= 6 ? head - 6 : 0);
  for (std::uint32_t i = first; i <= head; ++i) {
    const std::size_t before = words.size();
    fold_words(work.text(i), 0, words);
    if (words.size() > before) starts.push_back(before);
    if (work.parsed.tokens.tag[i] == label("POS")) {
      words.clear();
      starts.clear();
    }
  }
  const auto find_from = [&](std::size_t start, std::uint64_t last) -> std::int32_t {
    std::uint64_t hash = kHashSeed;
    for (std::size_t k = start; k < words.size(); ++k)
      hash = join_hash(hash, k + 1 == words.size() && last != 0 ? last : words[k].hash);
    const NameEntry* entry = work.tables.agent_names.find(hash);
    return entry == nullptr ? -1 : static_cast<std::int32_t>(entry->row);
  };
  for (const std::size_t start : starts) {
    if (const std::int32_t row = find_from(start, 0); row >= 0) return row;
  }
  // The head's lemma, for plurals that the table does not write.
  std::vector<FoldedWord> lemma;
  fold_words(work.lemma(head), 0, lemma);
  if (lemma.size() == 1 && !words.empty() && lemma[0].hash != words.back().hash) {
    for (const std::size_t start : starts) {
      if (const std::int32_t row = find_from(start, lemma[0].hash); row >= 0) return row;
    }
  }
  return -1;
}

MentionType type_of_agent(std::string_view kind) {
  if (kind == "person") return MentionType::Person;
  if (kind == "group") return MentionType::Group;
  if (kind == "organization" || kind == "office") return MentionType::Organization;
  return MentionType::Object;
}

void describe_nominal(Work& work, Draft& draft) {
  const parse::Tokens& tokens = work.parsed.tokens;
  draft.head_lemma = work.lemma(draft.head);
  draft.plural = tokens.tag[draft.head] == label("NNS") || tokens.tag[draft.head] == label("NNPS");
  draft.agent = agent_ending_at(work, draft.tokens.begin, draft.head);
  if (draft.agent >= 0 && work.tables.agents[static_cast<std::size_t>(draft.agent)].contextual &&
      draft.form == Form::Nominal) {
    draft.type = type_of_agent(work.tables.agents[static_cast<std::size_t>(draft.agent)].kind);
  }
  struct Choice {
    WordUse use;
    MentionType type;
  };
  bool known = false;
  for (const Choice choice :
       {Choice{WordUse::Person, MentionType::Person}, Choice{WordUse::Group, MentionType::Group},
        Choice{WordUse::Place, MentionType::Place},
        Choice{WordUse::Organization, MentionType::Organization}}) {
    if (const WordRow* row = work.tables.word(draft.head_lemma, choice.use); row != nullptr) {
      if (!known) draft.type = choice.type;
      known = true;
      if (row->gender != '?' && choice.use == WordUse::Person) draft.gender = row->gender;
    }
  }
  if (!known && draft.agent >= 0) {
    const AgentRow& agent = work.tables.agents[static_cast<std::size_t>(draft.agent)];
    draft.type = type_of_agent(agent.kind);
    if (agent.gender != '?') draft.gender = agent.gender;
  }
  if (!known && work.is(draft.head, WordUse::Relation)) draft.type = MentionType::Person;
}

void describe_left(Work& work, Draft& draft) {
  const parse::Tokens& tokens = work.parsed.tokens;
  bool determined = false;
  const std::uint32_t stop = draft.form == Form::Name
                                 ? work.hits[static_cast<std::size_t>(draft.hit)].tokens.begin
                                 : draft.head;
  for (std::uint32_t i = draft.tokens.begin; i < stop; ++i) {
    if (tokens.head[i] != draft.head && i != draft.tokens.begin) {
      // words of a nested phrase
    } else if (tokens.dep[i] == label("det") || i == draft.tokens.begin) {
      const std::string_view word = work.lower(i);
      if (word == "the") draft.definite = determined = true;
      if (word == "this" || word == "that" || word == "these" || word == "those")
        draft.demonstrative = draft.definite = determined = true;
      if (word == "a" || word == "an" || word == "another" || word == "some" || word == "any" ||
          word == "no" || word == "every" || word == "each" || word == "many" || word == "several")
        draft.indefinite = determined = true;
    }
    if (tokens.dep[i] == label("poss") && tokens.head[i] == draft.head) {
      draft.definite = determined = true;
    }
    if (tokens.pos[i] == label("NUM") && !draft.definite) determined = draft.indefinite = true;
    const std::string word(work.lower(i));
    if (work.tables.word(word, WordUse::Past) != nullptr) draft.past = true;
    if (work.tables.word(word, WordUse::Coming) != nullptr) draft.coming = true;
  }
  draft.generic = !determined && draft.form == Form::Nominal;
  // "president-elect"
  for (std::uint32_t i = draft.head + 1; i < tokens.size() && i <= draft.head + 2; ++i) {
    if (work.tables.word(std::string(work.lower(i)), WordUse::Coming) != nullptr &&
        work.text(i - 1) == "-")
      draft.coming = true;
  }
}

// "Foreign Minister" in "Russian Foreign Minister Andrei Kozyrev".
std::string title_of(const Work& work, const Draft& draft, const NameHit& hit) {
  std::string title;
  for (std::uint32_t i = draft.tokens.begin; i < hit.tokens.begin; ++i) {
    if (work.hit_at[i] >= 0) {
      title.clear();
      continue;
    }
    const StringId pos = work.parsed.tokens.pos[i];
    if (pos == label("DET") || pos == label("PUNCT") || pos == label("PART") ||
        pos == label("PRON"))
      continue;
    const std::string word = folded(work.text(i));
    if (word.empty()) continue;
    if (!title.empty()) title += ' ';
    title += word;
  }
  return title;
}

bool does_as_people_do(const Work& work, std::uint32_t head) {
  const parse::Tokens& tokens = work.parsed.tokens;
  if (tokens.dep[head] != label("nsubj")) return false;
  const std::string verb = work.lemma(tokens.head[head]);
  return work.tables.word(verb, WordUse::Mind) != nullptr ||
         work.tables.word(verb, WordUse::Say) != nullptr;
}

void add_names(Work& work) {
  const parse::Tokens& tokens = work.parsed.tokens;
  for (std::size_t h = 0; h < work.hits.size(); ++h) {
    NameHit& hit = work.hits[h];
    Draft draft;
    draft.form = Form::Name;
    draft.hit = static_cast<std::int32_t>(h);
    draft.head = head_of(work, hit.tokens);
    if (work.draft_of_head[draft.head] >= 0) continue;
    const StringId dep = tokens.dep[draft.head];
    const std::uint32_t up = tokens.head[draft.head];
    draft.modifier =
        (dep == label("compound") || dep == label("amod") || dep == label("nmod") ||
         dep == label("npadvmod") || dep == label("advmod") || dep == label("punct")) &&
        up != draft.head && !hit.tokens.contains(up);
    // A person's name before another noun is mostly a parser's slip ("Kim said" as a compound).
    draft.type = type_of_sort(hit.sort);
    // A capitalised word that nothing is known of is somebody only when it does what people do.
    if (hit.sort == NameSort::Unknown && !does_as_people_do(work, draft.head))
      draft.type = MentionType::Object;
    draft.gender = draft.type == MentionType::Person ? gender_of_name(work, hit) : 'n';
    draft.plural =
        hit.plural || (hit.sort == NameSort::People && tokens.tag[draft.head] == label("NNPS"));
    draft.tokens = hit.tokens;
    draft.span = hit.span;
    if (!draft.modifier) {
      draft.tokens.begin = left_end(work, draft.head, hit.tokens.begin);
      draft.tokens = within_paragraph(work, hit.tokens.begin, draft.tokens);
      if (draft.tokens.begin < hit.tokens.begin) {
        // Titles alone belong to a person's phrase; articles to any.
        draft.span.begin = tokens.begin[draft.tokens.begin];
      }
      draft.title = title_of(work, draft, hit);
      if (draft.type == MentionType::Person && hit.rows.empty()) {
        const std::size_t space = draft.title.rfind(' ');
        const std::string last =
            space == std::string::npos ? draft.title : draft.title.substr(space + 1);
        for (const WordUse use : {WordUse::Honorific, WordUse::Person}) {
          const WordRow* row = work.tables.word(last, use);
          if (row != nullptr && row->gender != '?') draft.gender = row->gender;
        }
      }
    }
    describe_left(work, draft);
    draft.head_lemma = work.lemma(draft.head);
    work.draft_of_head[draft.head] = static_cast<std::int32_t>(work.drafts.size());
    work.drafts.push_back(std::move(draft));
  }
}

void add_pronoun(Work& work, std::uint32_t i) {
  const parse::Tokens& tokens = work.parsed.tokens;
  const auto found = work.tables.pronouns.find(std::string(work.lower(i)));
  if (found == work.tables.pronouns.end()) return;
  if (tokens.dep[i] == label("expl")) return;
  // "US" in capitals is a name; a lone "I" may be a numeral.
  if (work.text(i) == "US" || work.hit_at[i] >= 0) return;
  if (tokens.pos[i] != label("PRON") && tokens.pos[i] != label("DET")) return;
  Draft draft;
  draft.form = Form::Pronoun;
  draft.pronoun = &found->second;
  draft.head = i;
  draft.tokens = {i, i + 1};
  draft.span = tokens.span(i);
  draft.gender = found->second.gender;
  draft.plural = found->second.plural;
  draft.type = draft.gender == 'm' || draft.gender == 'f' || found->second.person == 1
                   ? MentionType::Person
                   : MentionType::Object;
  draft.head_lemma = std::string(work.lower(i));
  work.draft_of_head[i] = static_cast<std::int32_t>(work.drafts.size());
  work.drafts.push_back(std::move(draft));
}

void add_nominal(Work& work, std::uint32_t i) {
  const parse::Tokens& tokens = work.parsed.tokens;
  if (!is_nominal_head(work, i)) return;
  if (tokens.ent_type[i] == label("DATE") || tokens.ent_type[i] == label("TIME") ||
      tokens.ent_type[i] == label("MONEY") || tokens.ent_type[i] == label("PERCENT") ||
      tokens.ent_type[i] == label("QUANTITY"))
    return;
  Draft draft;
  draft.form = Form::Nominal;
  draft.head = i;
  draft.tokens =
      within_paragraph(work, i, {left_end(work, i, i), right_end(work, i, i + 1, false)});
  draft.span = tokens.span(draft.tokens);
  describe_nominal(work, draft);
  describe_left(work, draft);
  work.draft_of_head[i] = static_cast<std::int32_t>(work.drafts.size());
  work.drafts.push_back(std::move(draft));
}

// Marks of quotation, straight or curly, within a paragraph.
void find_quotes(Work& work) {
  const parse::Tokens& tokens = work.parsed.tokens;
  work.quote_at.assign(tokens.size(), -1);
  std::uint32_t open = 0;
  bool inside = false;
  const auto close = [&](std::uint32_t end) {
    if (inside && end > open) {
      for (std::uint32_t i = open; i < end; ++i)
        work.quote_at[i] = static_cast<std::int32_t>(work.quotes.size());
      work.quotes.push_back({open, end});
    }
    inside = false;
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    const std::string_view text = work.text(i);
    if (tokens.pos[i] == label("SPACE") && text.find('\n') != std::string_view::npos) {
      close(i);
    } else if (text == "“") {
      close(i);
      inside = true;
      open = i + 1;
    } else if (text == "”") {
      close(i);
    } else if (text == "\"" || text == "''" || text == "``") {
      if (inside) {
        close(i);
      } else {
        inside = true;
        open = i + 1;
      }
    }
  }
  close(tokens.size());
}

// "Eritrea, whose troops have fought": the noun that the clause around `head` describes.
std::int32_t antecedent_of_whose(const Work& work, std::uint32_t head) {
  const parse::Tokens& tokens = work.parsed.tokens;
  std::uint32_t at = head;
  for (int up = 0; up < 4 && tokens.head[at] != at; ++up) {
    const bool clause = tokens.dep[at] == label("relcl");
    at = tokens.head[at];
    if (clause) return at < head ? work.draft_of_head[at] : -1;
  }
  return -1;
}

void find_owners(Work& work) {
  const parse::Tokens& tokens = work.parsed.tokens;
  for (Draft& draft : work.drafts) {
    if (draft.modifier) continue;
    for (const std::uint32_t child : work.children.of(draft.head)) {
      if (tokens.dep[child] == label("poss") && work.draft_of_head[child] >= 0)
        draft.owner = work.draft_of_head[child];
      if (tokens.dep[child] == label("poss") && work.lower(child) == "whose")
        draft.owner = antecedent_of_whose(work, draft.head);
    }
    const StringId dep = tokens.dep[draft.head];
    draft.subject = dep == label("nsubj") || dep == label("nsubjpass");
  }
}

}  // namespace

void find_mentions(Work& work) {
  const std::uint32_t n = work.parsed.tokens.size();
  work.draft_of_head.assign(n, -1);
  find_quotes(work);
  add_names(work);
  for (std::uint32_t i = 0; i < n; ++i) {
    if (work.draft_of_head[i] >= 0) continue;
    const std::int32_t hit = work.hit_at[i];
    if (hit >= 0) continue;
    add_pronoun(work, i);
    if (work.draft_of_head[i] < 0) add_nominal(work, i);
  }
  std::sort(work.drafts.begin(), work.drafts.end(),
            [](const Draft& a, const Draft& b) { return a.head < b.head; });
  for (std::size_t d = 0; d < work.drafts.size(); ++d) {
    Draft& draft = work.drafts[d];
    work.draft_of_head[draft.head] = static_cast<std::int32_t>(d);
    draft.sentence = work.sentence_of[draft.head];
    draft.quote = work.quote_at[draft.head];
  }
  find_owners(work);
}

}  // namespace detente::resolve
