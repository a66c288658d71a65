#include "detente/ledger/identity.h"

#include <algorithm>
#include <array>
#include <vector>

namespace detente::ledger {
namespace {

__extension__ using Wide = unsigned __int128;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

std::string revision_key(std::string_view key, std::string_view content) {
  return std::string(key) + "\x1f" + std::string(content);
}

// Parameters that tell who sent the reader, not which page it is.
bool is_tracking(std::string_view parameter) {
  constexpr std::array<std::string_view, 10> kNames{
      "utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "yclid", "msclkid", "cmpid", "ncid"};
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view name) { return parameter.starts_with(name); });
}

std::string without_tracking(std::string_view query) {
  std::vector<std::string_view> kept;
  while (!query.empty()) {
    const std::string_view one = query.substr(0, query.find('&'));
    if (!one.empty() && !is_tracking(one)) kept.push_back(one);
    query.remove_prefix(std::min(query.size(), one.size() + 1));
  }
  std::string out;
  for (const std::string_view one : kept) out += (out.empty() ? "?" : "&") + std::string(one);
  return out;
}

}  // namespace

Hash128 hash_of(std::string_view bytes) {
  Wide hash = (static_cast<Wide>(0x6C62272E07BB0142ULL) << 64) | 0x62B821756295C58DULL;
  constexpr Wide kPrime = (static_cast<Wide>(1) << 88) | 0x13B;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kPrime;
  return {static_cast<std::uint64_t>(hash >> 64), static_cast<std::uint64_t>(hash)};
}

std::uint64_t short_hash(std::string_view bytes) {
  const Hash128 hash = hash_of(bytes);
  return hash.high ^ (hash.low << 1 | hash.low >> 63);
}

std::string hex(Hash128 hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out(32, '0');
  for (std::size_t i = 16; i-- > 0; hash.high >>= 4, hash.low >>= 4) {
    out[i] = kDigits[hash.high & 15];
    out[i + 16] = kDigits[hash.low & 15];
  }
  return out;
}

std::string canonical_url(std::string_view url) {
  url = url.substr(0, url.find('#'));
  std::string_view scheme = "";
  if (const std::size_t at = url.find("://"); at != std::string_view::npos) {
    scheme = url.substr(0, at);
    url.remove_prefix(at + 3);
  }
  const std::size_t host_end = std::min(url.find_first_of("/?"), url.size());
  std::string host(url.substr(0, host_end));
  std::transform(host.begin(), host.end(), host.begin(), lower);
  if (host.starts_with("www.")) host.erase(0, 4);
  for (const std::string_view port : {":80", ":443"}) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
  }
  std::string_view path = url.substr(host_end);
  const std::size_t query_at = std::min(path.find('?'), path.size());
  const std::string query =
      query_at < path.size() ? without_tracking(path.substr(query_at + 1)) : "";
  path = path.substr(0, query_at);
  while (path.ends_with('/')) path.remove_suffix(1);
  // http and https show one page; anything else ("urn") keeps its scheme.
  std::string start;
  for (const char c : scheme) start += lower(c);
  start = start.empty() || start == "http" || start == "https" ? "https://" : start + "://";
  return start + host + std::string(path) + query;
}

std::string key_of(const Reading& document) {
  if (!document.url.empty()) return canonical_url(document.url);
  return document.is_id_of_file ? content_hash(document) : document.document_id;
}

std::string content_hash(const Reading& document) {
  return hex(hash_of(document.title + "\x1f" + document.text));
}

bool KnownDocuments::has(std::string_view key, std::string_view content) const {
  return revisions_.count(short_hash(revision_key(key, content))) > 0;
}

std::uint32_t KnownDocuments::add(std::string_view key, std::string_view content) {
  revisions_.insert(short_hash(revision_key(key, content)));
  return ++n_revisions_[short_hash(key)];
}

std::string KnownDocuments::claim_id(const std::string& document_id, std::string_view key) {
  const std::uint64_t owner = short_hash(key);
  const auto [at, is_new] = key_of_id_.try_emplace(short_hash(document_id), owner);
  if (is_new || at->second == owner) return document_id;
  const std::string other = document_id + "~" + hex(hash_of(key)).substr(0, 8);
  key_of_id_.try_emplace(short_hash(other), owner);
  return other;
}

}  // namespace detente::ledger
