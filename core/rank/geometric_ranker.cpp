#include "core/rank/geometric_ranker.h"

#include "core/features/keypoint_features.h"
#include "core/index/index.h"
#include "core/match/spatial_verification.h"
#include "core/rank/ranking.h"

#include <algorithm>
#include <cmath>

namespace likeness {

namespace {

class GeometricRanker final : public Ranker {
public:
    explicit GeometricRanker(const GeometricOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override
    {
        return type == FeatureType::Keypoints || type == FeatureType::BinaryKeypoints;
    }
    void build(std::span<const Features> gallery, FeatureType type) override
    {
        m_gallery.assign(gallery.begin(), gallery.end()); // shares the pixels of the matrices
        m_type = type;
    }

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        std::vector<LocalFeatures> views;
        for (int view = 0; view < viewCount(query); ++view)
            views.push_back(viewOf(query, m_type, view));
        const Ranking first = ranked(scores, m_options.candidates);
        squash(scores);
        std::vector<std::pair<int, int>> verified;
        for (const Hit &hit : first) {
            const auto image = static_cast<std::size_t>(hit.image);
            const int inliers = support(views, m_gallery[image]);
            verified.emplace_back(hit.image, inliers);
            scores[image] += evidence(inliers);
            if (inliers >= m_options.enough)
                break;
        }
        return verified;
    }

private:
    static constexpr float mostUnverified = 0.02f;

    /// First-stage scores, which mean something else for each method, keep their order below what is verified.
    static void squash(std::span<float> scores)
    {
        for (const Hit &hit : ranked(scores, static_cast<int>(scores.size()))) {
            const float margin = std::max(0.f, hit.margin);
            scores[static_cast<std::size_t>(hit.image)] =
                hit.margin > 0 ? mostUnverified * margin / (margin + 20) : hit.margin * 1e-6f;
        }
    }

    /// inliers / (inliers + certain), without the few that any two images share.
    float evidence(int inliers) const
    {
        const double more = std::max(0, inliers - 3);
        return static_cast<float>((1 - static_cast<double>(mostUnverified)) * more / (more + m_options.certain - 3));
    }

    int support(const std::vector<LocalFeatures> &views, const Features &candidate) const
    {
        const LocalFeatures stored = viewOf(candidate, m_type, 0);
        int most = 0;
        for (const LocalFeatures &view : views) {
            const auto matches = matchFeatures(view, stored, {.ratio = m_options.ratio, .mutual = true});
            most = std::max(most, verifySpatially(view, stored, matches, m_options.thresholdPx).inliers);
            if (most >= m_options.enough)
                break;
        }
        return most;
    }

    GeometricOptions m_options;
    std::vector<Features> m_gallery;
    FeatureType m_type = FeatureType::Keypoints;
};

} // namespace

std::unique_ptr<Ranker> makeGeometricRanker(const GeometricOptions &options)
{
    return std::make_unique<GeometricRanker>(options);
}

} // namespace likeness
