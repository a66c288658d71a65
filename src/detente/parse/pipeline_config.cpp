#include "detente/parse/pipeline_config.h"

#include <nlohmann/json.hpp>

#include "detente/base/mapped_file.h"
#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

}  // namespace

Result<PipelineConfig> PipelineConfig::open(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "config.cfg";
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  PipelineConfig config;
  std::string section;
  std::string last_key;
  std::string_view text = file.text();
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view raw = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string_view line = trimmed(raw);
    if (line.empty() || line[0] == '#' || line[0] == ';') continue;
    if (line.front() == '[' && line.back() == ']' && raw[0] == '[') {
      section = std::string(line.substr(1, line.size() - 2));
      last_key.clear();
      continue;
    }
    if ((raw[0] == ' ' || raw[0] == '\t') && !last_key.empty()) {  // a value that goes on
      config.sections_[section][last_key] += std::string(line);
      continue;
    }
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || section.empty())
      return errors::bad_config_line(path, number, line);
    last_key = std::string(trimmed(line.substr(0, equals)));
    config.sections_[section][last_key] = std::string(trimmed(line.substr(equals + 1)));
  }
  return config;
}

std::optional<std::string> PipelineConfig::value(std::string_view section,
                                                 std::string_view key) const {
  const auto in = sections_.find(std::string(section));
  if (in == sections_.end()) return std::nullopt;
  const auto found = in->second.find(std::string(key));
  if (found == in->second.end()) return std::nullopt;
  const std::string& text = found->second;
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    return text.substr(1, text.size() - 2);
  return text;
}

std::vector<std::string> PipelineConfig::list(std::string_view section,
                                              std::string_view key) const {
  std::vector<std::string> items;
  const nlohmann::json json =
      nlohmann::json::parse(value(section, key).value_or("[]"), nullptr, false);
  if (!json.is_array()) return items;
  for (const nlohmann::json& item : json) {
    if (item.is_string()) items.push_back(item.get<std::string>());
  }
  return items;
}

}  // namespace detente::parse
