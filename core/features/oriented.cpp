#include "core/features/oriented.h"

#include <opencv2/core.hpp>

namespace likeness {

cv::Mat oriented(const cv::Mat &pixels, int orientation)
{
    cv::Mat result; // never the caller's own pixels
    if (orientation >= 4)
        cv::flip(pixels, result, 1);
    else
        result = pixels;
    if (const int turns = orientation % 4; turns > 0) {
        static constexpr int codes[] = {cv::ROTATE_90_CLOCKWISE, cv::ROTATE_180, cv::ROTATE_90_COUNTERCLOCKWISE};
        cv::Mat turned;
        cv::rotate(result, turned, codes[turns - 1]);
        return turned;
    }
    return result;
}

} // namespace likeness
