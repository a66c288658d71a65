#include "detente/read/encoding.h"

#include <iconv.h>
#include <uchardet/uchardet.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "detente/base/utf8.h"

namespace detente::read {
namespace {

// So few bad runs in a text are slips, not another encoding.
constexpr std::size_t kFewBadRuns = 4;
constexpr std::size_t kBytesToJudge = std::size_t{256} << 10;

std::string small(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

// Labels that the web uses for a wider encoding than they name (the Encoding Standard's list).
std::string wider(std::string_view label) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 15> kWider{
      {{"iso-8859-1", "windows-1252"},
       {"iso8859-1", "windows-1252"},
       {"latin1", "windows-1252"},
       {"latin-1", "windows-1252"},
       {"us-ascii", "windows-1252"},
       {"ascii", "windows-1252"},
       {"iso-8859-9", "windows-1254"},
       {"tis-620", "windows-874"},
       {"gb2312", "gb18030"},
       {"gbk", "gb18030"},
       {"x-sjis", "cp932"},
       {"shift_jis", "cp932"},
       {"euc-kr", "cp949"},
       {"ks_c_5601-1987", "cp949"},
       {"utf-16", "utf-16le"}}};
  const std::string name = small(label);
  for (const auto& [known, iconv_name] : kWider) {
    if (known == name) return std::string(iconv_name);
  }
  return name;
}

class Converter {
 public:
  explicit Converter(const std::string& from, const char* to = "UTF-8")
      : handle_(iconv_open(to, from.c_str())) {}
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  [[nodiscard]] bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  // Bytes that are none of the encoding become U+FFFD, and count.
  std::size_t convert(std::string_view bytes, std::string& out) {
    std::size_t n_bad = 0;
    char* in = const_cast<char*>(bytes.data());
    std::size_t n_in = bytes.size();
    std::array<char, 4096> piece{};
    while (n_in > 0) {
      char* to = piece.data();
      std::size_t n_to = piece.size();
      const std::size_t done = iconv(handle_, &in, &n_in, &to, &n_to);
      const int error = errno;
      out.append(piece.data(), piece.size() - n_to);
      if (done != static_cast<std::size_t>(-1) || error == E2BIG) continue;
      utf8::append(out, 0xFFFD);
      ++n_bad;
      ++in;
      --n_in;
    }
    return n_bad;
  }

 private:
  iconv_t handle_;
};

std::string guessed(std::string_view bytes) {
  uchardet_t detector = uchardet_new();
  uchardet_handle_data(detector, bytes.data(), std::min(bytes.size(), kBytesToJudge));
  uchardet_data_end(detector);
  std::string name = small(uchardet_get_charset(detector));
  uchardet_delete(detector);
  return name;
}

std::size_t n_good_sequences(std::string_view bytes) {
  std::size_t n = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); ++i) {
    const auto lead = static_cast<unsigned char>(bytes[i]);
    const auto next = static_cast<unsigned char>(bytes[i + 1]);
    if (lead >= 0xC2 && lead <= 0xF4 && next >= 0x80 && next <= 0xBF) ++n;
  }
  return n;
}

// Letters and quotation marks of Western Europe in single bytes among ASCII, as no UTF-8 has them,
// not even where it is cut.
bool is_western(std::string_view bytes) {
  const auto byte_at = [bytes](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const auto is_letter = [](unsigned byte) {
    return (byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z';
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned byte = byte_at(i);
    if (byte < 0x80) continue;
    const unsigned before = i > 0 ? byte_at(i - 1) : 0;
    const unsigned behind = byte_at(i + 1);
    if (before >= 0x80 || behind >= 0x80 || i + 1 == bytes.size()) return false;
    const bool is_mark = byte == 0x85 || (byte >= 0x91 && byte <= 0x97) || byte == 0xA3;
    const bool in_word = byte >= 0xC0 && byte <= 0xFD && (is_letter(before) || is_letter(behind));
    // A capital inside a word is the beginning of a character of UTF-8 that was cut.
    const bool is_cut = byte <= 0xDE && before >= 'a' && before <= 'z';
    if (!is_mark && (!in_word || is_cut)) return false;
  }
  return true;
}

// Every other byte of the Latin script is zero in UTF-16.
std::string utf16_without_mark(std::string_view bytes) {
  constexpr std::size_t kHeadBytes = 1024;
  constexpr std::size_t kFewest = 8;
  const std::string_view head = bytes.substr(0, kHeadBytes);
  std::size_t n_zero[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) n_zero[i % 2] += head[i] == '\0' ? 1 : 0;
  if (head.size() < kFewest) return {};
  const auto most_are_zero = [&](int which, int other) {
    return n_zero[which] * 3 > head.size() && n_zero[other] * 20 < head.size();
  };
  return most_are_zero(1, 0) ? "utf-16le" : most_are_zero(0, 1) ? "utf-16be" : "";
}

bool is_unicode_bytes(const std::string& charset) {
  return charset == "utf-8" || charset == "utf8" || charset.empty() || charset == "ascii";
}

}  // namespace

Decoded decoded(std::string_view bytes, std::string_view stated) {
  Decoded result;
  std::string charset = utf16_name(bytes);
  if (has_utf16_mark(bytes)) bytes.remove_prefix(kUtf16MarkBytes);
  if (charset.empty()) {
    if (utf8::is_valid(bytes)) {
      result.text = bytes;
      return result;
    }
    charset = wider(stated);
    if (is_unicode_bytes(charset)) {
      const std::size_t n_bad = utf8::repair(bytes.substr(0, kBytesToJudge)).n_replaced;
      const bool is_slip = n_bad < kFewBadRuns || n_good_sequences(bytes) >= n_bad;
      charset = !is_slip            ? wider(guessed(bytes))
                : is_western(bytes) ? std::string("windows-1252")
                                    : std::string();
    }
  }
  Converter converter(charset);
  if (is_unicode_bytes(charset) || !converter.is_open()) {
    result.text = bytes;
    return result;
  }
  const std::size_t n_bad = converter.convert(bytes, result.text);
  result.remarks.push_back({"charset-decoded", {}, "read as " + charset});
  if (n_bad > 0) {
    result.remarks.push_back(
        {"charset-repaired",
         {},
         std::to_string(n_bad) + " bytes are not " + charset + "; each became U+FFFD"});
  }
  return result;
}

std::string charset_in_page(std::string_view page) {
  constexpr std::size_t kHeadBytes = 4096;
  constexpr std::string_view kName = "charset";
  const std::string head = small(page.substr(0, kHeadBytes));
  std::size_t at = head.find(kName);
  if (at == std::string::npos) at = head.find("encoding");  // of an XML declaration
  if (at == std::string::npos) return {};
  at = head.find_first_not_of(" =\"'", head.find('=', at));
  if (at == std::string::npos) return {};
  return head.substr(at, std::min(head.find_first_of("\"' ;>/?", at), head.size()) - at);
}

bool has_utf16_mark(std::string_view head) {
  return head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF");
}

std::string utf16_name(std::string_view head) {
  if (!has_utf16_mark(head)) return utf16_without_mark(head);
  return head[0] == '\xFF' ? "utf-16le" : "utf-16be";
}

void Utf16Decoder::decode(std::string_view bytes, std::string& out) {
  constexpr std::uint32_t kReplacement = 0xFFFD;
  for (const char c : bytes) {
    if (!half_) {
      half_ = c;
      continue;
    }
    const auto first = static_cast<unsigned char>(*std::exchange(half_, {}));
    const auto second = static_cast<unsigned char>(c);
    std::uint32_t unit = is_big_endian_ ? first << 8U | second : second << 8U | first;
    const bool is_low = unit >= 0xDC00 && unit < 0xE000;
    if (high_ != 0 && is_low) {
      unit = 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00);
    } else {
      if (high_ != 0) utf8::append(out, kReplacement);
      if (is_low) unit = kReplacement;
    }
    const bool is_high = unit >= 0xD800 && unit < 0xDC00;
    high_ = is_high ? unit : 0;
    if (!is_high) utf8::append(out, unit);
  }
}

bool one_byte_table(const std::string& charset, int (&table)[256]) {
  for (int i = 0; i < 256; ++i) {
    Converter converter(wider(charset));
    if (!converter.is_open()) return false;
    const char byte = static_cast<char>(i);
    std::string out;
    const bool is_bad = converter.convert({&byte, 1}, out) > 0;
    table[i] = -1;
    if (is_bad) continue;
    table[i] = static_cast<int>(utf8::decode(out, 0).code_point);
  }
  return true;
}

}  // namespace detente::read
