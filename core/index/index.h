#pragma once

#include "core/vectors/column.h"
#include "core/vectors/fitting.h"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <limits>
#include <span>

namespace likeness {

/// The score of a gallery image that cannot be compared (no features on one of the sides); ranks last.
inline constexpr float noScore = -std::numeric_limits<float>::infinity();

/// Stores the gallery's features and scores queries against all of them. Higher is better. Where an image has several
/// rows (views), the best pair of rows counts.
class Index {
public:
    using RowFound = std::function<void(std::int64_t row, std::int64_t other, float score)>;
    virtual ~Index() = default;
    virtual bool accepts(FeatureType type) const = 0;
    /// Once, before the first scores(). Throws Error, Cancelled.
    void build(const Column &gallery, FitContext &context)
    {
        learn(gallery, context);
        fill(gallery, context);
    }
    /// What has to be learned of a gallery before it, or one much like it, is filled in.
    virtual void learn(const Column &, FitContext &) {}
    /// In place of what was filled in before.
    virtual void fill(const Column &gallery, FitContext &context) = 0;
    /// The same as fill() where most images were filled in before: `before[image]` is what an image was then, -1 if it
    /// is new.
    virtual void refill(const Column &gallery, std::span<const int> /*before*/, FitContext &context)
    {
        fill(gallery, context);
    }
    /// One score for every gallery image; `scores` has the gallery's size. Callable from many threads at once.
    virtual void scores(const Features &query, std::span<float> scores) const = 0;
    /// The same where no image may be left out, if the rows are at hand for that.
    virtual void scoresOfAll(const Features &query, std::span<float> scores) const { this->scores(query, scores); }
    /// Images that scores() gives a score at most.
    virtual int mostScored() const { return std::numeric_limits<int>::max(); }
    virtual std::size_t bytes() const = 0;
    /// Tells of each of the gallery's rows [first, first + count) its k nearest rows, itself among them, with their
    /// dot products, on this thread and row by row. Nothing is told, and false returned, where scores are no dot
    /// products. Throws Cancelled.
    virtual bool nearestRows(std::int64_t /*first*/, std::int64_t /*count*/, int /*k*/, TaskContext & /*task*/,
                             const RowFound & /*found*/) const
    {
        return false;
    }
    /// What fill() found out about codes whose effort can be chosen.
    struct Tuning {
        int effort = 0;
        double recall = -1; ///< of the ten nearest; -1: not measured
    };
    virtual Tuning tuning() const { return {}; }

    /// Whether there is more to keep than the gallery's column.
    virtual bool hasState() const { return false; }
    /// What learn() and fill() made, for restore() with the same parameters and the same column. Throws Error{Io}.
    virtual void save(const std::filesystem::path &) const {}
    /// In place of build(); fill() or refill() may follow. `state` may be mapped and must stay as it is. Throws Error
    /// naming it.
    virtual void restore(const Column &gallery, const std::filesystem::path &, FitContext &context)
    {
        fill(gallery, context);
    }
};

} // namespace likeness
