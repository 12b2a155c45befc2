#pragma once

#include <filesystem>

namespace likeness {

/// Held by the one who writes into a folder, in its file "lock". A killed process holds nothing. Where the file system
/// knows no locks (some network ones), the work goes on without: refusing it would protect nothing.
class FolderLock {
public:
    /// Throws Error{Io} where another one holds it, in this process or elsewhere, or where the file cannot be made.
    explicit FolderLock(const std::filesystem::path &folder);
    ~FolderLock();
    FolderLock(const FolderLock &) = delete;
    FolderLock &operator=(const FolderLock &) = delete;

    static constexpr const char *fileName = "lock";
    static bool isHeld(const std::filesystem::path &folder);

private:
    int m_file = -1;
};

} // namespace likeness
