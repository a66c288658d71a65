#include "detente/resolve/places/find_places.h"

#include <algorithm>
#include <cmath>

namespace detente::resolve {
namespace {

// PLOVER's resolution: 1 country, 2 first-level division, 3 place.
int resolution_of(std::string_view feature) {
  if (feature.starts_with("A.PCL")) return 1;
  if (feature.starts_with("A.ADM")) return 2;
  return 3;
}

std::optional<GazetteerPlace> choose(const Work& work, const std::string& name,
                                     std::string_view country) {
  std::optional<GazetteerPlace> best;
  double best_score = -1;
  int most = 1;
  for (const auto& [code, count] : work.countries) most = std::max(most, count);
  for (const GazetteerPlace& place : work.tables.gazetteer.find(name)) {
    double score = std::log10(static_cast<double>(place.population) + 1);
    const int named = work.times_named(place.country);
    if (named > 0) score += 3 + 2.0 * named / most;
    if (!country.empty() && place.country == country) score += 20;
    if (place.feature.starts_with("A.")) score += 0.5;
    if (score > best_score) {
      best_score = score;
      best = place;
    }
  }
  return best;
}

}  // namespace

std::optional<GazetteerPlace> choose_place(const Work& work, const NameHit& hit) {
  if (work.tables.gazetteer.empty()) return std::nullopt;
  // "Lyon, France"
  std::string_view country;
  const std::uint32_t after = hit.tokens.end + 1;
  if (after < work.hit_at.size() && work.text(hit.tokens.end) == "," && work.hit_at[after] >= 0) {
    const NameHit& next = work.hits[static_cast<std::size_t>(work.hit_at[after])];
    if (next.sort == NameSort::Country && !next.rows.empty())
      country = work.tables.countries[next.rows[0]].code;
  }
  std::optional<GazetteerPlace> best = choose(work, hit.text, country);
  if (best) return best;
  // "northern Kano", "Kano State", "the city of Kano"
  for (const std::string_view kind :
       {" province", " state", " city", " region", " district", " county", " governorate",
        " prefecture", " town", " village"}) {
    if (hit.text.ends_with(kind))
      return choose(work, hit.text.substr(0, hit.text.size() - kind.size()), country);
  }
  return std::nullopt;
}

bool is_large(const GazetteerPlace& place) {
  constexpr std::uint64_t kLarge = 300000;
  return place.population >= kLarge;
}

std::vector<Place> find_places(const Work& work) {
  std::vector<Place> places;
  for (const NameHit& hit : work.hits) {
    if (hit.sort != NameSort::Place && hit.sort != NameSort::Capital &&
        hit.sort != NameSort::Country)
      continue;
    Place place;
    place.span = hit.span;
    place.tokens = hit.tokens;
    const bool country = hit.sort == NameSort::Country;
    std::optional<GazetteerPlace> found = country ? std::nullopt : choose_place(work, hit);
    if (!hit.rows.empty()) {
      const CountryRow& row = work.tables.countries[hit.rows[0]];
      place.country_code = row.code;
      place.resolved_place = country ? row.name : hit.span.in(work.document.text);
      place.resolution = country ? 1 : 3;
      if (country) found = choose(work, folded(row.name), row.code);
      if (found && found->country != row.code) found.reset();
    }
    if (found) {
      if (hit.rows.empty() || !country) place.resolved_place = found->name;
      place.country_code = found->country;
      place.province = found->admin1;
      place.geonameid = found->geonameid;
      place.lat = found->lat;
      place.lon = found->lon;
      place.resolution = resolution_of(found->feature);
    }
    if (place.country_code.empty()) continue;
    places.push_back(std::move(place));
  }
  return places;
}

}  // namespace detente::resolve
