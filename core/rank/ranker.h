#pragma once

#include "core/features/extractor.h"
#include "core/vectors/column.h"
#include "core/vectors/fitting.h"

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace likeness {

/// Looks again at the best of a ranking, with features of its own.
class Ranker {
public:
    virtual ~Ranker() = default;
    virtual bool accepts(FeatureType type) const = 0;
    /// How many of the best scores rerank() looks at, and at nothing else, also without build(); nothing where it needs
    /// more.
    virtual std::optional<int> bestScoresSeen() const { return {}; }
    /// From which score on so many pairs of unrelated images come about by chance, when each of `images` is the query;
    /// nothing where scores do not tell.
    virtual std::optional<double> scoreOfChance(double /*pairs*/, std::size_t /*images*/) const { return {}; }
    /// A folder of images that queries are compared with beside the gallery; empty: none.
    virtual std::string background() const { return {}; }
    /// Their features, of the same stage as the gallery's; called before build() where there is a folder.
    virtual void setBackground(const Column &) {}
    /// Throws Error, Cancelled.
    virtual void build(const Column &gallery, FeatureType type, FitContext &context) = 0;
    /// Whether build() makes what takes long and should be kept.
    virtual bool hasState() const { return false; }
    /// Of what build() made. Throws Error{Io}.
    virtual void save(const std::filesystem::path &) const {}
    /// In place of build(). Throws Error naming the file.
    virtual void restore(const Column &gallery, FeatureType type, const std::filesystem::path &, FitContext &context)
    {
        build(gallery, type, context);
    }
    /// `scores` of the whole gallery are replaced. Returns the images that were verified with their inliers. Callable
    /// from many threads at once.
    virtual std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const = 0;
    /// The same for whoever wants every copy and not the best one: no clear answer ends it early.
    virtual std::vector<std::pair<int, int>> rerankAll(const Features &query, std::span<float> scores) const
    {
        return rerank(query, scores);
    }
};

} // namespace likeness
