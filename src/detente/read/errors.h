#pragma once
// Every message that the room `read` can give. Codes D01xx.

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "detente/base/result.h"

namespace detente::read::errors {

/// Code of other_language().
inline constexpr std::string_view kSkippedForLanguage = "D0117";

/// `where`: a file's name, or "file:line".
Error empty_document(std::string_view where);
Error too_large(std::string_view where, std::size_t size_bytes, std::size_t most_bytes);
Error bad_zone_row(const std::filesystem::path& path, std::uint32_t line, std::string_view why);
Error record_too_long(std::string_view where, std::size_t most_bytes);
Error not_json(std::string_view where, std::size_t character, std::string_view near);
Error no_text(std::string_view where, const std::vector<std::string>& fields_found);
Error row_differs(std::string_view where, std::size_t found, std::size_t expected);
Error open_quote(std::string_view where);
Error damaged_packing(std::string_view where, std::string_view why);
/// `advice`: a sentence that says what to do.
Error unknown_format(std::string_view where, std::string_view what_it_is, std::string_view advice);
Error no_text_column(std::string_view where, const std::vector<std::string>& columns);
Error page_too_deep(std::string_view where, std::string_view why);
Error page_too_large(std::string_view where, std::size_t most_bytes);
Error no_story(std::string_view where);
Error broken_record(std::string_view where, std::string_view why);
Error body_not_unpacked(std::string_view where, std::string_view encoding);
Error other_language(std::string_view where, std::string_view name, std::string_view code);
Error broken_feed(std::string_view where, std::string_view why);

}  // namespace detente::read::errors
