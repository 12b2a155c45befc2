#include "core/index/histogram_index.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace likeness {

namespace {

using Metric = float (*)(const float *p, const float *q, int n);

float correlation(const float *p, const float *q, int n)
{
    double sumP = 0, sumQ = 0, sumPp = 0, sumQq = 0, sumPq = 0;
    for (int i = 0; i < n; ++i) {
        const double a = p[i], b = q[i];
        sumP += a;
        sumQ += b;
        sumPp += a * a;
        sumQq += b * b;
        sumPq += a * b;
    }
    const double denominator = (sumPp - sumP * sumP / n) * (sumQq - sumQ * sumQ / n);
    if (std::abs(denominator) < std::numeric_limits<double>::epsilon())
        return 1;
    return static_cast<float>((sumPq - sumP * sumQ / n) / std::sqrt(denominator));
}

float chiSquare(const float *p, const float *q, int n)
{
    double sum = 0;
    for (int i = 0; i < n; ++i) {
        const float difference = p[i] - q[i], both = p[i] + q[i];
        if (both > std::numeric_limits<float>::epsilon())
            sum += double{difference} * difference / both;
    }
    return static_cast<float>(-2 * sum);
}

float intersection(const float *p, const float *q, int n)
{
    double sum = 0;
    for (int i = 0; i < n; ++i)
        sum += std::min(p[i], q[i]);
    return static_cast<float>(sum);
}

float hellinger(const float *p, const float *q, int n)
{
    double sum = 0, sumP = 0, sumQ = 0;
    for (int i = 0; i < n; ++i) {
        sum += std::sqrt(double{p[i]} * q[i]);
        sumP += p[i];
        sumQ += q[i];
    }
    const double scale = sumP * sumQ;
    return static_cast<float>(-std::sqrt(std::max(1 - (scale > 0 ? sum / std::sqrt(scale) : 0), 0.0)));
}

/// Of one histogram.
double moved(const float *p, const float *q, int n)
{
    double sumP = 0, sumQ = 0;
    for (int i = 0; i < n; ++i) {
        sumP += p[i];
        sumQ += q[i];
    }
    if (sumP <= 0 || sumQ <= 0)
        return n; // nothing to move: as far as can be
    double distance = 0, carried = 0;
    for (int i = 0; i < n; ++i) {
        carried += p[i] / sumP - q[i] / sumQ;
        distance += std::abs(carried);
    }
    return distance;
}

float earthMover(const float *p, const float *q, int n, int blockSize)
{
    double distance = 0;
    for (int block = 0; block + blockSize <= n; block += blockSize)
        distance += moved(p + block, q + block, blockSize);
    return static_cast<float>(-distance);
}

Metric metricOf(HistogramIndexOptions::Metric metric)
{
    switch (metric) {
    case HistogramIndexOptions::Metric::Correlation:
        return correlation;
    case HistogramIndexOptions::Metric::ChiSquare:
        return chiSquare;
    case HistogramIndexOptions::Metric::Intersection:
        return intersection;
    case HistogramIndexOptions::Metric::Hellinger:
        return hellinger;
    case HistogramIndexOptions::Metric::EarthMover:
        break; // goes by the histograms of a row, not by the row
    }
    return nullptr;
}

class HistogramIndex final : public Index {
public:
    explicit HistogramIndex(const HistogramIndexOptions &options)
        : m_metric(metricOf(options.metric)), m_earthMover(options.metric == HistogramIndexOptions::Metric::EarthMover)
    {
    }

    bool accepts(FeatureType type) const override
    {
        return type == FeatureType::Histogram || (type == FeatureType::JointHistogram && !m_earthMover);
    }
    void fill(const Column &gallery, FitContext &) override { m_gallery = gallery; }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        for (std::size_t image = 0; image < scores.size(); ++image)
            for (std::int64_t g = m_gallery.firstRow(image); g < m_gallery.firstRow(image + 1); ++g)
                for (int q = 0; q < query.rows.rows; ++q)
                    scores[image] = std::max(scores[image], score(query, q, g));
    }

    std::size_t bytes() const override { return m_gallery.bytes(); }

private:
    float score(const Features &query, int q, std::int64_t g) const
    {
        const float *p = query.rows.ptr<float>(q), *stored = m_gallery.matrix().ptr<float>(static_cast<int>(g));
        return m_earthMover ? earthMover(p, stored, m_gallery.matrix().cols, query.blockSize)
                            : m_metric(p, stored, m_gallery.matrix().cols);
    }

    Metric m_metric;
    bool m_earthMover; // works histogram by histogram
    Column m_gallery;
};

} // namespace

std::unique_ptr<Index> makeHistogramIndex(const HistogramIndexOptions &options)
{
    return std::make_unique<HistogramIndex>(options);
}

} // namespace likeness
