#pragma once
// What the tests of readers share.

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <vector>

#include "detente/read/read.h"

namespace detente::read {

inline const ZoneTables& test_tables() {
  static const Result<ZoneTables> loaded =
      ZoneTables::open(std::filesystem::path(DETENTE_SOURCE_DIR) / "data");
  if (!loaded) ADD_FAILURE() << loaded.error().text();
  return *loaded;
}

struct Taken {
  std::vector<Document> documents;
  std::vector<Place> places;
  std::vector<Error> errors;
  std::vector<Place> error_places;
  Result<ReadSummary> summary = ReadSummary{};
};

inline OnItem into(Taken& taken) {
  return [&taken](Item item) {
    if (item.document) {
      taken.documents.push_back(*std::move(item.document));
      taken.places.push_back(item.place);
    } else {
      taken.errors.push_back(item.document.error());
      taken.error_places.push_back(item.place);
    }
    return true;
  };
}

inline Taken take(std::string_view bytes, std::string_view name, ReadOptions options = {}) {
  options.zone_tables = &test_tables();
  Taken taken;
  taken.summary = for_each_item_in(bytes, name, options, into(taken));
  return taken;
}

inline std::string gzipped(std::string_view text) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace detente::read
