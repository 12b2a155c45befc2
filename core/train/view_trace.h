#pragma once

#include <opencv2/core/mat.hpp>

namespace likeness {

/// Which place of its image a view shows where (PixTrace; Lu et al. 2026, arXiv 2602.17484). Image and view are unit
/// squares, y downwards.
struct ViewTrace {
    cv::Matx33d toImage = cv::Matx33d::eye(); ///< of a place of the view
    cv::Rect2d seen{0, 0, 1, 1};              ///< of the view; elsewhere is a frame or another picture

    /// The view becomes a part of a larger one.
    void placeAt(const cv::Rect2d &part);
};

/// How much of what a view shows in each of its cells another view of the same image shows in each of its own: of
/// cells x cells, row by row. CV_32F, cells^2 x cells^2; a row adds up to 1 at most, what is missing is not seen there.
cv::Mat cellOverlaps(const ViewTrace &from, const ViewTrace &to, int cells);

} // namespace likeness
