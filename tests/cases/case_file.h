#pragma once
// A behaviour written as text (tests/cases/ROOM/NAME.case):
//   # NAME.case   why: what this case is for
//   key: value                     any number of lines
//   text: one line, or with nothing behind it all lines up to the expectation
//   --- expect
//   what check() must give, line by line
// `known_wrong: reason` marks an expectation that we know to be wrong and want to see change.
// UPDATE_CASES=1 in the environment rewrites the expectations.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace detente::cases {

struct Case {
  std::filesystem::path path;
  std::map<std::string, std::string> keys;  ///< without "text"
  std::string text;
  std::vector<std::string> expected;
};

/// All cases of tests/cases/FOLDER, by name.
std::vector<Case> read_cases(const std::string& folder);

/// Runs check() on each case of the folder and compares (or, with UPDATE_CASES=1, rewrites). Adds a
/// GoogleTest failure per case that differs, and one when there are fewer than `at_least`.
void run_cases(const std::string& folder, std::size_t at_least,
               const std::function<std::vector<std::string>(const Case&)>& check);

}  // namespace detente::cases
