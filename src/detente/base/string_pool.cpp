#include "detente/base/string_pool.h"

#include "detente/base/assert.h"

namespace detente {

StringPool::StringPool(std::span<const std::string_view> seed) {
  intern("");
  for (std::string_view text : seed) intern(text);
}

StringPool::StringPool(const StringPool& other) {
  for (std::string_view text : other.views_) intern(text);
}

StringPool& StringPool::operator=(const StringPool& other) {
  if (this != &other) *this = StringPool(other);
  return *this;
}

StringId StringPool::intern(std::string_view text) {
  if (auto found = index_.find(text); found != index_.end()) return StringId{found->second};
  const auto id = static_cast<std::uint32_t>(views_.size());
  const std::string_view stored = owned_.emplace_back(text);
  views_.push_back(stored);
  index_.emplace(stored, id);
  return StringId{id};
}

std::string_view StringPool::view(StringId id) const {
  DETENTE_ASSERT(id.value < views_.size(), "an id belongs to the pool that gave it out");
  return views_[id.value];
}

}  // namespace detente
