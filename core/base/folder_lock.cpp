#include "core/base/folder_lock.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace likeness {

namespace {

std::filesystem::path lockFile(const std::filesystem::path &folder)
{
    return folder / FolderLock::fileName;
}

bool isWithoutLocks(int cause)
{
    return cause == ENOLCK || cause == EOPNOTSUPP || cause == ENOSYS;
}

} // namespace

FolderLock::FolderLock(const std::filesystem::path &folder)
{
    const std::filesystem::path path = lockFile(folder);
    m_file = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
    if (m_file < 0)
        throwUnwritable(path, std::error_code(errno, std::generic_category()));
    if (::flock(m_file, LOCK_EX | LOCK_NB) == 0 || isWithoutLocks(errno))
        return;
    const int cause = errno;
    ::close(m_file);
    if (cause != EWOULDBLOCK)
        throwUnwritable(path, std::error_code(cause, std::generic_category()));
    throw Error(ErrorKind::Io, QT_TRANSLATE_NOOP("core", "%1 is being written by another process"), {toUtf8(folder)});
}

FolderLock::~FolderLock()
{
    ::close(m_file);
}

bool FolderLock::isHeld(const std::filesystem::path &folder)
{
    const int file = ::open(lockFile(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool held = ::flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(file);
    return held;
}

} // namespace likeness
