#include "core/weights/zip_archive.h"

#include "core/weights/readers.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace likeness {

namespace {

constexpr std::uint32_t endMark = 0x06054b50, end64Mark = 0x06064b50, end64LocatorMark = 0x07064b50,
                        centralMark = 0x02014b50, localMark = 0x04034b50;
constexpr std::size_t endBytes = 22, centralBytes = 46, localBytes = 30, mostEntries = 200'000;

/// Numbers out of bytes; beyond the end is an error, not a crash.
class Bytes {
public:
    Bytes(std::span<const std::byte> bytes, const std::string &name) : m_bytes(bytes), m_name(name) {}
    template <class T> T number(std::uint64_t at) const
    {
        T value;
        std::memcpy(&value, part(at, sizeof value).data(), sizeof value);
        return value;
    }
    std::span<const std::byte> part(std::uint64_t at, std::uint64_t size) const
    {
        if (at > m_bytes.size() || size > m_bytes.size() - at)
            throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        return m_bytes.subspan(at, size);
    }
    std::uint64_t size() const { return m_bytes.size(); }
    const std::string &name() const { return m_name; }

private:
    std::span<const std::byte> m_bytes;
    const std::string &m_name;
};

struct Directory {
    std::uint64_t count, offset;
};

Directory directoryOf(const Bytes &bytes)
{
    const std::uint64_t lowest = bytes.size() > endBytes + 0xffff ? bytes.size() - endBytes - 0xffff : 0;
    std::optional<std::uint64_t> end;
    for (std::uint64_t at = bytes.size() < endBytes ? 0 : bytes.size() - endBytes + 1; at-- > lowest && !end;)
        if (bytes.size() >= endBytes && bytes.number<std::uint32_t>(at) == endMark)
            end = at;
    if (!end)
        throwDamaged(bytes.name(),
                     {QT_TRANSLATE_NOOP("core", "the archive is cut short: its directory is missing"), {}});
    Directory directory{bytes.number<std::uint16_t>(*end + 10), bytes.number<std::uint32_t>(*end + 16)};
    if (*end >= 20 && bytes.number<std::uint32_t>(*end - 20) == end64LocatorMark) {
        const auto end64 = bytes.number<std::uint64_t>(*end - 12);
        if (bytes.number<std::uint32_t>(end64) != end64Mark)
            throwDamaged(bytes.name(), {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        directory = {bytes.number<std::uint64_t>(end64 + 32), bytes.number<std::uint64_t>(end64 + 48)};
    }
    if (directory.count > mostEntries)
        throwDamaged(bytes.name(), {QT_TRANSLATE_NOOP("core", "the archive has %1 entries, more than any model"),
                                    {std::to_string(directory.count)}});
    return directory;
}

struct Sizes {
    std::uint64_t packed, unpacked, local;
};

/// The zip64 field holds those of the three that do not fit in 32 bits, in this order.
Sizes sizesOf(const Bytes &bytes, std::uint64_t at)
{
    Sizes sizes{bytes.number<std::uint32_t>(at + 20), bytes.number<std::uint32_t>(at + 24),
                bytes.number<std::uint32_t>(at + 42)};
    std::uint64_t extra = at + centralBytes + bytes.number<std::uint16_t>(at + 28);
    const std::uint64_t end = extra + bytes.number<std::uint16_t>(at + 30);
    while (extra + 4 <= end) {
        const auto id = bytes.number<std::uint16_t>(extra), length = bytes.number<std::uint16_t>(extra + 2);
        if (id == 1) {
            std::uint64_t field = extra + 4;
            for (std::uint64_t *value : {&sizes.unpacked, &sizes.packed, &sizes.local})
                if (*value == 0xffffffffu && field + 8 <= extra + 4 + length) {
                    *value = bytes.number<std::uint64_t>(field);
                    field += 8;
                }
        }
        extra += 4u + length;
    }
    return sizes;
}

bool leavesTheFolder(const std::string &name)
{
    return name.empty() || name.front() == '/' || name.find('\\') != std::string::npos ||
           ("/" + name + "/").find("/../") != std::string::npos;
}

} // namespace

ZipArchive::ZipArchive(std::span<const std::byte> archive, const std::string &name) : m_name(name)
{
    const Bytes bytes(archive, name);
    const Directory directory = directoryOf(bytes);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> extents;
    std::uint64_t at = directory.offset;
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        if (bytes.number<std::uint32_t>(at) != centralMark)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        const auto method = bytes.number<std::uint16_t>(at + 10), nameBytes = bytes.number<std::uint16_t>(at + 28);
        const auto text = bytes.part(at + centralBytes, nameBytes);
        const std::string entry(reinterpret_cast<const char *>(text.data()), text.size());
        if (leavesTheFolder(entry))
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive has an entry outside its folder: %1"), {entry}});
        const Sizes sizes = sizesOf(bytes, at);
        if (bytes.number<std::uint32_t>(sizes.local) != localMark)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        const std::uint64_t data = sizes.local + localBytes + bytes.number<std::uint16_t>(sizes.local + 26) +
                                   bytes.number<std::uint16_t>(sizes.local + 28);
        const bool stored = method == 0;
        const auto content = bytes.part(data, sizes.packed);
        if (stored && sizes.packed != sizes.unpacked)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        if (!entries.emplace(entry, Entry{stored ? content : std::span<const std::byte>(), stored}).second)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive has the entry %1 twice"), {entry}});
        extents.emplace_back(data, data + sizes.packed);
        at += centralBytes + std::uint64_t{nameBytes} + bytes.number<std::uint16_t>(at + 30) +
              bytes.number<std::uint16_t>(at + 32);
    }
    std::ranges::sort(extents);
    for (std::size_t i = 1; i < extents.size(); ++i)
        if (extents[i].first < extents[i - 1].second)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "entries of the archive overlap"), {}});
}

std::span<const std::byte> ZipArchive::at(std::string_view entry) const
{
    const auto found = entries.find(entry);
    if (found == entries.end())
        throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the archive has no entry %1"), {std::string(entry)}});
    if (!found->second.stored)
        throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the entry %1 is compressed, which PyTorch never does"),
                              {std::string(entry)}});
    return found->second.bytes;
}

} // namespace likeness
