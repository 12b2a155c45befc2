#pragma once

#include "core/base/file_parts.h"
#include "core/base/mapped_file.h"
#include "core/vectors/column.h"
#include "core/vectors/packed_place.h"

#include <optional>

namespace likeness {

// A file of a column: its own rows, an entry for each image, the names of the other files that rows lie in (each ended
// by a zero), the layout.

inline constexpr std::int64_t columnMagic = 0x32'6e'6d'75'6c'6f'63'6c; // "lcolumn2"

/// Of all rows of a column; ends its file.
struct ColumnLayout {
    std::int64_t images = 0, rows = 0, width = 0, type = CV_8U, blockSize = 0, places = 0;
    std::int64_t ownRows = 0, nameBytes = 0, mark = columnMagic;

    std::size_t rowBytes() const
    {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(CV_ELEM_SIZE1(type)) +
               (places ? sizeof(PackedPlace) : 0);
    }
};

/// Of each image. File 0 is the column's own, the others in the order of their names.
struct ColumnEntry {
    std::uint32_t rows = 0, width = 0, height = 0, file = 0;
    std::int64_t first = 0; ///< of its rows in that file
};

struct Column::Data {
    ColumnLayout layout;
    std::vector<std::int64_t> begin{0};
    std::vector<ColumnEntry> entries; // where rows have places
    std::vector<std::uint8_t> memory;
    std::optional<MappedFile> mapped;
    std::vector<std::filesystem::path> files; // of a column that stays: its own, then the others
    std::vector<std::shared_ptr<const FileParts>> parts;
    std::int64_t storedRows = 0; // in all of its files, needed or not
    cv::Mat matrix;              // over memory or the mapped file

    const std::uint8_t *data() const
    {
        return mapped ? reinterpret_cast<const std::uint8_t *>(mapped->bytes().data()) : memory.data();
    }
    void setMatrix();
    /// Of the images [first, last).
    std::vector<std::uint8_t> records(std::size_t first, std::size_t last) const;
    /// `stays`: nobody takes the file away as long as a column refers to it.
    static std::shared_ptr<const Data> read(const std::filesystem::path &file, bool stays);
};

} // namespace likeness
