#pragma once

#include "core/base/hash.h"

#include <filesystem>

namespace likeness {

/// Of the whole file, of any size. Throws Error{NotFound|Io} naming it.
ContentHash fileHash(const std::filesystem::path &path);
/// The same, read once a process as long as size and modification time stay. Thread-safe.
ContentHash rememberedFileHash(const std::filesystem::path &path);

} // namespace likeness
