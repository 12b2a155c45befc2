#pragma once

#include "core/base/mapped_file.h"
#include "core/index/approximate_index.h"
#include "core/search/persistent_index.h"

namespace likeness {

// What writing and reading an index on disk share.

/// Throws Error{InvalidArgument} naming the stage that an index on disk cannot hold.
void checkPersistentRecipe(const Recipe &recipe);
std::vector<std::unique_ptr<Transform>> transformsOf(const Recipe &recipe);
/// Nothing where the index of the recipe compares every row.
std::optional<ApproximatePlan> approximationOf(const Recipe &recipe);
Features transformed(const std::vector<std::unique_ptr<Transform>> &transforms, Features features, Role role);
/// Does what reads an index once more where an update has taken its files away meanwhile.
template <class Read> auto readWhole(const std::filesystem::path &folder, const Read &read)
{
    for (;;) {
        const int generation = IndexManifest::read(folder).generation;
        try {
            return read();
        } catch (const Error &) {
            if (IndexManifest::read(folder).generation == generation)
                throw;
        }
    }
}
RowSource mappedRows(const std::optional<MappedFile> &file, std::int64_t rows, int width);

struct PersistentIndex::State {
    std::filesystem::path folder;
    IndexManifest manifest;
    std::vector<IndexedImage> images;
    std::optional<MappedFile> rowFile; ///< empty where there is no row
    std::optional<ApproximatePlan> plan;
    std::optional<VectorIndex> codes;
    std::unique_ptr<RecipeExtractor> extractor;
    std::vector<std::unique_ptr<Transform>> transforms;
    std::unique_ptr<Fusion> fusion; ///< null where the recipe has none
    std::vector<std::unique_ptr<Ranker>> rankers;

    /// As PersistentIndex() does.
    explicit State(const std::filesystem::path &folder);
    RowSource rows() const { return mappedRows(rowFile, manifest.rows, manifest.width); }
    std::size_t imageOfRow(std::int64_t row) const;
    /// Of all images, exact.
    std::vector<float> exactScores(const Features &query) const;
    /// Of the images that the codes find.
    std::vector<float> codeScores(const Features &query) const;
    /// One or the other, behind fusion and rankers. `query` is transformed.
    std::vector<float> scores(const Features &query, bool byCodes) const;
    /// As nearestOfEach(), by a search for each image: a fusion needs the scores of all.
    std::vector<Neighbours> searchedNeighbours(int k, TaskContext &task) const;
};

} // namespace likeness
