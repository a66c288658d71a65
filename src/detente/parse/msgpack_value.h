#pragma once
// MessagePack files of a spaCy pipeline folder: values by key, arrays, numbers, numpy arrays.
// Used while converting a model, never while reading news.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

struct msgpack_object;  // libmsgpack's

namespace detente::parse {

class MsgpackDocument;

/// Numbers of a numpy array, row-major, with their shape.
struct NumpyArray {
  std::vector<std::size_t> shape;
  std::vector<float> values;
};

/// A view of one value; lives as long as its MsgpackDocument. Errors name the file and the path to
/// the value, e.g. "tok2vec/model: at params[3].W: …": D0302 missing, D0303 of another kind.
class MsgpackValue {
 public:
  [[nodiscard]] bool is_nil() const;
  [[nodiscard]] bool is_map() const;
  [[nodiscard]] bool is_array() const;
  [[nodiscard]] bool is_string() const;  ///< text or bytes
  [[nodiscard]] bool is_integer() const;
  [[nodiscard]] bool is_boolean() const;

  [[nodiscard]] Result<bool> boolean() const;
  [[nodiscard]] Result<std::int64_t> integer() const;
  [[nodiscard]] Result<std::uint64_t> id() const;  ///< a whole number that is not negative
  [[nodiscard]] Result<double> number() const;     ///< of a float or an integer
  /// Text or bytes alike: spaCy writes some keys and values as bytes. Not checked for UTF-8.
  [[nodiscard]] Result<std::string_view> string() const;
  /// {nd, type, shape, data} as msgpack-numpy writes it, float32 or float64. D0304: of another
  /// type, or data and shape disagree.
  [[nodiscard]] Result<NumpyArray> numpy() const;

  /// Elements of an array or entries of a map; 0 for anything else.
  [[nodiscard]] std::size_t size() const;
  /// Element `i` of an array, or value `i` of a map; i < size().
  [[nodiscard]] MsgpackValue item(std::size_t i) const;
  /// Key `i` of a map; i < size().
  [[nodiscard]] MsgpackValue key(std::size_t i) const;

  /// Value under a text or bytes key, or an integer key. Linear in the entries. `at` fails with
  /// D0302 when there is none.
  [[nodiscard]] std::optional<MsgpackValue> find(std::string_view key) const;
  [[nodiscard]] std::optional<MsgpackValue> find(std::uint64_t key) const;
  [[nodiscard]] Result<MsgpackValue> at(std::string_view key) const;
  /// This very value if it is a map (an array); else D0303.
  [[nodiscard]] Result<MsgpackValue> map() const;
  [[nodiscard]] Result<MsgpackValue> array() const;

  /// "params[3].W", found by searching: for messages only.
  [[nodiscard]] std::string path() const;
  [[nodiscard]] std::string_view file() const;

 private:
  friend class MsgpackDocument;
  MsgpackValue(const msgpack_object* object, const MsgpackDocument* document)
      : object_(object), document_(document) {}
  [[nodiscard]] Error needs(std::string_view kind) const;
  const msgpack_object* object_;
  const MsgpackDocument* document_;
};

/// Owns the bytes and the values unpacked from them. Stays where it is: values point to it.
class MsgpackDocument {
 public:
  /// Errors: D0001/D0002 (base), D0301 broken bytes, with the offset.
  static Result<std::unique_ptr<MsgpackDocument>> open(const std::filesystem::path& path);
  /// `name` stands for the file in messages. Nesting deeper than 24 counts as broken. Memory: about
  /// 50 bytes for each value.
  static Result<std::unique_ptr<MsgpackDocument>> parse(std::string bytes, std::string name);

  MsgpackDocument(const MsgpackDocument&) = delete;
  MsgpackDocument& operator=(const MsgpackDocument&) = delete;
  ~MsgpackDocument();

  [[nodiscard]] MsgpackValue root() const;
  [[nodiscard]] std::string_view name() const { return name_; }

 private:
  struct Unpacked;
  MsgpackDocument(std::string bytes, std::string name);
  std::string bytes_;
  std::string name_;
  std::unique_ptr<Unpacked> unpacked_;
};

}  // namespace detente::parse
