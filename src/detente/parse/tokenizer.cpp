#include "detente/parse/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "detente/base/assert.h"
#include "detente/base/utf8.h"
#include "detente/nn/nn.h"
#include "detente/parse/characters.h"
#include "detente/parse/errors.h"
#include "detente/parse/msgpack_value.h"

namespace detente::parse {
namespace {

constexpr std::size_t kMostChunks = 1U << 16;
constexpr std::size_t kChunkSlots = 2 * kMostChunks;
constexpr std::size_t kLongestCachedChunk = 256;
constexpr std::size_t kMostLexemes = 100'000;
constexpr std::size_t kMostLexemeBytes = 16U << 20;
constexpr std::uint16_t kNoNorm = 0xFFFF;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

// ---------------------------------------------------------------- white space

enum class ByteKind : std::uint8_t { Word, Space, Look };

// Look: a byte that may begin a space beyond ASCII.
constexpr std::array<ByteKind, 256> kByteKinds = [] {
  std::array<ByteKind, 256> kinds{};
  for (std::size_t c = 0x09; c <= 0x0D; ++c) kinds[c] = ByteKind::Space;
  for (std::size_t c = 0x1C; c <= 0x20; ++c) kinds[c] = ByteKind::Space;
  for (const std::size_t c : {0xC2, 0xE1, 0xE2, 0xE3}) kinds[c] = ByteKind::Look;
  return kinds;
}();

bool is_space_at(std::string_view text, std::size_t at) {
  const ByteKind kind = kByteKinds[static_cast<unsigned char>(text[at])];
  return kind == ByteKind::Space ||
         (kind == ByteKind::Look && characters::is_space(utf8::decode(text, at).code_point));
}

std::size_t end_of_word(std::string_view text, std::size_t at) {
  while (at < text.size() && (kByteKinds[static_cast<unsigned char>(text[at])] == ByteKind::Word ||
                              !is_space_at(text, at))) {
    ++at;
  }
  return at;
}

std::size_t end_of_space(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const bool ascii = kByteKinds[static_cast<unsigned char>(text[at])] == ByteKind::Space;
    if (!ascii && !is_space_at(text, at)) break;
    at += ascii ? 1 : utf8::decode(text, at).size_bytes;
  }
  return at;
}

// ---------------------------------------------------------------- small helpers

std::uint32_t chunk_hash(std::string_view chunk) {
  std::uint64_t h = chunk.size() * 0x9E3779B97F4A7C15ULL;
  std::size_t i = 0;
  const auto mix = [&](std::uint64_t word) {
    h = (h ^ word) * 0x9FB21C651E98DF25ULL;
    h ^= h >> 32;
  };
  for (; i + 8 <= chunk.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, chunk.data() + i, 8);
    mix(word);
  }
  std::uint64_t tail = 0;
  for (std::size_t shift = 0; i < chunk.size(); ++i, shift += 8)
    tail |= std::uint64_t{static_cast<unsigned char>(chunk[i])} << shift;
  mix(tail);
  return static_cast<std::uint32_t>(h ^ (h >> 29));
}

/// Bytes of the first (last) `n` characters.
std::size_t first_bytes(std::string_view text, std::size_t n) {
  std::size_t at = 0;
  for (; n > 0 && at < text.size(); --n)
    at += std::max<std::size_t>(1, utf8::decode(text, at).size_bytes);
  return std::min(at, text.size());
}
std::size_t last_bytes(std::string_view text, std::size_t n) {
  std::size_t at = text.size();
  for (; n > 0 && at > 0; --n) {
    --at;
    while (at > 0 && is_continuation(text[at])) --at;
  }
  return text.size() - at;
}

void append_u16(std::string& out, std::size_t value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8);
}

/// Reads the little records of sections tokenizer.specials and tokenizer.phrases.
class RecordReader {
 public:
  explicit RecordReader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool done() const { return bytes_.empty(); }
  std::optional<std::uint16_t> u16() {
    if (bytes_.size() < 2) return std::nullopt;
    const auto low = static_cast<unsigned char>(bytes_[0]);
    const auto high = static_cast<unsigned char>(bytes_[1]);
    bytes_.remove_prefix(2);
    return static_cast<std::uint16_t>(low | (high << 8));
  }
  std::optional<std::string_view> text(std::size_t size) {
    if (bytes_.size() < size) return std::nullopt;
    const std::string_view piece = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return piece;
  }

 private:
  std::string_view bytes_;
};

struct SpecialToken {
  std::string_view text;
  std::string_view norm;  // empty: the word's own
};

/// One token after another: bytes of text, bytes of norm or kNoNorm, text, norm.
std::optional<SpecialToken> next_special(RecordReader& record) {
  const auto text_size = record.u16();
  const auto norm_size = record.u16();
  if (!text_size || !norm_size || *text_size == 0) return std::nullopt;
  const auto text = record.text(*text_size);
  const auto norm = record.text(*norm_size == kNoNorm ? 0 : *norm_size);
  if (!text || !norm) return std::nullopt;
  return SpecialToken{*text, *norm};
}

}  // namespace

// ---------------------------------------------------------------- cache

void TokenizerCache::clear_chunks() {
  slots_.assign(kChunkSlots, 0);
  chunks_.clear();
  pieces_.clear();
  chunk_text_.clear();
}

void TokenizerCache::clear() {
  clear_chunks();
  lexemes_.clear();
}

bool TokenizerCache::trim() {
  if (lexemes_.size() <= kMostLexemes && lexemes_.text_bytes() <= kMostLexemeBytes) return false;
  clear();
  return true;
}

// ---------------------------------------------------------------- rules

// Sequences of tokens that are special cases once affixes are off: "a.m" "." is "a.m.". A tree:
// from node 0 by the texts of the tokens.
class PhraseTree {
 public:
  static constexpr std::uint32_t kNone = 0;

  void add(const std::vector<std::string_view>& texts) {
    std::uint32_t node = 0;
    for (const std::string_view text : texts) {
      const auto [at, is_new] =
          next_.try_emplace(key(node, text), static_cast<std::uint32_t>(is_end_.size()));
      if (is_new) is_end_.push_back(false);
      node = at->second;
    }
    is_end_[node] = true;
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t node, std::string_view text) const {
    const auto found = next_.find(key(node, text));
    return found == next_.end() ? kNone : found->second;
  }
  [[nodiscard]] bool is_end(std::uint32_t node) const { return is_end_[node]; }

 private:
  static std::uint64_t key(std::uint32_t node, std::string_view text) {
    // The hash takes its seed into the same bits as a short text: spread the node over all bits.
    return nn::murmur_hash64a(text, (node + 1) * 0x9E3779B97F4A7C15ULL);
  }
  std::unordered_map<std::uint64_t, std::uint32_t> next_;
  std::vector<bool> is_end_{false};
};

struct Tokenizer::Rules {
  std::optional<Regex> prefix;
  std::optional<Regex> suffix;
  std::optional<Regex> infix;
  std::optional<Regex> token_match;
  std::optional<Regex> url_match;
  FrozenMap specials;
  std::size_t longest_special = 0;
  PhraseTree phrases;

  /// Bytes of the prefix, 0 when there is none.
  [[nodiscard]] std::size_t find_prefix(std::string_view text, RegexScratch& scratch) const {
    if (!may_have_prefix(text)) return 0;
    const auto match = prefix->search(text, scratch);
    if (!match) return 0;
    if (match->begin == 0) return match->end;
    // Whatever stands in the middle: spaCy takes as many characters from the start.
    return first_bytes(text, utf8::count_code_points(text.substr(match->begin, match->size())));
  }
  [[nodiscard]] std::size_t find_suffix(std::string_view text, RegexScratch& scratch) const {
    if (!may_have_suffix(text)) return 0;
    const auto match = suffix->search(text, scratch, suffix_search_start(text));
    if (!match) return 0;
    if (match->end == text.size()) return match->size();
    return last_bytes(text, utf8::count_code_points(text.substr(match->begin, match->size())));
  }
  [[nodiscard]] bool may_have_prefix(std::string_view text) const {
    if (!prefix || text.empty()) return false;
    const RegexFacts& facts = prefix->facts();
    if (facts.only_at_start && !facts.first.has(static_cast<unsigned char>(text.front())))
      return false;
    return prefix->may_match(text);
  }
  [[nodiscard]] bool may_have_suffix(std::string_view text) const {
    if (!suffix || text.empty()) return false;
    const RegexFacts& facts = suffix->facts();
    if (facts.only_at_end && text.back() != '\n' &&
        !facts.last.has(static_cast<unsigned char>(text.back())))
      return false;
    return suffix->may_match(text);
  }
  [[nodiscard]] bool may_have_infix(std::string_view text) const {
    return infix && infix->may_match(text);
  }
  [[nodiscard]] bool matches(const std::optional<Regex>& regex, std::string_view text,
                             RegexScratch& scratch) const {
    return regex && regex->may_match(text) && regex->search(text, scratch).has_value();
  }
  [[nodiscard]] bool is_special(std::string_view text) const {
    return !text.empty() && text.size() <= longest_special && specials.contains(text);
  }

 private:
  // A match that ends at the end begins no earlier than its longest length before it.
  [[nodiscard]] std::size_t suffix_search_start(std::string_view text) const {
    const RegexFacts& facts = suffix->facts();
    if (!facts.only_at_end) return 0;
    const std::size_t line_break = text.back() == '\n' ? 1 : 0;
    std::size_t start = text.size() - last_bytes(text, facts.longest + line_break);
    std::size_t run = text.size() - line_break;
    while (run > 0 && facts.long_set.has(static_cast<unsigned char>(text[run - 1]))) --run;
    while (run < text.size() && is_continuation(text[run])) ++run;
    return std::min(start, run);
  }
};

struct Tokenizer::Affixes {
  std::vector<std::string_view> prefixes;
  std::vector<std::string_view> suffixes;  // the outermost first
};

Tokenizer::Tokenizer(std::unique_ptr<Rules> rules) : rules_(std::move(rules)) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

namespace {

struct PatternSection {
  std::string_view section;
  std::string_view key;  // in the pipeline's file
  Regex::Where where;
};
constexpr auto kPatternSections =
    std::to_array<PatternSection>({{"tokenizer.prefix", "prefix_search", Regex::Where::Anywhere},
                                   {"tokenizer.suffix", "suffix_search", Regex::Where::Anywhere},
                                   {"tokenizer.infix", "infix_finditer", Regex::Where::Anywhere},
                                   {"tokenizer.token_match", "token_match", Regex::Where::AtStart},
                                   {"tokenizer.url_match", "url_match", Regex::Where::AtStart}});

}  // namespace

Result<Tokenizer> Tokenizer::open(const nn::ModelFile& model) {
  auto rules = std::make_unique<Rules>();
  const std::array<std::optional<Regex>*, kPatternSections.size()> patterns{
      &rules->prefix, &rules->suffix, &rules->infix, &rules->token_match, &rules->url_match};
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const PatternSection& s = kPatternSections[i];
    if (!model.find(s.section)) continue;
    DETENTE_TRY(const std::string_view pattern, model.text(s.section));
    DETENTE_TRY(*patterns[i], Regex::compile(pattern, s.section, s.where));
  }
  DETENTE_TRY(rules->specials, FrozenMap::open(model, "tokenizer.specials"));
  for (std::size_t i = 0; i < rules->specials.size(); ++i)
    rules->longest_special = std::max(rules->longest_special, rules->specials.key(i).size());
  DETENTE_TRY(const std::string_view phrases, model.text("tokenizer.phrases"));
  std::vector<std::string_view> texts;
  for (RecordReader record(phrases); !record.done();) {
    const auto n_texts = record.u16();
    texts.clear();
    for (std::uint16_t i = 0; i < n_texts.value_or(0); ++i) {
      const auto size = record.u16();
      const auto text = size ? record.text(*size) : std::nullopt;
      if (!text) break;
      texts.push_back(*text);
    }
    if (!n_texts || texts.empty() || texts.size() != *n_texts)
      return errors::section_damaged(model.path(), "tokenizer.phrases");
    rules->phrases.add(texts);
  }
  return Tokenizer(std::move(rules));
}

// ---------------------------------------------------------------- one chunk

void Tokenizer::add_piece(std::string_view piece, TokenizerCache& cache) const {
  const bool starts_phrase = rules_->phrases.next(0, piece) != PhraseTree::kNone;
  cache.work_.push_back({cache.lexemes_.intern(piece),
                         static_cast<std::uint32_t>(piece.size()) & 0x7FFFFFFFU,
                         starts_phrase ? 1U : 0U});
}

bool Tokenizer::add_special(std::string_view chunk, TokenizerCache& cache) const {
  if (chunk.empty() || chunk.size() > rules_->longest_special) return false;
  const auto value = rules_->specials.find(chunk);
  if (!value) return false;
  std::size_t size = 0;
  const std::size_t n_before = cache.work_.size();
  for (RecordReader record(*value); !record.done();) {
    const auto token = next_special(record);
    if (!token) break;
    add_piece(token->text, cache);
    cache.work_.back().lexeme = cache.lexemes_.intern(token->text, token->norm);
    size += token->text.size();
  }
  if (size == chunk.size()) return true;
  cache.work_.resize(n_before);  // a damaged section must not shift the text
  return false;
}

// Prefixes and suffixes come off, one of each in turn, until nothing changes or the rest is known.
std::string_view Tokenizer::strip_affixes(std::string_view chunk, TokenizerCache& cache,
                                          bool with_specials, Affixes& affixes) const {
  const Rules& rules = *rules_;
  const auto is_special = [&](std::string_view text) {
    return with_specials && rules.is_special(text);
  };
  std::size_t last_size = 0;
  while (!chunk.empty() && chunk.size() != last_size) {
    if (rules.matches(rules.token_match, chunk, cache.scratch_) || is_special(chunk)) break;
    last_size = chunk.size();
    const std::size_t prefix = rules.find_prefix(chunk, cache.scratch_);
    if (prefix > 0 && is_special(chunk.substr(prefix))) {
      affixes.prefixes.push_back(chunk.substr(0, prefix));
      return chunk.substr(prefix);
    }
    const std::size_t suffix = rules.find_suffix(chunk.substr(prefix), cache.scratch_);
    const std::string_view without_suffix = chunk.substr(0, chunk.size() - suffix);
    if (suffix > 0 && is_special(without_suffix)) {
      affixes.suffixes.push_back(chunk.substr(without_suffix.size()));
      return without_suffix;
    }
    const bool both = prefix > 0 && suffix > 0 && prefix + suffix <= chunk.size();
    const std::string_view whole = chunk;
    if (both || prefix > 0) {
      affixes.prefixes.push_back(whole.substr(0, prefix));
      chunk.remove_prefix(prefix);
    }
    if (both || (prefix == 0 && suffix > 0)) {
      affixes.suffixes.push_back(whole.substr(whole.size() - suffix));
      chunk.remove_suffix(suffix);
    }
  }
  return chunk;
}

void Tokenizer::cut_inside(std::string_view rest, TokenizerCache& cache) const {
  const Rules& rules = *rules_;
  cache.infixes_.clear();
  if (rules.may_have_infix(rest) && !rules.matches(rules.token_match, rest, cache.scratch_) &&
      !rules.matches(rules.url_match, rest, cache.scratch_)) {
    rules.infix->find_all(rest, cache.scratch_, cache.infixes_);
  }
  std::size_t start = 0;
  for (const RegexMatch& infix : cache.infixes_) {
    if (infix.begin == 0) continue;
    if (infix.begin != start) add_piece(rest.substr(start, infix.begin - start), cache);
    if (infix.size() > 0) add_piece(rest.substr(infix.begin, infix.size()), cache);
    start = infix.end;
  }
  if (start < rest.size()) add_piece(rest.substr(start), cache);
}

bool Tokenizer::stays_whole(std::string_view chunk) const {
  return !rules_->may_have_prefix(chunk) && !rules_->may_have_suffix(chunk) &&
         !rules_->may_have_infix(chunk);
}

// Fills cache.work_ with the pieces of a chunk.
void Tokenizer::cut(std::string_view chunk, TokenizerCache& cache, bool with_specials) const {
  cache.work_.clear();
  if (with_specials && add_special(chunk, cache)) return;
  if (stays_whole(chunk) || !utf8::is_valid(chunk)) {
    add_piece(chunk, cache);
    return;
  }
  Affixes affixes;
  const std::string_view rest = strip_affixes(chunk, cache, with_specials, affixes);
  for (const std::string_view prefix : affixes.prefixes) add_piece(prefix, cache);
  if (!rest.empty() && !(with_specials && add_special(rest, cache))) cut_inside(rest, cache);
  for (auto suffix = affixes.suffixes.rbegin(); suffix != affixes.suffixes.rend(); ++suffix)
    add_piece(*suffix, cache);
  DETENTE_ASSERT(std::accumulate(cache.work_.begin(), cache.work_.end(), std::size_t{0},
                                 [](std::size_t sum, const TokenizerCache::Piece& piece) {
                                   return sum + piece.size_bytes;
                                 }) == chunk.size(),
                 "the pieces of a chunk are the chunk");
}

void Tokenizer::add_chunk(std::string_view text, std::size_t begin, std::size_t end,
                          TokenizerCache& cache, std::vector<TokenSpan>& out,
                          std::vector<Remark>& remarks) const {
  const auto emit = [&](const TokenizerCache::Piece* pieces, std::size_t n, std::size_t at) {
    for (std::size_t i = 0; i < n; ++i) {
      if (pieces[i].starts_phrase != 0)
        cache.phrase_starts_.push_back(static_cast<std::uint32_t>(out.size()));
      const std::size_t next = at + pieces[i].size_bytes;
      out.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(next),
                     pieces[i].lexeme, false});
      at = next;
    }
  };
  const std::string_view chunk = text.substr(begin, end - begin);
  if (chunk.size() > kLongestCachedChunk) {
    std::size_t size = chunk.size();
    if (size > kLongestChunk && !stays_whole(chunk)) {
      size = kLongestChunk;
      remarks.push_back({"chunk-cut",
                         {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                         std::to_string(chunk.size()) + " bytes without white space; cut every " +
                             std::to_string(size)});
    }
    for (std::size_t at = begin; at < end;) {
      std::size_t stop = std::min(end, at + size);
      while (stop < end && stop > at + 1 && is_continuation(text[stop])) --stop;
      cut(text.substr(at, stop - at), cache, true);
      emit(cache.work_.data(), cache.work_.size(), at);
      at = stop;
    }
    return;
  }
  const std::uint32_t hash = chunk_hash(chunk);
  std::size_t slot = hash % kChunkSlots;
  for (; cache.slots_[slot] != 0; slot = (slot + 1) % kChunkSlots) {
    if (cache.slots_[slot] >> 32 != hash) continue;
    const TokenizerCache::Chunk& known =
        cache.chunks_[static_cast<std::uint32_t>(cache.slots_[slot]) - 1];
    if (std::string_view(cache.chunk_text_).substr(known.text_begin, known.text_size) != chunk)
      continue;
    emit(cache.pieces_.data() + known.first_piece, known.n_pieces, begin);
    return;
  }
  cut(chunk, cache, true);
  emit(cache.work_.data(), cache.work_.size(), begin);
  cache.slots_[slot] = (std::uint64_t{hash} << 32) | (cache.chunks_.size() + 1);
  cache.chunks_.push_back({static_cast<std::uint32_t>(cache.chunk_text_.size()),
                           static_cast<std::uint32_t>(chunk.size()),
                           static_cast<std::uint32_t>(cache.pieces_.size()),
                           static_cast<std::uint32_t>(cache.work_.size())});
  cache.chunk_text_ += chunk;
  cache.pieces_.insert(cache.pieces_.end(), cache.work_.begin(), cache.work_.end());
  if (cache.chunks_.size() >= kMostChunks) cache.clear_chunks();
}

// ---------------------------------------------------------------- the text

void Tokenizer::tokenize(std::string_view text, TokenizerCache& cache, std::vector<TokenSpan>& out,
                         std::vector<Remark>& remarks) const {
  if (cache.slots_.empty()) cache.clear_chunks();
  cache.phrase_starts_.clear();
  const std::size_t first_token = out.size();
  for (std::size_t at = 0; at < text.size();) {
    if (is_space_at(text, at)) {
      const std::size_t end = end_of_space(text, at);
      if (at > 0 && text[at] == ' ') {  // the one space that belongs to no token
        out.back().space_after = true;
        ++at;
      }
      if (at < end) add_chunk(text, at, end, cache, out, remarks);
      at = end;
    } else {
      const std::size_t end = end_of_word(text, at);
      add_chunk(text, at, end, cache, out, remarks);
      at = end;
    }
  }
  if (!cache.phrase_starts_.empty()) apply_phrases(text, first_token, cache, out);
}

// Special cases that the affixes tore apart, or that hold white space, are put together again: the
// longest first, those further left first among equals.
void Tokenizer::apply_phrases(std::string_view text, std::size_t first_token, TokenizerCache& cache,
                              std::vector<TokenSpan>& out) const {
  const auto text_of = [&](const TokenSpan& token) {
    return text.substr(token.begin, token.end - token.begin);
  };
  auto& matches = cache.matches_;
  matches.clear();
  for (const std::uint32_t start : cache.phrase_starts_) {
    std::uint32_t node = 0;
    for (std::uint32_t i = start; i < out.size(); ++i) {
      node = rules_->phrases.next(node, text_of(out[i]));
      if (node == PhraseTree::kNone) break;
      if (rules_->phrases.is_end(node)) matches.push_back({start, i + 1});
    }
  }
  if (matches.empty()) return;
  using Match = TokenizerCache::Match;
  std::sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    const std::uint32_t a_size = a.end - a.begin;
    const std::uint32_t b_size = b.end - b.begin;
    return a_size != b_size ? a_size > b_size : a.begin < b.begin;
  });
  auto& chosen = cache.chosen_;
  chosen.clear();
  cache.seen_.assign(out.size(), false);
  for (const Match& match : matches) {
    if (!cache.seen_[match.begin] && !cache.seen_[match.end - 1]) chosen.push_back(match);
    for (std::uint32_t i = match.begin; i < match.end; ++i) cache.seen_[i] = true;
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const Match& a, const Match& b) { return a.begin < b.begin; });

  const std::size_t first_changed = std::max<std::size_t>(first_token, chosen.front().begin);
  auto& old = cache.old_tokens_;
  old.assign(out.begin() + static_cast<std::ptrdiff_t>(first_changed), out.end());
  out.resize(first_changed);
  std::size_t i = 0;
  for (const Match& match : chosen) {
    const std::size_t begin = match.begin - first_changed;
    const std::size_t end = match.end - first_changed;
    out.insert(out.end(), old.begin() + static_cast<std::ptrdiff_t>(i),
               old.begin() + static_cast<std::ptrdiff_t>(begin));
    cache.work_.clear();
    const std::uint32_t text_begin = old[begin].begin;
    const std::string_view span = text.substr(text_begin, old[end - 1].end - text_begin);
    if (add_special(span, cache)) {
      std::uint32_t at = text_begin;
      for (const TokenizerCache::Piece& piece : cache.work_) {
        out.push_back({at, at + piece.size_bytes, piece.lexeme, false});
        at += piece.size_bytes;
      }
      out.back().space_after = old[end - 1].space_after;
    } else {
      out.insert(out.end(), old.begin() + static_cast<std::ptrdiff_t>(begin),
                 old.begin() + static_cast<std::ptrdiff_t>(end));
    }
    i = end;
  }
  out.insert(out.end(), old.begin() + static_cast<std::ptrdiff_t>(i), old.end());
}

// ---------------------------------------------------------------- conversion

namespace {

constexpr std::uint64_t kOrthAttribute = 65;  // spaCy's numbers of the attributes ORTH and NORM
constexpr std::uint64_t kNormAttribute = 67;

Result<std::string> special_record(std::string_view chunk, const MsgpackValue& tokens,
                                   std::string_view file) {
  std::string record;
  std::string joined;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    DETENTE_TRY(const MsgpackValue token, tokens.item(i).map());
    std::string_view text;
    std::optional<std::string_view> norm;
    for (std::size_t a = 0; a < token.size(); ++a) {
      const MsgpackValue key = token.key(a);
      const bool number = key.is_integer();
      DETENTE_TRY(const std::string_view name,
                  number ? Result<std::string_view>("") : key.string());
      const std::uint64_t id = number ? key.id().value() : 0;
      if (id == kOrthAttribute || name == "ORTH") {
        DETENTE_TRY(text, token.item(a).string());
      } else if (id == kNormAttribute || name == "NORM") {
        DETENTE_TRY(norm, token.item(a).string());
      } else {
        return errors::special_case_odd(file, chunk, "only ORTH and NORM can be set");
      }
    }
    if (text.empty() || text.size() >= kNoNorm || norm.value_or("").size() >= kNoNorm)
      return errors::special_case_odd(file, chunk, "a token without text, or a very long one");
    append_u16(record, text.size());
    append_u16(record, norm ? norm->size() : kNoNorm);
    record += text;
    record += norm.value_or("");
    joined += text;
  }
  if (joined != chunk)
    return errors::special_case_odd(file, chunk, "its tokens make '" + joined + "'");
  return record;
}

}  // namespace

Result<void> convert_tokenizer(const std::filesystem::path& folder, nn::ModelFileWriter& writer) {
  const std::filesystem::path path = folder / "tokenizer";
  DETENTE_TRY(const auto document, MsgpackDocument::open(path));
  DETENTE_TRY(const MsgpackValue root, document->root().map());

  auto rules = std::make_unique<Tokenizer::Rules>();
  const std::array<std::optional<Regex>*, kPatternSections.size()> patterns{
      &rules->prefix, &rules->suffix, &rules->infix, &rules->token_match, &rules->url_match};
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const PatternSection& s = kPatternSections[i];
    const auto value = root.find(s.key);
    if (!value || value->is_nil()) continue;
    DETENTE_TRY(const std::string_view pattern, value->string());
    const std::string name = path.string() + ": " + std::string(s.key);
    DETENTE_TRY(*patterns[i], Regex::compile(pattern, name, s.where));
    writer.add(s.section, pattern);
  }
  DETENTE_TRY(const MsgpackValue exceptions_value, root.at("exceptions"));
  DETENTE_TRY(const MsgpackValue exceptions, exceptions_value.map());
  std::vector<std::pair<std::string, std::string>> specials;
  for (std::size_t i = 0; i < exceptions.size(); ++i) {
    DETENTE_TRY(const std::string_view chunk, exceptions.key(i).string());
    DETENTE_TRY(const MsgpackValue tokens, exceptions.item(i).array());
    DETENTE_TRY(std::string record, special_record(chunk, tokens, path.string()));
    specials.emplace_back(chunk, std::move(record));
  }
  writer.add("tokenizer.specials", FrozenMap::build(specials));

  bool only_torn_apart = true;  // which special cases are looked for among the finished tokens
  if (const auto heuristics = root.find("faster_heuristics"); heuristics && !heuristics->is_nil()) {
    DETENTE_TRY(only_torn_apart, heuristics->boolean());
  }
  // The special cases' own tokens, when they are cut like any other text.
  const Tokenizer tokenizer(std::move(rules));
  const LexemeRules no_rules;
  TokenizerCache cache(no_rules);
  RegexScratch scratch;
  std::string phrases;
  for (const auto& [chunk, record] : specials) {
    const Tokenizer::Rules& r = *tokenizer.rules_;
    const bool torn_apart =
        r.find_prefix(chunk, scratch) > 0 || r.find_suffix(chunk, scratch) > 0 ||
        (r.infix && r.infix->search(chunk, scratch)) || chunk.find(' ') != std::string::npos;
    if (only_torn_apart && !torn_apart) continue;
    std::vector<TokenSpan> tokens;
    std::vector<Remark> remarks;
    tokenizer.tokenize(chunk, cache, tokens, remarks);  // without special cases: none are loaded
    append_u16(phrases, tokens.size());
    for (const TokenSpan& token : tokens) {
      append_u16(phrases, token.end - token.begin);
      phrases.append(chunk, token.begin, token.end - token.begin);
    }
  }
  writer.add("tokenizer.phrases", phrases);
  return {};
}

}  // namespace detente::parse
