#include "core/index/pixel_index.h"

#include "core/index/ssim.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

constexpr float mostPsnr = 100; // dB; of equal images, which have none

class ErrorIndex final : public Index {
public:
    explicit ErrorIndex(bool decibel) : m_decibel(decibel) {}

    bool accepts(FeatureType type) const override { return type == FeatureType::Pixels; }
    void fill(const Column &gallery, FitContext &) override { m_gallery = gallery; }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        for (std::size_t image = 0; image < scores.size(); ++image)
            for (std::int64_t g = m_gallery.firstRow(image); g < m_gallery.firstRow(image + 1); ++g)
                for (int q = 0; q < query.rows.rows; ++q)
                    scores[image] =
                        std::max(scores[image], score(query.rows.ptr(q), m_gallery.matrix().ptr(static_cast<int>(g))));
    }

    std::size_t bytes() const override { return m_gallery.bytes(); }

private:
    float score(const std::uint8_t *a, const std::uint8_t *b) const
    {
        std::int64_t sum = 0;
        for (int i = 0; i < m_gallery.width(); ++i) {
            const int difference = a[i] - b[i];
            sum += difference * difference;
        }
        const float mse = static_cast<float>(sum) / static_cast<float>(m_gallery.width());
        if (!m_decibel)
            return -mse;
        return mse > 0 ? std::min(mostPsnr, 10 * std::log10(255.0f * 255.0f / mse)) : mostPsnr;
    }

    bool m_decibel;
    Column m_gallery;
};

class SsimIndex final : public Index {
public:
    explicit SsimIndex(bool multiScale) : m_multiScale(multiScale) {}

    bool accepts(FeatureType type) const override { return type == FeatureType::Pixels; }

    void fill(const Column &gallery, FitContext &) override
    {
        m_gallery.resize(gallery.size());
        for (std::size_t i = 0; i < gallery.size(); ++i)
            m_gallery[i] = prepared(gallery[i]);
    }

    void scores(const Features &query, std::span<float> scores) const override
    {
        std::ranges::fill(scores, noScore);
        for (const Pyramid &view : prepared(query))
            for (std::size_t image = 0; image < scores.size(); ++image)
                for (const Pyramid &stored : m_gallery[image]) {
                    const double score = m_multiScale ? msSsim(view, stored) : ssim(view[0], stored[0]).ssim;
                    scores[image] = std::max(scores[image], static_cast<float>(score));
                }
    }

    std::size_t bytes() const override
    {
        std::size_t sum = 0;
        for (const auto &views : m_gallery)
            for (const Pyramid &pyramid : views)
                for (const SsimImage &level : pyramid)
                    sum += sizeof(float) * (level.pixels.size() + level.mean.size() + level.var.size());
        return sum;
    }

private:
    using Pyramid = std::vector<SsimImage>;

    std::vector<Pyramid> prepared(const Features &features) const
    {
        std::vector<Pyramid> views;
        for (int i = 0; i < features.rows.rows; ++i) {
            const int side = cvRound(std::sqrt(features.rows.cols));
            const cv::Mat grey = features.rows.row(i).reshape(1, side);
            views.push_back(m_multiScale ? prepareMsSsim(grey) : Pyramid{prepareSsim(grey)});
        }
        return views;
    }

    bool m_multiScale;
    std::vector<std::vector<Pyramid>> m_gallery;
};

} // namespace

std::unique_ptr<Index> makePixelIndex(const PixelIndexOptions &options)
{
    using Metric = PixelIndexOptions::Metric;
    if (options.metric == Metric::Ssim || options.metric == Metric::MsSsim)
        return std::make_unique<SsimIndex>(options.metric == Metric::MsSsim);
    return std::make_unique<ErrorIndex>(options.metric == Metric::Psnr);
}

} // namespace likeness
