#include "core/base/mapped_file.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace likeness {

namespace {

[[noreturn]] void fail(const std::filesystem::path &path)
{
    const int code = errno;
    throw Error(code == ENOENT ? ErrorKind::NotFound : ErrorKind::Io,
                QT_TRANSLATE_NOOP("core", "%1 cannot be read: %2"), {toUtf8(path), std::strerror(code)});
}

} // namespace

MappedFile::MappedFile(const std::filesystem::path &path)
{
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        fail(path);
    struct stat info {};
    if (::fstat(file, &info) != 0 || S_ISDIR(info.st_mode)) {
        errno = S_ISDIR(info.st_mode) ? EISDIR : errno;
        ::close(file);
        fail(path);
    }
    if (info.st_size > 0) {
        const auto size = static_cast<std::size_t>(info.st_size);
        void *at = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
        if (at == MAP_FAILED) {
            ::close(file);
            fail(path);
        }
        m_bytes = {static_cast<const std::byte *>(at), size};
    }
    ::close(file);
}

MappedFile::~MappedFile()
{
    if (!m_bytes.empty())
        ::munmap(const_cast<std::byte *>(m_bytes.data()), m_bytes.size());
}

} // namespace likeness
