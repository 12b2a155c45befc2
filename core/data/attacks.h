#pragma once

#include "core/base/random.h"

#include <opencv2/core/mat.hpp>
#include <optional>
#include <span>
#include <string>

namespace likeness {

/// One copy of an image, as people (or an opponent) make them.
struct AttackedImage {
    cv::Mat pixels;          ///< CV_8UC3, BGR, at least 8 x 8
    std::string description; ///< what was done, with its numbers: "rotate 23 deg"
    std::optional<cv::Matx33d>
        attackedFromSource; ///< homography between pixel centres, absent where content is replaced at random
};

/// A way to alter an image. `strength` in [0, 1]: 0 is hardly visible, 1 is the worst that still shows the image.
struct Attack {
    std::string id;
    /// `source` is CV_8UC3; `other` is a different picture for attacks that need one (paste), may be empty.
    AttackedImage (*apply)(const cv::Mat &source, double strength, Random &random, const cv::Mat &other);
};

std::span<const Attack> attacks();
/// Throws Error{NotFound}. The same seed gives the same copy on every machine.
AttackedImage applyAttack(std::string_view id, const cv::Mat &source, double strength, std::uint64_t seed,
                          const cv::Mat &other = {});

} // namespace likeness
