#include "core/weights/zip_archive.h"

#include "core/weights/readers.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>
#include <zlib.h>

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
        const bool encrypted = bytes.number<std::uint16_t>(at + 8) & 1u;
        const auto method = encrypted ? Method{0xffff} : Method{bytes.number<std::uint16_t>(at + 10)};
        const auto nameBytes = bytes.number<std::uint16_t>(at + 28);
        const auto text = bytes.part(at + centralBytes, nameBytes);
        const std::string entry(reinterpret_cast<const char *>(text.data()), text.size());
        if (leavesTheFolder(entry))
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive has an entry outside its folder: %1"), {entry}});
        const Sizes sizes = sizesOf(bytes, at);
        if (bytes.number<std::uint32_t>(sizes.local) != localMark)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        const std::uint64_t data = sizes.local + localBytes + bytes.number<std::uint16_t>(sizes.local + 26) +
                                   bytes.number<std::uint16_t>(sizes.local + 28);
        const auto content = bytes.part(data, sizes.packed);
        if (method == ZipArchive::Method::Stored && sizes.packed != sizes.unpacked)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the archive is cut short or damaged"), {}});
        if (!entries.emplace(entry, Entry{content, method, sizes.unpacked, bytes.number<std::uint32_t>(at + 16)})
                 .second)
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

const ZipArchive::Entry &ZipArchive::entry(std::string_view name) const
{
    const auto found = entries.find(name);
    if (found == entries.end())
        throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the archive has no entry %1"), {std::string(name)}});
    return found->second;
}

std::span<const std::byte> ZipArchive::at(std::string_view name) const
{
    const Entry &found = entry(name);
    if (found.method != Method::Stored)
        throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "the entry %1 is compressed, which PyTorch never does"),
                              {std::string(name)}});
    return found.bytes;
}

void ZipArchive::unpack(std::string_view name, const std::function<void(std::span<const std::byte>)> &take) const
{
    const Entry &packed = entry(name);
    const Message damaged{QT_TRANSLATE_NOOP("core", "the entry %1 is damaged"), {std::string(name)}};
    if (packed.method != Method::Stored && packed.method != Method::Deflated)
        throwDamaged(m_name, {QT_TRANSLATE_NOOP(
                                  "core", "the entry %1 is encrypted, or compressed in a way that is not read here"),
                              {std::string(name)}});
    constexpr std::size_t part = 1 << 20; // zlib counts in 32 bits
    uLong crc = crc32(0, nullptr, 0);
    std::uint64_t left = packed.unpackedBytes;
    const auto give = [&](std::span<const std::byte> bytes) {
        if (bytes.size() > left)
            throwDamaged(m_name, damaged);
        left -= bytes.size();
        crc = crc32(crc, reinterpret_cast<const Bytef *>(bytes.data()), static_cast<uInt>(bytes.size()));
        take(bytes);
    };
    if (packed.method == Method::Stored) {
        for (std::size_t from = 0; from < packed.bytes.size(); from += part)
            give(packed.bytes.subspan(from, std::min(part, packed.bytes.size() - from)));
    } else {
        z_stream stream{};
        if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) // no header: raw deflate
            throwDamaged(m_name, damaged);
        const std::unique_ptr<z_stream, int (*)(z_stream *)> closed(&stream, inflateEnd);
        std::vector<std::byte> out(part);
        std::size_t from = 0;
        int state = Z_OK;
        while (state == Z_OK) {
            const std::size_t count = std::min(part, packed.bytes.size() - from);
            stream.next_in = const_cast<Bytef *>(reinterpret_cast<const Bytef *>(packed.bytes.data() + from));
            stream.avail_in = static_cast<uInt>(count);
            stream.next_out = reinterpret_cast<Bytef *>(out.data());
            stream.avail_out = static_cast<uInt>(out.size());
            state = inflate(&stream, Z_NO_FLUSH);
            from += count - stream.avail_in;
            give(std::span(out).first(out.size() - stream.avail_out));
        }
        if (state != Z_STREAM_END)
            throwDamaged(m_name, damaged);
    }
    if (left != 0 || crc != packed.crc)
        throwDamaged(m_name, damaged);
}

} // namespace likeness
