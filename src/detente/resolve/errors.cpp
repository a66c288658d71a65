#include "detente/resolve/errors.h"

namespace detente::resolve::errors {

Error bad_table_row(const std::filesystem::path& path, std::uint32_t line, std::string_view row) {
  return {"D0401", path.string() + ":" + std::to_string(line) + ": row '" + std::string(row) +
                       "' holds a field that its column does not know. The lines above the "
                       "header say what it takes."};
}

Error no_dictionary(const std::vector<std::filesystem::path>& files) {
  return {"D0403", (files.empty() ? std::string("no file") : files[0].string()) +
                       (files.size() > 1 ? " and the others hold" : " holds") +
                       " no actors, agents or discards as TABARI or PETRARCH write them. A verb "
                       "dictionary holds rules of what happened: give it to `detente code "
                       "--ontology petrarch:PATH`."};
}

Error no_tables(const std::filesystem::path& folder) {
  return {"D0404", folder.string() +
                       ": holds no tables of actors (*.tsv). --data takes the folder that has "
                       "actors/ in it."};
}

}  // namespace detente::resolve::errors
