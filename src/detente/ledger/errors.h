#pragma once
// Every message that the room `ledger` can give. Codes D06xx.

#include <filesystem>
#include <string_view>

#include "detente/base/result.h"

namespace detente::ledger::errors {

/// From what the database says: D0601 in general, D0602 another writer, D0603 no room on the disk,
/// D0604 no database of ours at all, D0611 the log is damaged, D0612 the file is.
Error from_database(const std::filesystem::path& path, std::string_view message);
Error no_store(const std::filesystem::path& path);
Error not_a_ledger(const std::filesystem::path& path);
Error newer_schema(const std::filesystem::path& path, int found, int newest);
Error older_schema(const std::filesystem::path& path, int found, int newest);
Error folder_in_use(const std::filesystem::path& path);

}  // namespace detente::ledger::errors
