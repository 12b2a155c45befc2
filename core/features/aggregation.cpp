#include "core/features/aggregation.h"

#include "core/features/codebook.h"
#include "core/features/gaussian_mixture.h"
#include "core/features/keypoint_features.h"
#include "core/vectors/learned_matrices.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

constexpr int pcaSamples = 50'000;

class Aggregation : public Transform {
public:
    explicit Aggregation(const AggregationOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override { return type == FeatureType::Keypoints; }
    FeatureType outputType() const override { return FeatureType::Vector; }

    void fit(const Column &gallery, FitContext &context) override
    {
        if (m_options.pcaDims == 0)
            return learn(gallery, context);
        const cv::Mat samples = sampledDescriptors(gallery, pcaSamples);
        if (!samples.empty())
            m_pca = cv::PCA(samples, {}, cv::PCA::DATA_AS_ROW, std::min(m_options.pcaDims, samples.cols));
        ColumnWriter reduced(gallery.size());
        for (const Features features : gallery)
            reduced.append({projected(unitDescriptors(features.rows))});
        learn(reduced.finish(), context);
    }

    Features apply(const Features &features, Role) const override
    {
        Features vectors;
        for (int view = 0; view < viewCount(features); ++view) {
            const cv::Mat descriptors = viewOf(features, FeatureType::Keypoints, view).descriptors;
            if (descriptors.empty())
                continue;
            cv::Mat vector = aggregated(projected(descriptors));
            for (int i = 0; i < vector.cols; ++i) {
                float &v = vector.at<float>(0, i);
                v = std::copysign(std::pow(std::abs(v), static_cast<float>(m_options.power)), v);
            }
            if (const double norm = cv::norm(vector); norm > 0)
                vectors.rows.push_back(cv::Mat(vector / norm));
        }
        return vectors;
    }

    std::vector<std::uint8_t> state() const override
    {
        std::vector<FloatRows> matrices = learned();
        matrices.push_back(asRows(m_pca.mean));
        matrices.push_back(asRows(m_pca.eigenvectors));
        return stateOf(matrices);
    }
    void restore(std::span<const std::uint8_t> state) override
    {
        std::vector<FloatRows> matrices = matricesOf(state);
        if (matrices.size() < 2 || matrices.back().cols() != matrices[matrices.size() - 2].cols())
            refuseLearned();
        m_pca.eigenvectors = asMatrix(matrices.back());
        matrices.pop_back();
        m_pca.mean = asMatrix(matrices.back());
        matrices.pop_back();
        setLearned(matrices);
    }

protected:
    /// Without the PCA.
    virtual std::vector<FloatRows> learned() const = 0;
    /// Throws Error{Format}.
    virtual void setLearned(const std::vector<FloatRows> &matrices) = 0;
    virtual void learn(const Column &gallery, FitContext &context) = 0;
    /// n x d -> one row, before power and length.
    virtual cv::Mat aggregated(const cv::Mat &descriptors) const = 0;

    cv::Mat projected(const cv::Mat &descriptors) const
    {
        if (m_pca.eigenvectors.empty() || descriptors.empty())
            return descriptors;
        return m_pca.project(descriptors);
    }

    AggregationOptions m_options;

private:
    cv::PCA m_pca;
};

class Vlad final : public Aggregation {
public:
    explicit Vlad(const VladOptions &options) : Aggregation(options), m_intra(options.intra) {}
    std::size_t bytes() const override { return m_words.total() * sizeof(float); }

protected:
    void learn(const Column &gallery, FitContext &context) override
    {
        setWords(trainCodebook(gallery, m_options.words, m_options.seed, context));
    }
    std::vector<FloatRows> learned() const override { return {asRows(m_words)}; }
    void setLearned(const std::vector<FloatRows> &matrices) override
    {
        if (matrices.size() != 1 || matrices[0].size() == 0)
            refuseLearned();
        setWords(asMatrix(matrices[0]));
    }

    cv::Mat aggregated(const cv::Mat &descriptors) const override
    {
        const cv::Mat nearest = nearestWords(descriptors, m_panels, 1);
        cv::Mat sums = cv::Mat::zeros(m_words.size(), CV_32F);
        for (int i = 0; i < descriptors.rows; ++i) {
            cv::Mat sum = sums.row(nearest.at<int>(i, 0));
            sum += descriptors.row(i) - m_words.row(nearest.at<int>(i, 0));
        }
        for (int w = 0; m_intra && w < sums.rows; ++w)
            if (const double norm = cv::norm(sums.row(w)); norm > 0)
                sums.row(w) *= 1 / norm;
        return sums.reshape(1, 1);
    }

private:
    void setWords(const cv::Mat &words)
    {
        m_words = words;
        m_panels = WordPanels(words);
    }

    bool m_intra;
    cv::Mat m_words;
    WordPanels m_panels;
};

class Fisher final : public Aggregation {
public:
    explicit Fisher(const FisherOptions &options) : Aggregation(options) {}
    std::size_t bytes() const override { return m_mixture.means.total() * 2 * sizeof(float); }

protected:
    void learn(const Column &gallery, FitContext &context) override
    {
        const cv::Mat words = trainCodebook(gallery, m_options.words, m_options.seed, context);
        constexpr int samplesPerWord = 500;
        m_mixture = fitMixture(sampledDescriptors(gallery, words.rows * samplesPerWord), words, context.task);
    }

    std::vector<FloatRows> learned() const override
    {
        return {asRows(m_mixture.means), asRows(m_mixture.variances), asRows(m_mixture.weights)};
    }
    void setLearned(const std::vector<FloatRows> &matrices) override
    {
        if (matrices.size() != 3 || matrices[0].size() == 0 || matrices[1].rows() != matrices[0].rows() ||
            matrices[1].cols() != matrices[0].cols() || matrices[2].size() != matrices[0].rows())
            refuseLearned();
        m_mixture = {asMatrix(matrices[0]), asMatrix(matrices[1]), asMatrix(matrices[2])};
    }

    cv::Mat aggregated(const cv::Mat &descriptors) const override
    {
        const cv::Mat shares = posteriors(m_mixture, descriptors);
        const int words = m_mixture.means.rows, dims = m_mixture.means.cols;
        cv::Mat vector = cv::Mat::zeros(2 * words, dims, CV_32F);
        for (int w = 0; w < words; ++w) {
            float *mean = vector.ptr<float>(w), *deviation = vector.ptr<float>(words + w);
            const float *centre = m_mixture.means.ptr<float>(w), *variance = m_mixture.variances.ptr<float>(w);
            for (int i = 0; i < descriptors.rows; ++i) {
                const float share = shares.at<float>(i, w);
                if (share < 1e-4f)
                    continue;
                const float *x = descriptors.ptr<float>(i);
                for (int d = 0; d < dims; ++d) {
                    const float z = (x[d] - centre[d]) / std::sqrt(variance[d]);
                    mean[d] += share * z;
                    deviation[d] += share * (z * z - 1);
                }
            }
            const float weight = m_mixture.weights.at<float>(w);
            vector.row(w) *= 1 / (static_cast<float>(descriptors.rows) * std::sqrt(weight));
            vector.row(words + w) *= 1 / (static_cast<float>(descriptors.rows) * std::sqrt(2 * weight));
        }
        return vector.reshape(1, 1);
    }

private:
    GaussianMixture m_mixture;
};

} // namespace

std::unique_ptr<Transform> makeVlad(const VladOptions &options)
{
    return std::make_unique<Vlad>(options);
}

std::unique_ptr<Transform> makeFisher(const FisherOptions &options)
{
    return std::make_unique<Fisher>(options);
}

} // namespace likeness
