#pragma once

#include "core/data/image_set.h"
#include "core/search/feature_cache.h"
#include "core/search/recipe.h"

#include <memory>

namespace likeness {

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

/// What extractBy() found.
struct Extraction {
    struct SlotProblem {
        std::size_t slot;
        Problem problem;
    };
    std::vector<BranchFeatures> images; ///< by id; slots that were not wanted are empty
    std::vector<SlotProblem> problems;  ///< by id; reported already, one an image
    std::vector<double> seconds;        ///< by slot, all threads together: cache, decoding, extraction
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
    /// Of every image, by id; an image that an extractor cannot use is a problem and has no rows there,
    /// Error{Unavailable} (a device, a library) is thrown. Cancel answers within an image or a batch of a network.
    std::vector<BranchFeatures> extractAll(const ImageSet &images, Role role, TaskContext &context) const;
    /// The same by those slots alone that are `wanted` (one entry a slot).
    Extraction extractBy(const std::vector<bool> &wanted, const ImageSet &images, Role role,
                         TaskContext &context) const;
    /// Position in BranchFeatures of the extractor of branch b; equal extractors run once.
    std::size_t slotOf(std::size_t branch) const { return m_slotOfBranch[branch]; }
    /// The same of ranker r.
    std::size_t slotOfRanker(std::size_t ranker) const { return m_slotOfRanker[ranker]; }
    /// Whether the cache has all features of the gallery, by some images spread over it; otherwise they take their
    /// time.
    bool isCached(const ImageSet &gallery) const;
    FeatureType typeOf(std::size_t slot) const;
    /// What decides the gallery's features: the extractor, its parameters, its weights.
    const ContentHash &keyOf(std::size_t slot) const { return m_slots[slot].galleryKey; }
    std::size_t slotCount() const { return m_slots.size(); }
    const std::shared_ptr<FeatureCache> &cache() const { return m_cache; }

private:
    struct Slot {
        std::unique_ptr<Extractor> extractor;
        ContentHash galleryKey, queryKey;
        const ContentHash &key(Role role) const { return role == Role::Query ? queryKey : galleryKey; }
    };
    struct Work;
    Work workFor(const std::vector<bool> &wanted) const;
    void lookUp(Work &work, Role role) const;
    void begin(const std::filesystem::path &path, Role role, Work &work) const;
    void finish(std::span<Work> works, Role role) const;
    BranchFeatures finished(Work &work, Role role) const;
    std::optional<Features> cached(const Slot &slot, const ContentHash &content, Role role) const;

    std::size_t slotFor(const StageChoice &extractor);

    std::vector<Slot> m_slots;
    std::vector<StageChoice> m_choices; // of the slots
    std::vector<std::size_t> m_slotOfBranch, m_slotOfRanker;
    std::shared_ptr<FeatureCache> m_cache;
};

} // namespace likeness
