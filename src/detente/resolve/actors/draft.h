#pragma once
// Mentions while they are being made: found, described, linked; resolve.cpp turns them into the
// values of resolved_document.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/parse/parsed_document.h"
#include "detente/read/read.h"
#include "detente/resolve/actors/fold.h"
#include "detente/resolve/reference_tables.h"
#include "detente/resolve/resolved_document.h"

namespace detente::resolve {

/// What a name found in the text may be.
enum class NameSort : std::uint8_t {
  Country,
  Demonym,
  Capital,
  Seat,
  Organization,
  Person,
  Place,
  People,
  Collective,
  Unknown,
};

/// A stretch of words that names something.
struct NameHit {
  parse::TokenRange tokens;
  TextSpan span;
  NameSort sort = NameSort::Unknown;
  std::vector<std::uint32_t> rows;  ///< of the table of its sort; empty: no table has it
  bool plural = false;
  bool contextual = false;  ///< only in context does the table give this meaning
  std::string text;         ///< folded
};

enum class Form : std::uint8_t { Name, Nominal, Pronoun };

/// How sure a code is, from weak to strong.
enum class Ground : std::uint8_t { None, Document, Sentence, Owner, Modifier, Table };

struct Draft {
  parse::TokenRange tokens;
  TextSpan span;
  std::uint32_t head = 0;
  Form form = Form::Nominal;
  MentionType type = MentionType::Object;
  std::int32_t hit = -1;    ///< index of the name
  std::int32_t agent = -1;  ///< row of ReferenceTables::agents
  std::int32_t owner = -1;  ///< draft whose possessive stands before this one
  std::int32_t entity = -1;
  std::uint32_t sentence = 0;
  std::int32_t quote = -1;  ///< index of the quotation it stands in
  char gender = '?';
  bool plural = false;
  bool modifier = false;  ///< stands before another noun: "Israeli" in "Israeli tanks"
  bool definite = false, demonstrative = false, indefinite = false, generic = false;
  bool subject = false;
  bool in_office = false;  ///< the report says that the office is held: "the mayor, Ann Lee"
  bool past = false, coming = false;
  const PronounRow* pronoun = nullptr;
  std::string head_lemma;
  std::string title;         ///< folded words before a person's name that say what he is
  std::string_view country;  ///< code that its own words give
  Ground ground = Ground::None;
  std::string code, sector, identifier, identifier_id, office, why;
  ResolvedBy by = ResolvedBy::None;
  std::vector<std::int32_t> parts;  ///< drafts of a coordination or collective
};

struct DraftEntity {
  std::vector<std::int32_t> drafts;
  std::vector<std::int32_t> members;  ///< entities
  MentionType type = MentionType::Object;
  char gender = '?';
  bool plural = false;
  bool named = false;
  bool implied = false;            ///< member of a collective, itself not mentioned
  std::int32_t speaker = -1;       ///< of "we": the entity that says it
  std::int32_t person = -1;        ///< row of ReferenceTables::persons
  std::int32_t country = -1;       ///< row of ReferenceTables::countries
  std::int32_t organization = -1;  ///< row of ReferenceTables::organizations
  std::string name;                ///< folded, the longest
  std::vector<std::string> heads;  ///< lemmas of its nominals and titles
  std::string code, sector, identifier, identifier_id, office;
  Ground ground = Ground::None;
};

/// One document on its way through the room.
struct Work {
  const read::Document& document;
  const parse::ParsedDocument& parsed;
  const ReferenceTables& tables;
  parse::Children children;
  parse::Subtrees subtrees;
  std::vector<std::uint32_t> sentence_of;  ///< per token
  std::vector<std::pair<std::string_view, int>>
      countries;         ///< codes that the text names, with counts
  std::string_view own;  ///< code of the state that the report seems to be about, from its names
  Date day;              ///< the day that offices are asked for
  bool dated = false;
  std::vector<std::int32_t> hit_at;         ///< per token: index into hits, −1 none
  std::vector<std::int32_t> quote_at;       ///< per token: index of its quotation, −1 none
  std::vector<std::int32_t> draft_of_head;  ///< per token, −1 none
  std::vector<parse::TokenRange> quotes;
  std::vector<NameHit> hits;
  std::vector<Draft> drafts;  ///< in order of head
  std::vector<DraftEntity> entities;

  Work(const read::Document& the_document, const parse::ParsedDocument& the_parsed,
       const ReferenceTables& the_tables);
  [[nodiscard]] std::string_view text(std::uint32_t token) const {
    return parsed.tokens.span(token).in(document.text);
  }
  [[nodiscard]] std::string_view lower(std::uint32_t token) const {
    return parsed.strings.view(parsed.tokens.lower[token]);
  }
  [[nodiscard]] std::string lemma(std::uint32_t token) const;
  [[nodiscard]] int times_named(std::string_view code) const;
  [[nodiscard]] bool is(std::uint32_t token, WordUse use) const {
    return tables.word(lemma(token), use) != nullptr;
  }
};

/// Whether `acronym` is made of the first letters of `name`; both folded.
bool is_acronym(std::string_view acronym, std::string_view name);
/// What of a phrase stands in the paragraph and zone of one of its tokens: a caption, a credit and
/// the paragraph behind them share no phrase, whatever the tree says.
[[nodiscard]] parse::TokenRange within_paragraph(const Work& work, std::uint32_t token,
                                                 parse::TokenRange phrase);

void find_names(Work& work);     ///< fills hits, hit_at
void find_mentions(Work& work);  ///< fills drafts
void identify(Work& work);       ///< what each draft's own words say of its actor
void link(Work& work);           ///< coreference: fills entities
void settle_codes(Work& work);   ///< an entity's code and sector from its mentions and the document

/// The office of a person on the day: the row, or none. `title`: folded words that name one.
std::optional<std::uint32_t> office_on(const ReferenceTables& tables, const PersonRow& person,
                                       Date day, bool dated, std::string_view title, bool past,
                                       bool* ended);

}  // namespace detente::resolve
