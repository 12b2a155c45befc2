#include "core/search/feature_cache.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/search/cache_database.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

namespace likeness {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

constexpr auto flushInterval = std::chrono::milliseconds(500);
constexpr std::size_t pendingLimitBytes = 32 << 20;
constexpr std::size_t checkBytes = 8;

std::int64_t today()
{
    return std::chrono::duration_cast<std::chrono::hours>(std::chrono::system_clock::now().time_since_epoch()).count() /
           24;
}

/// std::filesystem::absolute asks for the current folder each time; here it stays the key of one string.
std::string keyPath(const fs::path &path)
{
    return path.is_absolute() ? path.string() : fs::absolute(path).lexically_normal().string();
}

/// SQLite does not notice damage inside a blob.
std::array<std::uint8_t, checkBytes> checkOf(std::span<const std::uint8_t> blob)
{
    const ContentHash hash = contentHash(blob);
    std::array<std::uint8_t, checkBytes> check;
    std::copy_n(hash.begin(), checkBytes, check.begin());
    return check;
}

using EntryKey = std::pair<ContentHash, ContentHash>;

} // namespace

std::optional<FileStamp> fileStamp(const fs::path &path)
{
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0)
        return std::nullopt;
    return FileStamp{info.st_size, info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
}

struct FeatureCache::Impl {
    std::unique_ptr<SQLite::Database> database;
    std::unique_ptr<SQLite::Statement> selectFile, insertFile, selectFeature, insertFeature, touchFeature;
    std::mutex mutex;
    std::atomic<std::int64_t> limitBytes = 0;
    std::atomic<bool> limitChanged = false;
    std::map<EntryKey, std::vector<std::uint8_t>> pendingFeatures;
    std::map<std::string, std::pair<FileStamp, ContentHash>> pendingFiles;
    std::vector<std::int64_t> pendingTouches; // rowids whose day of use is out of date
    std::size_t pendingBytes = 0;
    Clock::time_point lastFlush = Clock::now();
    bool complained = false;

    fs::path folder;
    bool tried = false;

    /// False where there is no database to use.
    bool open()
    {
        if (tried)
            return database != nullptr;
        tried = true;
        const fs::path file = folder / "features.sqlite";
        try {
            fs::create_directories(folder);
            database = openCacheDatabase(file);
            prepare();
        } catch (const std::exception &error) {
            database = nullptr;
            const Message message{QT_TRANSLATE_NOOP("core", "the cache %1 cannot be opened: %2"),
                                  {toUtf8(file), error.what()}};
            spdlog::warn("{}", message.localised());
        }
        return database != nullptr;
    }

    void prepare()
    {
        const auto statement = [this](const char *sql) { return std::make_unique<SQLite::Statement>(*database, sql); };
        selectFile = statement("SELECT content FROM files WHERE path = ? AND size = ? AND mtime = ?");
        insertFile = statement("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)");
        selectFeature = statement("SELECT data, used, rowid, sum FROM features WHERE content = ? AND key = ?");
        insertFeature =
            statement("INSERT OR REPLACE INTO features (content, key, used, data, sum) VALUES (?, ?, ?, ?, ?)");
        touchFeature = statement("UPDATE features SET used = ? WHERE rowid = ?");
    }

    void complain(const std::exception &error)
    {
        if (!complained)
            spdlog::warn("feature cache: {}", error.what());
        complained = true;
        const auto *sqlite = dynamic_cast<const SQLite::Exception *>(&error);
        if (!sqlite || !isDamage(*sqlite))
            return;
        // Damaged inside: nothing of it can be trusted, and everything in it can be computed again.
        for (auto *statement : {&selectFile, &insertFile, &selectFeature, &insertFeature, &touchFeature})
            statement->reset();
        database.reset();
        try {
            emptyDamaged(folder / "features.sqlite");
            tried = false;
        } catch (const SQLite::Exception &failure) { // goes on without a cache
            spdlog::warn("feature cache: {}", failure.what());
        }
    }

    void writePending()
    {
        SQLite::Transaction transaction(*database);
        for (const auto &[path, entry] : pendingFiles) {
            insertFile->reset();
            insertFile->bind(1, path);
            insertFile->bind(2, entry.first.size);
            insertFile->bind(3, entry.first.mtimeNs);
            insertFile->bindNoCopy(4, entry.second.data(), static_cast<int>(entry.second.size()));
            insertFile->exec();
        }
        for (const auto &[key, blob] : pendingFeatures) {
            insertFeature->reset();
            insertFeature->bindNoCopy(1, key.first.data(), static_cast<int>(key.first.size()));
            insertFeature->bindNoCopy(2, key.second.data(), static_cast<int>(key.second.size()));
            const auto check = checkOf(blob);
            insertFeature->bind(3, today());
            insertFeature->bindNoCopy(4, blob.data(), static_cast<int>(blob.size()));
            insertFeature->bind(5, check.data(), static_cast<int>(check.size()));
            insertFeature->exec();
        }
        for (const std::int64_t row : pendingTouches) {
            touchFeature->reset();
            touchFeature->bind(1, today());
            touchFeature->bind(2, row);
            touchFeature->exec();
        }
        transaction.commit();
    }

    std::int64_t number(const char *pragma) const { return database->execAndGet(pragma).getInt64(); }

    std::int64_t usedBytes() const
    {
        return (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * number("PRAGMA page_size");
    }

    void trim()
    {
        if (limitBytes <= 0)
            return;
        if (usedBytes() > limitBytes)
            dropEntries();
        const std::int64_t beyond = number("PRAGMA page_count") - limitBytes / number("PRAGMA page_size");
        if (beyond > 0)
            database->exec("PRAGMA incremental_vacuum(" + std::to_string(beyond) + ")");
    }

    void dropEntries()
    {
        // Down to 90 %, so that the next few entries do not trim again.
        std::int64_t excess = usedBytes() - limitBytes / 10 * 9;
        std::vector<std::int64_t> victims;
        // Of one day by the hash of the content, what was fitted last: were it by age, then each image of a gallery
        // that is larger than the limit would be gone when its turn comes again.
        SQLite::Statement oldest(*database, "SELECT rowid, length(data) FROM features "
                                            "ORDER BY used, content = zeroblob(16), content, rowid");
        while (excess > 0 && oldest.executeStep()) {
            victims.push_back(oldest.getColumn(0).getInt64());
            excess -= oldest.getColumn(1).getInt64() + 64;
        }
        oldest.reset();
        SQLite::Transaction transaction(*database);
        SQLite::Statement remove(*database, "DELETE FROM features WHERE rowid = ?");
        for (const std::int64_t row : victims) {
            remove.reset();
            remove.bind(1, row);
            remove.exec();
        }
        transaction.commit();
    }

    void flushLocked()
    {
        lastFlush = Clock::now();
        const bool hasOtherLimit = limitChanged.exchange(false);
        if (pendingFeatures.empty() && pendingFiles.empty() && pendingTouches.empty() && !hasOtherLimit)
            return;
        try {
            if (open()) {
                writePending();
                trim();
            }
        } catch (const std::exception &error) {
            complain(error);
        }
        pendingFeatures.clear();
        pendingFiles.clear();
        pendingTouches.clear();
        pendingBytes = 0;
    }

    void flushIfDue()
    {
        if (pendingBytes > pendingLimitBytes || Clock::now() - lastFlush > flushInterval)
            flushLocked();
    }
};

FeatureCache::FeatureCache(const fs::path &folder, std::int64_t limitBytes) : m_impl(std::make_unique<Impl>())
{
    m_impl->folder = folder;
    m_impl->limitBytes = limitBytes;
}

FeatureCache::~FeatureCache()
{
    flush();
}

std::optional<ContentHash> FeatureCache::contentOf(const fs::path &path, const FileStamp &stamp)
{
    const std::string key = keyPath(path);
    const std::lock_guard lock(m_impl->mutex);
    if (const auto found = m_impl->pendingFiles.find(key); found != m_impl->pendingFiles.end()) {
        const FileStamp &seen = found->second.first;
        return seen.size == stamp.size && seen.mtimeNs == stamp.mtimeNs ? std::optional(found->second.second)
                                                                        : std::nullopt;
    }
    if (!m_impl->open())
        return std::nullopt;
    try {
        SQLite::Statement &select = *m_impl->selectFile;
        select.reset();
        select.bindNoCopy(1, key);
        select.bind(2, stamp.size);
        select.bind(3, stamp.mtimeNs);
        if (!select.executeStep() || select.getColumn(0).getBytes() != 16)
            return std::nullopt;
        ContentHash content;
        std::memcpy(content.data(), select.getColumn(0).getBlob(), content.size());
        select.reset();
        return content;
    } catch (const std::exception &error) {
        m_impl->complain(error);
        return std::nullopt;
    }
}

void FeatureCache::rememberContent(const fs::path &path, const FileStamp &stamp, const ContentHash &content)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->pendingFiles.insert_or_assign(keyPath(path), std::pair(stamp, content));
    m_impl->flushIfDue();
}

std::optional<std::vector<std::uint8_t>> FeatureCache::get(const ContentHash &content, const ContentHash &key)
{
    const std::lock_guard lock(m_impl->mutex);
    if (const auto found = m_impl->pendingFeatures.find({content, key}); found != m_impl->pendingFeatures.end())
        return found->second;
    if (!m_impl->open())
        return std::nullopt;
    try {
        SQLite::Statement &select = *m_impl->selectFeature;
        select.reset();
        select.bindNoCopy(1, content.data(), static_cast<int>(content.size()));
        select.bindNoCopy(2, key.data(), static_cast<int>(key.size()));
        if (!select.executeStep())
            return std::nullopt;
        const SQLite::Column data = select.getColumn(0);
        const auto *begin = static_cast<const std::uint8_t *>(data.getBlob());
        std::vector<std::uint8_t> blob(begin, begin + data.getBytes());
        const SQLite::Column sum = select.getColumn(3);
        const auto check = checkOf(blob);
        const bool isWhole =
            sum.getBytes() == static_cast<int>(checkBytes) && std::memcmp(sum.getBlob(), check.data(), checkBytes) == 0;
        if (select.getColumn(1).getInt64() != today())
            m_impl->pendingTouches.push_back(select.getColumn(2).getInt64());
        select.reset();
        return isWhole ? std::optional(std::move(blob)) : std::nullopt; // what is not is made and written anew
    } catch (const std::exception &error) {
        m_impl->complain(error);
        return std::nullopt;
    }
}

void FeatureCache::put(const ContentHash &content, const ContentHash &key, std::vector<std::uint8_t> blob)
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->pendingBytes += blob.size();
    m_impl->pendingFeatures.insert_or_assign({content, key}, std::move(blob));
    m_impl->flushIfDue();
}

void FeatureCache::flush()
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->flushLocked();
}

void FeatureCache::clear()
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->pendingFeatures.clear();
    m_impl->pendingFiles.clear();
    m_impl->pendingTouches.clear();
    m_impl->pendingBytes = 0;
    if (!m_impl->open())
        return;
    try {
        m_impl->database->exec("DELETE FROM features; DELETE FROM files; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const std::exception &error) {
        m_impl->complain(error);
    }
}

std::int64_t FeatureCache::bytes()
{
    const std::lock_guard lock(m_impl->mutex);
    if (!m_impl->open())
        return 0;
    try {
        return m_impl->usedBytes();
    } catch (const std::exception &error) {
        m_impl->complain(error);
        return 0;
    }
}

void FeatureCache::setLimit(std::int64_t limitBytes)
{
    m_impl->limitBytes = limitBytes; // without the lock: the database may be busy
    m_impl->limitChanged = true;
}

} // namespace likeness
