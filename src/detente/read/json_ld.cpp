#include "detente/read/json_ld.h"

#include <nlohmann/json.hpp>
#include <vector>

#include "detente/base/utf8.h"
#include "detente/read/html_meta.h"
#include "detente/read/published_day.h"

namespace detente::read {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostBytes = std::size_t{1} << 20;
constexpr int kDeepest = 32;
// What an article says of itself stands above all but what is meant for the eye; what the page or
// the site around it says stands below the meta elements.
constexpr std::uint8_t kArticleRank = 1;
constexpr std::uint8_t kAroundRank = 60;

const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : &*found;
}

// "X", {"name": "X"}, [{"name": "X"}, …]: the first name.
std::string name_of(const Json* value) {
  for (int level = 0; value != nullptr && level < 4; ++level) {
    if (value->is_string()) return value->get<std::string>();
    if (value->is_array()) {
      value = value->empty() ? nullptr : &value->front();
    } else {
      const Json* name = member(*value, "name");
      value = name != nullptr ? name : member(*value, "@id");
    }
  }
  return {};
}

bool is_type(const Json& object, std::initializer_list<std::string_view> endings) {
  const Json* type = member(object, "@type");
  if (type == nullptr) return false;
  const auto fits = [&endings](const Json& name) {
    if (!name.is_string()) return false;
    const auto& text = name.get_ref<const std::string&>();
    return std::any_of(endings.begin(), endings.end(),
                       [&text](std::string_view ending) { return text.ends_with(ending); });
  };
  return type->is_array() ? std::any_of(type->begin(), type->end(), fits) : fits(*type);
}

// Some sites escape their JSON as if it were the page's text.
std::string plain(std::string text) {
  text = folded(text);
  if (text.find('&') == std::string::npos && text.find('<') == std::string::npos) return text;
  const auto tree = HtmlTree::parse(text, "");
  return tree ? text_of(*tree, 0) : text;
}

void take_article(const Json& object, std::uint8_t rank, PageFacts& facts) {
  const auto take = [&](PageField field, const char* key) {
    std::string value = plain(name_of(member(object, key)));
    if (field == PageField::Published && !tells_a_day(value)) return;
    const bool is_address = value.find("://") != std::string::npos;
    if (field == PageField::Url ? !is_address : is_address) return;
    facts.take(field, rank, std::move(value));
  };
  take(PageField::Title, "headline");
  take(PageField::Published, "datePublished");
  take(PageField::Url, "url");
  take(PageField::Url, "mainEntityOfPage");
  take(PageField::Publisher, "publisher");
  take(PageField::Author, "author");
  take(PageField::Language, "inLanguage");
}

}  // namespace

void read_json_ld(std::string_view json, PageFacts& facts) {
  if (json.size() > kMostBytes) return;
  // Line breaks inside strings are common and mean nothing.
  std::string text(json);
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  const auto shallow = [](int depth, Json::parse_event_t, Json&) { return depth < kDeepest; };
  const Json whole = Json::parse(text, shallow, false, true);
  if (whole.is_discarded()) return;
  std::vector<const Json*> open{&whole};
  while (!open.empty()) {
    const Json& value = *open.back();
    open.pop_back();
    if (value.is_object()) {
      if (is_type(value, {"Article", "Posting", "Report"})) {
        take_article(value, kArticleRank, facts);
        continue;  // articles inside an article are others
      }
      if (is_type(value, {"WebPage", "VideoObject"})) take_article(value, kAroundRank, facts);
      if (is_type(value, {"NewsMediaOrganization", "WebSite"})) {
        facts.take(PageField::Publisher, kAroundRank, plain(name_of(member(value, "name"))));
      }
    }
    if (value.is_structured()) {
      std::vector<const Json*> inside;
      for (const Json& item : value) inside.push_back(&item);
      open.insert(open.end(), inside.rbegin(), inside.rend());
    }
  }
}

}  // namespace detente::read
