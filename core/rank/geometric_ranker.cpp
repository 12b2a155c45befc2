#include "core/rank/geometric_ranker.h"

#include "core/base/parallel.h"
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

/// std::lgamma() writes the sign into a global variable, which other threads do at the same time.
double logGamma(double x)
{
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

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
    /// The level that no unrelated image passes by its rank before, and the evidence of that chance.
    std::optional<double> scoreOfChance(double pairs, std::size_t images) const override
    {
        const double compared = static_cast<double>(images) * m_options.candidates;
        return double{unverifiedShare} + evidenceOf(std::max(0.0, -std::log10(pairs / compared)));
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
        // The first alone, as it often ends the search; then as many as there are threads.
        const auto most = static_cast<std::size_t>(freeThreads());
        std::vector<Support> found(most);
        for (std::size_t done = 0, count = 1; done < first.size(); done += count, count = most) {
            count = std::min(count, first.size() - done);
            const auto verifyOne = [&](std::size_t i) {
                found[i] = support(views, m_gallery[static_cast<std::size_t>(first[done + i].image)]);
            };
            if (count > 1)
                parallelFor(count, TaskContext::none(), verifyOne);
            else
                verifyOne(0);
            for (std::size_t i = 0; i < count; ++i) {
                verified.emplace_back(first[done + i].image, found[i].inliers);
                scores[static_cast<std::size_t>(first[done + i].image)] += found[i].evidence;
                if (!all && found[i].inliers >= m_options.enough)
                    return verified;
            }
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
        const double choices = (logGamma(m) - logGamma(n) - logGamma(m - n + 1)) / std::numbers::ln10;
        const double surprise = std::max(0.0, -(std::log10(m) + choices + (n - 1) * std::log10(p)));
        return static_cast<float>(evidenceOf(surprise));
    }
    double evidenceOf(double surprise) const
    {
        return (1 - double{unverifiedShare}) * surprise / (surprise + m_options.certain);
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

std::unique_ptr<Ranker> makeGeometricRanker(const GeometricOptions &options)
{
    return std::make_unique<GeometricRanker>(options);
}

} // namespace likeness
