#include "core/base/file_parts.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace likeness {

FileParts::FileParts(std::filesystem::path path)
    : m_path(std::move(path)), m_fd(::open(m_path.c_str(), O_RDONLY | O_CLOEXEC))
{
    if (m_fd < 0)
        fail(errno);
}

FileParts::~FileParts()
{
    ::close(m_fd);
}

void FileParts::read(std::size_t from, std::span<std::uint8_t> bytes) const
{
    for (std::size_t done = 0; done < bytes.size();) {
        const ssize_t n = ::pread(m_fd, bytes.data() + done, bytes.size() - done, static_cast<off_t>(from + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            fail(n < 0 ? errno : EIO);
        done += static_cast<std::size_t>(n);
    }
}

void FileParts::fail(int code) const
{
    throw Error(code == ENOENT ? ErrorKind::NotFound : ErrorKind::Io,
                QT_TRANSLATE_NOOP("core", "%1 cannot be read: %2"), {toUtf8(m_path), std::strerror(code)});
}

} // namespace likeness
