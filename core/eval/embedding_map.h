#pragma once

#include "core/base/task.h"
#include "core/data/image_set.h"

#include <array>
#include <filesystem>
#include <opencv2/core/mat.hpp>

namespace likeness {

/// Images in the plane of the two directions in which their vectors differ most (principal component analysis).
struct EmbeddingMap {
    struct Place {
        std::string name;
        cv::Mat thumbnail; ///< CV_8UC3
        cv::Point2d at;    ///< the largest distance from the middle is 1
    };
    std::vector<Place> places;
    std::array<double, 2> explained{}; ///< shares of the variance
};

/// At most `most` of the images, spread over all of them, by the network in `weights`. A bad image is a problem. Throws
/// Error as openModel() does, and Cancelled.
EmbeddingMap embeddingMap(const std::filesystem::path &weights, std::span<const ImageRef> images, int most,
                          TaskContext &task);

} // namespace likeness
