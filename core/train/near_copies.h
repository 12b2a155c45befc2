#pragma once

#include "core/base/task.h"

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <span>
#include <vector>

namespace likeness {

/// 1 x 108 floats: the colours of a 6 x 6 thumbnail of a CV_8UC3 picture.
cv::Mat colourThumbnail(const cv::Mat &picture);

/// What near copies of a picture are found by: 64 comparisons of neighbours in a 9 x 8 thumbnail (dHash) in each of the
/// eight ways of turning it by quarters and mirroring it, and its colour thumbnail less its mean colour, and that.
struct CopyTraits {
    std::array<std::uint64_t, 8> hashes{}; ///< the first as it is
    cv::Mat colours;                       ///< 6 x 6, CV_32FC3
    cv::Scalar mean;
};
/// `picture` is CV_8UC3.
CopyTraits copyTraits(const cv::Mat &picture);

/// One way of two pictures to be near: the hashes differ in at most 8 bits and the colours by at most 4 levels of 255
/// (root of the mean square). The hash alone would join whatever stands on one background. Pictures of hardly more than
/// one colour have nothing else: their mean colours differ by at most so much, too.
bool areNearCopies(const CopyTraits &a, const CopyTraits &b);

/// For each picture the index of the first one of its group. All members of a group are near copies of each other, so
/// that no chain of small differences joins different pictures (complete link, in the order given). All pairs are
/// compared, with all threads; memory does not grow with the pairs. Tells its progress; throws Cancelled.
std::vector<int> groupsOfNearCopies(std::span<const CopyTraits> pictures, TaskContext &task);

} // namespace likeness
