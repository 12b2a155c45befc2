#pragma once

#include "core/data/image.h"
#include "core/vectors/features.h"

#include <span>
#include <string>
#include <vector>

namespace likeness {

/// image (or text) -> features. Deterministic and callable from many threads at once.
class Extractor {
public:
    virtual ~Extractor() = default;
    virtual FeatureType type() const = 0;
    virtual DecodeSpec decodeSpec() const = 0;
    /// What decides the features beside the parameters (weights of a network), for the cache.
    virtual std::string contentKey() const { return {}; }
    /// `image` was decoded by decodeSpec(). Throws Error for an image that it cannot use.
    virtual Features extract(const Image &image, Role role) const = 0;
    /// Images that are faster together than alone, at most.
    virtual int batchSize() const { return 1; }
    /// The same as extract() of each; throws where one of them cannot be used.
    virtual std::vector<Features> extractMany(std::span<const Image> images, Role role) const;
    /// Whether a sentence can be looked for: its row compares with those of images.
    virtual bool understandsText() const { return false; }
    virtual Features extractText(const std::string &text) const;
};

} // namespace likeness
