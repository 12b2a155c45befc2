#pragma once

#include "core/vectors/float_rows.h"

#include <cstdint>
#include <span>
#include <vector>

namespace likeness {

// What a stage learned, as bytes that can be kept.

std::vector<std::uint8_t> stateOf(std::span<const FloatRows> matrices);
/// The matrices that stateOf() was given. Throws Error{Format}, before more is allocated than there are bytes.
std::vector<FloatRows> matricesOf(std::span<const std::uint8_t> state);
/// Throws Error{Format}.
[[noreturn]] void refuseLearned();

/// A CV_32F matrix as one that can be kept, and back.
FloatRows asRows(const cv::Mat &matrix);
cv::Mat asMatrix(const FloatRows &rows);

} // namespace likeness
