#pragma once
// Bytes of whatever encoding become UTF-8.

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

/// The 256 characters of a one-byte encoding, −1 for none. False: it is not of one byte, or not
/// known.
[[nodiscard]] bool one_byte_table(const std::string& charset, int (&table)[256]);

}  // namespace detente::read
