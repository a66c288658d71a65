#include "detente/read/json_lines.h"

#include <nlohmann/json.hpp>

#include "detente/base/utf8.h"
#include "detente/read/encoding.h"
#include "detente/read/errors.h"
#include "detente/read/record.h"

namespace detente::read {
namespace {

// Keeps the fields that we know and drops the rest as it goes by, so that a record's size in memory
// is the size of its line, whatever the line nests.
class RecordHandler {
 public:
  using Json = nlohmann::json;

  Record record;
  std::vector<std::string> keys_found;
  std::size_t error_at = 0;
  std::string error_near;
  bool is_object = false;

  bool null() { return passed(); }
  bool boolean(bool) { return passed(); }
  bool number_integer(Json::number_integer_t value) { return take(std::to_string(value)); }
  bool number_unsigned(Json::number_unsigned_t value) { return take(std::to_string(value)); }
  bool number_float(Json::number_float_t, const std::string& spelled) { return take(spelled); }
  bool string(std::string& value) { return take(std::move(value)); }
  bool binary(Json::binary_t&) { return passed(); }

  bool start_object(std::size_t) {
    if (depth_ == 0) is_object = true;
    if (depth_ == 1) outer_key_ = in_object_ ? key_ : std::string();
    ++depth_;
    in_object_ = true;
    return true;
  }
  bool end_object() {
    --depth_;
    in_object_ = depth_ >= 1;
    return true;
  }
  bool start_array(std::size_t) {
    ++depth_;
    ++arrays_;
    return depth_ > 1;  // the record itself is an object
  }
  bool end_array() {
    --depth_;
    --arrays_;
    return true;
  }
  bool key(std::string& name) {
    constexpr std::size_t kMostKeys = 64;
    if (depth_ == 1 && keys_found.size() < kMostKeys) keys_found.push_back(name.substr(0, 40));
    if (depth_ <= 2) key_ = std::move(name);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& last_token,
                   const nlohmann::detail::exception&) {
    error_at = position;
    error_near = last_token.substr(last_token.size() > 24 ? last_token.size() - 24 : 0);
    return false;
  }

 private:
  static bool passed() { return true; }
  bool take(std::string value) {
    if (arrays_ > 0 || depth_ < 1 || depth_ > 2) return true;
    const auto meaning = Record::meaning_of(depth_ == 1 ? key_ : outer_key_ + "." + key_);
    if (meaning) record.take(*meaning, std::move(value));
    return true;
  }

  std::size_t depth_ = 0;
  std::size_t arrays_ = 0;
  bool in_object_ = false;
  std::string key_;
  std::string outer_key_;
};

}  // namespace

Result<Document> read_json_line(std::string_view line, std::string_view where,
                                const ReadOptions& options) {
  std::string repaired;
  std::vector<Remark> remarks;
  if (!utf8::is_valid(line)) {
    Decoded whole = decoded(line, "");
    remarks = std::move(whole.remarks);
    if (remarks.empty()) {
      remarks.push_back({"utf8-repaired", {}, "bytes that are not UTF-8 became U+FFFD"});
    }
    repaired = utf8::repair(whole.text).text;
    line = repaired;
  }
  RecordHandler handler;
  const bool parsed = nlohmann::json::sax_parse(line.begin(), line.end(), &handler);
  if (!parsed || !handler.is_object) {
    return errors::not_json(where, handler.error_at, utf8::repair(handler.error_near).text);
  }
  if (handler.record[Record::Field::Text].empty()) {
    return errors::no_text(where, handler.keys_found);
  }
  auto document = document_of(std::move(handler.record), where, options);
  if (document) {
    document->remarks.insert(document->remarks.end(), remarks.begin(), remarks.end());
  }
  return document;
}

}  // namespace detente::read
