#include "detente/parse/lexeme.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "detente/base/assert.h"
#include "detente/base/mapped_file.h"
#include "detente/base/utf8.h"
#include "detente/nn/nn.h"
#include "detente/parse/characters.h"
#include "detente/parse/errors.h"
#include "detente/parse/msgpack_value.h"

namespace detente::parse {
namespace {

constexpr std::size_t kBlockBytes = 1U << 16;
constexpr std::size_t kFirstSlots = 1U << 12;
constexpr std::size_t kLongShape = 100;  // from this many characters on, the shape is "LONG"

std::string_view id_bytes(const std::uint64_t& id) {
  return {reinterpret_cast<const char*>(&id), sizeof(id)};
}

std::size_t first_character_bytes(std::string_view text) {
  return std::max<std::size_t>(1, utf8::decode(text, 0).size_bytes);
}

/// The last three characters.
std::string_view suffix_of(std::string_view text) {
  std::size_t at = text.size();
  for (int n = 0; n < 3 && at > 0; ++n) {
    --at;
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  }
  return text.substr(at);
}

/// Letters as X or x, digits as d, runs cut after four.
std::string shape_of(std::string_view text) {
  if (text.size() >= kLongShape && utf8::count_code_points(text) >= kLongShape) return "LONG";
  std::string shape;
  char32_t last = 0;
  int run = 0;
  for (std::size_t i = 0; i < text.size();) {
    const utf8::Decoded d = utf8::decode(text, i);
    i += d.size_bytes;
    char32_t c = d.code_point;
    if (characters::is_alpha(c)) {
      c = characters::is_upper(c) ? 'X' : 'x';
    } else if (characters::is_digit(c)) {
      c = 'd';
    }
    run = c == last && !shape.empty() ? run + 1 : 0;
    last = c;
    if (run < 4) utf8::append(shape, c);
  }
  return shape;
}

std::uint64_t key_hash(std::string_view text, std::string_view norm) {
  return nn::murmur_hash64a(text, norm.empty() ? 1 : nn::murmur_hash64a(norm, 2));
}

/// Calls `row(columns, line_number)` for each line of a table with two columns apart by a tab;
/// lines that start with '#' are notes. `row` returns whether the line makes sense.
template <typename Row>
Result<void> read_pairs(const std::filesystem::path& path, Row row) {
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  std::string_view rest = file.text();
  for (std::size_t line_number = 1; !rest.empty(); ++line_number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos || !row(line.substr(0, tab), line.substr(tab + 1)))
      return errors::table_line_odd(path, line_number, line);
  }
  return {};
}

}  // namespace

Result<LexemeRules> LexemeRules::open(const nn::ModelFile& model) {
  LexemeRules rules;
  DETENTE_TRY(rules.symbols_, FrozenMap::open(model, "lexemes.symbols"));
  DETENTE_TRY(rules.norms_, FrozenMap::open(model, "lexemes.norms"));
  return rules;
}

std::uint64_t LexemeRules::string_id(std::string_view text) const {
  if (text.empty()) return 0;
  if (const auto symbol = symbols_.find(text); symbol && symbol->size() == sizeof(std::uint64_t)) {
    std::uint64_t id = 0;
    std::memcpy(&id, symbol->data(), sizeof(id));
    return id;
  }
  return nn::murmur_hash64a(text, 1);
}

std::string_view LexemeRules::norm(std::uint64_t orth, std::string_view lower) const {
  return norms_.find(id_bytes(orth)).value_or(lower);
}

LexemeTable::LexemeTable(const LexemeRules& rules) : rules_(&rules), slots_(kFirstSlots, 0) {}

void LexemeTable::clear() {
  lexemes_.clear();
  hashes_.clear();
  has_other_norm_.clear();
  slots_.assign(kFirstSlots, 0);
  blocks_.clear();
  block_left_ = 0;
  block_at_ = nullptr;
  text_bytes_ = 0;
}

std::string_view LexemeTable::keep(std::string_view text) {
  if (text.size() > block_left_) {
    const std::size_t size = std::max(kBlockBytes, text.size());
    block_at_ = blocks_.emplace_back(new char[size]).get();
    block_left_ = size;
  }
  std::copy(text.begin(), text.end(), block_at_);
  const std::string_view kept(block_at_, text.size());
  block_at_ += text.size();
  block_left_ -= text.size();
  text_bytes_ += text.size();
  return kept;
}

std::uint32_t& LexemeTable::slot_of(const Key& key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = key.hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const std::uint32_t known = slots_[slot] - 1;
    if (hashes_[known] != key.hash || lexemes_[known].text != key.text) continue;
    if (has_other_norm_[known] ? lexemes_[known].norm_text == key.norm : key.norm.empty()) break;
  }
  return slots_[slot];
}

void LexemeTable::grow() {
  slots_.assign(slots_.size() * 2, 0);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = 0; i < hashes_.size(); ++i) {
    std::size_t slot = hashes_[i] & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = static_cast<std::uint32_t>(i + 1);
  }
}

LexemeId LexemeTable::add(const Key& key, std::uint32_t& slot) {
  Lexeme lexeme;
  lexeme.text = keep(key.text);
  const std::string lower = characters::lower(key.text);
  lexeme.lower = lower == key.text ? lexeme.text : keep(lower);
  lexeme.orth = rules_->string_id(key.text);
  const std::string_view norm =
      key.norm.empty() ? rules_->norm(lexeme.orth, lexeme.lower) : key.norm;
  lexeme.norm_text = norm == lexeme.lower ? lexeme.lower : keep(norm);
  lexeme.norm = rules_->string_id(norm);
  lexeme.prefix = rules_->string_id(key.text.substr(0, first_character_bytes(key.text)));
  lexeme.suffix = rules_->string_id(suffix_of(key.text));
  lexeme.shape = rules_->string_id(shape_of(key.text));
  lexeme.is_space = characters::all_space(key.text);
  lexeme.is_alpha = characters::all_alpha(key.text);
  lexeme.is_digit = characters::all_digit(key.text);
  lexeme.is_title = characters::is_title_text(key.text);
  lexeme.is_upper = characters::is_upper_text(key.text);
  const LexemeId id{static_cast<std::uint32_t>(lexemes_.size())};
  lexemes_.push_back(lexeme);
  hashes_.push_back(key.hash);
  has_other_norm_.push_back(!key.norm.empty());
  slot = id.value + 1;
  if (lexemes_.size() * 2 > slots_.size()) grow();
  return id;
}

LexemeId LexemeTable::intern(std::string_view text) {
  DETENTE_ASSERT(!text.empty(), "a lexeme has text");
  const Key key{text, {}, key_hash(text, {})};
  std::uint32_t& slot = slot_of(key);
  return slot != 0 ? LexemeId{slot - 1} : add(key, slot);
}

LexemeId LexemeTable::intern(std::string_view text, std::string_view norm) {
  const LexemeId plain = intern(text);
  if (norm.empty() || lexemes_[plain.value].norm_text == norm) return plain;
  const Key key{text, norm, key_hash(text, norm)};
  std::uint32_t& slot = slot_of(key);
  return slot != 0 ? LexemeId{slot - 1} : add(key, slot);
}

Result<void> convert_lexemes(const std::filesystem::path& folder,
                             const std::filesystem::path& language_folder,
                             nn::ModelFileWriter& writer) {
  using Entries = std::vector<std::pair<std::string, std::string>>;
  Entries symbols;
  const auto add_symbol = [&](std::string_view name, std::string_view number) {
    std::uint64_t id = 0;
    const auto parsed = std::from_chars(number.data(), number.data() + number.size(), id);
    symbols.emplace_back(name, id_bytes(id));
    return parsed.ec == std::errc() && parsed.ptr == number.data() + number.size();
  };
  DETENTE_TRY_VOID(read_pairs(language_folder / "spacy-symbols.tsv", add_symbol));
  const std::string symbols_bytes = FrozenMap::build(symbols);
  const FrozenMap symbol_map = FrozenMap::from_bytes(symbols_bytes).value_or(FrozenMap());

  Entries norms;  // the first entry of a word counts, and the pipeline's own come first
  const std::filesystem::path lookups_path = folder / "vocab" / "lookups.bin";
  if (std::filesystem::exists(lookups_path)) {
    DETENTE_TRY(const auto lookups, MsgpackDocument::open(lookups_path));
    if (const auto table = lookups->root().find("lexeme_norm")) {
      for (std::size_t i = 0; i < table->size(); ++i) {
        DETENTE_TRY(const std::uint64_t id, table->key(i).id());
        DETENTE_TRY(const std::string_view norm, table->item(i).string());
        norms.emplace_back(id_bytes(id), norm);
      }
    }
  }
  const auto add_norm = [&](std::string_view word, std::string_view norm) {
    const auto symbol = symbol_map.find(word);
    const std::uint64_t id = nn::murmur_hash64a(word, 1);
    norms.emplace_back(symbol.value_or(id_bytes(id)), norm);
    return !word.empty() && !norm.empty();
  };
  DETENTE_TRY_VOID(read_pairs(language_folder / "norms.tsv", add_norm));
  writer.add("lexemes.symbols", symbols_bytes);
  writer.add("lexemes.norms", FrozenMap::build(norms));
  return {};
}

}  // namespace detente::parse
