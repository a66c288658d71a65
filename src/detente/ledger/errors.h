#pragma once
// Every message that the room `ledger` can give. Codes D11xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::ledger::errors {

/// From what the database says: D1101 in general, D1102 another writer, D1103 no room on the disk,
/// D1104 no database of ours at all, D1111 the log is damaged, D1112 the file is.
Error from_database(const std::filesystem::path& path, std::string_view message);
Error no_store(const std::filesystem::path& path);
Error not_a_ledger(const std::filesystem::path& path);
Error newer_schema(const std::filesystem::path& path, int found, int newest);
Error older_schema(const std::filesystem::path& path, int found, int newest);
Error folder_in_use(const std::filesystem::path& path);

}  // namespace detente::ledger::errors
