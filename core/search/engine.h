#pragma once

#include "core/rank/ranking.h"
#include "core/search/recipe_extractor.h"

#include <functional>
#include <map>
#include <memory>

namespace likeness {

struct QueryResult {
    std::string query; ///< name in its set, or the path of a single file
    Ranking ranking;
    std::vector<float> scores; ///< of every gallery image; noScore where there is none
    double extractMs = 0, searchMs = 0;
};

/// Features of every image of the gallery, by id, behind some stage.
using Column = std::vector<Features>;

/// Something that was made of a gallery, and all that decides it.
template <class Part> struct Built {
    ContentHash key{};
    std::shared_ptr<const Part> part{};
};

/// How a stage of an engine came about.
struct StageReport {
    std::string stage;  ///< as --set addresses it
    bool fresh = true;  ///< false: taken from the engine before
    double seconds = 0; ///< of a fresh one; of an extractor that of all threads together
};

/// What a search found out about its query before the rankers: another ranker takes it from there.
struct QueryMemo {
    ContentHash key{}; ///< of the query and of all stages before the rankers
    BranchFeatures features{};
    std::vector<std::vector<Features>> stages{}; ///< of each branch: its extractor and behind each transform
    std::vector<float> scores{};                 ///< of every gallery image
};

/// A gallery made searchable by one recipe. Immutable once built; searching is thread-safe and deterministic.
class Engine {
public:
    /// Extracts the gallery and builds transforms, indexes and rankers, but for what `previous` has built from the
    /// same files with the same parameters: the answers are the same without it. Failed images are problems. Throws
    /// Error, Cancelled.
    static std::shared_ptr<const Engine> build(const Recipe &recipe, const ImageSet &gallery,
                                               std::shared_ptr<FeatureCache> cache, TaskContext &context,
                                               std::shared_ptr<const Engine> previous = nullptr);

    const Recipe &recipe() const { return m_recipe; }
    const ImageSet &gallery() const { return m_gallery; }
    double extractMsPerImage() const { return m_extractMsPerImage; } ///< of the gallery, cached images included
    double buildSeconds() const { return m_buildSeconds; }           ///< of what comes behind the extraction
    std::size_t indexBytes() const;
    /// In the order of stagesOf(recipe()), without the fusion.
    const std::vector<StageReport> &stages() const { return m_stages; }

    QueryResult searchFile(const std::filesystem::path &path, int k) const;
    /// With a `memo` (which may hold null) of the same query, only what differs is done; it is replaced by that of this
    /// search.
    QueryResult searchParts(std::span<const QueryPart> parts, const std::string &name, int k,
                            std::shared_ptr<const QueryMemo> *memo = nullptr) const;
    QueryResult searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const;

    /// Every query of the set; `onResult` is called as results come, one at a time, from any thread. The result of a
    /// query that failed has no ranking, and is a problem. Ordered as the set.
    std::vector<QueryResult> searchAll(const ImageSet &queries, int k, TaskContext &context,
                                       const std::function<void(ImageId, const QueryResult &)> &onResult = {}) const;

private:
    class Builder;
    struct BuiltBranch {
        std::vector<Built<Transform>> transforms;
        Built<Index> index;
    };
    Engine(const Recipe &recipe, const ImageSet &gallery, std::shared_ptr<FeatureCache> cache);
    ContentHash memoKey(std::span<const QueryPart> parts) const;
    /// The scores of the branches, fused.
    QueryMemo scored(BranchFeatures features) const;
    void rerank(const QueryMemo &memo, int k, QueryResult &result) const;
    /// Of a query: the extractor's features, and behind each transform.
    std::vector<Features> stagesOfBranch(std::size_t branch, const Features &features) const;

    Recipe m_recipe;
    ImageSet m_gallery;
    RecipeExtractor m_extractor;
    std::vector<BuiltBranch> m_branches;
    ContentHash m_branchesKey{}; // of all before the rankers
    std::vector<Built<Ranker>> m_rankers;
    std::vector<RankerInput> m_inputs;                              // of rankers; of those with own features unused
    std::unique_ptr<Fusion> m_fusion;                               // null where the one branch's scores stand
    std::map<ContentHash, std::shared_ptr<const Column>> m_columns; // that rankers look at
    std::vector<std::pair<ContentHash, Problem>> m_problems;        // of images, with the key of the first column
    std::vector<StageReport> m_stages;
    double m_extractMsPerImage = 0, m_buildSeconds = 0;
};

} // namespace likeness
