#include "core/train/view_trace.h"

namespace likeness {

namespace {

constexpr int samples = 8; ///< of a cell, in each direction
const cv::Rect2d whole(0, 0, 1, 1);

cv::Point2d moved(const cv::Matx33d &by, const cv::Point2d &place)
{
    const cv::Vec3d at = by * cv::Vec3d(place.x, place.y, 1);
    return {at[0] / at[2], at[1] / at[2]};
}

} // namespace

void ViewTrace::placeAt(const cv::Rect2d &part)
{
    toImage = toImage *
              cv::Matx33d(1 / part.width, 0, -part.x / part.width, 0, 1 / part.height, -part.y / part.height, 0, 0, 1);
    seen = {part.x + seen.x * part.width, part.y + seen.y * part.height, seen.width * part.width,
            seen.height * part.height};
}

cv::Mat cellOverlaps(const ViewTrace &from, const ViewTrace &to, int cells)
{
    const cv::Matx33d back = to.toImage.inv();
    cv::Mat shares = cv::Mat::zeros(cells * cells, cells * cells, CV_32F);
    for (int y = 0; y < cells * samples; ++y)
        for (int x = 0; x < cells * samples; ++x) {
            const cv::Point2d place((x + 0.5) / (cells * samples), (y + 0.5) / (cells * samples));
            const cv::Point2d shown = moved(from.toImage, place);
            if (!from.seen.contains(place) || !whole.contains(shown))
                continue;
            const cv::Point2d there = moved(back, shown);
            if (to.seen.contains(there) && whole.contains(there))
                shares.at<float>(y / samples * cells + x / samples,
                                 static_cast<int>(there.y * cells) * cells + static_cast<int>(there.x * cells)) +=
                    1.0F / (samples * samples);
        }
    return shares;
}

} // namespace likeness
