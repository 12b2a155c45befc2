#pragma once

#include "core/vectors/column.h"
#include "core/vectors/fitting.h"

#include <cstdint>
#include <span>
#include <vector>

namespace likeness {

/// features -> features, fitted on the gallery alone. Between an extractor and an index.
class Transform {
public:
    virtual ~Transform() = default;
    virtual bool accepts(FeatureType type) const = 0;
    virtual FeatureType outputType() const = 0;
    /// Called once, before the first apply(). Throws Error, Cancelled.
    virtual void fit(const Column &gallery, FitContext &context) = 0;
    /// Callable from many threads at once. No evidence (no rows) stays none. Throws Error for rows of another width
    /// than those of the gallery.
    virtual Features apply(const Features &features, Role role) const = 0;
    virtual std::size_t bytes() const = 0;
    /// What apply() gives for an image of the gallery depends on every other one: new images change the rows of all.
    virtual bool dependsOnAll() const { return false; }
    /// What fit() learned, as far as queries need it.
    virtual std::vector<std::uint8_t> state() const { return {}; }
    /// Instead of fit(), with the same parameters. Throws Error{Format}.
    virtual void restore(std::span<const std::uint8_t>) {}
};

} // namespace likeness
