#pragma once

#include <SQLiteCpp/SQLiteCpp.h>
#include <filesystem>
#include <memory>

namespace likeness {

// The database of FeatureCache. Several processes may have it open at once, so that its file is never removed: what
// they write afterwards would go to a file that nobody else sees.

/// Opens or makes it; one that is damaged or of another version is emptied. Throws SQLite::Exception.
std::unique_ptr<SQLite::Database> openCacheDatabase(const std::filesystem::path &file);
bool isDamage(const SQLite::Exception &error);
/// Empties a database of which nothing can be trusted, in its place. Throws SQLite::Exception.
void emptyDamaged(const std::filesystem::path &file);

} // namespace likeness
