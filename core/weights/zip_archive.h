#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace likeness {

/// The stored (not compressed) entries of a zip archive in memory, by name. PyTorch stores what it saves, so that
/// tensors can be read in place; compressed entries are listed without bytes. Zip64 is understood (APPNOTE 4.3, 4.5.3).
/// Throws Error{Format}: no archive, cut short, overlapping entries, names that leave the folder.
struct ZipArchive {
    struct Entry {
        std::span<const std::byte> bytes;
        bool stored = true;
    };
    std::map<std::string, Entry, std::less<>> entries;

    ZipArchive(std::span<const std::byte> bytes, const std::string &name);
    /// Throws where the entry is missing or compressed.
    std::span<const std::byte> at(std::string_view entry) const;

private:
    std::string m_name;
};

} // namespace likeness
