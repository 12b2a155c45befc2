#pragma once

#include "core/search/engine.h"
#include "core/search/index_files.h"

namespace likeness {

/// What an update found.
struct IndexChanges {
    std::int64_t added = 0, changed = 0, removed = 0, kept = 0;
    double extractSeconds = 0, totalSeconds = 0; ///< extraction with decoding; all
};

/// A folder of images made searchable by files in a folder of its own: neither the images nor all vectors need be in
/// memory. Recipes of one branch of vectors with transforms that can be kept, any index of vectors, and score
/// normalisation. Opened ones stay valid while another process updates the folder; searching is thread-safe.
class PersistentIndex {
public:
    struct Answer {
        std::string name; ///< relative to the source folder
        float score = 0;
    };

    /// Extracts all images under `images` and writes the index to `folder`, which is new, empty or holds an older one.
    /// Failed images are problems. A kill leaves the older index. Throws Error, Cancelled.
    static IndexChanges build(const Recipe &recipe, const std::filesystem::path &images,
                              const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                              TaskContext &task);
    /// Extracts what is new, changed (by size and time of the file) or failed before, drops what is gone; images of
    /// folders that cannot be read stay. Transforms and codes stay as they were learned, unless from no image at all.
    static IndexChanges update(const std::filesystem::path &folder, std::shared_ptr<FeatureCache> cache,
                               TaskContext &task);
    /// Compares every file with its hash. Throws Error{Format} naming the first that differs.
    static void verify(const std::filesystem::path &folder, TaskContext &task);

    /// Reads all but the vectors, which are mapped. Throws Error{NotFound|Format}; InvalidArgument where the recipe's
    /// model has other weights now.
    explicit PersistentIndex(const std::filesystem::path &folder);
    ~PersistentIndex();
    PersistentIndex(PersistentIndex &&) noexcept;
    PersistentIndex &operator=(PersistentIndex &&) noexcept;

    const IndexManifest &manifest() const;
    /// The k best, with the scores of Engine; with `under` only images whose names begin with it, compared exactly,
    /// with the scores that they have among all. `name` is what errors call a picture without a file. Throws Error,
    /// InvalidArgument where codes give fewer than k images a score.
    std::vector<Answer> search(const QueryPart &query, const std::string &name, int k,
                               const std::string &under = {}) const;
    /// More are refused where codes answer.
    int mostAnswers() const;
    /// Names of all images, relative to the source folder.
    std::vector<std::string> names() const;
    struct Neighbour {
        std::size_t image = 0; ///< in names()
        float score = 0;
    };
    /// An image and the others that are nearest to it, best first.
    struct Neighbours {
        float self = 0; ///< its score with itself
        std::vector<Neighbour> nearest;
    };
    /// Of each image, its k nearest others by their nearest vectors, with the scores that a search for it gives. Exact,
    /// or found by the codes (with exact scores, but for a recipe with a fusion) where the index has some. Throws
    /// Cancelled.
    std::vector<Neighbours> nearestOfEach(int k, TaskContext &task) const;
    /// Why a recipe cannot be kept on disk; nothing where it can.
    static std::optional<Message> refusal(const Recipe &recipe);

private:
    class Writer;
    struct State; // keeps Eigen and Faiss out of this header
    std::unique_ptr<State> m_state;
};

} // namespace likeness
