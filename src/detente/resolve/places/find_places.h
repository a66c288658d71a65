#pragma once
// Which place on the map a name means.

#include <optional>
#include <vector>

#include "detente/resolve/actors/draft.h"
#include "detente/resolve/places/gazetteer.h"

namespace detente::resolve {

/// Of all places of that name the one in a country that the report speaks of, else the most
/// populous. Empty: the gazetteer has none.
[[nodiscard]] std::optional<GazetteerPlace> choose_place(const Work& work, const NameHit& hit);

/// Every name of a place, in text order.
[[nodiscard]] std::vector<Place> find_places(const Work& work);

/// A town that hardly any other of its name is meant for.
bool is_large(const GazetteerPlace& place);

}  // namespace detente::resolve
