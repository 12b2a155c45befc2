#pragma once

#include "core/vectors/features.h"
#include "core/vectors/fitting.h"

#include <cstdint>
#include <optional>
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
    virtual void fit(std::span<const Features> gallery, FitContext &context) = 0;
    /// Callable from many threads at once. No evidence (no rows) stays none. Throws Error for rows of another width
    /// than those of the gallery.
    virtual Features apply(const Features &features, Role role) const = 0;
    virtual std::size_t bytes() const = 0;
    /// What fit() learned, for an index on disk; nothing where it cannot be kept.
    virtual std::optional<std::vector<std::uint8_t>> state() const { return std::nullopt; }
    /// Instead of fit(), with the same parameters. Throws Error{Format}.
    virtual void restore(std::span<const std::uint8_t>) {}
};

} // namespace likeness
