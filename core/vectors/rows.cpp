#include "core/vectors/rows.h"

namespace likeness {

RowSource rowsInMemory(const float *rows, std::int64_t count, int width)
{
    return {count, width, [rows, width](std::int64_t first, std::int64_t wanted) {
                return Eigen::Map<const FloatRows>(rows + first * width, wanted, width);
            }};
}

StackedRows::StackedRows(std::span<const Features> gallery)
{
    begin.reserve(gallery.size() + 1);
    int total = 0, width = 0, type = CV_8U;
    for (const Features &features : gallery) {
        begin.push_back(total);
        total += features.rows.rows;
        if (!features.rows.empty()) {
            width = features.rows.cols;
            type = features.rows.type();
        }
    }
    begin.push_back(total);
    rows.create(total, width, type);
    for (std::size_t i = 0; i < gallery.size(); ++i)
        if (!gallery[i].rows.empty())
            gallery[i].rows.copyTo(rows.rowRange(begin[i], begin[i + 1]));
}

std::vector<std::size_t> StackedRows::imageOfRow() const
{
    std::vector<std::size_t> images;
    for (std::size_t image = 0; image + 1 < begin.size(); ++image)
        images.insert(images.end(), static_cast<std::size_t>(begin[image + 1] - begin[image]), image);
    return images;
}

} // namespace likeness
