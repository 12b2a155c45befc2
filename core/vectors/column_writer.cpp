#include "core/vectors/column_data.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/vectors/float_rows.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <ostream>
#include <unistd.h>

namespace likeness {

namespace {

constexpr std::size_t mostReserved = std::size_t{1} << 30;
constexpr std::size_t mostInMemory = std::size_t{64} << 20; // of rows with places

} // namespace

struct ColumnWriter::Impl {
    std::size_t expected;
    std::filesystem::path path;
    std::unique_ptr<FileWriter> file; // null in memory
    bool isTemporary = false, mayLeaveMemory = true;
    std::shared_ptr<Column::Data> data = std::make_shared<Column::Data>();
    std::vector<ColumnEntry> entries;          // of all images, until it is known whether rows have places
    std::vector<std::filesystem::path> others; // files that rows are left in
    std::shared_ptr<const Column::Data> grown; // the column that is left in these

    void begin(const Features &features)
    {
        ColumnLayout layout;
        layout.width = features.rows.cols;
        layout.type = features.rows.type();
        layout.blockSize = features.blockSize;
        layout.places = !features.keypoints.empty();
        begin(layout, static_cast<std::size_t>(features.rows.rows));
    }
    void begin(const ColumnLayout &of, std::size_t rowsAnImage)
    {
        ColumnLayout &layout = data->layout;
        layout.width = of.width;
        layout.type = of.type;
        layout.blockSize = of.blockSize;
        layout.places = of.places;
        if (!file)
            data->memory.reserve(std::min(expected * rowsAnImage * layout.rowBytes(), mostReserved));
    }
    /// The next one; its rows follow, unless they lie in another file.
    void addImage(ColumnEntry entry)
    {
        ColumnLayout &layout = data->layout;
        if (entry.file == 0) {
            entry.first = layout.ownRows;
            layout.ownRows += entry.rows;
        }
        layout.rows += entry.rows;
        data->begin.push_back(layout.rows);
        entries.push_back(entry);
    }
    /// Whether the rows of a column stay where they are, because it can grow and this one lies beside it.
    bool leavesInItsFiles(const Column &column)
    {
        const auto &from = column.m_data;
        if (from == grown)
            return true;
        if (grown || !file || isTemporary || !column.canGrow() || from->files[0].parent_path() != path.parent_path())
            return false;
        grown = from;
        others = from->files;
        return true;
    }
    Column finished(bool stays)
    {
        data->layout.images = static_cast<std::int64_t>(entries.size());
        Column column;
        if (!file) {
            if (data->layout.places)
                data->entries = std::move(entries);
            data->setMatrix();
            column.m_data = std::move(data);
            return column;
        }
        put(entries.data(), entries.size() * sizeof(ColumnEntry));
        std::string names;
        for (const std::filesystem::path &other : others)
            names += other.filename().native() + '\0';
        data->layout.nameBytes = static_cast<std::int64_t>(names.size());
        put(names.data(), names.size());
        put(&data->layout, sizeof data->layout);
        file->finish();
        file.reset();
        column.m_data = Column::Data::read(path, stays && !isTemporary); // stays open where the file is a temporary one
        return column;
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
    if (count > 0)
        checkWidth(data.layout.width, features.rows.cols);
    m_impl->addImage({static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(features.imageSize.width),
                      static_cast<std::uint32_t>(features.imageSize.height)});
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
    const bool leaves = m_impl->leavesInItsFiles(column);
    for (std::size_t image = first; image < first + count; ++image) {
        ColumnEntry entry{static_cast<std::uint32_t>(column.rowsOf(image))};
        if (from.layout.places) {
            entry.width = from.entries[image].width;
            entry.height = from.entries[image].height;
        }
        if (leaves) {
            entry.file = from.entries[image].file + 1;
            entry.first = from.entries[image].first;
        }
        m_impl->addImage(entry);
    }
    if (leaves)
        return;
    const std::vector<std::uint8_t> bytes = from.records(first, first + count);
    m_impl->put(bytes.data(), bytes.size());
    m_impl->leaveMemoryIfLarge();
}

Column ColumnWriter::finish()
{
    return m_impl->finished(true);
}

Column ColumnWriter::finishWithoutName()
{
    const Column column = m_impl->finished(false);
    if (!m_impl->path.empty() && !m_impl->isTemporary)
        std::filesystem::remove(m_impl->path); // is open
    return column;
}

} // namespace likeness
