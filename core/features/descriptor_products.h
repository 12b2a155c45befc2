#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <span>
#include <vector>

namespace likeness {

/// Dot products of descriptors in whole numbers: entries are rounded to 1/8192, so that sums are exact and the same on
/// every processor, and twice as many fit in a register as of floats. Entries must lie in [-2, 2], rows have a length
/// of about 1.
inline constexpr float descriptorOne = 8192;
inline constexpr float productOne = descriptorOne * descriptorOne;

/// Rows for the left side.
struct DescriptorRows {
    int rows = 0, width = 0;           ///< width is even, padded by 0
    std::vector<std::int16_t> entries; ///< row by row

    DescriptorRows() = default;
    explicit DescriptorRows(const cv::Mat &descriptors); ///< CV_32F
    const std::int16_t *row(int i) const { return entries.data() + static_cast<std::ptrdiff_t>(i) * width; }
};

/// Rows for the right side: panels of 16 rows, in each the pairs of entries of all 16 beside each other. The last panel
/// is filled up with 0. Descriptors that are kept in bytes (unitDescriptors(): 1/512 each) stay bytes: the products are
/// the same in half of the memory.
struct DescriptorPanels {
    static constexpr int panelRows = 16;
    static constexpr int byteFactor = 16; ///< descriptorOne / 512
    int rows = 0, cols = 0, width = 0;    ///< width: cols, made even
    std::vector<std::int16_t> entries;
    std::vector<std::uint8_t> bytes; ///< in place of entries

    DescriptorPanels() = default;
    explicit DescriptorPanels(const cv::Mat &descriptors); ///< CV_32F
    DescriptorPanels(int rows, int cols, bool inBytes);    ///< all 0
    /// A row of CV_32F, or of CV_8U where rows are bytes.
    void set(int row, const cv::Mat &descriptor);
    int panels() const { return (rows + panelRows - 1) / panelRows; }
};

/// products[i * stride + j] = left row i . right row j, for the given rows of the left and all of the right; the stride
/// is panels() x 16.
void descriptorProducts(const DescriptorRows &left, std::span<const int> leftRows, const DescriptorPanels &right,
                        std::int32_t *products);

} // namespace likeness
