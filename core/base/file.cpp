#include "core/base/file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace likeness {

namespace fs = std::filesystem;

namespace {

constexpr off_t mostBytes = off_t{1} << 30; // nothing that is read whole is larger

[[noreturn]] void throwRead(const fs::path &path, int code)
{
    throw Error(code == ENOENT ? ErrorKind::NotFound : ErrorKind::Io, QT_TRANSLATE_NOOP("core", "cannot read %1: %2"),
                {toUtf8(path), std::strerror(code)});
}

[[noreturn]] void throwWrite(const fs::path &path, int code)
{
    throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "cannot write %1: %2"), {toUtf8(path), std::strerror(code)});
}

struct Descriptor {
    int fd;
    ~Descriptor()
    {
        if (fd >= 0)
            ::close(fd);
    }
};

void writeAll(const fs::path &path, const std::string &bytes, mode_t mode)
{
    const Descriptor file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)};
    if (file.fd < 0)
        throwWrite(path, errno);
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t n = ::write(file.fd, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throwWrite(path, errno);
        done += static_cast<std::size_t>(n);
    }
    if (::fsync(file.fd) != 0 && errno != EINVAL)
        throwWrite(path, errno);
}

fs::path homeFolder(const char *variable, const char *underHome)
{
    if (const char *set = std::getenv(variable); set && *set)
        return fs::path(set) / "likeness";
    const char *home = std::getenv("HOME");
    return fs::path(home && *home ? home : "/tmp") / underHome / "likeness";
}

} // namespace

std::vector<std::uint8_t> readFile(const fs::path &path)
{
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    struct stat info {};
    if (file.fd < 0 || ::fstat(file.fd, &info) != 0)
        throwRead(path, errno);
    if (S_ISDIR(info.st_mode))
        throwRead(path, EISDIR);
    // Reading a pipe or a device that sits in a photo folder would hang for ever.
    if (!S_ISREG(info.st_mode))
        throwRead(path, EINVAL);
    if (info.st_size > mostBytes)
        throwRead(path, EFBIG);
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(info.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::read(file.fd, bytes.data() + done, bytes.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            throwRead(path, errno);
        if (n == 0)
            break;
        done += static_cast<std::size_t>(n);
    }
    bytes.resize(done);
    return bytes;
}

std::string readText(const fs::path &path)
{
    const auto bytes = readFile(path);
    return {bytes.begin(), bytes.end()};
}

void writeFileAside(const fs::path &given, const std::function<void(std::ostream &)> &write)
{
    std::ostringstream text;
    write(text);
    std::error_code ignored;
    // Through a link to the file itself; a pipe or a device is written to, never replaced.
    const fs::path path = fs::is_symlink(given, ignored) && fs::exists(given, ignored) ? fs::canonical(given) : given;
    if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) && !fs::is_directory(path, ignored))
        return writeAll(path, text.str(), 0666);
    const fs::path aside = path.parent_path() / ("." + path.filename().string() + ".part" + std::to_string(::getpid()));
    try {
        writeAll(aside, text.str(), 0666);
        if (::rename(aside.c_str(), path.c_str()) != 0)
            throwWrite(path, errno);
    } catch (const Error &error) {
        ::unlink(aside.c_str());
        // The reader knows the file asked for, not our temporary name.
        throw Error(error.kind(), error.message().text, {toUtf8(given), error.message().args.at(1)});
    }
}

std::string toUtf8(const fs::path &path)
{
    return path.string();
}

fs::path userCacheFolder()
{
    if (const char *set = std::getenv("LIKENESS_CACHE_DIR"); set && *set)
        return set;
    return homeFolder("XDG_CACHE_HOME", ".cache");
}

fs::path userDataFolder()
{
    return homeFolder("XDG_DATA_HOME", ".local/share");
}

std::filesystem::path programFolder()
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

} // namespace likeness
