#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace likeness {

/// Four corners in pixels, clockwise from the upper left as seen.
using Quad = std::array<cv::Point2f, 4>;

/// At most `longSide` pixels on the longer side; a smaller image is returned as it is.
cv::Mat shrunk(const cv::Mat &image, int longSide);

/// Regions that stand inside a uniform background: a padded, framed, rotated or warped picture. For each of up to three
/// colours that cover at least 8 % of the rim, what remains after removing the background of that colour which touches
/// the rim: its bounding box, its least rectangle and its quadrilateral, where they differ. `bgr` is CV_8UC3.
std::vector<Quad> framedRegions(const cv::Mat &bgr);

/// Up to `count` axis-parallel rectangles whose sides are long straight edges: a picture pasted onto another. Best
/// first, none overlapping another by more than 0.75 (intersection over union).
std::vector<Quad> straightEdgeRectangles(const cv::Mat &bgr, int count);

/// The inside of `quad` (2 % of its border left out) as side x side pixels.
cv::Mat rectified(const cv::Mat &bgr, const Quad &quad, int side);

} // namespace likeness
