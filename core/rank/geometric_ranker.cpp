#include "core/rank/geometric_ranker.h"

#include "core/features/keypoint_features.h"
#include "core/index/index.h"
#include "core/match/spatial_verification.h"
#include "core/rank/ranking.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace likeness {

namespace {

constexpr float unverifiedShare = 0.2f; // of the score

class GeometricRanker final : public Ranker {
public:
    explicit GeometricRanker(const GeometricOptions &options) : m_options(options) {}
    bool accepts(FeatureType type) const override
    {
        return type == FeatureType::Keypoints || type == FeatureType::BinaryKeypoints;
    }
    void build(const Column &gallery, FeatureType type, FitContext &) override
    {
        m_gallery = gallery;
        m_type = type;
    }

    std::vector<std::pair<int, int>> rerank(const Features &query, std::span<float> scores) const override
    {
        return verify(query, scores, false);
    }
    std::vector<std::pair<int, int>> rerankAll(const Features &query, std::span<float> scores) const override
    {
        return verify(query, scores, true);
    }

private:
    std::vector<std::pair<int, int>> verify(const Features &query, std::span<float> scores, bool all) const
    {
        std::vector<LocalFeatures> views;
        for (int view = 0; view < viewCount(query); ++view)
            views.push_back(viewOf(query, m_type, view));
        const Ranking first = ranked(scores, m_options.candidates);
        squash(scores);
        std::vector<std::pair<int, int>> verified;
        for (const Hit &hit : first) {
            const auto image = static_cast<std::size_t>(hit.image);
            const Support found = support(views, m_gallery[image]);
            verified.emplace_back(hit.image, found.inliers);
            scores[image] += found.evidence;
            if (!all && found.inliers >= m_options.enough)
                break;
        }
        return verified;
    }

    struct Support {
        int inliers = 0;
        float evidence = 0;
    };

    /// First-stage scores mean something else for each method: what counts is how far they lie above the level that
    /// unrelated images reach for this query, taken from the eleventh.
    static void squash(std::span<float> scores)
    {
        const Ranking all = ranked(scores, static_cast<int>(scores.size()));
        if (all.empty())
            return;
        const float median = all[all.size() / 2].score;
        const float level = all[std::min<std::size_t>(all.size() - 1, 10)].score - median;
        for (const Hit &hit : all) {
            const float above = level > 0 ? std::max(0.f, (hit.score - median) / level) : 0;
            scores[static_cast<std::size_t>(hit.image)] = unverifiedShare * above / (above + 5);
        }
    }

    /// -log10 of how many agreements this good chance would make: matches x C(matches - 1, inliers - 1) x p^(inliers -
    /// 1) (a contrario: Moisan and Stival 2004). p is the share of the image within six thresholds of a place: the
    /// transform is fitted to its own inliers.
    float evidence(int inliers, std::size_t matches, cv::Size size) const
    {
        if (inliers < 3 || size.empty())
            return 0;
        const double radius = 6 * m_options.thresholdPx, n = inliers, m = static_cast<double>(matches);
        const double p = std::min(1.0, CV_PI * radius * radius / size.area());
        const double choices = (std::lgamma(m) - std::lgamma(n) - std::lgamma(m - n + 1)) / std::numbers::ln10;
        const double surprise = std::max(0.0, -(std::log10(m) + choices + (n - 1) * std::log10(p)));
        return static_cast<float>((1 - double{unverifiedShare}) * surprise / (surprise + m_options.certain));
    }

    Support support(const std::vector<LocalFeatures> &views, const Features &candidate) const
    {
        const LocalFeatures stored = viewOf(candidate, m_type, 0);
        Support best;
        for (const LocalFeatures &view : views) {
            const auto matches = matchFeatures(view, stored, {.ratio = m_options.ratio, .mutual = true});
            const int inliers = verifySpatially(view, stored, matches, m_options.thresholdPx).inliers;
            best.evidence = std::max(best.evidence, evidence(inliers, matches.size(), candidate.imageSize));
            best.inliers = std::max(best.inliers, inliers);
            if (best.inliers >= m_options.enough)
                break;
        }
        return best;
    }

    GeometricOptions m_options;
    Column m_gallery;
    FeatureType m_type = FeatureType::Keypoints;
};

} // namespace

double geometricScoreOf(double chance, const GeometricOptions &options)
{
    const double surprise = std::max(0.0, -std::log10(chance));
    return double{unverifiedShare} + (1 - double{unverifiedShare}) * surprise / (surprise + options.certain);
}

std::unique_ptr<Ranker> makeGeometricRanker(const GeometricOptions &options)
{
    return std::make_unique<GeometricRanker>(options);
}

} // namespace likeness
