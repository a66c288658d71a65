#include "detente/parse/msgpack_value.h"

#include <msgpack.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <span>

#include "detente/base/assert.h"
#include "detente/base/mapped_file.h"
#include "detente/parse/errors.h"

namespace detente::parse {
namespace {

constexpr int kDeepest = 24;  // libmsgpack gives up at 32

std::string_view text_of(const msgpack_object& o) {
  if (o.type == MSGPACK_OBJECT_STR) return {o.via.str.ptr, o.via.str.size};
  if (o.type == MSGPACK_OBJECT_BIN) return {o.via.bin.ptr, o.via.bin.size};
  return {};
}

bool is_text(const msgpack_object& o) {
  return o.type == MSGPACK_OBJECT_STR || o.type == MSGPACK_OBJECT_BIN;
}

const char* kind_name(const msgpack_object& o) {
  switch (o.type) {
    case MSGPACK_OBJECT_NIL:
      return "nothing";
    case MSGPACK_OBJECT_BOOLEAN:
      return "true or false";
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
      return "a whole number";
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
      return "a number";
    case MSGPACK_OBJECT_STR:
      return "text";
    case MSGPACK_OBJECT_BIN:
      return "bytes";
    case MSGPACK_OBJECT_ARRAY:
      return "an array";
    case MSGPACK_OBJECT_MAP:
      return "a map";
    default:
      return "an extension type";
  }
}

std::span<const msgpack_object> items(const msgpack_object& o) {
  if (o.type != MSGPACK_OBJECT_ARRAY) return {};
  return {o.via.array.ptr, o.via.array.size};
}

std::span<const msgpack_object_kv> entries(const msgpack_object& o) {
  if (o.type != MSGPACK_OBJECT_MAP) return {};
  return {o.via.map.ptr, o.via.map.size};
}

std::string key_text(const msgpack_object& key) {
  if (is_text(key)) return std::string(text_of(key));
  if (key.type == MSGPACK_OBJECT_POSITIVE_INTEGER) return std::to_string(key.via.u64);
  return "?";
}

bool find_path(const msgpack_object& from, const msgpack_object* target, std::string& path) {
  if (&from == target) return true;
  const std::size_t length = path.size();
  std::size_t i = 0;
  for (const msgpack_object& item : items(from)) {
    path += "[" + std::to_string(i++) + "]";
    if (find_path(item, target, path)) return true;
    path.resize(length);
  }
  for (const msgpack_object_kv& entry : entries(from)) {
    if (&entry.key == target) return true;
    if (!path.empty()) path += ".";
    path += key_text(entry.key);
    if (find_path(entry.val, target, path)) return true;
    path.resize(length);
  }
  return false;
}

// Walks the bytes once before libmsgpack does, because it takes memory for as many items as a
// header announces, be there bytes for them or not.
class Checker {
 public:
  explicit Checker(std::string_view bytes) : bytes_(bytes) {}

  /// Null when the bytes are one whole value, else what is wrong at offset().
  const char* check() {
    if (const char* wrong = value(0)) return wrong;
    return at_ == bytes_.size() ? nullptr : "bytes are left over";
  }
  [[nodiscard]] std::size_t offset() const { return at_; }

 private:
  static constexpr const char* kCutShort = "the data end in the middle of a value";

  const char* value(int depth) {  // NOLINT(misc-no-recursion): at most kDeepest deep
    if (depth > kDeepest) return "values are nested too deeply";
    if (at_ >= bytes_.size()) return kCutShort;
    const auto head = static_cast<unsigned char>(bytes_[at_]);
    if (head <= 0x7F || head >= 0xE0) return skip(1);
    if (head <= 0x8F) return sequence(1, 2 * (head & 0x0FU), depth);
    if (head <= 0x9F) return sequence(1, head & 0x0FU, depth);
    if (head <= 0xBF) return skip(1 + (head & 0x1FU));
    switch (head) {
      case 0xC0:  // nil
      case 0xC2:  // false
      case 0xC3:  // true
        return skip(1);
      case 0xC4:  // bytes
      case 0xD9:  // text
        return counted(1, 0);
      case 0xC5:
      case 0xDA:
        return counted(2, 0);
      case 0xC6:
      case 0xDB:
        return counted(4, 0);
      case 0xC7:  // extension: one byte of type more
        return counted(1, 1);
      case 0xC8:
        return counted(2, 1);
      case 0xC9:
        return counted(4, 1);
      case 0xCC:  // numbers
      case 0xD0:
        return skip(2);
      case 0xCD:
      case 0xD1:
        return skip(3);
      case 0xCA:
      case 0xCE:
      case 0xD2:
        return skip(5);
      case 0xCB:
      case 0xCF:
      case 0xD3:
        return skip(9);
      case 0xD4:  // extensions of 1, 2, 4, 8, 16 bytes
      case 0xD5:
      case 0xD6:
      case 0xD7:
      case 0xD8:
        return skip(2 + (1ULL << (head - 0xD4U)));
      case 0xDC:  // arrays
        return counted_sequence(2, 1, depth);
      case 0xDD:
        return counted_sequence(4, 1, depth);
      case 0xDE:  // maps
        return counted_sequence(2, 2, depth);
      case 0xDF:
        return counted_sequence(4, 2, depth);
      default:
        return "a byte that starts no value";
    }
  }
  const char* skip(std::uint64_t n) {
    if (n > bytes_.size() - at_) return kCutShort;
    at_ += n;
    return nullptr;
  }
  bool read_count(std::size_t n_bytes, std::uint64_t& count) {
    if (1 + n_bytes > bytes_.size() - at_) return false;
    count = 0;
    for (std::size_t i = 1; i <= n_bytes; ++i)
      count = (count << 8) | static_cast<unsigned char>(bytes_[at_ + i]);
    return true;
  }
  const char* counted(std::size_t n_bytes, std::size_t extra) {
    std::uint64_t count = 0;
    if (!read_count(n_bytes, count)) return kCutShort;
    return skip(1 + n_bytes + extra + count);
  }
  const char* counted_sequence(std::size_t n_bytes, std::uint64_t per_item, int depth) {
    std::uint64_t count = 0;
    if (!read_count(n_bytes, count)) return kCutShort;
    return sequence(1 + n_bytes, count * per_item, depth);
  }
  const char* sequence(std::size_t head_bytes, std::uint64_t n_values, int depth) {
    if (n_values > bytes_.size() - at_ - head_bytes) return "more items announced than bytes left";
    at_ += head_bytes;
    for (std::uint64_t i = 0; i < n_values; ++i) {
      if (const char* wrong = value(depth + 1)) return wrong;
    }
    return nullptr;
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
};

template <typename T>
void copy_floats(std::string_view data, std::vector<float>& out) {
  out.resize(data.size() / sizeof(T));
  for (std::size_t i = 0; i < out.size(); ++i) {
    T value;
    std::memcpy(&value, data.data() + i * sizeof(T), sizeof(T));
    out[i] = static_cast<float>(value);
  }
}

}  // namespace

bool MsgpackValue::is_nil() const { return object_->type == MSGPACK_OBJECT_NIL; }
bool MsgpackValue::is_map() const { return object_->type == MSGPACK_OBJECT_MAP; }
bool MsgpackValue::is_array() const { return object_->type == MSGPACK_OBJECT_ARRAY; }
bool MsgpackValue::is_string() const { return is_text(*object_); }
bool MsgpackValue::is_boolean() const { return object_->type == MSGPACK_OBJECT_BOOLEAN; }
bool MsgpackValue::is_integer() const {
  return object_->type == MSGPACK_OBJECT_POSITIVE_INTEGER ||
         object_->type == MSGPACK_OBJECT_NEGATIVE_INTEGER;
}

Error MsgpackValue::needs(std::string_view kind) const {
  return errors::wrong_kind(file(), path(), kind, kind_name(*object_));
}

Result<bool> MsgpackValue::boolean() const {
  if (!is_boolean()) return needs("true or false");
  return object_->via.boolean;
}

Result<std::int64_t> MsgpackValue::integer() const {
  if (object_->type == MSGPACK_OBJECT_NEGATIVE_INTEGER) return object_->via.i64;
  if (object_->type != MSGPACK_OBJECT_POSITIVE_INTEGER ||
      object_->via.u64 > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return needs("a whole number of 63 bits");
  }
  return static_cast<std::int64_t>(object_->via.u64);
}

Result<std::uint64_t> MsgpackValue::id() const {
  if (object_->type != MSGPACK_OBJECT_POSITIVE_INTEGER) return needs("a whole number");
  return object_->via.u64;
}

Result<double> MsgpackValue::number() const {
  switch (object_->type) {
    case MSGPACK_OBJECT_FLOAT32:
    case MSGPACK_OBJECT_FLOAT64:
      return object_->via.f64;
    case MSGPACK_OBJECT_POSITIVE_INTEGER:
      return static_cast<double>(object_->via.u64);
    case MSGPACK_OBJECT_NEGATIVE_INTEGER:
      return static_cast<double>(object_->via.i64);
    default:
      return needs("a number");
  }
}

Result<std::string_view> MsgpackValue::string() const {
  if (!is_string()) return needs("text");
  return text_of(*object_);
}

Result<NumpyArray> MsgpackValue::numpy() const {
  DETENTE_TRY(const MsgpackValue type_value, at("type"));
  DETENTE_TRY(const MsgpackValue data_value, at("data"));
  DETENTE_TRY(const std::string_view type, type_value.string());
  DETENTE_TRY(const std::string_view data, data_value.string());
  NumpyArray array;
  std::size_t n_values = 1;
  if (const auto shape = find("shape")) {  // a single number has none
    for (std::size_t i = 0; i < shape->size(); ++i) {
      DETENTE_TRY(const std::uint64_t length, shape->item(i).id());
      if (length != 0 && n_values > data.size() / length)
        return errors::array_unreadable(file(), path(), "the shape asks for more than the data");
      n_values *= length;
      array.shape.push_back(length);
    }
  }
  const std::size_t unit = type == "<f4" ? 4 : type == "<f8" ? 8 : 0;
  if (unit == 0)
    return errors::array_unreadable(file(), path(), "type '" + std::string(type) + "'");
  if (data.size() != n_values * unit) {
    return errors::array_unreadable(file(), path(),
                                    std::to_string(data.size()) + " bytes where the shape needs " +
                                        std::to_string(n_values * unit));
  }
  if (unit == 4) {
    copy_floats<float>(data, array.values);
  } else {
    copy_floats<double>(data, array.values);
  }
  return array;
}

std::size_t MsgpackValue::size() const {
  return is_array() ? items(*object_).size() : entries(*object_).size();
}

MsgpackValue MsgpackValue::item(std::size_t i) const {
  DETENTE_ASSERT(i < size(), "an item that exists is asked for");
  return {is_array() ? &items(*object_)[i] : &entries(*object_)[i].val, document_};
}

MsgpackValue MsgpackValue::key(std::size_t i) const {
  DETENTE_ASSERT(is_map() && i < size(), "a key that exists is asked for");
  return {&entries(*object_)[i].key, document_};
}

std::optional<MsgpackValue> MsgpackValue::find(std::string_view key) const {
  for (const msgpack_object_kv& entry : entries(*object_)) {
    if (is_text(entry.key) && text_of(entry.key) == key) return MsgpackValue(&entry.val, document_);
  }
  return std::nullopt;
}

std::optional<MsgpackValue> MsgpackValue::find(std::uint64_t key) const {
  for (const msgpack_object_kv& entry : entries(*object_)) {
    if (entry.key.type == MSGPACK_OBJECT_POSITIVE_INTEGER && entry.key.via.u64 == key)
      return MsgpackValue(&entry.val, document_);
  }
  return std::nullopt;
}

Result<MsgpackValue> MsgpackValue::at(std::string_view key) const {
  if (!is_map()) return needs("a map");
  if (const auto found = find(key)) return *found;
  return errors::value_missing(file(), path(), key);
}

Result<MsgpackValue> MsgpackValue::map() const {
  if (!is_map()) return needs("a map");
  return *this;
}

Result<MsgpackValue> MsgpackValue::array() const {
  if (!is_array()) return needs("an array");
  return *this;
}

std::string MsgpackValue::path() const {
  std::string path;
  find_path(*document_->root().object_, object_, path);
  return path;
}

std::string_view MsgpackValue::file() const { return document_->name(); }

struct MsgpackDocument::Unpacked {
  msgpack_unpacked result;
  Unpacked() { msgpack_unpacked_init(&result); }
  Unpacked(const Unpacked&) = delete;
  Unpacked& operator=(const Unpacked&) = delete;
  ~Unpacked() { msgpack_unpacked_destroy(&result); }
};

MsgpackDocument::MsgpackDocument(std::string bytes, std::string name)
    : bytes_(std::move(bytes)), name_(std::move(name)), unpacked_(std::make_unique<Unpacked>()) {}

MsgpackDocument::~MsgpackDocument() = default;

Result<std::unique_ptr<MsgpackDocument>> MsgpackDocument::open(const std::filesystem::path& path) {
  DETENTE_TRY(const MappedFile file, MappedFile::open(path));
  return parse(std::string(file.text()), path.string());
}

Result<std::unique_ptr<MsgpackDocument>> MsgpackDocument::parse(std::string bytes,
                                                                std::string name) {
  Checker checker(bytes);
  if (const char* wrong = checker.check())
    return errors::broken_msgpack(name, checker.offset(), wrong);
  std::unique_ptr<MsgpackDocument> document(new MsgpackDocument(std::move(bytes), std::move(name)));
  std::size_t offset = 0;
  const msgpack_unpack_return state = msgpack_unpack_next(
      &document->unpacked_->result, document->bytes_.data(), document->bytes_.size(), &offset);
  if (state != MSGPACK_UNPACK_SUCCESS)
    return errors::broken_msgpack(document->name_, offset, "a value that cannot be unpacked");
  return document;
}

MsgpackValue MsgpackDocument::root() const { return {&unpacked_->result.data, this}; }

}  // namespace detente::parse
