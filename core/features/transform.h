#pragma once

#include "core/features/extractor.h"
#include "core/features/fitting.h"

#include <span>

namespace likeness {

/// features -> features, fitted on the gallery alone. Between an extractor and an index.
class Transform {
public:
    virtual ~Transform() = default;
    virtual bool accepts(FeatureType type) const = 0;
    virtual FeatureType outputType() const = 0;
    /// Called once, before the first apply(). Throws Error, Cancelled.
    virtual void fit(std::span<const Features> gallery, FitContext &context) = 0;
    /// Callable from many threads at once. No evidence (no rows) stays none.
    virtual Features apply(const Features &features) const = 0;
    virtual std::size_t bytes() const = 0;
};

} // namespace likeness
