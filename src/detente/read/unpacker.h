#pragma once
// gzip and zstd, step by step. Files of both may be several members in a row.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace detente::read {

class Unpacker {
 public:
  virtual ~Unpacker() = default;
  Unpacker() = default;
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;

  struct Step {
    std::size_t taken = 0;      ///< of the packed bytes
    bool member_ended = false;  ///< what follows is another member
    std::string damage;         ///< empty: all is well
  };
  /// Appends what the packed bytes hold to `out`, at most `most_bytes`.
  virtual Step step(std::string_view packed, std::string& out, std::size_t most_bytes) = 0;
  /// Makes ready for the beginning of a member.
  virtual void begin_member() = 0;
  /// The bytes with which each member begins.
  [[nodiscard]] virtual std::string_view magic() const = 0;
};

/// The unpacker for bytes that begin so; null: they are not packed.
[[nodiscard]] std::unique_ptr<Unpacker> unpacker_for(std::string_view head);

enum class Packing : std::uint8_t { Gzip, Deflate, Zstd, Brotli };

/// Unpacks all of `packed`, up to `most_bytes`; what stands before damage is kept. Nothing: not a
/// byte of it could be unpacked.
[[nodiscard]] bool unpack(Packing packing, std::string_view packed, std::size_t most_bytes,
                          std::string& out);

}  // namespace detente::read
