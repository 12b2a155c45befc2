#pragma once

#include "core/search/feature_cache.h"

#include <filesystem>
#include <opencv2/core/mat.hpp>

namespace likeness {

/// The image at a long side of at most `longSidePx`, BGR, through the cache (may be null) by content. Decodes at
/// reduced size. Throws Error. Thread-safe.
cv::Mat previewImage(const std::filesystem::path &path, int longSidePx, FeatureCache *cache);

} // namespace likeness
