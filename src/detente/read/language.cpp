#include "detente/read/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <optional>

namespace detente::read {
namespace {

// Shorter texts are names and numbers as often as sentences.
constexpr std::size_t kBytesToJudge = 40;
// From here on a text overrules what is stated.
constexpr std::size_t kBytesToOverrule = 240;
constexpr std::ptrdiff_t kFewestWords = 20;  // of a text in a language that is not known
constexpr std::size_t kMostBytesJudged = std::size_t{64} << 10;
// Names and quotations from elsewhere are no other language.
constexpr int kMostOfTheText = 75;
constexpr int kSomeEnglish = 20;

// Where the library's codes and names are not those of ISO 639-1.
struct Renamed {
  CLD2::Language language;
  std::string_view code, name;
};
constexpr std::array kRenamed = std::to_array<Renamed>({{CLD2::HEBREW, "he", "Hebrew"},
                                                        {CLD2::JAVANESE, "jv", "Javanese"},
                                                        {CLD2::CHINESE_T, "zh", "Chinese"},
                                                        {CLD2::NORWEGIAN_N, "nn", "Norwegian"}});

Language named(CLD2::Language language) {
  for (const Renamed& known : kRenamed) {
    if (known.language == language) return {std::string(known.code), std::string(known.name)};
  }
  std::string name = CLD2::LanguageName(language);
  bool begins = true;
  for (char& c : name) {
    if (!begins && c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    begins = c == ' ' || c == '_';
    if (c == '_') c = ' ';
  }
  return {CLD2::LanguageCode(language), name};
}

// What the words say; empty: they do not tell.
std::optional<Language> judged(std::string_view text) {
  CLD2::Language languages[3];
  int percent[3];
  int text_bytes = 0;
  bool is_reliable = false;
  CLD2::DetectLanguageSummary(text.data(), static_cast<int>(text.size()), true, languages, percent,
                              &text_bytes, &is_reliable);
  int english = 0;
  int others = 0;
  for (int i = 0; i < 3; ++i) {
    if (languages[i] == CLD2::ENGLISH) {
      english = percent[i];
    } else if (languages[i] != CLD2::UNKNOWN_LANGUAGE) {
      others += percent[i];
    }
  }
  if (is_reliable && percent[0] >= kMostOfTheText && languages[0] != CLD2::UNKNOWN_LANGUAGE) {
    return named(languages[0]);
  }
  if (english >= kSomeEnglish) return named(CLD2::ENGLISH);
  // A text in several languages, none of them English, goes by the name of the first.
  if (is_reliable && others >= kMostOfTheText) return named(languages[0]);
  return std::nullopt;
}

}  // namespace

Language language_of(std::string_view text, std::string_view stated) {
  if (text.size() > kMostBytesJudged) {
    std::size_t end = kMostBytesJudged;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80) --end;
    text = text.substr(0, end);
  }
  const bool overrules = text.size() >= kBytesToOverrule;
  if (overrules || (stated.empty() && text.size() >= kBytesToJudge)) {
    if (auto language = judged(text)) return *std::move(language);
  }
  if (stated.empty() && overrules && std::count(text.begin(), text.end(), ' ') >= kFewestWords) {
    return {"und", "a language that is not known"};
  }
  if (stated.empty()) return {};
  const CLD2::Language known = CLD2::GetLanguageFromName(std::string(stated).c_str());
  return known == CLD2::UNKNOWN_LANGUAGE ? Language{std::string(stated), std::string(stated)}
                                         : named(known);
}

bool is_readable(const Language& language) {
  return language.code.empty() || language.code == "en" || language.code == "eng";
}

}  // namespace detente::read
