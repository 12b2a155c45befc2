#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace likeness {

/// The entries of a zip archive in memory, by name. PyTorch stores what it saves, so that tensors can be read in place;
/// other archives deflate. Zip64 is understood (APPNOTE 4.3, 4.5.3). Throws Error{Format}: no archive, cut short,
/// overlapping entries, names that leave the folder.
struct ZipArchive {
    enum class Method : std::uint16_t { Stored = 0, Deflated = 8 }; ///< others, and what is encrypted, are refused
    struct Entry {
        std::span<const std::byte> bytes; ///< as they lie in the archive
        Method method = Method::Stored;
        std::uint64_t unpackedBytes = 0;
        std::uint32_t crc = 0;
    };
    std::map<std::string, Entry, std::less<>> entries;

    ZipArchive(std::span<const std::byte> bytes, const std::string &name);
    /// Of a stored entry. Throws where it is missing or compressed.
    std::span<const std::byte> at(std::string_view entry) const;
    /// Hands the bytes on, part by part and never more than the directory says; then compares the check sum. Throws
    /// Error{Format}: missing, compressed in another way, damaged. What has come until then is not to be kept.
    void unpack(std::string_view entry, const std::function<void(std::span<const std::byte>)> &take) const;

private:
    const Entry &entry(std::string_view name) const;

    std::string m_name;
};

} // namespace likeness
