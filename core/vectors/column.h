#pragma once

#include "core/vectors/features.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace likeness {

struct RowSource; // core/vectors/rows.h, with Eigen

/// Features of every image of a gallery behind some stage, by ImageId: the rows of all images under each other, in
/// memory or in a file. Keypoints keep their places in 8 bytes each (x, y to 1/65535 of the image, size to 1/64 px,
/// angle to 1/182 degree), the same in memory and in a file. Immutable, cheap to copy, readable from many threads.
class Column {
public:
    Column(); ///< of no image
    Column(std::span<const Features> images);
    Column(const std::vector<Features> &images) : Column(std::span(images)) {}
    /// Of a file that ColumnWriter wrote. Rows are mapped; those with places are read as they are asked for. Throws
    /// Error{NotFound|Io|Format} naming the file.
    static Column read(const std::filesystem::path &file);

    std::size_t size() const; ///< in images
    bool empty() const { return size() == 0; }
    /// Rows without places are not copied: they live as long as a copy of the column. Throws Error{Io} where a file
    /// cannot be read any more.
    Features operator[](std::size_t image) const;
    int rowsOf(std::size_t image) const;
    std::int64_t firstRow(std::size_t image) const; ///< size() is allowed
    std::int64_t rowCount() const { return firstRow(size()); }
    int width() const; ///< entries of a row; 0 where there is none
    int type() const;  ///< of OpenCV: CV_8U or CV_32F
    std::size_t bytes() const;
    /// Those that it lies in, if they stay: its own, then earlier ones that rows were left in. None in memory.
    std::span<const std::filesystem::path> files() const;
    /// Whether a writer of a file beside these leaves the rows where they are: keypoints in few files, of whose rows at
    /// least half are needed.
    bool canGrow() const;
    /// All rows; only of a column without places.
    const cv::Mat &matrix() const;
    RowSource rows() const; ///< the same, of floats
    std::vector<std::size_t> imageOfRow() const;

    class Iterator {
    public:
        Iterator(const Column &column, std::size_t at) : m_column(&column), m_at(at) {}
        Features operator*() const { return (*m_column)[m_at]; }
        Iterator &operator++()
        {
            ++m_at;
            return *this;
        }
        bool operator!=(const Iterator &other) const { return m_at != other.m_at; }

    private:
        const Column *m_column;
        std::size_t m_at;
    };
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, size()}; }

private:
    friend class ColumnWriter;
    struct Data;
    std::shared_ptr<const Data> m_data;
};

/// Makes a column image by image.
class ColumnWriter {
public:
    /// So many are expected. In memory, but for many rows with places, of which few are looked at later on: they go to
    /// a file without a name in the folder for temporary files, if that takes them.
    explicit ColumnWriter(std::size_t images);
    ColumnWriter(std::size_t images, const std::filesystem::path &file); ///< which is new, or emptied
    ~ColumnWriter();
    ColumnWriter(ColumnWriter &&) noexcept;
    ColumnWriter &operator=(ColumnWriter &&) noexcept;

    /// Of the next image. Throws Error{InvalidArgument} where rows are of another width than those before, Error{Io}.
    void append(const Features &features);
    /// Images [first, first + count) of a column: bytes, where both are alike. What lies in files that can grow, beside
    /// the one that is written, is not copied: these belong to the new column too. Throws the same.
    void append(const Column &column, std::size_t first, std::size_t count);
    /// Nothing comes any more. Throws Error{Io}.
    Column finish();
    /// The same; the file goes with the last copy of the column.
    Column finishWithoutName();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace likeness
