#pragma once

#include "core/data/image_set.h"
#include "core/rank/ranking.h"
#include "core/search/feature_cache.h"
#include "core/search/recipe.h"

#include <functional>
#include <memory>

namespace likeness {

struct QueryResult {
    std::string query; ///< name in its set, or the path of a single file
    Ranking ranking;
    std::vector<float> scores; ///< of every gallery image; noScore where there is none
    double extractMs = 0, searchMs = 0;
};

/// What the extractors of a recipe say of one image; RecipeExtractor::slotOf tells which is whose.
using BranchFeatures = std::vector<Features>;

/// One part of a query made of several: an image file, an image in memory or, where both are empty, a text. Parts are
/// added up as unit vectors times `weight`; a negative one takes away.
struct QueryPart {
    std::filesystem::path image{};
    std::span<const std::uint8_t> bytes{};
    std::string text{};
    double weight = 1;
};

/// Turns images into the features of one recipe, through the cache (may be null). Thread-safe.
class RecipeExtractor {
public:
    RecipeExtractor(const Recipe &recipe, std::shared_ptr<FeatureCache> cache);
    ~RecipeExtractor();
    /// Throws Error; cv::Exception becomes one.
    BranchFeatures extractFile(const std::filesystem::path &path, Role role) const;
    BranchFeatures extractBytes(std::span<const std::uint8_t> bytes, const std::string &name, Role role) const;
    /// The sum of the parts; several, or a text, need extractors of vectors. `name` is what errors call an image in
    /// memory. Throws Error.
    BranchFeatures extractParts(std::span<const QueryPart> parts, const std::string &name) const;
    /// Whether all extractors do.
    bool understandsText() const;
    /// Of every image, by id; an image that fails is a problem and has no rows, Error{Unavailable} (a device, a
    /// library) is thrown. Cancel answers within an image or a batch of a network.
    std::vector<BranchFeatures> extractAll(const ImageSet &images, Role role, TaskContext &context) const;
    /// Position in BranchFeatures of the extractor of branch b; equal extractors run once.
    std::size_t slotOf(std::size_t branch) const { return m_slotOfBranch[branch]; }
    /// The same of ranker r.
    std::size_t slotOfRanker(std::size_t ranker) const { return m_slotOfRanker[ranker]; }
    FeatureType typeOf(std::size_t slot) const;
    /// What decides the gallery's features: the extractor, its parameters, its weights.
    const ContentHash &keyOf(std::size_t slot) const { return m_slots[slot].galleryKey; }
    const std::shared_ptr<FeatureCache> &cache() const { return m_cache; }

private:
    struct Slot {
        std::unique_ptr<Extractor> extractor;
        ContentHash galleryKey, queryKey;
        const ContentHash &key(Role role) const { return role == Role::Query ? queryKey : galleryKey; }
    };
    struct Work;
    void lookUp(Work &work, Role role) const;
    void begin(const std::filesystem::path &path, Role role, Work &work) const;
    void finish(std::span<Work> works, Role role) const;
    BranchFeatures finished(Work &work, Role role) const;
    std::optional<Features> cached(const Slot &slot, const ContentHash &content, Role role) const;

    std::vector<Slot> m_slots;
    std::size_t slotFor(const StageChoice &extractor);

    std::vector<StageChoice> m_choices; // of the slots
    std::vector<std::size_t> m_slotOfBranch, m_slotOfRanker;
    std::shared_ptr<FeatureCache> m_cache;
};

/// A gallery made searchable by one recipe. Immutable once built; searching is thread-safe and deterministic.
class Engine {
public:
    /// Extracts the gallery and builds the indexes. Failed images are problems. Throws Error, Cancelled.
    static std::shared_ptr<const Engine> build(const Recipe &recipe, const ImageSet &gallery,
                                               std::shared_ptr<FeatureCache> cache, TaskContext &context);

    const Recipe &recipe() const { return m_recipe; }
    const ImageSet &gallery() const { return m_gallery; }
    double extractMsPerImage() const { return m_extractMsPerImage; } ///< of the gallery, cached images included
    double buildSeconds() const { return m_buildSeconds; }           ///< of what comes behind the extraction
    std::size_t indexBytes() const;

    QueryResult searchFile(const std::filesystem::path &path, int k) const;
    QueryResult searchParts(std::span<const QueryPart> parts, const std::string &name, int k) const;
    QueryResult searchBytes(std::span<const std::uint8_t> bytes, const std::string &name, int k) const;

    /// Every query of the set; `onResult` is called as results come, one at a time, from any thread. The result of a
    /// query that failed has no ranking, and is a problem. Ordered as the set.
    std::vector<QueryResult> searchAll(const ImageSet &queries, int k, TaskContext &context,
                                       const std::function<void(ImageId, const QueryResult &)> &onResult = {}) const;

private:
    Engine(const Recipe &recipe, const ImageSet &gallery, std::shared_ptr<FeatureCache> cache);
    void search(const BranchFeatures &features, int k, QueryResult &result) const;

    Recipe m_recipe;
    ImageSet m_gallery;
    RecipeExtractor m_extractor;
    /// Between extraction and index of a branch: fits the transforms, builds the index and the rankers that look at
    /// what a stage of this branch gives.
    void buildBranch(std::size_t branch, std::vector<Features> column, FitContext &context);
    /// Of the images in a folder, at the stage that the ranker looks at.
    std::vector<Features> backgroundOf(std::size_t ranker, const std::string &folder, TaskContext &task) const;
    void buildRanker(std::size_t ranker, std::span<const Features> column, FeatureType type, FitContext &context);
    /// Of a query: the extractor's features, and behind each transform.
    std::vector<Features> stagesOfBranch(std::size_t branch, const Features &features) const;

    std::vector<std::vector<std::unique_ptr<Transform>>> m_transforms; // of each branch
    std::vector<std::unique_ptr<Index>> m_indexes;                     // one a branch
    std::vector<std::unique_ptr<Ranker>> m_rankers;
    std::vector<std::size_t> m_transformsBefore; // of each ranker, in the first branch
    std::unique_ptr<Fusion> m_fusion;            // null where the one branch's scores stand
    double m_extractMsPerImage = 0, m_buildSeconds = 0;
};

} // namespace likeness
