#include "core/vectors/pca.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

// Of LAPACK, which OpenBLAS brings; Eigen's own solver takes ten times as long at 2048 dimensions.
extern "C" void dsyevr_(const char *job, const char *range, const char *triangle, const int *n, double *a,
                        const int *lda, const double *low, const double *high, const int *first, const int *last,
                        const double *tolerance, int *found, double *values, double *vectors, const int *ldz,
                        int *support, double *work, const int *workSize, int *iwork, const int *iworkSize, int *info);

namespace likeness {

namespace {

constexpr std::int64_t blockRows = 4096, partRows = 256;

struct Span {
    Eigen::Index begin, size;
};

/// Parts of [0, n) for the tiles of a symmetric product: enough of them for all threads, large enough for the cache.
std::vector<Span> tilesOf(Eigen::Index n)
{
    const Eigen::Index size = std::clamp<Eigen::Index>((n + 3) / 4, 64, 256);
    std::vector<Span> tiles;
    for (Eigen::Index begin = 0; begin < n; begin += size)
        tiles.push_back({begin, std::min(size, n - begin)});
    return tiles;
}

/// Calls work(a, b) for the tiles on and below the diagonal, from several threads.
void forTilePairs(const std::vector<Span> &tiles, TaskContext &task,
                  const std::function<void(const Span &, const Span &)> &work)
{
    const std::size_t count = tiles.size();
    parallelFor(count * (count + 1) / 2, task, [&](std::size_t pair) {
        std::size_t row = 0;
        while (pair > row)
            pair -= ++row;
        work(tiles[row], tiles[pair]);
    });
}

/// The k largest eigenvalues of a symmetric matrix (its lower triangle), falling, with their vectors as columns.
std::pair<Eigen::VectorXd, Eigen::MatrixXd> largestEigenpairs(Eigen::MatrixXd matrix, int k)
{
    const int n = static_cast<int>(matrix.rows()), first = n - k + 1;
    Eigen::VectorXd values(n);
    Eigen::MatrixXd vectors(n, k);
    std::vector<int> support(static_cast<std::size_t>(2 * n)), iwork(1);
    std::vector<double> work(1);
    const double none = 0;
    int found = 0, info = 0, workSize = -1, iworkSize = -1;
    const auto solve = [&] {
        dsyevr_("V", "I", "L", &n, matrix.data(), &n, &none, &none, &first, &n, &none, &found, values.data(),
                vectors.data(), &n, support.data(), work.data(), &workSize, iwork.data(), &iworkSize, &info);
    };
    solve(); // asks for the size of its memory
    workSize = static_cast<int>(work[0]);
    iworkSize = iwork[0];
    work.resize(static_cast<std::size_t>(workSize));
    iwork.resize(static_cast<std::size_t>(iworkSize));
    solve();
    if (info != 0 || found != k)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "the principal components cannot be computed: the vectors hold entries "
                                              "that are not numbers, or far too large ones"));
    return {values.head(k).reverse(), vectors.rowwise().reverse()};
}

/// Moments of all rows, and what the shrinkage of Ledoit and Wolf needs.
class Moments {
public:
    Moments(const RowSource &rows, TaskContext &task) : m_rows(rows), m_task(task), mean(meanOf()) {}

    template <class Work> void forBlocks(Work &&work)
    {
        for (std::int64_t first = 0; first < m_rows.rows; first += blockRows) {
            m_task.checkCancelled();
            const std::int64_t count = std::min(blockRows, m_rows.rows - first);
            Eigen::MatrixXf block(m_rows.width, count); // rows less their mean, as columns
            Eigen::ArrayXd lengths(count);
            parallelFor(static_cast<std::size_t>((count + partRows - 1) / partRows), m_task, [&](std::size_t part) {
                const std::int64_t begin = static_cast<std::int64_t>(part) * partRows,
                                   size = std::min(partRows, count - begin);
                auto columns = block.middleCols(begin, size);
                columns = m_rows.block(first + begin, size).transpose().colwise() - mean;
                lengths.segment(begin, size) = columns.colwise().squaredNorm().transpose().cast<double>();
            });
            squaredLengths += lengths.sum();
            fourthPowers += lengths.square().sum();
            work(block);
            m_task.progress(std::min(m_rows.rows, first + blockRows), m_rows.rows);
        }
    }

private:
    Eigen::VectorXf meanOf() const
    {
        std::vector<Eigen::VectorXd> sums(static_cast<std::size_t>((m_rows.rows + blockRows - 1) / blockRows));
        parallelFor(sums.size(), m_task, [&](std::size_t part) {
            const std::int64_t first = static_cast<std::int64_t>(part) * blockRows;
            const auto block = m_rows.block(first, std::min(blockRows, m_rows.rows - first));
            sums[part] = Eigen::VectorXd::Zero(m_rows.width);
            for (Eigen::Index row = 0; row < block.rows(); ++row)
                sums[part] += block.row(row).transpose().cast<double>();
        });
        Eigen::VectorXd sum = Eigen::VectorXd::Zero(m_rows.width);
        for (const Eigen::VectorXd &each : sums) // in one order the sum is one number
            sum += each;
        return (sum / static_cast<double>(m_rows.rows)).cast<float>();
    }

    const RowSource &m_rows;
    TaskContext &m_task;

public:
    Eigen::VectorXf mean;
    double squaredLengths = 0, fourthPowers = 0; ///< sums over the rows behind forBlocks()
};

/// Ledoit and Wolf 2004, "A well-conditioned estimator for large-dimensional covariance matrices". `squares` is the sum
/// of squared entries of the sum of outer products.
double shrinkageOf(const Moments &moments, double squares, double n, double d)
{
    const double delta = squares / (n * n), trace = moments.squaredLengths / n, mu = trace / d;
    const double spread = (delta - 2 * mu * trace + d * mu * mu) / d;
    const double error = std::min((moments.fourthPowers / n - delta) / (d * n), spread);
    return spread > 0 ? std::clamp(error / spread, 0.0, 1.0) : 0;
}

void addProducts(Eigen::MatrixXd &sum, const Eigen::MatrixXf &rows, TaskContext &task)
{
    forTilePairs(tilesOf(rows.rows()), task, [&](const Span &a, const Span &b) {
        const Eigen::MatrixXf product = rows.middleRows(a.begin, a.size) * rows.middleRows(b.begin, b.size).transpose();
        sum.block(a.begin, b.begin, a.size, b.size) += product.cast<double>();
    });
}

double squaresOf(const Eigen::MatrixXd &lower)
{
    return 2 * lower.triangularView<Eigen::StrictlyLower>().toDenseMatrix().squaredNorm() +
           lower.diagonal().squaredNorm();
}

/// How many of the falling eigenvalues are more than rounding.
int rankOf(const Eigen::VectorXd &values, double n)
{
    const double least = values.size() > 0 ? values[0] * 1e-7 * std::sqrt(std::max(1.0, n / 1e4)) : 0;
    return static_cast<int>(std::ranges::count_if(values, [least](double value) { return value > least; }));
}

Pca byCovariance(const RowSource &rows, int components, TaskContext &task)
{
    Moments moments(rows, task);
    Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(rows.width, rows.width);
    moments.forBlocks([&](const Eigen::MatrixXf &block) { addProducts(sum, block, task); });
    const auto n = static_cast<double>(rows.rows);
    const double squares = squaresOf(sum);
    const auto [values, vectors] = largestEigenpairs(std::move(sum), std::min(components, rows.width));
    const int kept = rankOf(values, n);
    return {moments.mean, vectors.leftCols(kept).transpose().cast<float>(), values.head(kept) / (n - 1),
            moments.squaredLengths / (n - 1), shrinkageOf(moments, squares, n, rows.width)};
}

/// Components are combinations of the rows: v = X' u / sqrt(lambda) for an eigenvector u of X X'.
Pca byGramMatrix(const RowSource &rows, int components, TaskContext &task)
{
    Moments moments(rows, task);
    Eigen::MatrixXf all(rows.rows, rows.width);
    std::int64_t at = 0;
    moments.forBlocks([&](const Eigen::MatrixXf &block) {
        all.middleRows(at, block.cols()) = block.transpose();
        at += block.cols();
    });
    Eigen::MatrixXd gram = Eigen::MatrixXd::Zero(rows.rows, rows.rows);
    addProducts(gram, all, task);
    const auto n = static_cast<double>(rows.rows);
    const double squares = squaresOf(gram); // that of X' X is the same
    const auto [values, vectors] =
        largestEigenpairs(std::move(gram), static_cast<int>(std::min<std::int64_t>(components, rows.rows - 1)));
    const int kept = rankOf(values, n);
    const Eigen::MatrixXd scaled = vectors.leftCols(kept) * values.head(kept).cwiseSqrt().cwiseInverse().asDiagonal();
    return {moments.mean, scaled.transpose().cast<float>() * all, values.head(kept) / (n - 1),
            moments.squaredLengths / (n - 1), shrinkageOf(moments, squares, n, rows.width)};
}

} // namespace

Pca fitPca(const RowSource &rows, int components, TaskContext &task)
{
    if (rows.rows < 2)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core", "principal components need two vectors at least, not %1"),
                    {std::to_string(rows.rows)});
    Pca pca = rows.rows <= rows.width ? byGramMatrix(rows, components, task) : byCovariance(rows, components, task);
    for (Eigen::Index i = 0; i < pca.components.rows(); ++i) {
        Eigen::Index strongest = 0;
        pca.components.row(i).cwiseAbs().maxCoeff(&strongest);
        if (pca.components(i, strongest) < 0)
            pca.components.row(i) *= -1;
    }
    return pca;
}

} // namespace likeness
