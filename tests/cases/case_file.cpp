#include "case_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace detente::cases {
namespace {

constexpr const char* kExpect = "--- expect";

std::string whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

Case read_case(const std::filesystem::path& path) {
  Case result;
  result.path = path;
  std::istringstream in(whole(path));
  std::string line;
  bool in_text = false;
  bool in_expected = false;
  while (std::getline(in, line)) {
    if (in_expected) {
      result.expected.push_back(line);
    } else if (line == kExpect) {
      in_expected = true;
    } else if (in_text) {
      result.text += line + "\n";
    } else if (!line.empty() && line[0] != '#') {
      const std::size_t colon = line.find(':');
      const std::string key = line.substr(0, colon);
      std::string value = colon == std::string::npos ? "" : line.substr(colon + 1);
      if (!value.empty() && value[0] == ' ') value.erase(0, 1);
      if (key == "text") {
        result.text = value;
        in_text = value.empty();
      } else {
        result.keys[key] = value;
      }
    }
  }
  return result;
}

void rewrite(const Case& c, const std::vector<std::string>& found) {
  const std::string before = whole(c.path);
  const std::size_t cut = before.find(kExpect);
  std::ofstream out(c.path, std::ios::binary);
  out << before.substr(0, cut) << kExpect << "\n";
  for (const std::string& line : found) out << line << "\n";
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace

std::vector<Case> read_cases(const std::string& folder) {
  std::vector<Case> cases;
  const std::filesystem::path root = std::filesystem::path(DETENTE_SOURCE_DIR) / "tests/cases";
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    if (entry.path().extension() == ".case") cases.push_back(read_case(entry.path()));
  }
  std::sort(cases.begin(), cases.end(),
            [](const Case& a, const Case& b) { return a.path < b.path; });
  return cases;
}

void run_cases(const std::string& folder, std::size_t at_least,
               const std::function<std::vector<std::string>(const Case&)>& check) {
  const std::vector<Case> cases = read_cases(folder);
  EXPECT_GE(cases.size(), at_least) << "cases of " << folder;
  const char* update = std::getenv("UPDATE_CASES");
  for (const Case& c : cases) {
    const std::vector<std::string> found = check(c);
    if (update != nullptr && std::string(update) == "1") {
      rewrite(c, found);
      continue;
    }
    const auto wrong = c.keys.find("known_wrong");
    EXPECT_EQ(joined(found), joined(c.expected))
        << c.path.filename().string()
        << (wrong == c.keys.end() ? std::string()
                                  : ": was known to be wrong (" + wrong->second +
                                        "); if it is right now, drop known_wrong");
  }
}

}  // namespace detente::cases
