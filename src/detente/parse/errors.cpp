#include "detente/parse/errors.h"

namespace detente::parse::errors {
namespace {

std::string place(std::string_view file, std::string_view where) {
  std::string text(file);
  text += ": ";
  if (!where.empty()) text += "at " + std::string(where) + ": ";
  return text;
}

}  // namespace

Error broken_msgpack(std::string_view file, std::size_t offset, std::string_view what) {
  return {"D0301", std::string(file) + ": byte " + std::to_string(offset) + ": " +
                       std::string(what) +
                       "; this is no whole MessagePack file. Fetch the pipeline's folder again."};
}

Error value_missing(std::string_view file, std::string_view where, std::string_view key) {
  return {"D0302", place(file, where) + "'" + std::string(key) +
                       "' is missing. Is this the folder of a spaCy 3 pipeline?"};
}

Error wrong_kind(std::string_view file, std::string_view where, std::string_view needed,
                 std::string_view found) {
  return {"D0303", place(file, where) + std::string(needed) + " is needed, found " +
                       std::string(found) + ". Is this the folder of a spaCy 3 pipeline?"};
}

Error array_unreadable(std::string_view file, std::string_view where, std::string_view why) {
  return {"D0304", place(file, where) + "array of numbers: " + std::string(why) +
                       ". Arrays of float32 or float64 are read."};
}

Error section_damaged(const std::filesystem::path& model, std::string_view section) {
  return {"D0305", model.string() + ": section '" + std::string(section) +
                       "' is damaged. Make it anew: detente model add FOLDER."};
}

Error table_line_odd(const std::filesystem::path& table, std::size_t line_number,
                     std::string_view line) {
  return {"D0306", table.string() + ":" + std::to_string(line_number) + ": '" + std::string(line) +
                       "' is not two columns apart by a tab, or a column has no sense here."};
}

Error regex_refused(std::string_view name, std::size_t offset, std::string_view why) {
  return {"D0307", "pattern '" + std::string(name) + "', byte " + std::to_string(offset) + ": " +
                       std::string(why) +
                       ". Detente runs the part of Python's patterns that PCRE2 has too."};
}

Error special_case_odd(std::string_view file, std::string_view chunk, std::string_view why) {
  return {"D0308", std::string(file) + ": special case '" + std::string(chunk) +
                       "': " + std::string(why) + "."};
}

Error rule_refused(std::string_view file, std::string_view where, std::string_view why) {
  return {"D0309", place(file, where) + std::string(why) +
                       ". Detente runs the attribute rules of the official English pipelines."};
}

Error bad_section(const std::filesystem::path& path, std::string_view section,
                  std::string_view what) {
  return {"D0350", path.string() + ": section '" + std::string(section) + "': " +
                       std::string(what) + ". Make the model anew: detente model add FOLDER."};
}

Error bad_config_line(const std::filesystem::path& path, std::size_t number,
                      std::string_view line) {
  return {"D0351", path.string() + ":" + std::to_string(number) +
                       ": neither [section] nor key = value: " + std::string(line.substr(0, 60))};
}

Error part_refused(const std::filesystem::path& path, std::string_view what) {
  return {"D0352", path.string() + ": " + std::string(what) +
                       " is not run by this program. Pipelines of the kind of en_core_web_sm are: "
                       "tok2vec, tagger, "
                       "parser, attribute_ruler, lemmatizer, ner."};
}

Error part_needed(const std::filesystem::path& path, std::string_view component) {
  return {"D0353",
          path.string() + ": the pipeline has no component '" + std::string(component) +
              "'. Needed are tok2vec, tagger, parser, attribute_ruler, lemmatizer and ner."};
}

}  // namespace detente::parse::errors
