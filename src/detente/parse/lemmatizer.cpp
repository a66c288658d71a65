#include "detente/parse/lemmatizer.h"

#include <algorithm>
#include <map>
#include <optional>

#include "detente/base/assert.h"
#include "detente/parse/characters.h"
#include "detente/parse/errors.h"
#include "detente/parse/msgpack_value.h"

namespace detente::parse {
namespace {

constexpr std::size_t kFirstSlots = 1U << 10;
constexpr std::size_t kMostPos = 100;
constexpr std::size_t kLongestText = 0xFFFF;

std::uint32_t hash_of(std::uint32_t lexeme, StringId pos, MorphId morph) {
  std::uint64_t h = lexeme * 0x9E3779B97F4A7C15ULL;
  h ^= (std::uint64_t{pos.value} << 16 | morph.value) * 0xC2B2AE3D27D4EB4FULL;
  return static_cast<std::uint32_t>(h ^ (h >> 32));
}

// Texts one after another, each with its size in two bytes before it.
void append_text(std::string& out, std::string_view text) {
  out += static_cast<char>(text.size() & 0xFF);
  out += static_cast<char>(text.size() >> 8);
  out += text;
}
std::optional<std::string_view> take_text(std::string_view& bytes) {
  if (bytes.size() < 2) return std::nullopt;
  const std::size_t size = static_cast<unsigned char>(bytes[0]) +
                           (std::size_t{static_cast<unsigned char>(bytes[1])} << 8);
  bytes.remove_prefix(2);
  if (bytes.size() < size) return std::nullopt;
  const std::string_view text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return text;
}

std::string key_of(char pos_number, std::string_view form) {
  std::string key(1, pos_number);
  key += form;
  return key;
}

bool is_in(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

void LemmaCache::clear() {
  entries_.clear();
  slots_.clear();
  texts_.clear();
}

void LemmaCache::grow() {
  slots_.assign(std::max(kFirstSlots, slots_.size() * 2), 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    std::size_t slot = hash_of(entries_[i].lexeme, entries_[i].pos, entries_[i].morph) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

Result<Lemmatizer> Lemmatizer::open(const nn::ModelFile& model, const AttributeRuler& ruler) {
  Lemmatizer lemmatizer;
  DETENTE_TRY(lemmatizer.pos_ids_, model.numbers<std::uint64_t>("lemmatizer.pos"));
  if (lemmatizer.pos_ids_.size() > kMostPos)
    return errors::section_damaged(model.path(), "lemmatizer.pos");
  DETENTE_TRY(lemmatizer.rules_, FrozenMap::open(model, "lemmatizer.rules"));
  DETENTE_TRY(lemmatizer.exceptions_, FrozenMap::open(model, "lemmatizer.exceptions"));
  DETENTE_TRY(lemmatizer.index_, FrozenMap::open(model, "lemmatizer.index"));
  for (const std::string& morph : ruler.morphs())
    lemmatizer.features_.push_back(features_of(morph));
  return lemmatizer;
}

Lemmatizer::Features Lemmatizer::features_of(std::string_view morph) {
  Features f;
  while (!morph.empty()) {
    const std::size_t end = std::min(morph.find('|'), morph.size());
    const std::string_view feature = morph.substr(0, end);
    morph.remove_prefix(std::min(end + 1, morph.size()));
    f.singular = f.singular || feature == "Number=Sing";
    f.has_number = f.has_number || feature.starts_with("Number=");
    f.infinitive = f.infinitive || feature == "VerbForm=Inf" || feature == "VerbForm=None";
    f.finite = f.finite || feature == "VerbForm=Fin";
    f.present = f.present || feature == "Tense=Pres";
    f.positive = f.positive || feature == "Degree=Pos";
  }
  return f;
}

bool Lemmatizer::is_base_form(std::string_view pos, const Features& f) {
  return (pos == "noun" && f.singular) ||
         (pos == "verb" && f.finite && f.present && !f.has_number) || f.infinitive || f.positive;
}

// Takes each ending off; forms of the index come first, the last found before the others.
std::string Lemmatizer::apply_rules(const Lexeme& lexeme, char pos_number) const {
  std::vector<std::string> forms;
  std::vector<std::string> unknown_forms;
  std::string_view rules = rules_.find(std::string_view(&pos_number, 1)).value_or("");
  while (!rules.empty()) {
    const auto old_end = take_text(rules);
    const auto new_end = take_text(rules);
    if (!old_end || !new_end) break;
    if (!lexeme.lower.ends_with(*old_end)) continue;
    std::string form(lexeme.lower.substr(0, lexeme.lower.size() - old_end->size()));
    form += *new_end;
    if (form.empty()) continue;
    if (index_.contains(key_of(pos_number, form))) {
      forms.insert(forms.begin(), std::move(form));
    } else if (!characters::all_alpha(form)) {
      forms.push_back(std::move(form));
    } else {
      unknown_forms.push_back(std::move(form));
    }
  }
  std::string_view exceptions = exceptions_.find(key_of(pos_number, lexeme.lower)).value_or("");
  while (!exceptions.empty()) {
    const auto form = take_text(exceptions);
    if (!form) break;
    if (!is_in(forms, *form)) forms.insert(forms.begin(), std::string(*form));
  }
  if (!forms.empty()) return forms.front();
  return unknown_forms.empty() ? std::string(lexeme.text) : unknown_forms.front();
}

std::string Lemmatizer::find_lemma(const Lexeme& lexeme, std::string_view pos,
                                   const Features& features, const LexemeRules& ids) const {
  const std::string small_pos = characters::lower(pos);
  const bool skipped = small_pos.empty() || small_pos == "eol" || small_pos == "space";
  if (skipped || is_base_form(small_pos, features)) return std::string(lexeme.lower);
  const auto known = std::find(pos_ids_.begin(), pos_ids_.end(), ids.string_id(small_pos));
  if (known == pos_ids_.end())
    return std::string(small_pos == "propn" ? lexeme.text : lexeme.lower);
  return apply_rules(lexeme, static_cast<char>(known - pos_ids_.begin()));
}

std::string_view Lemmatizer::lemma(LexemeId lexeme, StringId pos, MorphId morph,
                                   const LexemeTable& lexemes, const StringPool& strings,
                                   LemmaCache& cache) const {
  if (cache.entries_.size() * 2 >= cache.slots_.size()) cache.grow();
  const std::size_t mask = cache.slots_.size() - 1;
  std::size_t slot = hash_of(lexeme.value, pos, morph) & mask;
  for (; cache.slots_[slot] != 0; slot = (slot + 1) & mask) {
    const LemmaCache::Entry& known = cache.entries_[cache.slots_[slot] - 1];
    if (known.lexeme == lexeme.value && known.pos == pos && known.morph == morph)
      return known.lemma;
  }
  DETENTE_ASSERT(morph.value < features_.size(), "a morph belongs to the model's ruler");
  const Lexeme& word = lexemes[lexeme];
  std::string found = find_lemma(word, strings.view(pos), features_[morph.value], lexemes.rules());
  std::string_view kept = word.lower;
  if (found == word.text) {
    kept = word.text;
  } else if (found != word.lower) {
    kept = cache.texts_.emplace_back(std::move(found));
  }
  cache.entries_.push_back({lexeme.value, pos, morph, kept});
  cache.slots_[slot] = static_cast<std::uint32_t>(cache.entries_.size());
  return kept;
}

Result<void> convert_lemmatizer(const std::filesystem::path& folder, nn::ModelFileWriter& writer) {
  const std::filesystem::path path = folder / "lemmatizer" / "lookups" / "lookups.bin";
  DETENTE_TRY(const auto document, MsgpackDocument::open(path));
  const MsgpackValue root = document->root();
  DETENTE_TRY(const MsgpackValue rules, root.at("lemma_rules"));

  std::vector<std::uint64_t> pos_ids;
  const auto number_of = [&](const MsgpackValue& key) -> Result<char> {
    DETENTE_TRY(const std::uint64_t id, key.id());
    auto known = std::find(pos_ids.begin(), pos_ids.end(), id);
    if (known == pos_ids.end()) known = pos_ids.insert(pos_ids.end(), id);
    if (pos_ids.size() > kMostPos)
      return errors::wrong_kind(key.file(), "", "at most 100 parts of speech", "more");
    return static_cast<char>(known - pos_ids.begin());
  };
  const auto short_text = [](const MsgpackValue& value) -> Result<std::string_view> {
    DETENTE_TRY(const std::string_view text, value.string());
    if (text.size() > kLongestText)
      return errors::wrong_kind(value.file(), value.path(), "a word", "a very long text");
    return text;
  };
  using Entries = std::vector<std::pair<std::string, std::string>>;

  // A part of speech whose table is empty counts as having none.
  Entries rule_entries;
  for (std::size_t p = 0; p < rules.size(); ++p) {
    const MsgpackValue list = rules.item(p);
    if (list.size() == 0) continue;
    DETENTE_TRY(const char number, number_of(rules.key(p)));
    std::string record;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const MsgpackValue pair = list.item(i);
      if (!pair.is_array() || pair.size() != 2)
        return errors::wrong_kind(pair.file(), pair.path(), "a pair of endings", "something else");
      for (std::size_t side = 0; side < 2; ++side) {
        DETENTE_TRY(const std::string_view ending, short_text(pair.item(side)));
        append_text(record, ending);
      }
    }
    rule_entries.emplace_back(std::string(1, number), record);
  }
  Entries exception_entries;
  if (const auto table = root.find("lemma_exc")) {
    for (std::size_t p = 0; p < table->size(); ++p) {
      const MsgpackValue words = table->item(p);
      if (words.size() == 0) continue;
      DETENTE_TRY(const char number, number_of(table->key(p)));
      for (std::size_t i = 0; words.is_map() && i < words.size(); ++i) {
        DETENTE_TRY(const std::string_view form, words.key(i).string());
        std::string record;
        for (std::size_t l = 0; l < words.item(i).size(); ++l) {
          DETENTE_TRY(const std::string_view lemma, short_text(words.item(i).item(l)));
          append_text(record, lemma);
        }
        exception_entries.emplace_back(key_of(number, form), record);
      }
    }
  }
  Entries index_entries;
  if (const auto table = root.find("lemma_index")) {
    for (std::size_t p = 0; p < table->size(); ++p) {
      const MsgpackValue words = table->item(p);
      if (words.size() == 0) continue;
      DETENTE_TRY(const char number, number_of(table->key(p)));
      for (std::size_t i = 0; i < words.size(); ++i) {
        DETENTE_TRY(const std::string_view lemma, words.item(i).string());
        index_entries.emplace_back(key_of(number, lemma), "");
      }
    }
  }
  writer.add_numbers<std::uint64_t>("lemmatizer.pos", pos_ids);
  writer.add("lemmatizer.rules", FrozenMap::build(rule_entries));
  writer.add("lemmatizer.exceptions", FrozenMap::build(exception_entries));
  writer.add("lemmatizer.index", FrozenMap::build(index_entries));
  return {};
}

}  // namespace detente::parse
