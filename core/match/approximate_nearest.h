#pragma once

#include "core/match/matcher.h"

namespace likeness {

/// The two nearest rows of `stored` for each row of `asked`, approximately: FLANN with four random KD-trees (floats) or
/// LSH (bits). The same answer every time: its random numbers are seeded, one call at a time.
std::vector<Nearest> approximateNearest(const cv::Mat &asked, const cv::Mat &stored);

} // namespace likeness
