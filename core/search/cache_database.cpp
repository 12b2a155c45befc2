#include "core/search/cache_database.h"

#include "core/base/file.h"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

namespace likeness {

namespace {

constexpr int formatVersion = 2;

std::unique_ptr<SQLite::Database> connectionTo(const std::filesystem::path &file)
{
    return std::make_unique<SQLite::Database>(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10'000);
}

std::unique_ptr<SQLite::Database> opened(const std::filesystem::path &file)
{
    auto database = connectionTo(file);
    database->exec("PRAGMA auto_vacuum = INCREMENTAL"); // of a new file: one that is there keeps its own
    database->exec("PRAGMA journal_mode = WAL");
    database->exec("PRAGMA synchronous = NORMAL");
    if (const int version = database->execAndGet("PRAGMA user_version").getInt();
        version != 0 && version != formatVersion)
        throw SQLite::Exception("cache of another version", SQLITE_NOTADB);
    database->exec("CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, content "
                   "BLOB) WITHOUT ROWID");
    database->exec("CREATE TABLE IF NOT EXISTS features (content BLOB, key BLOB, used INTEGER, data BLOB, sum BLOB, "
                   "UNIQUE (content, key))");
    database->exec("PRAGMA user_version = " + std::to_string(formatVersion));
    return database;
}

} // namespace

std::unique_ptr<SQLite::Database> openCacheDatabase(const std::filesystem::path &file)
{
    try {
        return opened(file);
    } catch (const SQLite::Exception &error) {
        if (!isDamage(error))
            throw;
        spdlog::warn("feature cache {}: {}; starting a new one", toUtf8(file), error.what());
        emptyDamaged(file);
        return opened(file);
    }
}

bool isDamage(const SQLite::Exception &error)
{
    return error.getErrorCode() == SQLITE_NOTADB || error.getErrorCode() == SQLITE_CORRUPT;
}

void emptyDamaged(const std::filesystem::path &file)
{
    const auto database = connectionTo(file);
    database->tryExec("SELECT 1 FROM sqlite_schema"); // keeps the journal mode, says SQLite's manual
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    database->tryExec("PRAGMA auto_vacuum = INCREMENTAL");
    database->exec("VACUUM");
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
}

} // namespace likeness
