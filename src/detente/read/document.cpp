#include "detente/read/document.h"

#include <algorithm>
#include <array>

namespace detente::read {

std::string_view zone_name(Zone zone) {
  constexpr std::array<std::string_view, 9> kNames{
      "body", "title", "dateline", "byline", "caption", "credit", "link", "heading", "boilerplate"};
  return kNames[static_cast<std::size_t>(zone)];
}

Zone Document::zone_at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(zones.begin(), zones.end(), offset,
                       [](std::uint32_t o, const ZoneSpan& z) { return o < z.span.begin; });
  if (after == zones.begin()) return Zone::Body;
  const ZoneSpan& before = *std::prev(after);
  return offset < before.span.end ? before.zone : Zone::Body;
}

}  // namespace detente::read
