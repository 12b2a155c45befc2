#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

namespace likeness {

/// A file that stays open and of which parts are read, from any thread; nothing of it stays in memory.
class FileParts {
public:
    /// Throws Error{NotFound|Io} naming the file.
    explicit FileParts(std::filesystem::path path);
    ~FileParts();
    FileParts(const FileParts &) = delete;
    FileParts &operator=(const FileParts &) = delete;

    /// Fills `bytes` with what stands behind the first `from`. Throws Error{Io}, at the end of the file too.
    void read(std::size_t from, std::span<std::uint8_t> bytes) const;

private:
    [[noreturn]] void fail(int code) const;

    std::filesystem::path m_path;
    int m_fd;
};

} // namespace likeness
