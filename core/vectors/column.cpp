#include "core/vectors/column_data.h"

#include "core/base/damaged_file.h"
#include "core/vectors/rows.h"

#include <algorithm>
#include <cstring>

namespace likeness {

namespace {

/// The other files that rows lie in, in the same folder. Nothing where the names are forged.
std::optional<std::vector<std::filesystem::path>> otherFiles(std::string_view names,
                                                             const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    while (!names.empty()) {
        const std::size_t end = names.find('\0');
        const std::filesystem::path name = names.substr(0, end);
        if (end == std::string_view::npos || name.empty() || name.filename() != name || name == "." || name == "..")
            return std::nullopt;
        files.push_back(folder / name);
        names.remove_prefix(end + 1);
    }
    return files;
}

bool isPossible(const ColumnLayout &layout, std::int64_t bytes)
{
    constexpr std::int64_t most = std::int64_t{1} << 30;
    const auto left = bytes - static_cast<std::int64_t>(sizeof layout);
    std::int64_t rowBytes = 0;
    return layout.mark == columnMagic && layout.images >= 0 && layout.images <= left && layout.rows >= 0 &&
           layout.width >= 0 && layout.width <= most && (layout.type == CV_8U || layout.type == CV_32F) &&
           layout.blockSize >= 0 && layout.blockSize <= most && layout.rows <= std::numeric_limits<int>::max() &&
           layout.ownRows >= 0 && layout.ownRows <= std::numeric_limits<int>::max() && layout.nameBytes >= 0 &&
           layout.nameBytes <= left && (layout.places || (layout.ownRows == layout.rows && layout.nameBytes == 0)) &&
           !__builtin_mul_overflow(layout.ownRows, static_cast<std::int64_t>(layout.rowBytes()), &rowBytes) &&
           rowBytes == left - layout.nameBytes - layout.images * static_cast<std::int64_t>(sizeof(ColumnEntry));
}

} // namespace

void Column::Data::setMatrix()
{
    if (layout.places || layout.rows == 0)
        return;
    matrix = cv::Mat(static_cast<int>(layout.rows), static_cast<int>(layout.width), static_cast<int>(layout.type),
                     const_cast<std::uint8_t *>(data()));
}

std::vector<std::uint8_t> Column::Data::records(std::size_t first, std::size_t last) const
{
    const std::size_t rowBytes = layout.rowBytes();
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(begin[last] - begin[first]) * rowBytes);
    if (parts.empty()) {
        if (!bytes.empty())
            std::memcpy(bytes.data(), data() + static_cast<std::size_t>(begin[first]) * rowBytes, bytes.size());
        return bytes;
    }
    for (std::size_t image = first; image < last;) {
        const ColumnEntry &entry = entries[image];
        std::size_t end = image; // of a run that is read at once
        std::int64_t rows = 0;
        while (end < last && entries[end].file == entry.file && entries[end].first == entry.first + rows)
            rows += entries[end++].rows;
        const std::span all(bytes);
        parts[entry.file]->read(static_cast<std::size_t>(entry.first) * rowBytes,
                                all.subspan(static_cast<std::size_t>(begin[image] - begin[first]) * rowBytes,
                                            static_cast<std::size_t>(rows) * rowBytes));
        image = end;
    }
    return bytes;
}

std::shared_ptr<const Column::Data> Column::Data::read(const std::filesystem::path &file, bool stays)
{
    const auto data = std::make_shared<Data>();
    data->mapped.emplace(file);
    const auto bytes = data->mapped->bytes();
    ColumnLayout &layout = data->layout;
    if (bytes.size() < sizeof layout)
        refuseNumbers(file);
    std::memcpy(&layout, bytes.data() + bytes.size() - sizeof layout, sizeof layout);
    if (!isPossible(layout, static_cast<std::int64_t>(bytes.size())))
        refuseNumbers(file);
    const std::size_t ownBytes = static_cast<std::size_t>(layout.ownRows) * layout.rowBytes(),
                      entryBytes = static_cast<std::size_t>(layout.images) * sizeof(ColumnEntry);
    const std::string_view names(reinterpret_cast<const char *>(bytes.data()) + ownBytes + entryBytes,
                                 static_cast<std::size_t>(layout.nameBytes));
    const auto others = otherFiles(names, file.parent_path());
    if (!others)
        refuseNumbers(file);
    std::vector<std::int64_t> stored{layout.ownRows}; // rows that each file has at most
    for (const std::filesystem::path &other : *others) {
        data->parts.push_back(std::make_shared<FileParts>(other));
        stored.push_back(
            static_cast<std::int64_t>(std::filesystem::file_size(other) / std::max<std::size_t>(1, layout.rowBytes())));
    }
    for (const std::int64_t rows : stored)
        data->storedRows += rows;
    data->begin.reserve(static_cast<std::size_t>(layout.images) + 1);
    for (std::size_t image = 0; image < static_cast<std::size_t>(layout.images); ++image) {
        ColumnEntry entry;
        std::memcpy(&entry, bytes.data() + ownBytes + image * sizeof entry, sizeof entry);
        if (entry.file >= stored.size() || entry.first < 0 || entry.first > stored[entry.file] - entry.rows ||
            (!layout.places && entry.first != data->begin.back()))
            refuseNumbers(file);
        data->begin.push_back(data->begin.back() + entry.rows);
        if (layout.places)
            data->entries.push_back(entry);
    }
    if (data->begin.back() != layout.rows)
        refuseNumbers(file);
    if (layout.places) {
        data->mapped.reset(); // what is read once would stay in memory
        data->parts.insert(data->parts.begin(), std::make_shared<FileParts>(file));
    }
    if (stays) {
        data->files = *others;
        data->files.insert(data->files.begin(), file);
    }
    data->setMatrix();
    return data;
}

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
    Column column;
    column.m_data = Data::read(file, true);
    return column;
}

std::span<const std::filesystem::path> Column::files() const
{
    return m_data->files;
}

bool Column::canGrow() const
{
    constexpr std::size_t mostFiles = 16;
    return m_data->layout.places && !m_data->files.empty() && m_data->files.size() < mostFiles &&
           m_data->storedRows <= 2 * m_data->layout.rows;
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
    const ColumnLayout &layout = m_data->layout;
    Features features;
    features.blockSize = static_cast<int>(layout.blockSize);
    const int count = rowsOf(image);
    if (layout.places)
        features.imageSize = {static_cast<int>(m_data->entries[image].width),
                              static_cast<int>(m_data->entries[image].height)};
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

} // namespace likeness
