#include "core/base/file_hash.h"

#include "core/base/mapped_file.h"

#include <map>
#include <mutex>
#include <span>

namespace fs = std::filesystem;

namespace likeness {

ContentHash fileHash(const fs::path &path)
{
    const MappedFile file(path);
    const auto bytes = file.bytes();
    return contentHash(std::span(reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()));
}

ContentHash rememberedFileHash(const fs::path &path)
{
    using Stamp = std::pair<std::uintmax_t, fs::file_time_type>;
    static std::mutex mutex;
    static std::map<fs::path, std::pair<Stamp, ContentHash>> known;
    std::error_code failed; // reading says what is wrong
    const Stamp stamp{fs::file_size(path, failed), fs::last_write_time(path, failed)};
    {
        const std::lock_guard lock(mutex);
        if (const auto found = known.find(path); found != known.end() && found->second.first == stamp)
            return found->second.second;
    }
    const ContentHash hash = fileHash(path);
    const std::lock_guard lock(mutex);
    known[path] = {stamp, hash};
    return hash;
}

} // namespace likeness
