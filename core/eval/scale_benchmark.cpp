#include "core/eval/scale_benchmark.h"

#include "core/base/median.h"
#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/base/stopwatch.h"
#include "core/vectors/vector_index.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <numbers>
#include <sys/resource.h>

namespace likeness {

namespace {

constexpr int neighbours = 10, clusters = 2000, repeats = 5, mostEffort = 4096;
constexpr std::int64_t blockRows = 8192;

/// Standard normal (Box and Muller 1958).
float normal(Random &random)
{
    return static_cast<float>(std::sqrt(-2 * std::log(1 - random.unit())) *
                              std::cos(2 * std::numbers::pi * random.unit()));
}

class Generator {
public:
    explicit Generator(const ScalePlan &plan) : m_plan(plan), m_centres(clusters, plan.width)
    {
        Random random(static_cast<std::uint64_t>(plan.seed));
        FloatRows square(plan.width, plan.width);
        for (float &value : square.reshaped())
            value = normal(random);
        m_rotation = Eigen::HouseholderQR<Eigen::MatrixXf>(square).householderQ();
        m_strengths.resize(plan.width);
        for (int i = 0; i < plan.width; ++i)
            m_strengths[i] = std::pow(1 + static_cast<float>(i), -0.5f);
        for (float &value : m_centres.reshaped())
            value = normal(random);
    }

    /// `stream` tells rows from queries.
    void fill(Eigen::Ref<FloatRows> rows, std::uint64_t stream, std::int64_t first) const
    {
        Random random = randomFor(static_cast<std::uint64_t>(m_plan.seed) + stream, static_cast<std::uint64_t>(first));
        FloatRows raw(rows.rows(), rows.cols());
        for (Eigen::Index i = 0; i < raw.rows(); ++i) {
            const int centre = random.integer(0, clusters - 1);
            for (Eigen::Index j = 0; j < raw.cols(); ++j)
                raw(i, j) = (m_centres(centre, j) + normal(random)) * m_strengths[j];
        }
        rows = (raw * m_rotation).rowwise().normalized();
    }

private:
    ScalePlan m_plan;
    FloatRows m_centres;
    Eigen::MatrixXf m_rotation;
    Eigen::VectorXf m_strengths;
};

void write(const std::filesystem::path &file, const FloatRows &rows)
{
    std::ofstream stream(file, std::ios::binary);
    stream.write(reinterpret_cast<const char *>(rows.data()),
                 static_cast<std::streamsize>(static_cast<std::size_t>(rows.size()) * sizeof(float)));
}

/// Median of a few.
template <class Work> double measuredMs(Work &&work)
{
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const Stopwatch watch;
        work();
        times.push_back(watch.ms());
    }
    return medianOf(std::move(times));
}

/// Reads all rows once, from all threads.
double streamSpeed(const FloatRows &rows, TaskContext &task)
{
    const auto parts = static_cast<std::size_t>((rows.rows() + blockRows - 1) / blockRows);
    std::vector<float> sums(parts);
    const double ms = measuredMs([&] {
        parallelFor(parts, task, [&](std::size_t part) {
            const std::int64_t first = static_cast<std::int64_t>(part) * blockRows;
            sums[part] = rows.middleRows(first, std::min(blockRows, rows.rows() - first)).sum();
        });
    });
    return static_cast<double>(rows.size()) * sizeof(float) / ms / 1e6;
}

using Found = std::vector<std::vector<RowHit>>;

void setRecall(ScaleRow &row, const Found &exact, const Found &found)
{
    double first = 0;
    for (std::size_t q = 0; q < exact.size(); ++q)
        first += !found[q].empty() && found[q][0].row == exact[q][0].row;
    row.recall1 = first / static_cast<double>(exact.size());
    row.recall10 = shareFound(exact, found);
}

/// The least effort that finds enough, on the queries themselves: the table compares speeds at one recall. Doubled
/// first, then halved between the last two.
void leastEffort(const std::function<bool(int)> &suffices)
{
    int low = 0, high = 1;
    while (!suffices(high) && high < mostEffort) {
        low = high;
        high *= 2;
    }
    while (high - low > std::max(1, high / 16)) {
        const int middle = (low + high) / 2;
        (suffices(middle) ? high : low) = middle;
    }
    suffices(high);
}

ScaleRow measuredIndex(const std::string &name, const VectorIndexPlan &plan, int rescore, const FloatRows &all,
                       const FloatRows &queries, const Found &exact, TaskContext &task)
{
    const RowSource rows = rowsInMemory(all.data(), all.rows(), static_cast<int>(all.cols()));
    ScaleRow row{.index = name};
    const Stopwatch watch;
    VectorIndex index(plan);
    index.train(rows, task);
    index.add(rows, task);
    row.buildSeconds = watch.seconds();
    const auto search = [&](Eigen::Index q) {
        auto hits = index.search(queries.row(q), std::max(neighbours, rescore));
        if (rescore > 0)
            scoreExactly(rows, queries.row(q), hits);
        hits.resize(std::min<std::size_t>(hits.size(), neighbours));
        return hits;
    };
    Found found(exact.size());
    const auto searchAll = [&] {
        parallelFor(found.size(), task, [&](std::size_t q) { found[q] = search(static_cast<Eigen::Index>(q)); });
    };
    const auto tryEffort = [&](int effort) {
        index.setEffort(effort);
        searchAll();
        setRecall(row, exact, found);
        return row.recall10 >= plan.recall;
    };
    searchAll();
    setRecall(row, exact, found);
    if (plan.recall > 0)
        leastEffort(tryEffort);
    row.effort = index.effort();
    row.batchMs = measuredMs(searchAll) / static_cast<double>(exact.size());
    row.singleMs = measuredMs([&] { search(0); });
    row.bytes = static_cast<std::int64_t>(index.bytes());
    return row;
}

} // namespace

ScaleReport benchmarkScale(const ScalePlan &plan, TaskContext &task)
{
    const Generator generator(plan);
    FloatRows all(plan.rows, plan.width), queries(plan.queries, plan.width);
    const auto parts = static_cast<std::size_t>((plan.rows + blockRows - 1) / blockRows);
    parallelFor(parts, task, [&](std::size_t part) {
        const std::int64_t first = static_cast<std::int64_t>(part) * blockRows;
        generator.fill(all.middleRows(first, std::min(blockRows, plan.rows - first)), 0, first);
    });
    generator.fill(queries, 1, 0);
    if (!plan.vectorsOut.empty()) {
        write(plan.vectorsOut / "rows.f32", all);
        write(plan.vectorsOut / "queries.f32", queries);
    }
    ScaleReport report;
    report.streamGBs = streamSpeed(all, task);
    const RowSource rows = rowsInMemory(all.data(), plan.rows, plan.width);
    const Found exact = nearestByProduct(rows, queries, neighbours, task);
    ScaleRow flat{.index = "flat", .bytes = plan.rows * plan.width * std::int64_t{sizeof(float)}};
    flat.batchMs =
        measuredMs([&] { nearestByProduct(rows, queries, neighbours, task); }) / static_cast<double>(plan.queries);
    flat.singleMs = measuredMs([&] { nearestByProduct(rows, queries.topRows(1), neighbours, task); });
    flat.recall1 = flat.recall10 = 1;
    report.rows.push_back(flat);
    using Kind = VectorIndexPlan::Kind;
    const int bytes = std::min(64, plan.width);
    report.rows.push_back(measuredIndex("pq", {.kind = Kind::Pq, .bytes = bytes}, 0, all, queries, exact, task));
    report.rows.push_back(
        measuredIndex("pq, 100 exact", {.kind = Kind::Pq, .bytes = bytes}, 100, all, queries, exact, task));
    report.rows.push_back(measuredIndex("ivf-pq, 100 exact",
                                        {.kind = Kind::IvfPq, .bytes = bytes, .recall = plan.recall}, 100, all, queries,
                                        exact, task));
    if (plan.hnsw)
        report.rows.push_back(
            measuredIndex("hnsw", {.kind = Kind::Hnsw, .recall = plan.recall}, 0, all, queries, exact, task));
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    report.peakBytes = std::int64_t{usage.ru_maxrss} * 1024;
    return report;
}

} // namespace likeness
