#pragma once

#include "core/base/task.h"
#include "core/vectors/flat_search.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace likeness {

/// How vectors are made small or sorted for the search, by Faiss.
struct VectorIndexPlan {
    enum class Kind { ScalarQuantised, Pq, IvfPq, Hnsw, Binary };
    Kind kind = Kind::Pq;
    int bits = 8;     ///< of an entry: 4, 6, 8, 16 (half floats); of a binary code: all of them
    int bytes = 64;   ///< of a PQ code
    bool opq = false; ///< a rotation before the codes (Ge et al. 2013)
    int lists = 0;    ///< of the inverted file; 0: four times the root of the rows
    int probes = 16;  ///< lists searched
    int neighbours = 32, buildEffort = 80, searchEffort = 64; ///< of HNSW
    double recall = 0; ///< chooses probes or searchEffort so that so much of the ten nearest is found; 0: as given
    int seed = 1;
};

/// Approximate search by dot product (Jegou, Douze and Schmid 2011; Malkov and Yashunin 2018). Not for training and
/// adding from several threads; search() is for many at once.
class VectorIndex {
public:
    explicit VectorIndex(const VectorIndexPlan &plan);
    ~VectorIndex();
    VectorIndex(VectorIndex &&) noexcept;
    VectorIndex &operator=(VectorIndex &&) noexcept;

    /// Learns codes and lists from at most 65,536 of the rows, the same ones for one seed. Fewer vectors than centroids
    /// make fewer centroids. Throws Error{InvalidArgument}, Cancelled.
    void train(const RowSource &rows, TaskContext &task);
    void add(const RowSource &rows, TaskContext &task);
    /// Behind add(): tunes to plan.recall with rows of the gallery as queries, each without itself.
    void tune(const RowSource &rows, TaskContext &task);
    /// The k nearest by the codes, the best first.
    std::vector<RowHit> search(const Eigen::RowVectorXf &query, int k) const;
    std::int64_t size() const;
    std::size_t bytes() const; ///< of codes, lists and what was learned
    /// What recall asked for: probes or search effort in force.
    int effort() const;
    void setEffort(int effort);
    std::optional<double> tunedRecall() const { return m_tunedRecall; }
    /// Removes all rows, keeps what was learned.
    void clear();

    /// Throws Error{Io}. read() trusts the file: its hash must have been compared before. With `mapped`, lists of codes
    /// stay in the file, are read as they are searched, and cannot be changed.
    void write(const std::filesystem::path &path) const;
    static VectorIndex read(const std::filesystem::path &path, const VectorIndexPlan &plan, bool mapped = false);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    VectorIndexPlan m_plan;
    std::optional<double> m_tunedRecall;
};

} // namespace likeness
