#pragma once

#include "core/base/hash.h"
#include "core/vectors/fitting.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace likeness {

/// What tells that a file was not written since: read it before the bytes, so that a write in between is noticed later.
struct FileStamp {
    std::int64_t size, mtimeNs;
};
std::optional<FileStamp> fileStamp(const std::filesystem::path &path); ///< empty where there is no such file

/// Blobs by (content of the image file, key of what was made from it) in one SQLite database. Several processes may
/// share it (WAL); every member is thread-safe. Written at least once a second while work goes on, so a kill loses no
/// more than that. It never throws: what cannot be read is a miss, what cannot be written is dropped
/// (and logged once).
class FeatureCache : public FitStore {
public:
    /// `folder`/features.sqlite is opened or made at first use; a damaged file is emptied in its place. Where that is
    /// impossible (a read-only folder), every look-up is a miss.
    FeatureCache(const std::filesystem::path &folder, std::int64_t limitBytes);
    ~FeatureCache() override;

    /// The content hash of a file that was seen with this path, size and modification time.
    std::optional<ContentHash> contentOf(const std::filesystem::path &path, const FileStamp &stamp);
    void rememberContent(const std::filesystem::path &path, const FileStamp &stamp, const ContentHash &content);

    std::optional<std::vector<std::uint8_t>> get(const ContentHash &content, const ContentHash &key);
    void put(const ContentHash &content, const ContentHash &key, std::vector<std::uint8_t> blob);

    /// What was fitted, as the features of no image.
    std::optional<std::vector<std::uint8_t>> fitted(const ContentHash &key) override { return get({}, key); }
    void keepFitted(const ContentHash &key, std::vector<std::uint8_t> blob) override { put({}, key, std::move(blob)); }

    /// Writes what is pending and, above the limit, drops the entries that were not used for the most days; of one day
    /// always those of the same images, so that of a gallery above the limit a part stays.
    void flush();
    void clear();
    std::int64_t bytes();
    /// Holds from the next write or flush() on, which also shortens the file.
    void setLimit(std::int64_t limitBytes);

    static constexpr std::int64_t defaultLimitBytes = 4'000'000'000;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace likeness
