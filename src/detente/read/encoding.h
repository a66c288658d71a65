#pragma once
// Bytes of whatever encoding become UTF-8.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::read {

struct Decoded {
  std::string
      text;  ///< as UTF-8; bytes that are none may be left in it when nothing better is known
  std::vector<Remark> remarks;
};

/// By byte order mark, then `stated` (what the transport or the file itself says; empty: nothing),
/// then by what the bytes look like. Bytes that are UTF-8 stay as they are, whatever is stated.
[[nodiscard]] Decoded decoded(std::string_view bytes, std::string_view stated);

/// The charset that a page states in its first bytes; empty: none.
[[nodiscard]] std::string charset_in_page(std::string_view page);

inline constexpr std::size_t kUtf16MarkBytes = 2;
[[nodiscard]] bool has_utf16_mark(std::string_view head);
/// "utf-16le" or "utf-16be", by the byte order mark or by the zeros of the Latin script; else
/// empty.
[[nodiscard]] std::string utf16_name(std::string_view head);

/// UTF-16 piece by piece; what is none becomes U+FFFD.
class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool is_big_endian) : is_big_endian_(is_big_endian) {}
  /// Appends as UTF-8; half a character at the end waits for the next piece.
  void decode(std::string_view bytes, std::string& out);

 private:
  bool is_big_endian_;
  std::optional<char> half_;
  std::uint32_t high_ = 0;
};

/// The 256 characters of a one-byte encoding, −1 for none. False: it is not of one byte, or not
/// known.
[[nodiscard]] bool one_byte_table(const std::string& charset, int (&table)[256]);

}  // namespace detente::read
