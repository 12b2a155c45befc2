#pragma once

#include "core/base/damaged_file.h"
#include "core/base/file.h"
#include "core/base/mapped_file.h"

#include <cstdint>
#include <cstring>
#include <ostream>
#include <type_traits>
#include <vector>

namespace likeness {

/// Arrays of plain values, one after the other, each behind its length: what a stage keeps in a file of its own.
class ArrayFileWriter {
public:
    /// Throws Error{Io}, as every member.
    explicit ArrayFileWriter(const std::filesystem::path &file) : m_file(file) {}
    template <class Value> void put(const std::vector<Value> &values)
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        const auto count = static_cast<std::int64_t>(values.size());
        m_file.stream().write(reinterpret_cast<const char *>(&count), sizeof count);
        m_file.stream().write(reinterpret_cast<const char *>(values.data()),
                              static_cast<std::streamsize>(values.size() * sizeof(Value)));
    }
    void finish() { m_file.finish(); }

private:
    FileWriter m_file;
};

/// Reads them again, in the same order. Throws Error{NotFound|Io|Format} naming the file, before more is allocated than
/// the file holds.
class ArrayFileReader {
public:
    explicit ArrayFileReader(const std::filesystem::path &file) : m_path(file), m_file(file), m_left(m_file.bytes()) {}
    template <class Value> std::vector<Value> take()
    {
        static_assert(std::is_trivially_copyable_v<Value>);
        std::int64_t count = 0;
        std::memcpy(&count, part(sizeof count).data(), sizeof count);
        if (count < 0 || static_cast<std::size_t>(count) > m_left.size() / sizeof(Value))
            refuse();
        std::vector<Value> values(static_cast<std::size_t>(count));
        const auto bytes = part(values.size() * sizeof(Value));
        if (count > 0)
            std::memcpy(values.data(), bytes.data(), bytes.size());
        return values;
    }
    [[noreturn]] void refuse() const { refuseNumbers(m_path); }

private:
    std::span<const std::byte> part(std::size_t size)
    {
        if (size > m_left.size())
            refuse();
        const auto taken = m_left.first(size);
        m_left = m_left.subspan(size);
        return taken;
    }
    std::filesystem::path m_path;
    MappedFile m_file;
    std::span<const std::byte> m_left;
};

} // namespace likeness
