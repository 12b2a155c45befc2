#pragma once

#include "core/features/local_features.h"

namespace likeness {

/// Keypoints of a network, from its dense outputs: 65 channels at an eighth of the size are 64 places of a cell and
/// "none" (SuperPoint, DeTone et al. 2018; XFeat, Potje et al. 2024, whose one-channel reliability is multiplied in),
/// beside a map of descriptors; or one output at full size whose last channel is the score and the others the
/// descriptor (DISK, Tyszkiewicz et al. 2020). The strongest of each 9 x 9 px, at most `count`; descriptors of unit
/// length. `file` is an ONNX file; Throws Error where it cannot be used. Callable from many threads.
LocalFeatures learnedKeypoints(const cv::Mat &grey, const std::string &file, int count);

} // namespace likeness
