#pragma once

#include "core/vectors/features.h"
#include "core/vectors/fitting.h"

#include <cstddef>
#include <limits>
#include <span>

namespace likeness {

struct ApproximatePlan; // core/index/approximate_index.h

/// The score of a gallery image that cannot be compared (no features on one of the sides); ranks last.
inline constexpr float noScore = -std::numeric_limits<float>::infinity();

/// Stores the gallery's features and scores queries against all of them. Higher is better. Where an image has several
/// rows (views), the best pair of rows counts.
class Index {
public:
    virtual ~Index() = default;
    virtual bool accepts(FeatureType type) const = 0;
    /// `gallery[i]` belongs to ImageId i; called once, before the first scores(). Throws Error, Cancelled.
    virtual void build(std::span<const Features> gallery, FitContext &context) = 0;
    /// One score for every gallery image; `scores` has the gallery's size. Callable from many threads at once.
    virtual void scores(const Features &query, std::span<float> scores) const = 0;
    virtual std::size_t bytes() const = 0;
    /// Scores are dot products of vector rows, exact or by the codes of approximation(): an index on disk answers
    /// alike.
    virtual bool comparesByProduct() const { return false; }
    /// The codes and how they are searched; null where every row is compared exactly.
    virtual const ApproximatePlan *approximation() const { return nullptr; }
};

} // namespace likeness
