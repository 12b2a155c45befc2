#pragma once

#include "core/features/descriptor_products.h"
#include "core/vectors/column.h"
#include "core/vectors/fitting.h"

#include <span>
#include <string>

namespace likeness {

/// Descriptors of all images under each other as CV_32F, at most `most` of them: an even choice, the same every time.
cv::Mat sampledDescriptors(const Column &gallery, int most);

/// A key for what is fitted on these features; `what` names the method and its parameters.
ContentHash fitKey(const Column &gallery, const std::string &what);

/// k-means (Lloyd, seeded) of a sample of the descriptors: words x d, CV_32F, in no particular order. Fewer words
/// than asked for where there are fewer descriptors. Through the store. Throws Error{InvalidArgument} where the gallery
/// has no descriptor, and Cancelled.
cv::Mat trainCodebook(const Column &gallery, int words, int seed, FitContext &context);

/// A codebook made ready to be searched.
struct WordPanels {
    DescriptorPanels panels;
    std::vector<std::int32_t> halfSquares; ///< |word|^2 / 2, in productOne

    WordPanels() = default;
    explicit WordPanels(const cv::Mat &codebook); ///< CV_32F
};

/// For each row of `descriptors` (CV_32F) its `count` nearest words, nearest first: n x count, CV_32S.
cv::Mat nearestWords(const cv::Mat &descriptors, const WordPanels &words, int count);

} // namespace likeness
