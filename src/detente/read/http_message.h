#pragma once
// A server's answer as crawlers keep it: header, then a body that may be in chunks and packed.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/text_span.h"

namespace detente::read {

struct HttpMessage {
  int status = 0;  ///< 0: there is no header
  std::string content_type;
  std::string content_encoding;  ///< as the header states it, when the body could not be unpacked
  std::string body;              ///< joined and unpacked
  std::vector<Remark> remarks;
};

/// Chunks that are none and packing that is none are let pass as they stand: crawlers unpack bodies
/// and keep the header. `most_bytes` bounds the body.
[[nodiscard]] HttpMessage read_http(std::string_view block, std::size_t most_bytes);

}  // namespace detente::read
