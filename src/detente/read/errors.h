#pragma once
// Every message that the room `read` can give. Codes D01xx.

#include <string_view>

#include "detente/base/result.h"

namespace detente::read::errors {

Error empty_document(std::string_view id);
Error too_large(std::string_view id, std::size_t size_bytes);

}  // namespace detente::read::errors
