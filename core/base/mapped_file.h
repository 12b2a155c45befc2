#pragma once

#include <cstddef>
#include <filesystem>
#include <span>

namespace likeness {

/// A file as memory, read only: pages come when they are touched. The bytes live as long as the object; the file must
/// not be cut short meanwhile. Throws Error{NotFound|Io} naming the file.
class MappedFile {
public:
    explicit MappedFile(const std::filesystem::path &path);
    ~MappedFile();
    MappedFile(const MappedFile &) = delete;
    MappedFile &operator=(const MappedFile &) = delete;

    std::span<const std::byte> bytes() const { return m_bytes; }

private:
    std::span<const std::byte> m_bytes;
};

} // namespace likeness
