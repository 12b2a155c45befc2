#pragma once

#include "core/search/build_place.h"
#include "core/search/engine.h"

#include <optional>
#include <set>

namespace likeness {

/// Fills an engine whose keys are set: takes what an earlier one has, extracts, and builds the rest.
class Engine::Builder {
public:
    Builder(Engine &engine, BuildPlace &place, TaskContext &task);

    /// Whatever has the same key there, or stands before what is built anew.
    void take(const Engine &previous);
    /// Takes the rows of the images that are the same there (`same[id]`; -1: new) and what was learned from them.
    /// `fileOf` gives the file of a role there.
    void takeOver(const Engine &old, std::vector<ImageId> same,
                  std::function<std::filesystem::path(const std::string &role)> fileOf);
    void build();
    double extractSeconds() const { return m_extractSeconds; }
    /// Names of images of which at least one extractor could make nothing.
    const std::set<std::string> &failed() const { return m_failed; }

private:
    bool hasOwnFeatures(std::size_t ranker) const { return m_recipe.rankers[ranker].extractor.has_value(); }
    const ContentHash &keyOf(std::size_t branch, std::size_t transforms) const
    {
        return m_engine.m_keys.columns[branch][transforms];
    }
    bool isKept(const ContentHash &key) const { return m_kept.contains(key); }
    bool isUpdate() const { return m_old != nullptr; }
    void choose();
    std::optional<std::size_t> startOf(std::size_t branch) const;
    void extract();
    void extractInto(std::vector<std::optional<ColumnWriter>> &writers);
    void keep(const ContentHash &key, const Column &column);
    void keepMerged(const ContentHash &key, const ContentHash &oldKey, const Column &fresh);
    void buildBranch(std::size_t branch);
    void fit(std::size_t branch, std::size_t transform, const Column &column);
    Column applied(std::size_t branch, std::size_t transform, const Column &column, bool isFresh);
    void buildIndex(std::size_t branch);
    void saveBranch(std::size_t branch);
    void buildRanker(std::size_t ranker);
    void report();

    Engine &m_engine;
    const Recipe &m_recipe;
    const RecipeExtractor &m_extractor;
    BuildPlace &m_place;
    FitContext m_fit;
    const Engine *m_old = nullptr; // of an update
    std::vector<ImageId> m_same;
    std::function<std::filesystem::path(const std::string &)> m_oldFile;
    std::vector<ImageRef> m_fresh;               // images that are extracted
    std::set<ContentHash> m_kept;                // columns
    std::vector<std::set<std::size_t>> m_needed; // of each branch: behind how many transforms a column is missing
    std::vector<bool> m_wanted;                  // slots that have to be extracted
    std::vector<Column> m_extracted;             // by slot, of the fresh images
    std::vector<double> m_extractorSeconds;      // by slot
    double m_extractSeconds = 0;
    std::set<std::string> m_failed;
    std::map<ContentHash, double> m_seconds; // of what was made anew
};

} // namespace likeness
