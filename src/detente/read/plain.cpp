#include "detente/read/read.h"
#include "detente/read/record.h"

namespace detente::read {

Result<Document> read_plain(std::string_view bytes, const ReadOptions& options) {
  Record record;
  record.take({Record::Field::Id, 0}, options.id);
  record.take({Record::Field::Text, 0}, std::string(bytes.substr(0, kMaxTextBytes + 1)));
  return document_of(
      std::move(record),
      !options.id.empty() ? options.id : (options.name.empty() ? "the text" : options.name),
      options);
}

}  // namespace detente::read
