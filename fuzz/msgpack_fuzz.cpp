// Laws: bytes that are no MessagePack are refused with a code; every value of what is taken can be
// visited, and each is of one kind alone.

#include <cstdint>
#include <string>

#include "detente/parse/msgpack_value.h"
#include "law.h"

namespace {

void visit(const detente::parse::MsgpackValue& value) {
  const int n_kinds = int{value.is_nil()} + int{value.is_map()} + int{value.is_array()} +
                      int{value.is_string()} + int{value.is_integer()} + int{value.is_boolean()};
  DETENTE_LAW(n_kinds <= 1);
  DETENTE_LAW(value.integer().has_value() <= value.is_integer());
  DETENTE_LAW(value.string().has_value() == value.is_string());
  if (const auto array = value.numpy()) {
    std::size_t n_values = 1;
    for (const std::size_t side : array->shape) n_values *= side;
    DETENTE_LAW(n_values == array->values.size());
  }
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.is_map()) visit(value.key(i));
    visit(value.item(i));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace detente;
  const auto document =
      parse::MsgpackDocument::parse({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (document) {
    visit((*document)->root());
  } else {
    DETENTE_LAW(document.error().code == "D0301");
  }
  return 0;
}
