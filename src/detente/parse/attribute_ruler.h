#pragma once
// From fine tags and arcs to coarse parts of speech, morphology and some lemmas, by the patterns
// that the model brings (spaCy's AttributeRuler).

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detente/base/result.h"
#include "detente/base/string_pool.h"
#include "detente/nn/nn.h"
#include "detente/parse/lexeme.h"
#include "detente/parse/regex.h"

namespace detente::parse {

/// Index into AttributeRuler::morphs(). 0: no features.
struct MorphId {
  std::uint16_t value = 0;
  friend auto operator<=>(const MorphId&, const MorphId&) = default;
};

/// Index into AttributeRuler::lemmas(); 0: no rule speaks of the lemma.
struct RuledLemma {
  std::uint16_t value = 0;
  friend auto operator<=>(const RuledLemma&, const RuledLemma&) = default;
};

/// Columns of one document, all of the same length. Ids belong to a copy of the pool that
/// AttributeRuler::open was given.
struct RuledTokens {
  std::span<const LexemeId> lexeme;
  std::span<StringId> tag;  ///< read, and changed where a rule says so
  std::span<StringId> dep;  ///< likewise
  std::span<StringId> pos;  ///< written; the empty string where no rule speaks
  std::span<MorphId> morph;
  std::span<RuledLemma> lemma;
};

/// What the patterns said of words met before. For one thread, one ruler, one LexemeTable; to be
/// emptied together with it.
class RulerCache {
 public:
  void clear();

 private:
  friend class AttributeRuler;
  static constexpr std::size_t kAttributes = 5;
  struct Entry {
    std::uint32_t lexeme = 0;
    StringId tag;
    StringId dep;
    std::array<std::uint16_t, kAttributes> winner{};  // rule + 1 that sets the attribute, or 0
    std::uint32_t first_long = 0;  // patterns of several tokens that may start here
    std::uint32_t n_long = 0;
  };
  void grow();

  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // entry + 1, or 0
  std::vector<std::uint32_t> long_patterns_;
  std::vector<std::uint32_t> entry_of_token_;
  RegexScratch scratch_;
};

/// Immutable after opening; shared by all threads.
class AttributeRuler {
 public:
  /// Reads section attribute_ruler.patterns and puts the strings it may give or compare with into
  /// `labels`, the pool that every document's starts as. A model without the section has no rules.
  /// Errors: D0301…D0303, D0307, D0309.
  static Result<AttributeRuler> open(const nn::ModelFile& model, StringPool& labels);

  AttributeRuler(AttributeRuler&&) noexcept;
  AttributeRuler& operator=(AttributeRuler&&) noexcept;
  ~AttributeRuler();

  /// All patterns are matched first, then applied; of two that speak of the same attribute of a
  /// token, the later one of the file counts.
  void apply(const RuledTokens& tokens, const LexemeTable& lexemes, RulerCache& cache) const;

  /// "Number=Sing|Person=3"; by MorphId.
  [[nodiscard]] const std::vector<std::string>& morphs() const noexcept { return morphs_; }
  /// By RuledLemma.
  [[nodiscard]] const std::vector<std::string>& lemmas() const noexcept { return lemmas_; }

 private:
  struct Test;
  struct Pattern;
  struct Rule;
  class Loader;
  friend Result<void> convert_attribute_ruler(const std::filesystem::path& folder,
                                              nn::ModelFileWriter& writer);
  AttributeRuler();
  static Result<AttributeRuler> from_bytes(std::string bytes, std::string name, StringPool& labels);
  [[nodiscard]] bool holds(const std::vector<Test>& tests, const Lexeme& lexeme, StringId tag,
                           StringId dep, RegexScratch& scratch) const;
  std::uint32_t find_entry(LexemeId lexeme, StringId tag, StringId dep, const LexemeTable& lexemes,
                           RulerCache& cache) const;
  void apply_long(const RuledTokens& tokens, std::size_t at, const RulerCache::Entry& entry,
                  const LexemeTable& lexemes, RulerCache& cache,
                  std::vector<std::pair<std::size_t, std::uint32_t>>& hits) const;

  std::vector<Rule> rules_;
  std::vector<Pattern> patterns_;
  std::unordered_map<StringId, std::vector<std::uint32_t>> patterns_of_tag_;
  std::vector<std::uint32_t> patterns_of_any_tag_;
  std::vector<std::string> morphs_{""};
  std::vector<std::string> lemmas_{""};
};

/// Writes section attribute_ruler.patterns from a spaCy pipeline's folder, when it has that part.
/// Errors: D0301…D0303 broken file, D0307 a pattern that cannot be run, D0309 an attribute or
/// operator that Detente does not know, by name.
Result<void> convert_attribute_ruler(const std::filesystem::path& folder,
                                     nn::ModelFileWriter& writer);

}  // namespace detente::parse
