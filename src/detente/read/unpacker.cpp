#include "detente/read/unpacker.h"

#include <brotli/decode.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <utility>

namespace detente::read {
namespace {

constexpr std::size_t kStepBytes = std::size_t{64} << 10;

class ZlibUnpacker : public Unpacker {
 public:
  // `window_bits` as inflateInit2() has them: they name the wrapping.
  explicit ZlibUnpacker(int window_bits) {
    is_ready_ = inflateInit2(&stream_, window_bits) == Z_OK;
  }
  ~ZlibUnpacker() override {
    if (is_ready_) inflateEnd(&stream_);
  }
  ZlibUnpacker(const ZlibUnpacker&) = delete;
  ZlibUnpacker& operator=(const ZlibUnpacker&) = delete;

  Step step(std::string_view packed, std::string& out, std::size_t most_bytes) override {
    if (!is_ready_) return {0, false, "no memory for it"};
    const std::size_t before = out.size();
    out.resize(before + most_bytes);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream_.avail_in = static_cast<uInt>(packed.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream_.avail_out = static_cast<uInt>(most_bytes);
    const int status = inflate(&stream_, Z_NO_FLUSH);
    out.resize(before + most_bytes - stream_.avail_out);
    Step step{packed.size() - stream_.avail_in, status == Z_STREAM_END, {}};
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
      step.damage = stream_.msg == nullptr ? "bad data" : stream_.msg;
    }
    return step;
  }
  void begin_member() override { inflateReset(&stream_); }
  [[nodiscard]] std::string_view magic() const override { return "\x1f\x8b\x08"; }

 private:
  z_stream stream_{};
  bool is_ready_ = false;
};

bool unpack_all(Unpacker& unpacker, std::string_view packed, std::size_t most_bytes,
                std::string& out);

// The frames of a web archive may share a dictionary, which stands in a frame of its own before
// them, plain or packed (the IIPC's WARC with zstd).
class ZstdUnpacker : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream()) {}
  ~ZstdUnpacker() override { ZSTD_freeDStream(stream_); }
  ZstdUnpacker(const ZstdUnpacker&) = delete;
  ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

  Step step(std::string_view packed, std::string& out, std::size_t most_bytes) override {
    if (may_be_dictionary_) {
      Step step = read_dictionary(packed);
      if (may_be_dictionary_ || step.member_ended || !step.damage.empty()) return step;
      // It is none: what was held back, too little for any output, goes the common way.
      step.damage = unpack_frame(std::exchange(frame_, {}), out, 0).damage;
      return step;
    }
    return unpack_frame(packed, out, most_bytes);
  }
  void begin_member() override { ZSTD_DCtx_reset(stream_, ZSTD_reset_session_only); }
  [[nodiscard]] std::string_view magic() const override { return kFrame; }

 private:
  static constexpr std::string_view kFrame = "\x28\xb5\x2f\xfd";
  static constexpr std::string_view kDictionaryFrame = "\x5d\x2a\x4d\x18";
  static constexpr std::size_t kHeadBytes = 8;  // the magic number and the length
  static constexpr std::size_t kMostDictionaryBytes = std::size_t{16} << 20;

  Step unpack_frame(std::string_view packed, std::string& out, std::size_t most_bytes) {
    const std::size_t before = out.size();
    out.resize(before + most_bytes);
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    ZSTD_outBuffer to{out.data() + before, most_bytes, 0};
    const std::size_t left = ZSTD_decompressStream(stream_, &to, &in);
    out.resize(before + to.pos);
    if (ZSTD_isError(left) != 0) return {in.pos, false, ZSTD_getErrorName(left)};
    return {in.pos, left == 0, {}};
  }

  // Collects the first frame as long as it may be a dictionary's.
  Step read_dictionary(std::string_view packed) {
    std::size_t taken = take_into_frame(packed, kDictionaryFrame.size());
    if (kDictionaryFrame.substr(0, frame_.size()) !=
        std::string_view(frame_).substr(0, kDictionaryFrame.size())) {
      may_be_dictionary_ = false;
      return {taken, false, {}};
    }
    taken += take_into_frame(packed.substr(taken), kHeadBytes);
    if (frame_.size() < kHeadBytes) return {taken, false, {}};
    std::size_t size_bytes = 0;
    for (std::size_t i = kHeadBytes; i-- > kDictionaryFrame.size();) {
      size_bytes = size_bytes << 8 | static_cast<unsigned char>(frame_[i]);
    }
    if (size_bytes > kMostDictionaryBytes) {
      may_be_dictionary_ = false;
      return {taken, false, "its dictionary is larger than 16 MiB"};
    }
    taken += take_into_frame(packed.substr(taken), kHeadBytes + size_bytes);
    if (frame_.size() < kHeadBytes + size_bytes) return {taken, false, {}};
    may_be_dictionary_ = false;
    return {taken, true, load_dictionary() ? "" : "its dictionary cannot be read"};
  }

  std::size_t take_into_frame(std::string_view packed, std::size_t up_to) {
    const std::size_t n = std::min(packed.size(), up_to - std::min(up_to, frame_.size()));
    frame_.append(packed.substr(0, n));
    return n;
  }

  bool load_dictionary() {
    std::string dictionary = std::exchange(frame_, {}).substr(kHeadBytes);
    if (dictionary.starts_with(kFrame)) {
      ZstdUnpacker own;
      std::string unpacked;
      if (!unpack_all(own, dictionary, kMostDictionaryBytes, unpacked)) return false;
      dictionary = std::move(unpacked);
    }
    return ZSTD_isError(ZSTD_DCtx_loadDictionary(stream_, dictionary.data(), dictionary.size())) ==
           0;
  }

  ZSTD_DStream* stream_;
  std::string frame_;
  bool may_be_dictionary_ = true;  // until the first frame is known
};

bool unpack_all(Unpacker& unpacker, std::string_view packed, std::size_t most_bytes,
                std::string& out) {
  while (!packed.empty() && out.size() < most_bytes) {
    const std::size_t before = out.size();
    const auto step = unpacker.step(packed, out, std::min(kStepBytes, most_bytes - before));
    packed.remove_prefix(step.taken);
    if (!step.damage.empty() || (step.taken == 0 && out.size() == before)) break;
    if (step.member_ended) unpacker.begin_member();
  }
  return !out.empty();
}

bool unpack_brotli(std::string_view packed, std::size_t most_bytes, std::string& out) {
  BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  if (state == nullptr) return false;
  std::size_t n_in = packed.size();
  const auto* in = reinterpret_cast<const std::uint8_t*>(packed.data());
  auto status = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
  while (status == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT && out.size() < most_bytes) {
    std::size_t n_out = 0;
    status = BrotliDecoderDecompressStream(state, &n_in, &in, &n_out, nullptr, nullptr);
    std::size_t n_here = most_bytes - out.size();
    const std::uint8_t* here = BrotliDecoderTakeOutput(state, &n_here);
    out.append(reinterpret_cast<const char*>(here), n_here);
  }
  BrotliDecoderDestroyInstance(state);
  return !out.empty();
}

}  // namespace

std::unique_ptr<Unpacker> unpacker_for(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return std::make_unique<ZlibUnpacker>(15 + 16);
  // zstd's frames, or one of its frames to be passed over.
  const bool is_skippable =
      head.size() >= 4 && (head[0] & '\xf0') == '\x50' && head.substr(1, 3) == "\x2a\x4d\x18";
  if (head.starts_with("\x28\xb5\x2f\xfd") || is_skippable) return std::make_unique<ZstdUnpacker>();
  return nullptr;
}

bool unpack(Packing packing, std::string_view packed, std::size_t most_bytes, std::string& out) {
  out.clear();
  switch (packing) {
    case Packing::Gzip: {
      ZlibUnpacker gzip(15 + 16);
      return unpack_all(gzip, packed, most_bytes, out);
    }
    case Packing::Deflate: {
      // The standard means zlib's wrapping; many servers send none.
      ZlibUnpacker wrapped(15);
      if (unpack_all(wrapped, packed, most_bytes, out)) return true;
      ZlibUnpacker raw(-15);
      return unpack_all(raw, packed, most_bytes, out);
    }
    case Packing::Zstd: {
      ZstdUnpacker zstd;
      return unpack_all(zstd, packed, most_bytes, out);
    }
    case Packing::Brotli:
      return unpack_brotli(packed, most_bytes, out);
  }
  return false;
}

}  // namespace detente::read
