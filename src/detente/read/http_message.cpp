#include "detente/read/http_message.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "detente/read/unpacker.h"

namespace detente::read {
namespace {

std::string small_and_trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
  std::string out(text.substr(begin));
  while (!out.empty() && (out.back() == ' ' || out.back() == '\t' || out.back() == '\r')) {
    out.pop_back();
  }
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

std::string_view take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

// Nothing: the body is in no chunks at all.
std::optional<std::string> joined(std::string_view chunks, bool& is_whole) {
  std::string out;
  is_whole = false;
  for (std::size_t n = 0;; ++n) {
    std::string_view rest = chunks;
    const std::string_view line = take_line(rest);
    std::uint64_t size = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    const bool is_size = error == std::errc() && (end == line.data() + line.size() || *end == ';' ||
                                                  *end == ' ' || *end == '\r');
    if (!is_size) return n == 0 ? std::nullopt : std::optional(std::move(out));
    if (size == 0) {
      is_whole = true;
      return out;
    }
    if (size > rest.size()) {
      if (n == 0 && chunks.size() == rest.size() + line.size()) return std::nullopt;
      out.append(rest);
      return out;
    }
    out.append(rest.substr(0, static_cast<std::size_t>(size)));
    rest.remove_prefix(static_cast<std::size_t>(size));
    if (rest.starts_with("\r\n")) {
      rest.remove_prefix(2);
    } else if (rest.starts_with('\n')) {
      rest.remove_prefix(1);
    }
    if (rest.empty()) return out;
    chunks = rest;
  }
}

bool is_text(std::string_view body) {
  const std::string_view head = body.substr(0, 512);
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  });
}

void unpack_body(const std::string& encoding, std::size_t most_bytes, HttpMessage& message) {
  constexpr std::array<std::pair<std::string_view, Packing>, 6> kPackings{
      {{"gzip", Packing::Gzip},
       {"x-gzip", Packing::Gzip},
       {"deflate", Packing::Deflate},
       {"zstd", Packing::Zstd},
       {"br", Packing::Brotli},
       {"x-deflate", Packing::Deflate}}};
  if (encoding.empty() || encoding == "identity" || message.body.empty()) return;
  const auto* known = std::find_if(kPackings.begin(), kPackings.end(),
                                   [&](const auto& p) { return p.first == encoding; });
  std::string unpacked;
  if (known != kPackings.end() && unpack(known->second, message.body, most_bytes, unpacked)) {
    message.body = std::move(unpacked);
  } else if (!is_text(message.body)) {
    message.content_encoding = encoding;
    message.body.clear();
  }
}

}  // namespace

HttpMessage read_http(std::string_view block, std::size_t most_bytes) {
  HttpMessage message;
  std::string_view rest = block;
  const std::string_view first = take_line(rest);
  std::string_view status = first;
  // "HTTP/1.1 200 OK"; some writers leave the protocol away.
  if (status.starts_with("HTTP/")) status.remove_prefix(std::min(status.find(' '), status.size()));
  status.remove_prefix(std::min(status.find_first_not_of(' '), status.size()));
  std::from_chars(status.data(), status.data() + std::min<std::size_t>(status.size(), 3),
                  message.status);
  if (message.status < 100) {
    message.status = 0;
    message.body = block.substr(0, most_bytes);
    return message;
  }
  std::string encoding;
  bool is_chunked = false;
  for (std::string_view line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = small_and_trimmed(line.substr(0, colon));
    std::string value = small_and_trimmed(line.substr(colon + 1));
    if (name == "content-type") {
      message.content_type = std::move(value);
    } else if (name == "content-encoding") {
      encoding = std::move(value);
    } else if (name == "transfer-encoding") {
      is_chunked = value.find("chunked") != std::string::npos;
    }
  }
  message.body = rest;
  if (is_chunked) {
    bool is_whole = true;
    if (auto body = joined(rest, is_whole)) {
      message.body = std::move(*body);
      if (!is_whole) {
        message.remarks.push_back({"body-cut", {}, "the last chunks of the page are missing"});
      }
    } else {
      message.remarks.push_back(
          {"not-chunked", {}, "the header promises chunks and the body has none"});
    }
  }
  unpack_body(encoding, most_bytes, message);
  if (message.body.size() > most_bytes) message.body.resize(most_bytes);
  return message;
}

}  // namespace detente::read
