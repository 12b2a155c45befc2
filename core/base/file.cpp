#include "core/base/file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <ostream>
#include <streambuf>
#include <sys/stat.h>
#include <unistd.h>

namespace likeness {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view asideMark = ".part"; // before the process and the thread

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

/// Bytes on their way to a file; nothing is kept but a block.
class FileBuffer final : public std::streambuf {
public:
    FileBuffer(const fs::path &path, int fd) : m_path(path), m_fd(fd) { emptied(); }

protected:
    int_type overflow(int_type next) override
    {
        sync();
        if (!traits_type::eq_int_type(next, traits_type::eof()))
            sputc(traits_type::to_char_type(next));
        return traits_type::not_eof(next);
    }
    int sync() override
    {
        for (const char *at = pbase(); at < pptr();) {
            const ssize_t n = ::write(m_fd, at, static_cast<std::size_t>(pptr() - at));
            if (n < 0 && errno == EINTR)
                continue;
            if (n < 0)
                throwWrite(m_path, errno);
            at += n;
        }
        emptied();
        return 0;
    }

private:
    void emptied() { setp(m_block.data(), m_block.data() + m_block.size()); }

    const fs::path &m_path;
    int m_fd;
    std::vector<char> m_block = std::vector<char>(std::size_t{1} << 16);
};

/// A `replaced` file hands its permissions on.
void writeTo(const fs::path &path, const std::function<void(std::ostream &)> &write, const fs::path &replaced)
{
    FileWriter writer(path);
    struct stat old {};
    if (::stat(replaced.c_str(), &old) == 0)
        ::chmod(path.c_str(), old.st_mode & 07777); // a file system without permissions refuses, and needs none
    write(writer.stream());
    writer.finish();
}

/// A name is safe from a power cut only with its folder.
void keepNames(const fs::path &folder)
{
    const Descriptor opened{::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.fd >= 0 && ::fsync(opened.fd) != 0 && errno != EINVAL)
        throwWrite(folder, errno);
}

fs::path homeFolder(const char *variable, const char *underHome)
{
    if (const char *set = std::getenv(variable); set && *set)
        return fs::path(set) / "likeness";
    const char *home = std::getenv("HOME");
    return fs::path(home && *home ? home : "/tmp") / underHome / "likeness";
}

} // namespace

struct FileWriter::Impl {
    explicit Impl(const fs::path &given)
        : path(given), file{::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)}
    {
        if (file.fd < 0)
            throwWrite(path, errno);
        stream.exceptions(std::ios::badbit); // what the buffer throws comes out of the `<<` that met it
    }
    fs::path path;
    Descriptor file;
    FileBuffer buffer{path, file.fd};
    std::ostream stream{&buffer};
};

FileWriter::FileWriter(const fs::path &path) : m_impl(std::make_unique<Impl>(path)) {}
FileWriter::~FileWriter() = default;

std::ostream &FileWriter::stream()
{
    return m_impl->stream;
}

void FileWriter::finish()
{
    m_impl->stream.flush();
    if (::fsync(m_impl->file.fd) != 0 && errno != EINVAL)
        throwWrite(m_impl->path, errno);
}

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
    std::error_code ignored;
    // Through a link to the file itself; a pipe or a device is written to, never replaced.
    const fs::path path =
        fs::is_symlink(given, ignored) && fs::is_regular_file(given, ignored) ? fs::canonical(given) : given;
    if (fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) && !fs::is_directory(path, ignored))
        return writeTo(path, write, {});
    const fs::path aside = asideOf(path);
    try {
        try {
            writeTo(aside, write, path);
        } catch (const Error &error) {
            // The reader knows the file asked for, not our temporary name.
            if (error.message().args.empty() || error.message().args[0].plain != toUtf8(aside))
                throw;
            throw Error(error.kind(), error.message().text, {toUtf8(given), error.message().args.at(1)});
        }
        if (::rename(aside.c_str(), path.c_str()) != 0)
            throwWrite(given, errno);
        keepNames(path.parent_path());
    } catch (...) {
        ::unlink(aside.c_str());
        throw;
    }
}

fs::path asideOf(const fs::path &path)
{
    // Of this thread alone: another may be writing the same file.
    return path.parent_path() / ("." + path.filename().string() + std::string(asideMark) + std::to_string(::getpid()) +
                                 "-" + std::to_string(::gettid()));
}

std::optional<std::string> fileOfAside(const std::string &name)
{
    const auto mark = name.rfind(asideMark);
    if (!name.starts_with('.') || mark == std::string::npos || mark < 2)
        return std::nullopt;
    const std::string writer = name.substr(mark + asideMark.size());
    if (writer.empty() || writer.find_first_not_of("0123456789-") != std::string::npos)
        return std::nullopt;
    return name.substr(1, mark - 1);
}

void throwUnwritable(const std::filesystem::path &path, const std::error_code &cause)
{
    throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 cannot be written: %2"), {toUtf8(path), cause.message()});
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
