#pragma once

#include "core/base/error.h"

#include <Eigen/Core>
#include <opencv2/core/mat.hpp>

namespace likeness {

/// n x d, a vector a row.
using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A continuous CV_32F matrix as Eigen sees it; valid as long as `matrix` is.
inline Eigen::Map<const FloatRows> floatRows(const cv::Mat &matrix)
{
    return {matrix.ptr<float>(), matrix.rows, matrix.cols};
}

/// Throws Error{InvalidArgument} where vectors of `got` entries meet something made for `wanted`.
inline void checkWidth(std::int64_t wanted, std::int64_t got)
{
    if (wanted != got)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "vectors of %1 entries do not fit an index of %2"),
                    {std::to_string(got), std::to_string(wanted)});
}

} // namespace likeness
