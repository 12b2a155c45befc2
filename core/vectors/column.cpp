#include "core/vectors/column.h"

#include "core/base/damaged_file.h"
#include "core/base/file.h"
#include "core/base/file_parts.h"
#include "core/base/mapped_file.h"
#include "core/vectors/packed_place.h"
#include "core/vectors/rows.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <ostream>
#include <unistd.h>

namespace likeness {

namespace {

constexpr std::int64_t magic = 0x31'6e'6d'75'6c'6f'63'6c; // "lcolumn1"
constexpr std::size_t mostReserved = std::size_t{1} << 30;
constexpr std::size_t mostInMemory = std::size_t{64} << 20; // of rows with places

/// Of all rows of a column; ends its file.
struct Layout {
    std::int64_t images = 0, rows = 0, width = 0, type = CV_8U, blockSize = 0, places = 0, mark = magic;

    std::size_t rowBytes() const
    {
        return static_cast<std::size_t>(width) * static_cast<std::size_t>(CV_ELEM_SIZE1(type)) +
               (places ? sizeof(PackedPlace) : 0);
    }
};

/// Of each image, behind the rows.
struct ImageEntry {
    std::uint32_t rows = 0, width = 0, height = 0;
};

} // namespace

struct Column::Data {
    Layout layout;
    std::vector<std::int64_t> begin{0};
    std::vector<cv::Size> sizes; // where rows have places
    std::vector<std::uint8_t> memory;
    std::optional<MappedFile> mapped;
    std::optional<FileParts> parts;
    cv::Mat matrix; // over memory or the mapped file

    const std::uint8_t *data() const
    {
        return mapped ? reinterpret_cast<const std::uint8_t *>(mapped->bytes().data()) : memory.data();
    }
    void setMatrix()
    {
        if (layout.places || layout.rows == 0)
            return;
        matrix = cv::Mat(static_cast<int>(layout.rows), static_cast<int>(layout.width), static_cast<int>(layout.type),
                         const_cast<std::uint8_t *>(data()));
    }
    /// Of the images [first, last).
    std::vector<std::uint8_t> records(std::size_t first, std::size_t last) const
    {
        const std::size_t from = static_cast<std::size_t>(begin[first]) * layout.rowBytes(),
                          size = static_cast<std::size_t>(begin[last] - begin[first]) * layout.rowBytes();
        std::vector<std::uint8_t> bytes(size);
        if (parts)
            parts->read(from, bytes);
        else if (size > 0)
            std::memcpy(bytes.data(), data() + from, size);
        return bytes;
    }
};

Column::Column() : m_data(std::make_shared<const Data>()) {}

Column::Column(std::span<const Features> images)
{
    ColumnWriter writer(images.size());
    for (const Features &features : images)
        writer.append(features);
    *this = writer.finish();
}

Column Column::read(const std::filesystem::path &file)
{
    const auto data = std::make_shared<Data>();
    data->mapped.emplace(file);
    const auto bytes = data->mapped->bytes();
    Layout &layout = data->layout;
    if (bytes.size() < sizeof layout)
        refuseNumbers(file);
    std::memcpy(&layout, bytes.data() + bytes.size() - sizeof layout, sizeof layout);
    constexpr std::int64_t most = std::int64_t{1} << 30;
    std::int64_t rowBytes = 0;
    const auto left = static_cast<std::int64_t>(bytes.size() - sizeof layout);
    if (layout.mark != magic || layout.images < 0 || layout.images > left || layout.rows < 0 || layout.width < 0 ||
        layout.width > most || (layout.type != CV_8U && layout.type != CV_32F) || layout.blockSize < 0 ||
        layout.blockSize > most || layout.rows > std::numeric_limits<int>::max() ||
        __builtin_mul_overflow(layout.rows, static_cast<std::int64_t>(layout.rowBytes()), &rowBytes) ||
        rowBytes != left - layout.images * static_cast<std::int64_t>(sizeof(ImageEntry)))
        refuseNumbers(file);
    data->begin.reserve(static_cast<std::size_t>(layout.images) + 1);
    for (std::int64_t image = 0; image < layout.images; ++image) {
        ImageEntry entry;
        std::memcpy(&entry, bytes.data() + rowBytes + image * static_cast<std::int64_t>(sizeof entry), sizeof entry);
        data->begin.push_back(data->begin.back() + entry.rows);
        if (layout.places)
            data->sizes.emplace_back(static_cast<int>(entry.width), static_cast<int>(entry.height));
    }
    if (data->begin.back() != layout.rows)
        refuseNumbers(file);
    if (layout.places) {
        data->mapped.reset(); // what is read once would stay in memory
        data->parts.emplace(file);
    }
    data->setMatrix();
    Column column;
    column.m_data = data;
    return column;
}

std::size_t Column::size() const
{
    return m_data->begin.size() - 1;
}

int Column::rowsOf(std::size_t image) const
{
    return static_cast<int>(m_data->begin[image + 1] - m_data->begin[image]);
}

std::int64_t Column::firstRow(std::size_t image) const
{
    return m_data->begin[image];
}

int Column::width() const
{
    return static_cast<int>(m_data->layout.width);
}

int Column::type() const
{
    return static_cast<int>(m_data->layout.type);
}

std::size_t Column::bytes() const
{
    return static_cast<std::size_t>(rowCount()) * m_data->layout.rowBytes();
}

const cv::Mat &Column::matrix() const
{
    return m_data->matrix;
}

RowSource Column::rows() const
{
    return rowsInMemory(matrix().ptr<float>(), matrix().rows, width());
}

Features Column::operator[](std::size_t image) const
{
    const Layout &layout = m_data->layout;
    Features features;
    features.blockSize = static_cast<int>(layout.blockSize);
    const int count = rowsOf(image);
    if (layout.places)
        features.imageSize = m_data->sizes[image];
    if (count == 0)
        return features;
    if (!layout.places) {
        const auto first = static_cast<int>(firstRow(image));
        features.rows = m_data->matrix.rowRange(first, first + count);
        return features;
    }
    const std::vector<std::uint8_t> bytes = m_data->records(image, image + 1);
    features.rows.create(count, width(), static_cast<int>(layout.type));
    features.keypoints.create(count, keypointEntries, CV_32F);
    const std::size_t rowBytes = layout.rowBytes(), descriptorBytes = rowBytes - sizeof(PackedPlace);
    for (int row = 0; row < count; ++row) {
        const std::uint8_t *from = bytes.data() + static_cast<std::size_t>(row) * rowBytes;
        std::memcpy(features.rows.ptr(row), from, descriptorBytes);
        PackedPlace place;
        std::memcpy(&place, from + descriptorBytes, sizeof place);
        unpack(place, features.imageSize, features.keypoints.ptr<float>(row));
    }
    return features;
}

std::vector<std::size_t> Column::imageOfRow() const
{
    std::vector<std::size_t> images;
    images.reserve(static_cast<std::size_t>(rowCount()));
    for (std::size_t image = 0; image < size(); ++image)
        images.insert(images.end(), static_cast<std::size_t>(rowsOf(image)), image);
    return images;
}

struct ColumnWriter::Impl {
    std::size_t expected;
    std::filesystem::path path;
    std::unique_ptr<FileWriter> file; // null in memory
    bool isTemporary = false, mayLeaveMemory = true;
    std::shared_ptr<Column::Data> data = std::make_shared<Column::Data>();
    std::vector<cv::Size> sizes; // of all images, until it is known whether rows have places

    void begin(const Features &features)
    {
        Layout layout;
        layout.width = features.rows.cols;
        layout.type = features.rows.type();
        layout.blockSize = features.blockSize;
        layout.places = !features.keypoints.empty();
        begin(layout, static_cast<std::size_t>(features.rows.rows));
    }
    void begin(const Layout &of, std::size_t rowsAnImage)
    {
        Layout &layout = data->layout;
        layout.width = of.width;
        layout.type = of.type;
        layout.blockSize = of.blockSize;
        layout.places = of.places;
        if (!file)
            data->memory.reserve(std::min(expected * rowsAnImage * layout.rowBytes(), mostReserved));
    }
    void leaveMemoryIfLarge()
    {
        if (data->layout.places && data->memory.size() > mostInMemory && mayLeaveMemory)
            leaveMemory();
    }
    void leaveMemory()
    {
        mayLeaveMemory = false;
        std::string name = (std::filesystem::temp_directory_path() / "likeness-column-XXXXXX").native();
        const int made = ::mkstemp(name.data());
        if (made < 0)
            return;
        ::close(made);
        try {
            file = std::make_unique<FileWriter>(name);
            path = name;
            put(data->memory.data(), data->memory.size());
            file->stream().flush();
            isTemporary = true;
            data->memory = {};
        } catch (const Error &) {
            file.reset();
            std::filesystem::remove(name);
        }
    }
    ~Impl()
    {
        std::error_code gone;
        if (isTemporary)
            std::filesystem::remove(path, gone);
    }
    void put(const void *bytes, std::size_t count)
    {
        if (file) {
            file->stream().write(static_cast<const char *>(bytes), static_cast<std::streamsize>(count));
        } else {
            const auto *from = static_cast<const std::uint8_t *>(bytes);
            data->memory.insert(data->memory.end(), from, from + count);
        }
    }
};

ColumnWriter::ColumnWriter(std::size_t images) : m_impl(std::make_unique<Impl>())
{
    m_impl->expected = images;
}

ColumnWriter::ColumnWriter(std::size_t images, const std::filesystem::path &file) : ColumnWriter(images)
{
    m_impl->path = file;
    m_impl->file = std::make_unique<FileWriter>(file);
}

ColumnWriter::~ColumnWriter() = default;
ColumnWriter::ColumnWriter(ColumnWriter &&) noexcept = default;
ColumnWriter &ColumnWriter::operator=(ColumnWriter &&) noexcept = default;

void ColumnWriter::append(const Features &features)
{
    Column::Data &data = *m_impl->data;
    const int count = features.rows.rows;
    if (count > 0 && data.layout.rows == 0)
        m_impl->begin(features);
    data.begin.push_back(data.begin.back() + count);
    m_impl->sizes.push_back(features.imageSize);
    if (count == 0)
        return;
    checkWidth(data.layout.width, features.rows.cols);
    data.layout.rows += count;
    const std::size_t descriptorBytes = static_cast<std::size_t>(features.rows.cols) * features.rows.elemSize();
    for (int row = 0; row < count; ++row) {
        m_impl->put(features.rows.ptr(row), descriptorBytes);
        if (data.layout.places) {
            const PackedPlace place = packed(features.keypoints.ptr<float>(row), features.imageSize);
            m_impl->put(&place, sizeof place);
        }
    }
    m_impl->leaveMemoryIfLarge();
}

void ColumnWriter::append(const Column &column, std::size_t first, std::size_t count)
{
    Column::Data &data = *m_impl->data;
    const Column::Data &from = *column.m_data;
    if (from.begin[first + count] > from.begin[first]) {
        if (data.layout.rows == 0)
            m_impl->begin(from.layout, static_cast<std::size_t>(column.rowsOf(first)));
        checkWidth(data.layout.width, column.width());
        assert(data.layout.type == from.layout.type && data.layout.places == from.layout.places);
    }
    for (std::size_t image = first; image < first + count; ++image) {
        data.begin.push_back(data.begin.back() + column.rowsOf(image));
        m_impl->sizes.push_back(from.layout.places ? from.sizes[image] : cv::Size());
    }
    data.layout.rows = data.begin.back();
    const std::vector<std::uint8_t> bytes = from.records(first, first + count);
    m_impl->put(bytes.data(), bytes.size());
    m_impl->leaveMemoryIfLarge();
}

Column ColumnWriter::finish()
{
    Column::Data &data = *m_impl->data;
    data.layout.images = static_cast<std::int64_t>(m_impl->sizes.size());
    if (!m_impl->file) {
        if (data.layout.places)
            data.sizes = std::move(m_impl->sizes);
        data.setMatrix();
        Column column;
        column.m_data = std::move(m_impl->data);
        return column;
    }
    for (std::size_t image = 0; image < m_impl->sizes.size(); ++image) {
        const ImageEntry entry{static_cast<std::uint32_t>(data.begin[image + 1] - data.begin[image]),
                               static_cast<std::uint32_t>(m_impl->sizes[image].width),
                               static_cast<std::uint32_t>(m_impl->sizes[image].height)};
        m_impl->put(&entry, sizeof entry);
    }
    m_impl->put(&data.layout, sizeof data.layout);
    m_impl->file->finish();
    m_impl->file.reset();
    return Column::read(m_impl->path); // stays open where the file is a temporary one
}

Column ColumnWriter::finishWithoutName()
{
    const Column column = finish();
    if (!m_impl->path.empty() && !m_impl->isTemporary)
        std::filesystem::remove(m_impl->path); // is open
    return column;
}

} // namespace likeness
