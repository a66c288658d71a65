#include "detente/events/errors.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

namespace detente::events::errors {
namespace {

std::string where(const TablePlace& place) {
  return place.path.string() + ":" + std::to_string(place.line) + ":" +
         std::to_string(place.column) + ": ";
}

std::string with_caret(const TablePlace& place) {
  if (place.source_line.empty() || place.column == 0) return "";
  std::string out = "\n  " + std::string(place.source_line) + "\n  ";
  for (std::uint32_t i = 1; i < place.column && i <= place.source_line.size(); ++i) {
    out += place.source_line[i - 1] == '\t' ? '\t' : ' ';
  }
  return out + "^";
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
  const std::string near = nearest(name, known);
  if (!near.empty()) return " Did you mean '" + near + "'?";
  if (known.empty() || known.size() > 24) return "";
  std::string out = " Known: ";
  for (std::size_t i = 0; i < known.size(); ++i) out += (i > 0 ? ", " : "") + known[i];
  return out + ".";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view name, std::span<const std::string> known) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, name.size() / 3) + 1;
  for (const auto& candidate : known) {
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

Error not_an_ontology(const std::filesystem::path& folder) {
  return {"D0601", folder.string() +
                       ": holds no ontology: there is no .toml file with a [category] in it. "
                       "Give the folder that holds them, for example data/ontology."};
}

Error table_syntax(const TablePlace& place, std::string_view what) {
  return {"D0602", where(place) + std::string(what) + "." + with_caret(place)};
}

Error unknown_key(const TablePlace& place, std::string_view key,
                  std::span<const std::string> known) {
  return {"D0603", where(place) + "nothing here is called '" + std::string(key) + "'." +
                       suggestion(key, known) + with_caret(place)};
}

Error unknown_name(const TablePlace& place, std::string_view kind, std::string_view name,
                   std::span<const std::string> known) {
  return {"D0604", where(place) + "there is no " + std::string(kind) + " '" + std::string(name) +
                       "'." + suggestion(name, known) + with_caret(place)};
}

Error wrong_type(const TablePlace& place, std::string_view key, std::string_view expected) {
  return {"D0605", where(place) + "'" + std::string(key) + "' must be " + std::string(expected) +
                       "." + with_caret(place)};
}

Error missing_key(const TablePlace& place, std::string_view what, std::string_view key) {
  return {"D0606", where(place) + "this " + std::string(what) + " needs '" + std::string(key) +
                       "'." + with_caret(place)};
}

Error bad_phrase(const TablePlace& place, std::string_view phrase, std::string_view why) {
  return {"D0607", where(place) + "phrase '" + std::string(phrase) + "': " + std::string(why) +
                       "." + with_caret(place)};
}

Error duplicate_name(const TablePlace& place, std::string_view kind, std::string_view name,
                     std::uint32_t first_line) {
  return {"D0608", where(place) + "a " + std::string(kind) + " named '" + std::string(name) +
                       "' stands already in line " + std::to_string(first_line) +
                       ". Give this one another name." + with_caret(place)};
}

Error not_a_dictionary(const std::filesystem::path& path) {
  return {"D0610",
          path.string() +
              ": holds no verb pattern of PETRARCH (lines such as '- * TALKS WITH + [040]' "
              "below a '--- NAME [CODE] ---')."};
}

Error bad_row(const TablePlace& place, std::string_view why) {
  return {"D0609", where(place) + std::string(why) + "." + with_caret(place)};
}

}  // namespace detente::events::errors
