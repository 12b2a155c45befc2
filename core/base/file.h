#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace likeness {

/// The whole file, at most 1 GiB. Throws Error{NotFound|Io} naming file and cause; a folder is an Io error.
std::vector<std::uint8_t> readFile(const std::filesystem::path &path);
std::string readText(const std::filesystem::path &path);

/// Writes beside `path` and renames over it: after a full disk, a crash or an exception from `write`, the old file
/// stays whole; it keeps its permissions, and threads that write one file do not disturb each other. Streamed: the
/// content need not fit in memory, and `write` meets a full disk where it happens. Throws Error{Io}.
void writeFileAside(const std::filesystem::path &path, const std::function<void(std::ostream &)> &write);
/// A new file (or one emptied) that is filled bit by bit, for a folder whose manifest brings it into force later: what
/// was there before is gone at once. Every member, and what is written to the stream, throws Error{Io}.
class FileWriter {
public:
    explicit FileWriter(const std::filesystem::path &path);
    ~FileWriter();
    FileWriter(const FileWriter &) = delete;
    FileWriter &operator=(const FileWriter &) = delete;
    std::ostream &stream();
    /// After this the bytes outlive a power cut.
    void finish();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};
/// The hidden file beside `path` that this thread fills for it.
std::filesystem::path asideOf(const std::filesystem::path &path);
/// The name of the file that one called `name` was written for, as a writer leaves it when it is killed; nothing for
/// any other name.
std::optional<std::string> fileOfAside(const std::string &name);

/// Throws Error{Io}: "PATH cannot be written: CAUSE".
[[noreturn]] void throwUnwritable(const std::filesystem::path &path, const std::error_code &cause);

/// UTF-8 text of a path, whatever the locale.
std::string toUtf8(const std::filesystem::path &path);

/// $XDG_CACHE_HOME/likeness and $XDG_DATA_HOME/likeness with their standard fall-backs; LIKENESS_CACHE_DIR overrides
/// the first.
std::filesystem::path userCacheFolder();
std::filesystem::path userDataFolder();
/// Where the program itself lies: what comes with it is there.
std::filesystem::path programFolder();

} // namespace likeness
