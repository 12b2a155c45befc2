#pragma once

#include "core/data/image_set.h"
#include "core/search/feature_cache.h"

#include <memory>
#include <opencv2/core/mat.hpp>

namespace likeness {

/// What zero-shot labels are made with.
struct LabelOptions {
    std::string model;              ///< an installed model that understands texts; none is taken for an empty one
    std::vector<std::string> words; ///< at least two; spaces around them are dropped
    std::string pattern = "%1";     ///< the sentence around a word: "a photo of a %1"
};

/// How well each word describes each image.
struct Labelling {
    std::string model;
    std::vector<std::string> words;
    cv::Mat probabilities; ///< CV_32F, images x words; a row sums to 1, or is zero where the image failed
    /// The word that describes the image best, -1 where it failed.
    int best(ImageId image) const;
    /// Images whose best word is this one, and their mean probability for it.
    struct Share {
        int images = 0;
        double meanProbability = 0;
    };
    std::vector<Share> shares() const;
};

/// Zero-shot classification (Radford et al. 2021): softmax over the words of the model's logit scale times the cosine
/// of image and sentence. Features of the images come from the cache (may be null). Images that fail are problems.
/// Throws Error{InvalidArgument} for fewer than two words, a model without texts or none; Cancelled.
Labelling labelImages(const ImageSet &images, const LabelOptions &options, std::shared_ptr<FeatureCache> cache,
                      TaskContext &task);

/// One word a line or between commas (also 、，); empty ones and repetitions are dropped.
std::vector<std::string> wordsIn(const std::string &text);

/// image, best word, and the probability of each word; names as in the set.
void writeLabels(const Labelling &labelling, const ImageSet &images, std::ostream &out);

} // namespace likeness
