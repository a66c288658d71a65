// Coreference: mentions in the order of the text, each joined to an entity that came before it or
// made one of its own. Names first by what the tables say, then by their words; descriptions by
// title, head and kind; pronouns by agreement and closeness. First persons last, by who speaks.

#include <algorithm>
#include <cmath>

#include "detente/resolve/actors/draft.h"

namespace detente::resolve {
namespace {

using parse::label;

class Linker {
 public:
  explicit Linker(Work& work) : work_(work) {}

  void run() {
    find_appositions();
    for (std::size_t d = 0; d < work_.drafts.size(); ++d) link_one(static_cast<std::int32_t>(d));
    find_interview();
    for (std::size_t d = 0; d < work_.drafts.size(); ++d) {
      Draft& draft = work_.drafts[d];
      if (draft.entity < 0) link_speaker(static_cast<std::int32_t>(d));
    }
  }

 private:
  Draft& draft(std::int32_t d) { return work_.drafts[static_cast<std::size_t>(d)]; }
  DraftEntity& entity(std::int32_t e) { return work_.entities[static_cast<std::size_t>(e)]; }
  const Draft& draft_at(std::int32_t d) const { return work_.drafts[static_cast<std::size_t>(d)]; }
  const NameHit& hit_of(const Draft& d) const {
    return work_.hits[static_cast<std::size_t>(d.hit)];
  }

  // --- entities ---

  std::int32_t make(std::int32_t d) {
    const auto e = static_cast<std::int32_t>(work_.entities.size());
    work_.entities.emplace_back();
    const Draft& one = draft(d);
    DraftEntity& made = work_.entities.back();
    made.type = one.type;
    made.gender = one.gender;
    made.plural = one.plural;
    join(d, e);
    return e;
  }

  void join(std::int32_t d, std::int32_t e) {
    Draft& one = draft(d);
    DraftEntity& whole = entity(e);
    one.entity = e;
    whole.drafts.push_back(d);
    if (whole.gender == '?' && one.gender != '?') whole.gender = one.gender;
    if (one.form == Form::Pronoun) return;
    if (one.form == Form::Name) {
      const NameHit& hit = hit_of(one);
      if (!whole.named) {
        whole.type = one.type;
        whole.plural = one.plural;
      }
      whole.named = true;
      if (hit.text.size() > whole.name.size()) whole.name = hit.text;
      if (!hit.rows.empty() &&
          (one.type == MentionType::Person) == (hit.sort == NameSort::Person)) {
        if (hit.sort == NameSort::Person && whole.person < 0)
          whole.person = static_cast<std::int32_t>(hit.rows[0]);
        if (hit.sort == NameSort::Organization && whole.organization < 0)
          whole.organization = static_cast<std::int32_t>(hit.rows[0]);
        if (is_country(one) && whole.country < 0)
          whole.country = static_cast<std::int32_t>(hit.rows[0]);
      }
      if (!one.title.empty()) add_head(whole, one.title);
    } else {
      if (whole.type == MentionType::Object && one.type != MentionType::Object && !whole.named)
        whole.type = one.type;
      add_head(whole, one.head_lemma);
    }
  }

  static void add_head(DraftEntity& whole, const std::string& words) {
    std::size_t from = 0;
    while (from <= words.size()) {
      std::size_t end = words.find(' ', from);
      if (end == std::string::npos) end = words.size();
      std::string word = words.substr(from, end - from);
      if (!word.empty() &&
          std::find(whole.heads.begin(), whole.heads.end(), word) == whole.heads.end())
        whole.heads.push_back(std::move(word));
      from = end + 1;
    }
  }

  bool is_country(const Draft& one) const {
    if (one.form != Form::Name) return false;
    const NameSort sort = hit_of(one).sort;
    return sort == NameSort::Country || (sort == NameSort::Demonym && one.modifier) ||
           ((sort == NameSort::Capital || sort == NameSort::Seat) && one.by == ResolvedBy::Metonym);
  }

  const Draft& last_of(const DraftEntity& whole) const {
    return work_.drafts[static_cast<std::size_t>(whole.drafts.back())];
  }

  // --- appositions and predicates ---

  void find_appositions() {
    const parse::Tokens& tokens = work_.parsed.tokens;
    same_as_.assign(work_.drafts.size(), -1);
    for (std::size_t d = 0; d < work_.drafts.size(); ++d) {
      const Draft& one = work_.drafts[d];
      const StringId dep = tokens.dep[one.head];
      const std::uint32_t up = tokens.head[one.head];
      std::int32_t other = -1;
      if (dep == label("appos") && up < one.head) {
        other = work_.draft_of_head[up];
      } else if (dep == label("attr") || dep == label("oprd")) {
        const std::string verb = work_.lemma(up);
        if (verb == "be" || verb == "become" || verb == "remain") {
          bool negated = false;
          for (const std::uint32_t child : work_.children.of(up)) {
            if (tokens.dep[child] == label("neg")) negated = true;
            if (tokens.dep[child] == label("nsubj") && child < up)
              other = work_.draft_of_head[child];
          }
          // "who is the outgoing president": the pronoun's noun
          if (other < 0 && tokens.dep[up] == label("relcl"))
            other = work_.draft_of_head[tokens.head[up]];
          if (negated || one.indefinite) {
            if (negated || one.type == MentionType::Object) other = -1;
          }
        }
      }
      if (other < 0 || other == static_cast<std::int32_t>(d)) continue;
      Draft& before = draft(other);
      if (before.form == Form::Pronoun && one.indefinite) continue;
      if (!may_be_one(before, one)) continue;
      same_as_[d] = other;
      if (dep == label("appos")) tell_office(before, draft(static_cast<std::int32_t>(d)));
    }
    find_neighbours();
  }

  // "a fellow at the school, Shawn Ho, said"; "Shawn Ho, a fellow at the school, said": whatever
  // the parser made of the commas.
  void find_neighbours() {
    for (std::size_t d = 0; d < work_.drafts.size(); ++d) {
      const Draft& name = work_.drafts[d];
      if (name.form != Form::Name || name.type != MentionType::Person || name.modifier ||
          name.plural)
        continue;
      const std::uint32_t begin = name.tokens.begin;
      if (begin >= 2 && work_.text(begin - 1) == "," && same_as_[d] < 0 &&
          closed(name.tokens.end)) {
        const std::int32_t other = phrase_that_ends(begin - 1, d);
        if (other >= 0) {
          same_as_[d] = other;
          tell_office(draft(other), draft(static_cast<std::int32_t>(d)));
        }
      }
      const std::uint32_t end = hit_of(name).tokens.end;
      if (end + 1 < work_.hit_at.size() && work_.text(end) == ",") {
        for (std::uint32_t i = end + 1; i < work_.hit_at.size() && i < end + 9; ++i) {
          const std::int32_t x = work_.draft_of_head[i];
          if (x < 0) continue;
          const Draft& other = draft(x);
          if (other.form != Form::Nominal) {
            if (other.modifier || (other.form == Form::Name && other.type != MentionType::Person))
              continue;
            break;
          }
          if (other.tokens.begin != end + 1 || other.type != MentionType::Person || other.plural)
            break;
          if (same_as_[static_cast<std::size_t>(x)] < 0 && closed(other.tokens.end) &&
              may_be_one(name, other)) {
            same_as_[static_cast<std::size_t>(x)] = static_cast<std::int32_t>(d);
            tell_office(draft(x), draft(static_cast<std::int32_t>(d)));
          }
          break;
        }
      }
    }
  }

  // "the finance minister, Felix Mutati": the report's word that the office is held.
  void tell_office(Draft& a, Draft& b) const {
    Draft& title = a.form == Form::Nominal ? a : b;
    Draft& name = a.form == Form::Nominal ? b : a;
    if (title.form != Form::Nominal || name.form != Form::Name || title.agent < 0) return;
    if (title.past || title.coming || name.past || title.indefinite) return;
    if (work_.tables.agents[static_cast<std::size_t>(title.agent)].sector != "GOV") return;
    name.in_office = true;
  }

  bool closed(std::uint32_t end) const {
    if (end >= work_.hit_at.size()) return true;
    const std::string_view text = work_.text(end);
    return text == "," || text == "." || text == ";" || text == ")" || text == "-" || text == "—" ||
           work_.is(end, WordUse::Say);
  }

  // A description of one person whose words end where the comma stands.
  std::int32_t phrase_that_ends(std::uint32_t comma, std::size_t before) const {
    for (std::size_t x = before; x-- > 0;) {
      const Draft& other = work_.drafts[x];
      if (other.sentence != work_.drafts[before].sentence || comma > other.head + 20) return -1;
      if (other.form != Form::Nominal || other.modifier || other.plural) continue;
      if (other.type != MentionType::Person) continue;
      if (work_.subtrees.end(other.head) < comma && other.tokens.end != comma &&
          other.tokens.end + 1 != comma)
        continue;
      if (!(other.indefinite || other.definite ||
            other.tokens.begin == work_.parsed.sentences[other.sentence].begin))
        continue;
      return may_be_one(other, work_.drafts[before]) ? static_cast<std::int32_t>(x) : -1;
    }
    return -1;
  }

  // A person is no place; a plural is no single.
  static bool may_be_one(const Draft& a, const Draft& b) {
    const auto human = [](const Draft& d) { return d.type == MentionType::Person; };
    if (a.form != Form::Pronoun && b.form != Form::Pronoun && human(a) != human(b)) {
      if (a.type == MentionType::Object || b.type == MentionType::Object) return false;
      if (a.type != MentionType::Group && b.type != MentionType::Group) return false;
    }
    if (a.plural != b.plural && human(a) && human(b)) return false;
    if (a.gender != b.gender && a.gender != '?' && b.gender != '?' && human(a) && human(b))
      return false;
    if (a.form == Form::Name && b.form == Form::Name) return false;
    return true;
  }

  // --- one mention ---

  void link_one(std::int32_t d) {
    Draft& one = draft(d);
    if (one.entity >= 0) return;
    if (one.form == Form::Pronoun) {
      if (one.pronoun->person != 3) return;  // later
      link_pronoun(d);
      return;
    }
    if (const std::int32_t other = same_as_[static_cast<std::size_t>(d)]; other >= 0) {
      // "…fellow at the school, Shawn Ho": the name may already be known.
      const std::int32_t known = one.form == Form::Name ? find_name(one) : -1;
      const std::int32_t before = draft(other).entity;
      if (before >= 0 && known < 0 && fits_entity(one, before)) {
        join(d, before);
        if (one.form == Form::Nominal && one.by == ResolvedBy::None)
          one.by = ResolvedBy::Coreference;
        return;
      }
      if (before >= 0 && known >= 0 && known != before && !entity(before).named &&
          entity(before).drafts.size() <= 3) {
        join(d, known);
        merge(before, known);
        return;
      }
    }
    if (one.form == Form::Name) {
      std::int32_t known = find_bearer(one);
      if (known < 0) known = find_name(one);
      if (known >= 0) {
        join(d, known);
      } else {
        fill_members(make(d), hit_of(one));
      }
      return;
    }
    if (const std::int32_t both = find_coordinated(d); both >= 0) {
      join(d, both);
      one.by = ResolvedBy::Collective;
      return;
    }
    const std::int32_t known = find_nominal(d);
    if (known >= 0) {
      join(d, known);
      if (one.by != ResolvedBy::Collective &&
          (one.ground < Ground::Modifier || one.by == ResolvedBy::None))
        one.by = ResolvedBy::Coreference;
    } else {
      make(d);
    }
  }

  bool fits_entity(const Draft& one, std::int32_t e) {
    const DraftEntity& whole = entity(e);
    if (one.form != Form::Name || !whole.named) return true;
    return false;
  }

  // "the two Koreas", "the Baltic states": the table's members on the day, when they are few.
  void fill_members(std::int32_t e, const NameHit& hit) {
    if (hit.sort != NameSort::Collective || hit.rows.empty()) return;
    std::uint32_t row = hit.rows[0];
    for (const std::uint32_t r : hit.rows) {
      if (work_.tables.collectives[r].held.contains(work_.day)) row = r;
    }
    std::string_view codes = work_.tables.collectives[row].members;
    if (codes.size() > 8 * 4) return;
    entity(e).plural = true;
    while (!codes.empty()) {
      const std::string_view code = codes.substr(0, codes.find('|'));
      codes.remove_prefix(std::min(codes.size(), code.size() + 1));
      const auto state = work_.tables.states.find(code);
      if (state == work_.tables.states.end()) continue;
      std::int32_t member = -1;
      for (std::size_t x = 0; x < work_.entities.size(); ++x) {
        const std::int32_t c = work_.entities[x].country;
        if (c >= 0 && work_.tables.countries[static_cast<std::size_t>(c)].code == code)
          member = static_cast<std::int32_t>(x);
      }
      if (member < 0) {
        member = static_cast<std::int32_t>(work_.entities.size());
        DraftEntity implied;
        const CountryRow& country = work_.tables.countries[state->second];
        implied.country = static_cast<std::int32_t>(state->second);
        implied.type = MentionType::Place;
        implied.named = true;
        implied.implied = true;
        implied.name = folded(country.name);
        implied.code = country.code;
        implied.identifier = country.name;
        implied.identifier_id = country.wikidata;
        implied.ground = Ground::Table;
        work_.entities.push_back(std::move(implied));
      }
      entity(e).members.push_back(member);
    }
  }

  void merge(std::int32_t from, std::int32_t into) {
    const std::vector<std::int32_t> moved = std::move(entity(from).drafts);
    entity(from).drafts.clear();
    for (const std::int32_t d : moved) join(d, into);
    std::vector<std::int32_t>& all = entity(into).drafts;
    std::sort(all.begin(), all.end());
  }

  // --- names ---

  std::int32_t find_name(const Draft& one) {
    const NameHit& hit = hit_of(one);
    std::int32_t best = -1;
    double best_score = -1;
    for (std::size_t e = work_.entities.size(); e-- > 0;) {
      const DraftEntity& whole = work_.entities[e];
      if (!whole.named || (whole.drafts.empty() && !whole.implied)) continue;
      if (!same_name(one, hit, whole)) continue;
      if (whole.type != MentionType::Person) return static_cast<std::int32_t>(e);
      // Of two of one surname the one spoken of.
      const double score = (hit.text == whole.name ? 10.0 : 0.0) + spoken_of(one, whole);
      if (score > best_score) {
        best_score = score;
        best = static_cast<std::int32_t>(e);
      }
    }
    return best;
  }

  double spoken_of(const Draft& one, const DraftEntity& whole) const {
    if (whole.drafts.empty()) return 0;
    const std::uint32_t last = last_of(whole).sentence;
    const std::uint32_t far = one.sentence > last ? one.sentence - last : 0;
    return std::log1p(static_cast<double>(whole.drafts.size())) + 2.0 / (1.0 + far);
  }

  // "Austin said", after "Bryant Austin": a person, whatever else has that name.
  std::int32_t find_bearer(Draft& one) {
    const NameHit& hit = hit_of(one);
    if (one.modifier || one.type == MentionType::Person || hit.text.empty() ||
        hit.text.find(' ') != std::string::npos || hit.plural)
      return -1;
    const bool elsewhere = hit.sort == NameSort::Country || hit.sort == NameSort::Demonym ||
                           hit.sort == NameSort::Seat;
    if (elsewhere) return -1;
    if (!hit.rows.empty() && !hit.contextual) {
      // A capital or a body of that name gives way only to who does what people do.
      const bool speaks = one.subject && work_.is(work_.parsed.tokens.head[one.head], WordUse::Say);
      if (!speaks) return -1;
    }
    std::int32_t best = -1;
    double best_score = 0;
    for (std::size_t e = 0; e < work_.entities.size(); ++e) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.type != MentionType::Person || !whole.named || whole.drafts.empty()) continue;
      if (whole.name.find(' ') == std::string::npos || last_word(whole.name) != hit.text) continue;
      const double score = spoken_of(one, whole);
      if (score > best_score) {
        best_score = score;
        best = static_cast<std::int32_t>(e);
      }
    }
    if (best < 0) return -1;
    one.type = MentionType::Person;
    one.gender = '?';
    one.code.clear();
    one.sector.clear();
    one.ground = Ground::None;
    one.by = ResolvedBy::Name;
    one.identifier = std::string(hit.span.in(work_.document.text));
    return best;
  }

  bool same_name(const Draft& one, const NameHit& hit, const DraftEntity& whole) const {
    if (is_country(one)) {
      return whole.country >= 0 && !hit.rows.empty() &&
             work_.tables.countries[static_cast<std::size_t>(whole.country)].code ==
                 work_.tables.countries[hit.rows[0]].code &&
             work_.tables.countries[static_cast<std::size_t>(whole.country)].kind ==
                 work_.tables.countries[hit.rows[0]].kind;
    }
    if (whole.country >= 0) return false;
    if (hit.sort == NameSort::Person || hit.sort == NameSort::Unknown) {
      if (!hit.rows.empty() && whole.person >= 0 &&
          static_cast<std::uint32_t>(whole.person) == hit.rows[0])
        return true;
      if (whole.type == MentionType::Person) return same_person(one, hit, whole);
      return hit.rows.empty() && hit.text == whole.name;
    }
    if (hit.sort == NameSort::Organization) {
      if (!hit.rows.empty() && whole.organization >= 0)
        return work_.tables.organizations[static_cast<std::size_t>(whole.organization)].name ==
               work_.tables.organizations[hit.rows[0]].name;
      if (whole.person >= 0) return false;
      if (hit.text == whole.name) return true;
      if (whole.type != MentionType::Organization) return false;
      return is_acronym(hit.text, whole.name) || is_acronym(whole.name, hit.text) ||
             is_short_form(hit.text, whole.name) || is_short_form(whole.name, hit.text);
    }
    // Places, peoples, capitals as places: by their words.
    if (whole.type == MentionType::Person) return false;
    return hit.text == whole.name && one.type == whole.type;
  }

  static std::string_view last_word(std::string_view text) {
    const std::size_t space = text.rfind(' ');
    return space == std::string_view::npos ? text : text.substr(space + 1);
  }
  static std::string_view first_word(std::string_view text) {
    return text.substr(0, text.find(' '));
  }

  bool same_person(const Draft& one, const NameHit& hit, const DraftEntity& whole) const {
    if (hit.text == whole.name) return true;
    if (one.gender != whole.gender && one.gender != '?' && whole.gender != '?') return false;
    const bool single = hit.text.find(' ') == std::string::npos;
    const bool whole_single = whole.name.find(' ') == std::string::npos;
    if (single && whole_single) return false;
    if (!hit.rows.empty() && whole.person >= 0 && !single) return false;
    if (single || whole_single) {
      const std::string_view shorter =
          single ? std::string_view(hit.text) : std::string_view(whole.name);
      const std::string_view longer =
          single ? std::string_view(whole.name) : std::string_view(hit.text);
      if (last_word(longer) == shorter || first_word(longer) == shorter) return true;
      return is_short_of(whole, shorter);
    }
    // "Omar al-Bashir" and "Omar Hassan al-Bashir"
    if (last_word(hit.text) != last_word(whole.name)) {
      return is_within(hit.text, whole.name) || is_within(whole.name, hit.text);
    }
    const std::string_view a = first_word(hit.text);
    const std::string_view b = first_word(whole.name);
    return a == b || (a[0] == b[0] && (a.size() == 1 || b.size() == 1)) ||
           is_within(hit.text, whole.name) || is_within(whole.name, hit.text);
  }

  // "bin Salman", "Suu Kyi", "MBS": what the table says the press calls him.
  bool is_short_of(const DraftEntity& whole, std::string_view text) const {
    if (whole.person < 0) return false;
    std::vector<FoldedWord> words;
    fold_words(text, 0, words);
    std::uint64_t hash = kHashSeed;
    for (const FoldedWord& word : words) hash = join_hash(hash, word.hash);
    for (const NameEntry* entry = work_.tables.names.find(hash); entry != nullptr;
         entry = work_.tables.names.next(*entry)) {
      if (entry->kind == NameKind::Surname &&
          entry->row == static_cast<std::uint32_t>(whole.person))
        return true;
    }
    return false;
  }

  static bool is_within(std::string_view shorter, std::string_view longer) {
    const std::size_t at = longer.find(shorter);
    if (at == std::string_view::npos || shorter.empty()) return false;
    const std::size_t end = at + shorter.size();
    return (at == 0 || longer[at - 1] == ' ') && (end == longer.size() || longer[end] == ' ');
  }

  static bool is_short_form(std::string_view shorter, std::string_view longer) {
    return shorter.size() >= 4 && is_within(shorter, longer) && longer.starts_with(shorter);
  }

  // "U.S. and Russian negotiators": two states, each with its own.
  std::int32_t find_coordinated(std::int32_t d) {
    const Draft& one = draft(d);
    if (!one.plural && one.type != MentionType::Group) return -1;
    std::vector<std::int32_t> members;
    bool joined = false;
    for (std::uint32_t i = one.tokens.begin; i < one.head; ++i) {
      if (work_.lower(i) == "and" && !members.empty()) joined = true;
      const std::int32_t x = work_.draft_of_head[i];
      if (x < 0 || draft(x).form != Form::Name || draft(x).entity < 0 || draft(x).code.empty())
        continue;
      if (!members.empty() && !joined && work_.text(draft(x).tokens.begin - 1) != ",") return -1;
      if (std::find(members.begin(), members.end(), draft(x).entity) == members.end())
        members.push_back(draft(x).entity);
    }
    if (members.size() < 2 || !joined) return -1;
    const std::int32_t e = make(d);
    entity(e).members = members;
    entity(e).plural = true;
    return e_joined(d, e);
  }

  // --- descriptions ---

  std::int32_t find_nominal(std::int32_t d) {
    Draft& one = draft(d);
    if (const std::int32_t relation = find_relation(d); relation >= 0) return relation;
    if (const std::int32_t pair = find_pair(d); pair >= 0) return pair;
    if (one.indefinite) return -1;
    if (one.head_lemma == "latter" || one.head_lemma == "former") return find_latter(d);
    if (one.owner >= 0 && one.type == MentionType::Object) return same_text(d);
    if (const std::int32_t title = find_title(d); title >= 0) return title;
    if (one.generic) return same_text(d);
    // Same head, nothing that speaks against it.
    const auto describe = [&](std::int32_t x) { return modifiers(draft(x)); };
    const std::string own = describe(d);
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& other = draft(x);
      if (one.sentence - other.sentence > 12) break;
      if (other.form == Form::Pronoun || other.entity < 0 || other.modifier) continue;
      if (other.form == Form::Name) {
        const std::string_view last = last_word(hit_of(other).text);
        if (one.type != MentionType::Person && other.type == MentionType::Organization &&
            last == one.head_lemma && own.empty())
          return other.entity;
        continue;
      }
      if (other.head_lemma != one.head_lemma || other.plural != one.plural) continue;
      if (!one.country.empty() && !other.country.empty() && one.country != other.country) continue;
      if (one.owner >= 0 && other.owner >= 0 &&
          draft(one.owner).entity != draft(other.owner).entity)
        continue;
      // "his government", after Xi, is not the United States' of the sentence before.
      if (one.owner >= 0 && other.owner < 0 && draft(one.owner).entity >= 0 &&
          is_foreign(one, other))
        continue;
      if (inside(one, other) || inside(other, one)) continue;
      if (of_another_state(one, other)) continue;
      const std::string theirs = describe(x);
      if (own.empty() || own == theirs || theirs.empty() || is_within(own, theirs))
        return other.entity;
    }
    if (one.owner >= 0) return -1;
    return find_kind(d);
  }

  bool is_foreign(const Draft& owned, const Draft& other) const {
    const DraftEntity& owner =
        work_.entities[static_cast<std::size_t>(draft_at(owned.owner).entity)];
    const auto code_of = [&](const DraftEntity& whole) -> std::string_view {
      for (const std::int32_t d : whole.drafts) {
        if (draft_at(d).ground >= Ground::Modifier) return draft_at(d).code;
      }
      return {};
    };
    const std::string_view mine = code_of(owner);
    const std::string_view theirs = other.country;
    return !mine.empty() && !theirs.empty() && mine != theirs;
  }

  static bool inside(const Draft& a, const Draft& b) {
    return b.tokens.begin <= a.head && a.head < b.tokens.end;
  }

  // "Eritrea, whose troops …": not the troops that were spoken of without an owner.
  bool of_another_state(const Draft& owned, const Draft& other) {
    if (owned.owner < 0 || other.owner >= 0) return false;
    const Draft& owner = draft(owned.owner);
    if (owner.entity < 0 || entity(owner.entity).country < 0) return false;
    const std::string_view state =
        work_.tables.countries[static_cast<std::size_t>(entity(owner.entity).country)].code;
    return state != (other.country.empty() ? work_.own : other.country);
  }

  // Adjectives and nouns before the head, without determiners.
  std::string modifiers(const Draft& one) const {
    std::string out;
    for (std::uint32_t i = one.tokens.begin; i < one.head; ++i) {
      const StringId pos = work_.parsed.tokens.pos[i];
      if (pos != label("ADJ") && pos != label("NOUN") && pos != label("PROPN") &&
          pos != label("NUM") && pos != label("VERB"))
        continue;
      if (!out.empty()) out += ' ';
      out += work_.lower(i);
    }
    return out;
  }

  std::int32_t same_text(std::int32_t d) {
    const Draft& one = draft(d);
    const std::string text = folded(one.span.in(work_.document.text));
    if (text.empty()) return -1;
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& other = draft(x);
      if (one.sentence - other.sentence > 15) break;
      if (other.form != Form::Nominal || other.head_lemma != one.head_lemma) continue;
      if (other.plural != one.plural || other.entity < 0) continue;
      if (one.owner >= 0 && other.owner >= 0 &&
          draft(one.owner).entity == draft(other.owner).entity &&
          modifiers(one) == modifiers(other))
        return other.entity;
      if (folded(other.span.in(work_.document.text)) == text) return other.entity;
    }
    return -1;
  }

  // "the president", "the prime minister", "the outgoing president": who bears that title here.
  std::int32_t find_title(std::int32_t d) {
    const Draft& one = draft(d);
    if (one.plural || one.type != MentionType::Person || !one.definite) return -1;
    if (one.owner >= 0 && one.country.empty()) return -1;
    std::int32_t best = -1;
    double best_score = 0;
    for (std::size_t e = 0; e < work_.entities.size(); ++e) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.type != MentionType::Person || whole.plural || whole.drafts.empty() || !whole.named)
        continue;
      if (one.gender != '?' && whole.gender != '?' && one.gender != whole.gender) continue;
      bool titled =
          std::find(whole.heads.begin(), whole.heads.end(), one.head_lemma) != whole.heads.end();
      double score = titled ? 2 : 0;
      std::string_view code;
      for (const std::int32_t x : whole.drafts) {
        const Draft& other = draft(x);
        if (other.ground == Ground::Table) {
          code = other.code;
          const std::string office = folded(other.office);
          if (!office.empty() && last_word(office) == one.head_lemma) {
            score += 1;
            titled = true;
          }
        }
        if (!other.country.empty() && code.empty()) code = other.country;
      }
      if (!titled) continue;
      if (!one.country.empty() && !code.empty() && one.country != code) continue;
      const Draft& last = last_of(whole);
      if (inside(last, one)) continue;
      if (one.coming != last.coming && one.coming) score -= 1;
      score += 2.0 / (1.0 + (one.sentence - last.sentence));
      score += 0.1 * std::log1p(static_cast<double>(whole.drafts.size()));
      if (score > best_score) {
        best_score = score;
        best = static_cast<std::int32_t>(e);
      }
    }
    return best;
  }

  // "the group", "the country", "the company": the last of its kind.
  std::int32_t find_kind(std::int32_t d) {
    const Draft& one = draft(d);
    if (one.plural || !one.country.empty()) return -1;
    const std::string own = modifiers(one);
    if (!own.empty()) return -1;
    if (one.tokens.end > one.head + 1) return -1;  // "the country of his birth"
    const std::string& head = one.head_lemma;
    const bool country = work_.tables.word(head, WordUse::StateNoun) != nullptr;
    const bool place = work_.tables.word(head, WordUse::PlaceNoun) != nullptr;
    const bool body = work_.tables.word(head, WordUse::Organization) != nullptr ||
                      work_.tables.word(head, WordUse::Group) != nullptr;
    const bool man = work_.tables.word(head, WordUse::Person) != nullptr && one.definite;
    std::int32_t best = -1;
    double best_score = 0;
    for (std::size_t e = 0; e < work_.entities.size(); ++e) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.drafts.empty() || !whole.named || whole.plural) continue;
      const Draft& last = last_of(whole);
      const std::uint32_t far = one.sentence - last.sentence;
      if (inside(last, one) || far > (country ? 12U : 5U)) continue;
      double score = 0;
      if (country) {
        if (whole.country < 0) continue;
        score = 1;
      } else if (place) {
        if (whole.type != MentionType::Place || whole.country >= 0) continue;
        score = 1;
      } else if (man) {
        if (whole.type != MentionType::Person) continue;
        if (one.gender == '?' || whole.gender != one.gender) {
          if (std::find(whole.heads.begin(), whole.heads.end(), head) == whole.heads.end())
            continue;
        }
        score = 1;
      } else if (body) {
        if (whole.type != MentionType::Organization || !is_of_kind(one, whole) ||
            !may_be_body(one, whole))
          continue;
        score = 1;
      } else {
        continue;
      }
      score += 2.0 / (1.0 + far) + 0.3 * std::log1p(static_cast<double>(whole.drafts.size())) +
               (last.subject ? 0.3 : 0.0) - (last.modifier ? 0.5 : 0.0);
      if (score > best_score) {
        best_score = score;
        best = static_cast<std::int32_t>(e);
      }
    }
    return best;
  }

  // "the navy" is no coast guard of another state, "the junta" no company: a body of a state's
  // power is a named one only when that is of its sector, and has its word in its name or is of the
  // state that the report is about.
  bool may_be_body(const Draft& one, const DraftEntity& whole) const {
    if (one.agent < 0 || whole.organization < 0) return true;
    const std::string_view sector = work_.tables.agents[static_cast<std::size_t>(one.agent)].sector;
    const std::string_view theirs =
        work_.tables.organizations[static_cast<std::size_t>(whole.organization)].sector;
    if (sector == "BUS") return theirs.empty() || theirs == sector || theirs == "JRN";
    if (sector != "GOV" && sector != "MIL" && sector != "COP" && sector != "LEG" && sector != "JUD")
      return true;
    const OrganizationRow& row =
        work_.tables.organizations[static_cast<std::size_t>(whole.organization)];
    if (is_within(one.head_lemma, whole.name)) return true;
    return row.sector == sector && row.code == work_.own;
  }

  // "the company" is no ministry, "the government" no union, "the public" no body at all.
  bool is_of_kind(const Draft& one, const DraftEntity& whole) const {
    if (one.agent < 0) return true;
    const AgentRow& agent = work_.tables.agents[static_cast<std::size_t>(one.agent)];
    if (agent.sector.empty() || agent.sector == "UNK") return true;
    return std::all_of(whole.drafts.begin(), whole.drafts.end(), [&](std::int32_t d) {
      const Draft& other = work_.drafts[static_cast<std::size_t>(d)];
      return other.form != Form::Name || other.sector == agent.sector ||
             (other.sector.empty() && agent.kind != "group");
    });
  }

  // "the latter": the last but none of two of a kind in the sentence or the one before.
  std::int32_t find_latter(std::int32_t d) {
    const Draft& one = draft(d);
    const bool latter = one.head_lemma == "latter";
    // Two joined by "and" before all others.
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& second = draft(x);
      if (one.sentence - second.sentence > 1) break;
      if (second.form != Form::Name || second.entity < 0 ||
          work_.parsed.tokens.dep[second.head] != label("conj"))
        continue;
      const std::int32_t y = work_.draft_of_head[work_.parsed.tokens.head[second.head]];
      if (y < 0 || draft(y).entity < 0 || draft(y).type != second.type) continue;
      return latter ? second.entity : draft(y).entity;
    }
    std::vector<std::int32_t> order;
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& other = draft(x);
      if (one.sentence - other.sentence > 1) break;
      if (other.form != Form::Name || other.entity < 0 || other.modifier) continue;
      if (std::find(order.begin(), order.end(), other.entity) == order.end())
        order.push_back(other.entity);
      if (order.size() == 2) break;
    }
    if (order.empty()) return -1;
    return latter || order.size() < 2 ? order[0] : order[1];
  }

  // "his South Korean counterpart", "Moon's successor".
  std::int32_t find_relation(std::int32_t d) {
    const Draft& one = draft(d);
    const WordRow* row = work_.tables.word(one.head_lemma, WordUse::Relation);
    if (row == nullptr || one.plural) return -1;
    const std::int32_t owner = one.owner >= 0 ? draft(one.owner).entity : -1;
    const Draft* source = nullptr;
    if (owner >= 0) {
      for (const std::int32_t x : entity(owner).drafts) {
        if (draft(x).ground == Ground::Table && draft(x).form == Form::Name) source = &draft(x);
      }
    }
    // Named elsewhere in the document: a person of the country who is not the owner.
    const std::string_view wanted_country = !one.country.empty() ? one.country
                                            : source != nullptr  ? std::string_view(source->code)
                                                                 : "";
    const bool counterpart = row->note == "counterpart";
    std::int32_t best = -1;
    int best_score = 0;
    for (std::size_t x = 0; x < work_.drafts.size(); ++x) {
      const Draft& other = work_.drafts[x];
      if (other.form != Form::Name || other.type != MentionType::Person) continue;
      if (owner >= 0 && other.entity == owner) continue;
      if (source != nullptr && other.identifier == source->identifier) continue;
      if (wanted_country.empty() || other.code != wanted_country) continue;
      int score = 1;
      if (counterpart && source != nullptr && folded(other.office) == folded(source->office))
        score += 3;
      if (!counterpart && (other.office.find("elect") != std::string::npos || other.coming))
        score += 4;
      const std::uint32_t far = other.sentence > one.sentence ? other.sentence - one.sentence
                                                              : one.sentence - other.sentence;
      if (far == 0)
        score += 4;
      else if (far <= 2)
        score += 2;
      if (counterpart && other.head > one.head && other.head < one.head + 12) score += 4;
      if (score > best_score) {
        best_score = score;
        best = static_cast<std::int32_t>(x);
      }
    }
    if (best < 0 || best_score < 3) return -1;
    Draft& other = draft(best);
    if (other.entity < 0) {
      const std::int32_t known = find_name(other);
      if (known >= 0) {
        join(best, known);
      } else {
        make(best);
      }
    }
    return other.entity;
  }

  // "the two leaders", "both sides", "the two Koreas": the two last named together.
  std::int32_t find_pair(std::int32_t d) {
    Draft& one = draft(d);
    bool two = false;
    bool both = false;
    for (std::uint32_t i = one.tokens.begin; i <= one.head; ++i) {
      const std::string_view word = work_.lower(i);
      two = two || word == "two";
      both = both || word == "both";
    }
    if (one.head_lemma == "two" || one.head_lemma == "both") two = true;
    const bool definite_two = two && (one.definite || both || one.head_lemma == "both");
    if (!definite_two && !both) return -1;
    if (!one.plural && one.head_lemma != "two" && one.head_lemma != "both") return -1;
    const bool people = one.type == MentionType::Person;
    const bool states = one.head_lemma == "country" || one.head_lemma == "nation" ||
                        one.head_lemma == "state" || one.head_lemma == "side" ||
                        one.head_lemma == "neighbor" || one.head_lemma == "neighbour" ||
                        one.head_lemma == "government" || one.head_lemma == "capital" ||
                        one.head_lemma == "republic" || one.head_lemma == "region" ||
                        one.head_lemma == "power" || one.head_lemma == "rival";
    if (!people && !states && work_.tables.word(one.head_lemma, WordUse::Pair) == nullptr &&
        one.head_lemma != "two" && one.head_lemma != "both" && one.form == Form::Nominal &&
        one.type == MentionType::Object && work_.lower(one.head) != "koreas")
      return -1;
    for (std::size_t e = work_.entities.size(); e-- > 0;) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.members.size() == 2 && !whole.drafts.empty() &&
          (whole.type == MentionType::Person) == people)
        return static_cast<std::int32_t>(e);
    }
    // The two spoken of most and last.
    const bool rulers = people && one.agent >= 0 &&
                        work_.tables.agents[static_cast<std::size_t>(one.agent)].sector == "GOV";
    std::vector<std::pair<double, std::int32_t>> ranked;
    for (std::size_t e = 0; e < work_.entities.size(); ++e) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.drafts.empty() || whole.plural || !whole.named || !whole.members.empty()) continue;
      if (people ? whole.type != MentionType::Person
                 : whole.type == MentionType::Person || (states && whole.country < 0))
        continue;
      const std::uint32_t far = one.sentence - last_of(whole).sentence;
      if (far > 10) continue;
      std::size_t n = whole.drafts.size();
      if (whole.country >= 0) n += named_people_of(whole);
      double score = std::log1p(static_cast<double>(n)) + 2.0 / (1.0 + far);
      if (rulers && whole.person < 0) score -= 2;
      ranked.emplace_back(-score, static_cast<std::int32_t>(e));
    }
    std::sort(ranked.begin(), ranked.end());
    if (ranked.size() < 2) return -1;
    std::vector<std::int32_t> members{ranked[0].second, ranked[1].second};
    std::sort(members.begin(), members.end());
    const std::int32_t e = make(d);
    DraftEntity& whole = entity(e);
    whole.members = members;
    whole.plural = true;
    whole.type = people ? MentionType::Person : MentionType::Group;
    one.by = ResolvedBy::Collective;
    one.type = whole.type;
    return e_joined(d, e);
  }

  // Mentions of the people whom the tables know to be of this state.
  std::size_t named_people_of(const DraftEntity& country) const {
    const std::string_view code =
        work_.tables.countries[static_cast<std::size_t>(country.country)].code;
    std::size_t n = 0;
    for (const DraftEntity& other : work_.entities) {
      if (other.person < 0 || other.drafts.empty()) continue;
      const Draft& first = work_.drafts[static_cast<std::size_t>(other.drafts.front())];
      if (first.code == code) n += other.drafts.size();
    }
    return n;
  }

  // `make` has joined the mention already; take it back, the caller joins.
  std::int32_t e_joined(std::int32_t d, std::int32_t e) {
    std::vector<std::int32_t>& all = entity(e).drafts;
    all.erase(std::remove(all.begin(), all.end(), d), all.end());
    draft(d).entity = -1;
    return e;
  }

  // --- pronouns of the third person ---

  bool agrees(const Draft& one, const DraftEntity& whole) const {
    const char gender = one.pronoun->gender;
    const MentionType type = whole.type;
    if (gender == 'm' || gender == 'f') {
      if (type != MentionType::Person || whole.plural || !whole.members.empty()) return false;
      return whole.gender == gender || whole.gender == '?';
    }
    if (gender == 'n') {
      if (type == MentionType::Person || whole.plural || !whole.members.empty()) return false;
      return true;
    }
    // they: plurals and bodies of people
    if (whole.plural || !whole.members.empty()) return true;
    return type == MentionType::Group || type == MentionType::Organization;
  }

  void link_pronoun(std::int32_t d) {
    Draft& one = draft(d);
    const parse::Tokens& tokens = work_.parsed.tokens;
    const bool human = one.gender == 'm' || one.gender == 'f';
    if (one.gender == 'n' && !one.pronoun->possessive && is_empty_it(one)) return;
    const std::uint32_t reach = human ? 4 : 2;
    std::vector<std::int32_t> seen;
    std::int32_t best = -1;
    double best_score = -1e9;
    const std::int32_t forbidden = clause_subject(one);
    const bool says = one.subject && work_.is(tokens.head[one.head], WordUse::Say);
    const std::int32_t spoke =
        says && one.sentence > 0 ? speaker_of_sentence(one.sentence - 1) : -1;
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& other = draft(x);
      const std::uint32_t far = one.sentence - other.sentence;
      if (far > reach) break;
      if (other.entity < 0 || std::find(seen.begin(), seen.end(), other.entity) != seen.end())
        continue;
      const DraftEntity& whole = entity(other.entity);
      const bool goes_on = spoke >= 0 && other.entity == spoke;
      // "they warned" may go on with one speaker.
      const bool one_speaker = goes_on && one.pronoun->plural && whole.type == MentionType::Person;
      if (!one_speaker && !agrees(one, whole)) continue;
      if (says && whole.type == MentionType::Object && whole.members.empty()) continue;
      // The phrase that the pronoun stands in is not what it means.
      if (inside(one, other) && other.head != one.head) continue;
      if (forbidden >= 0 && other.entity == forbidden) continue;
      seen.push_back(other.entity);
      double score = -1.6 * far;
      score -= 0.02 * std::min<std::uint32_t>(40, one.head - other.head);
      const std::int32_t same = same_as_[static_cast<std::size_t>(x)];
      const bool subject = other.subject || (same >= 0 && draft(same).subject);
      if (subject) score += 1.2;
      if (goes_on && !one_speaker) score += 2.2;
      const StringId dep = tokens.dep[other.head];
      if (dep == label("pobj")) score -= 0.4;
      if (other.modifier) score -= human ? 0.5 : 1.2;
      if (dep == label("poss")) score -= 0.2;
      if (whole.named) score += 0.4;
      score += 0.25 * std::log1p(static_cast<double>(whole.drafts.size()));
      if (human) score += whole.gender == one.gender ? 0.8 : 0;
      if (one.pronoun->gender == 'n') {
        if (whole.type == MentionType::Object) score -= 0.3;
        if (whole.type == MentionType::Organization || whole.country >= 0) score += 0.4;
      }
      if (one.pronoun->plural) {
        if (whole.plural || !whole.members.empty()) score += 0.5;
        if (whole.type == MentionType::Object) score -= 0.7;
        if (whole.type == MentionType::Person || whole.type == MentionType::Group) score += 0.4;
      }
      if (one.subject && subject) score += 0.5;
      if (tokens.dep[one.head] == label("dobj") && dep == label("dobj")) score += 0.8;
      // Same side of a quotation.
      if (one.quote != other.quote) score -= 0.6;
      if (other.form == Form::Pronoun && other.gender == one.gender) score += 0.5;
      if (score > best_score) {
        best_score = score;
        best = other.entity;
      }
    }
    if (best < 0) {
      if (human) make(d);
      return;
    }
    join(d, best);
    one.by = ResolvedBy::Coreference;
    if (entity(best).type != MentionType::Object) one.type = entity(best).type;
  }

  // Who says the whole of a sentence: the subject of its first verb, when that is one of saying.
  std::int32_t speaker_of_sentence(std::uint32_t s) {
    const parse::Tokens& tokens = work_.parsed.tokens;
    const parse::TokenRange range = work_.parsed.sentences[s];
    for (std::uint32_t i = range.begin; i < range.end; ++i) {
      if (tokens.head[i] != i || !work_.is(i, WordUse::Say)) continue;
      for (const std::uint32_t child : work_.children.of(i)) {
        if (tokens.dep[child] == label("nsubj") && work_.draft_of_head[child] >= 0)
          return draft(work_.draft_of_head[child]).entity;
      }
    }
    return -1;
  }

  // The subject of the verb whose object the pronoun is: "Kim thanked him".
  std::int32_t clause_subject(const Draft& one) {
    if (one.pronoun->reflexive || one.pronoun->possessive || one.subject) return -1;
    const parse::Tokens& tokens = work_.parsed.tokens;
    std::uint32_t verb = tokens.head[one.head];
    if (tokens.pos[verb] == label("ADP")) verb = tokens.head[verb];
    for (const std::uint32_t child : work_.children.of(verb)) {
      if (tokens.dep[child] == label("nsubj") && work_.draft_of_head[child] >= 0)
        return draft(work_.draft_of_head[child]).entity;
    }
    return -1;
  }

  // "It is likely that …", "it seems", "it rained".
  bool is_empty_it(const Draft& one) {
    const parse::Tokens& tokens = work_.parsed.tokens;
    const std::uint32_t verb = tokens.head[one.head];
    if (tokens.dep[one.head] == label("expl")) return true;
    if (!one.subject) return false;
    const std::string lemma = work_.lemma(verb);
    if (lemma == "seem" || lemma == "appear" || lemma == "rain" || lemma == "snow") return true;
    if (lemma != "be" && tokens.dep[one.head] != label("nsubjpass")) return false;
    bool predicate = false;
    bool clause = false;
    for (const std::uint32_t child : work_.children.of(verb)) {
      if (child < verb) continue;
      if (tokens.dep[child] == label("acomp")) {
        predicate = true;
        for (const std::uint32_t inner : work_.children.of(child))
          clause =
              clause || tokens.dep[inner] == label("xcomp") || tokens.dep[inner] == label("ccomp");
      }
      if (tokens.dep[child] == label("ccomp") || tokens.dep[child] == label("xcomp") ||
          tokens.dep[child] == label("advcl") || tokens.dep[child] == label("csubj"))
        clause = true;
    }
    if (tokens.dep[one.head] == label("nsubjpass")) return clause;
    return clause && predicate;
  }

  // --- first and second persons ---

  // A page of questions and answers: who answers.
  void find_interview() {
    std::uint32_t questions = 0;
    std::uint32_t first_persons = 0;
    in_question_.assign(work_.parsed.sentences.size(), false);
    const parse::Tokens& tokens = work_.parsed.tokens;
    std::size_t s = 0;
    std::size_t paragraph_begin = 0;
    const auto close = [&](std::size_t end) {
      if (end > paragraph_begin) {
        // A paragraph that ends in a question, not spoken inside a story.
        const parse::TokenRange last = work_.parsed.sentences[end - 1];
        bool asks = false;
        for (std::uint32_t i = last.end; i-- > last.begin;) {
          if (tokens.pos[i] == label("SPACE") || work_.text(i) == "\"" || work_.text(i) == "”")
            continue;
          asks = work_.text(i) == "?" && work_.quote_at[i] < 0;
          break;
        }
        if (asks) {
          ++questions;
          for (std::size_t k = paragraph_begin; k < end; ++k) in_question_[k] = true;
        }
      }
      paragraph_begin = end;
    };
    for (; s < work_.parsed.sentences.size(); ++s) {
      const parse::TokenRange range = work_.parsed.sentences[s];
      const std::string_view gap =
          std::string_view(work_.document.text)
              .substr(tokens.begin[range.begin],
                      tokens.end[range.end - 1] - tokens.begin[range.begin]);
      if (gap.find('\n') != std::string_view::npos) close(s + 1);
    }
    close(work_.parsed.sentences.size());
    for (const Draft& one : work_.drafts) {
      if (one.form == Form::Pronoun && one.pronoun->person == 1 && one.quote < 0) ++first_persons;
    }
    if (questions < 3 || first_persons < 5) return;
    // The person most spoken of before the first question.
    std::size_t best = 0;
    for (std::size_t e = 0; e < work_.entities.size(); ++e) {
      const DraftEntity& whole = work_.entities[e];
      if (whole.type != MentionType::Person || !whole.named || whole.plural) continue;
      std::size_t n = 0;
      for (const std::int32_t x : whole.drafts) {
        if (!in_question_[draft(x).sentence] || draft(x).sentence < 3) ++n;
      }
      if (whole.drafts.front() >= 0 && draft(whole.drafts.front()).sentence < 4) n += 3;
      if (n > best) {
        best = n;
        interviewee_ = static_cast<std::int32_t>(e);
      }
    }
  }

  void link_speaker(std::int32_t d) {
    Draft& one = draft(d);
    if (one.form != Form::Pronoun || one.pronoun->person == 3) return;
    std::int32_t speaker = -1;
    if (one.quote >= 0) {
      if (one.pronoun->person == 1) speaker = speaker_of_quote(one.quote);
    } else if (interviewee_ >= 0) {
      const bool asked = in_question_[one.sentence];
      if (one.pronoun->person == (asked ? 2 : 1)) speaker = interviewee_;
    }
    if (one.pronoun->plural && speaker >= 0) {
      // "we": those for whom the speaker speaks.
      std::int32_t& ours = ours_of(speaker);
      if (ours < 0) {
        ours = make(d);
        entity(ours).plural = true;
        entity(ours).type = MentionType::Group;
        entity(ours).speaker = speaker;
        spokesman_[static_cast<std::size_t>(ours)] = speaker;
      } else {
        join(d, ours);
      }
      one.by = ResolvedBy::Coreference;
      return;
    }
    if (speaker >= 0) {
      join(d, speaker);
      one.by = ResolvedBy::Coreference;
      one.type = MentionType::Person;
      return;
    }
    // Nobody is known to speak: the same person as the last such word nearby.
    for (std::int32_t x = d; x-- > 0;) {
      const Draft& other = draft(x);
      if (one.sentence - other.sentence > 3) break;
      if (other.form == Form::Pronoun && other.pronoun->person == one.pronoun->person &&
          other.pronoun->plural == one.pronoun->plural && other.entity >= 0 &&
          (other.quote == one.quote || (other.quote >= 0) == (one.quote >= 0))) {
        join(d, other.entity);
        one.by = ResolvedBy::Coreference;
        return;
      }
    }
    make(d);
  }

  std::int32_t& ours_of(std::int32_t speaker) {
    ours_.resize(work_.entities.size() + 1, -1);
    spokesman_.resize(work_.entities.size() + 2, -1);
    return ours_[static_cast<std::size_t>(speaker)];
  }

  // The subject of the verb of saying beside the quotation.
  std::int32_t speaker_of_quote(std::int32_t q) {
    speakers_.resize(work_.quotes.size(), -2);
    std::int32_t& known = speakers_[static_cast<std::size_t>(q)];
    if (known != -2) return known;
    known = -1;
    const parse::TokenRange quote = work_.quotes[static_cast<std::size_t>(q)];
    const std::uint32_t n = work_.parsed.tokens.size();
    const auto subject_of = [&](std::uint32_t verb) -> std::int32_t {
      for (const std::uint32_t child : work_.children.of(verb)) {
        const StringId dep = work_.parsed.tokens.dep[child];
        if ((dep == label("nsubj") || dep == label("agent")) && work_.draft_of_head[child] >= 0 &&
            work_.quote_at[child] < 0) {
          const std::int32_t e = draft(work_.draft_of_head[child]).entity;
          if (e >= 0) return e;
        }
      }
      return -1;
    };
    const auto says = [&](std::uint32_t i) {
      return work_.parsed.tokens.pos[i] == label("VERB") && work_.quote_at[i] < 0 &&
             work_.is(i, WordUse::Say);
    };
    // Behind the quotation up to the end of its sentence, then before it, each the nearest first.
    const std::uint32_t last_sentence = work_.sentence_of[quote.end - 1];
    for (std::uint32_t i = quote.end; i < n && i < quote.end + 25; ++i) {
      if (work_.sentence_of[i] > last_sentence + 1) break;
      if (work_.document.text.find('\n', work_.parsed.tokens.begin[quote.end - 1]) <
          work_.parsed.tokens.begin[i])
        break;
      if (work_.sentence_of[i] > last_sentence &&
          work_.quote_at[quote.end < n ? quote.end : n - 1] < 0 && i > quote.end + 12)
        break;
      if (says(i)) {
        const std::int32_t e = subject_of(i);
        if (e >= 0) return known = e;
      }
    }
    for (std::uint32_t i = quote.begin; i-- > 0 && i + 40 > quote.begin;) {
      if (work_.sentence_of[i] + 1 < work_.sentence_of[quote.begin]) break;
      if (says(i)) {
        const std::int32_t e = subject_of(i);
        if (e >= 0) return known = e;
      }
    }
    // A quotation right after another one of the same speaker.
    if (q > 0 && work_.sentence_of[quote.begin] <=
                     work_.sentence_of[work_.quotes[static_cast<std::size_t>(q - 1)].end - 1] + 2) {
      const std::int32_t before = speaker_of_quote(q - 1);
      speakers_[static_cast<std::size_t>(q)] = before;
      return before;
    }
    return known;
  }

  Work& work_;
  std::vector<std::int32_t> same_as_;  ///< per draft: the draft that it names again
  std::vector<bool> in_question_;      ///< per sentence
  std::int32_t interviewee_ = -1;
  std::vector<std::int32_t> ours_, spokesman_;  ///< per entity
  std::vector<std::int32_t> speakers_;          ///< per quotation; −2 not looked for yet
};

}  // namespace

void link(Work& work) { Linker(work).run(); }

}  // namespace detente::resolve
