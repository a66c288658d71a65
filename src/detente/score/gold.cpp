#include "detente/score/gold.h"

#include <algorithm>
#include <string_view>

#include "detente/base/mapped_file.h"
#include "detente/base/utf8.h"
#include "detente/score/errors.h"
#include "detente/score/json.h"

namespace detente::score {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kGoldEnding = ".gold.json";

Json parse(std::string_view text) { return Json::parse(text, nullptr, false); }

/// Finds the words of evidence in a text, in code points.
class EvidenceFinder {
 public:
  EvidenceFinder(const fs::path& path, std::string_view text)
      : path_(path), text_(text), map_(text_) {}

  Result<std::vector<Span>> find(const Json& record) const {
    std::vector<Span> spans;
    for (const std::string& words : texts_at(record, "evidence")) {
      const std::size_t begin = text_.find(words);
      if (begin == std::string_view::npos) return errors::evidence_not_in_text(path_, words);
      spans.push_back({map_.to_code_points(static_cast<std::uint32_t>(begin)),
                       map_.to_code_points(static_cast<std::uint32_t>(begin + words.size()))});
    }
    return spans;
  }

 private:
  const fs::path& path_;
  std::string_view text_;
  utf8::OffsetMap map_;
};

std::optional<Days> days_at(const Json& record, const char* key) {
  const auto days = texts_at(record, key);
  if (days.empty()) return std::nullopt;
  return Days{days.front(), days.back()};
}

Result<GoldEvent> read_event(const Json& record, const EvidenceFinder& finder) {
  DETENTE_TRY(auto evidence, finder.find(record));
  GoldEvent event;
  event.id = text_at(record, "id");
  event.required = at(record, "required") == true;
  event.event = texts_at(record, "event");
  event.actor = codes_at(record, "actor");
  event.recipient = codes_at(record, "recipient");
  event.recipient_may_be = codes_at(record, "recipient_may_be");
  event.reciprocal = at(record, "reciprocal") == true;
  event.date = days_at(record, "date");
  for (auto& mode : texts_at(record, "auxiliary_modes")) event.auxiliary_modes.insert(mode);
  event.evidence = std::move(evidence);
  return event;
}

Result<void> read_sayings(const Json& gold, const EvidenceFinder& finder, GoldArticle& article) {
  for (const Json& record : at(gold, "must_not")) {
    DETENTE_TRY(auto evidence, finder.find(record));
    article.must_not.push_back({text_at(record, "why"), std::move(evidence)});
  }
  for (const Json& record : at(gold, "claims")) {
    DETENTE_TRY(auto evidence, finder.find(record));
    article.claims.push_back({text_at(record, "speaker"), texts_at(record, "via"),
                              texts_at(record, "evidence").front(), std::move(evidence)});
  }
  for (const Json& record : at(gold, "commitments")) {
    article.commitments.push_back({text_at(record, "id"), codes_at(record, "by"),
                                   text_at(record, "status"), text_at(record, "content"),
                                   days_at(record, "made")});
  }
  for (const Json& record : at(gold, "expectations")) {
    DETENTE_TRY(auto evidence, finder.find(record));
    article.expectations.push_back({text_at(record, "id"), text_at(record, "by"),
                                    codes_at(record, "about"), text_at(record, "direction"),
                                    texts_at(record, "evidence").front(), std::move(evidence)});
  }
  return {};
}

Result<GoldArticle> read_article(const fs::path& path, const Json& gold) {
  GoldArticle article;
  article.path = path.parent_path() / text_at(gold, "document");
  article.published = text_at(gold, "published");
  DETENTE_TRY(const MappedFile file, MappedFile::open(article.path));
  const EvidenceFinder finder(article.path, file.text());
  for (const Json& record : at(gold, "events")) {
    DETENTE_TRY(GoldEvent event, read_event(record, finder));
    if (event.event.empty()) return errors::gold_lacks(path.string(), "event");
    article.events.push_back(std::move(event));
  }
  DETENTE_TRY_VOID(read_sayings(gold, finder, article));
  return article;
}

Result<std::vector<GoldSentence>> read_sentences(const fs::path& path, std::string_view text) {
  std::vector<GoldSentence> sentences;
  for (std::uint32_t line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view row = text.substr(0, end);
    text = text.substr(std::min(end + 1, text.size()));
    if (row.find_first_not_of(" \r\t") == std::string_view::npos) continue;
    const Json record = parse(row);
    const auto event = texts_at(record, "event");
    const std::string where = path.string() + ":" + std::to_string(line);
    if (event.empty()) return errors::gold_lacks(where, "event");
    if (text_at(record, "id").empty()) return errors::gold_lacks(where, "id");
    sentences.push_back({text_at(record, "id"), event.front(), codes_at(record, "actor"),
                         codes_at(record, "recipient")});
  }
  return sentences;
}

std::vector<fs::path> gold_files(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder, failed)) {
    if (entry.path().string().ends_with(kGoldEnding)) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

Result<Gold> open_texts(const std::vector<fs::path>& paths) {
  Gold gold;
  gold.kind = GoldKind::Texts;
  for (const fs::path& path : paths) {
    DETENTE_TRY(const MappedFile file, MappedFile::open(path));
    const Json json = parse(file.text());
    if (!at(json, "dates").is_array()) return errors::gold_lacks(path.string(), "dates");
    GoldText text;
    text.name = path.filename().string();
    text.name.resize(text.name.size() - kGoldEnding.size());
    text.path = path.parent_path() / (text.name + ".txt");
    text.published = text_at(json, "published");
    text.dates = dates_of(json);
    text.attributions = attributions_of(json);
    text.mentions = mentions_of(json);
    gold.texts.push_back(std::move(text));
  }
  return gold;
}

Result<Gold> open_pages(const fs::path& folder, const fs::path& truth) {
  DETENTE_TRY(const MappedFile file, MappedFile::open(truth));
  const Json json = parse(file.text());
  if (!json.is_object()) return errors::no_known_gold(truth);
  Gold gold;
  gold.kind = GoldKind::Pages;
  for (const auto& [name, page] : json.items()) {
    gold.pages.push_back({name, folder / (name + ".html.gz"), text_at(page, "body")});
  }
  return gold;
}

}  // namespace

Result<Gold> Gold::open(const fs::path& path) {
  std::error_code failed;
  if (fs::is_directory(path, failed)) {
    if (const auto truth = path / "ground-truth.json"; fs::exists(truth, failed)) {
      return open_pages(path, truth);
    }
    const auto paths = gold_files(path);
    if (paths.empty()) return errors::no_known_gold(path);
    return open_texts(paths);
  }
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  const std::string_view text = file.text();
  Gold gold;
  if (const Json whole = parse(text); whole.is_object() && at(whole, "events").is_array()) {
    gold.kind = GoldKind::Article;
    DETENTE_TRY(gold.article, read_article(path, whole));
    return gold;
  }
  const Json first = parse(text.substr(0, text.find('\n')));
  if (!at(first, "event").is_array()) return errors::no_known_gold(path);
  DETENTE_TRY(gold.sentences, read_sentences(path, text));
  return gold;
}

}  // namespace detente::score
