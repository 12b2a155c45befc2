#pragma once

#include "core/rank/ranking.h"
#include "core/search/engine_keys.h"

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

/// What building an engine in a folder, or updating it, found.
struct GalleryChanges {
    std::int64_t added = 0, changed = 0, removed = 0, kept = 0;
    double extractSeconds = 0, totalSeconds = 0; ///< extraction with decoding; all
};

/// Which images of a gallery are meant.
enum class Asked {
    Best, ///< an index of codes leaves most out, a clear answer ends a verification
    All   ///< every one, by its rows; every candidate is verified
};

/// A gallery made searchable by one recipe: in memory, or in the files of a folder, which hold every stage as it was
/// built, so that the answers are the same bit by bit. Immutable once built; searching is thread-safe and
/// deterministic. One that is open stays as it is while another process updates its folder.
class Engine {
public:
    /// Extracts the gallery and builds transforms, indexes and rankers, but for what `previous` has built from the
    /// same files with the same parameters: the answers are the same without it. Files of one that was opened with this
    /// gallery count as they were when it was built. Failed images are problems. Throws Error, Cancelled.
    static std::shared_ptr<const Engine> build(const Recipe &recipe, const ImageSet &gallery,
                                               std::shared_ptr<FeatureCache> cache, TaskContext &context,
                                               std::shared_ptr<const Engine> previous = nullptr);

    /// The same of all images under `images`, into `folder`, which is new, empty or holds an older one; neither the
    /// images nor all features need be in memory. A kill leaves the older one. Throws Error, Cancelled.
    static GalleryChanges buildAt(const std::filesystem::path &folder, const Recipe &recipe,
                                  const std::filesystem::path &images, std::shared_ptr<FeatureCache> cache,
                                  TaskContext &context);
    /// Extracts what is new, changed (by size and time of the file) or failed before, drops what is gone; images of
    /// folders that cannot be read stay. What was learned stays as it was, unless from no image at all.
    static GalleryChanges update(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                                 TaskContext &context);
    /// Reads what was learned; rows are mapped or read as they are needed. Throws Error{NotFound|Format};
    /// InvalidArgument where a model of the recipe has other weights now.
    static std::shared_ptr<const Engine> open(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache);
    /// Compares every file of the folder with its hash. Throws Error{Format} naming the first that differs, Cancelled.
    static void verify(const std::filesystem::path &folder, TaskContext &context);

    const Recipe &recipe() const { return m_recipe; }
    const ImageSet &gallery() const { return m_gallery; }
    double extractMsPerImage() const { return m_extractMsPerImage; } ///< of the gallery, cached images included
    double buildSeconds() const { return m_buildSeconds; }           ///< of what comes behind the extraction
    std::size_t indexBytes() const;
    /// Whether an extractor could make anything of any image.
    bool hasRows() const;
    /// Images that get a score of a branch for Asked::Best.
    int mostScored() const;
    /// In the order of stagesOf(recipe()), without the fusion.
    const std::vector<StageReport> &stages() const { return m_stages; }

    QueryResult searchFile(const std::filesystem::path &path, int k) const;
    /// With a `memo` (which may hold null) of the same query, only what differs is done; it is replaced by that of this
    /// search.
    QueryResult searchParts(std::span<const QueryPart> parts, const std::string &name, int k,
                            std::shared_ptr<const QueryMemo> *memo = nullptr, Asked asked = Asked::Best) const;
    /// The k best whose names begin with `under`, with the scores that they have among all; all images where it is
    /// empty. Throws Error{InvalidArgument} where codes give fewer than k images a score.
    QueryResult searchUnder(const std::string &under, std::span<const QueryPart> parts, const std::string &name,
                            int k) const;
    QueryResult searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const;

    /// Every query of the set; `onResult` is called as results come, one at a time, from any thread. The result of a
    /// query that failed has no ranking, and is a problem. Ordered as the set.
    std::vector<QueryResult> searchAll(const ImageSet &queries, int k, TaskContext &context,
                                       const std::function<void(ImageId, const QueryResult &)> &onResult = {},
                                       Asked asked = Asked::Best) const;

    /// An image and the others that are nearest to it, best first.
    struct Neighbours {
        float self = noScore; ///< its score with itself
        std::vector<Hit> nearest;
    };
    /// Of each image, its k nearest others with the scores that a search for its own rows gives; no image is decoded.
    /// Dot products of one branch are exact, of those that an index of codes finds. Throws Cancelled.
    std::vector<Neighbours> neighbours(int k, TaskContext &context) const;

private:
    class Builder;
    class FolderWriter;
    class FolderReader;
    struct BuiltBranch {
        std::vector<std::shared_ptr<const Transform>> transforms;
        std::shared_ptr<const Index> index;
    };
    Engine(const Recipe &recipe, const ImageSet &gallery, const ContentHash &galleryKey,
           std::shared_ptr<FeatureCache> cache, TaskContext &context);
    /// Of what a ranker looks at, and its type.
    const ContentHash &columnKeyOf(std::size_t ranker) const;
    FeatureType columnTypeOf(std::size_t ranker) const;
    /// Behind how many transforms the columns of a branch are kept: for its index, for rankers, and before transforms
    /// that depend on all images.
    std::vector<std::size_t> keptBehind(std::size_t branch) const;
    /// Of the images in the folder of the ranker, at the stage that it looks at.
    Column backgroundOf(std::size_t ranker, TaskContext &context) const;
    ContentHash memoKey(std::span<const QueryPart> parts, Asked asked) const;
    /// Of a query, and of the gallery's own rows; the latter without the stages before what is kept.
    QueryMemo memoOf(BranchFeatures features, Asked asked) const;
    QueryMemo memoOf(std::size_t image) const;
    /// The scores of the branches, fused, by the stages of the memo.
    void score(QueryMemo &memo, Asked asked) const;
    bool neighboursByRows(int k, std::vector<Neighbours> &nearest, TaskContext &context) const;
    void rerank(const QueryMemo &memo, int k, QueryResult &result, Asked asked) const;
    /// Of a query: the extractor's features, and behind each transform.
    std::vector<Features> stagesOfBranch(std::size_t branch, const Features &features) const;

    Recipe m_recipe;
    ImageSet m_gallery;
    RecipeExtractor m_extractor;
    std::vector<RankerInput> m_inputs;   // of rankers; of those with own features unused
    std::vector<ImageSet> m_backgrounds; // of rankers; empty where there is none
    EngineKeys m_keys;
    std::vector<BuiltBranch> m_branches;
    std::vector<std::shared_ptr<const Ranker>> m_rankers;
    std::unique_ptr<Fusion> m_fusion;                        // null where the one branch's scores stand
    std::map<ContentHash, Column> m_columns;                 // that are kept
    std::vector<std::pair<ContentHash, Problem>> m_problems; // of images, with the key of the first column
    std::vector<StageReport> m_stages;
    double m_extractMsPerImage = 0, m_buildSeconds = 0;
    bool m_isStored = false; // in a folder
};

} // namespace likeness
