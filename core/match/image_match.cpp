#include "core/match/image_match.h"

#include "core/base/parallel.h"
#include "core/match/affine_simulation.h"
#include "core/match/pixel_alignment.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/core/hal/hal.hpp>

namespace likeness {

namespace {

PointPair pairOf(const ImageMatch &match, const Correspondence &pair)
{
    const cv::KeyPoint &a = match.a.keypoints[static_cast<std::size_t>(pair.a)];
    const cv::KeyPoint &b = match.b.keypoints[static_cast<std::size_t>(pair.b)];
    // A coarse keypoint is located less precisely, about in proportion to its size; errors are measured in B.
    return {a.pt, b.pt, std::max(1.0, b.size / 6.0)};
}

double errorPx(const ImageMatch &match, const cv::Matx33d &model, const PointPair &pair)
{
    return modelErrorPx(model, pair, match.verifiedBy);
}

std::vector<PointPair> allPairs(const ImageMatch &match)
{
    std::vector<PointPair> pairs;
    for (const Correspondence &pair : match.matches)
        pairs.push_back(pairOf(match, pair));
    return pairs;
}

std::vector<PointPair> inlierPairs(const ImageMatch &match, const cv::Matx33d &model, double limitPx)
{
    std::vector<PointPair> pairs;
    for (const Correspondence &correspondence : match.matches) {
        const PointPair pair = pairOf(match, correspondence);
        if (errorPx(match, model, pair) <= limitPx)
            pairs.push_back(pair);
    }
    return pairs;
}

/// Re-fits on the inliers with a shrinking threshold.
cv::Matx33d refined(const ImageMatch &match, cv::Matx33d model, const MatchOptions &options)
{
    for (const double factor : {1.5, 1.0, 0.8}) {
        const auto pairs = inlierPairs(match, model, options.verifier.thresholdPx * factor);
        if (pairs.size() < 6)
            break;
        model = refinedModel(model, pairs, options.verifier);
    }
    return model;
}

/// L2, or the share of different bits. By pointers: a cv::Mat for each row would take longer than the sum.
double descriptorDistance(const cv::Mat &a, int i, const cv::Mat &b, int j)
{
    if (a.type() == CV_8U)
        return cv::hal::normHamming(a.ptr(i), b.ptr(j), a.cols) / (8.0 * a.cols);
    const float *x = a.ptr<float>(i), *y = b.ptr<float>(j);
    float sum = 0;
    for (int k = 0; k < a.cols; ++k)
        sum += (x[k] - y[k]) * (x[k] - y[k]);
    return std::sqrt(double{sum});
}

/// For each point of A the most similar point of B near to where the model puts it.
std::vector<Correspondence> guidedMatches(const ImageMatch &match, const cv::Matx33d &model, double radiusPx)
{
    constexpr int cellPx = 16;
    std::vector<std::vector<int>> grid;
    int columns = 1;
    for (const cv::KeyPoint &keypoint : match.b.keypoints)
        columns = std::max(columns, static_cast<int>(keypoint.pt.x) / cellPx + 1);
    const auto cellOf = [&](double x, double y) {
        return static_cast<std::size_t>(static_cast<int>(y) / cellPx * columns + static_cast<int>(x) / cellPx);
    };
    for (std::size_t j = 0; j < match.b.keypoints.size(); ++j) {
        const auto cell = cellOf(std::max(0.0f, match.b.keypoints[j].pt.x), std::max(0.0f, match.b.keypoints[j].pt.y));
        if (grid.size() <= cell)
            grid.resize(cell + 1);
        grid[cell].push_back(static_cast<int>(j));
    }
    const bool bits = match.a.descriptors.type() == CV_8U;
    std::vector<Correspondence> found;
    for (int i = 0; i < match.a.descriptors.rows; ++i) {
        const cv::Point2d at = transferred(model, match.a.keypoints[static_cast<std::size_t>(i)].pt);
        if (!(at.x > -radiusPx && at.y > -radiusPx && at.x < 1e6 && at.y < 1e6))
            continue;
        Correspondence best{i, -1, bits ? 0.25f : 0.8f, 1};
        for (int cy = static_cast<int>(at.y - radiusPx) / cellPx; cy <= static_cast<int>(at.y + radiusPx) / cellPx;
             ++cy)
            for (int cx = static_cast<int>(at.x - radiusPx) / cellPx; cx <= static_cast<int>(at.x + radiusPx) / cellPx;
                 ++cx) {
                const auto cell = static_cast<std::size_t>(cy * columns + cx);
                if (cx < 0 || cy < 0 || cx >= columns || cell >= grid.size())
                    continue;
                for (const int j : grid[cell]) {
                    if (cv::norm(cv::Point2d(match.b.keypoints[static_cast<std::size_t>(j)].pt) - at) > radiusPx)
                        continue;
                    const double distance = descriptorDistance(match.a.descriptors, i, match.b.descriptors, j);
                    if (distance < static_cast<double>(best.distance)) {
                        best.b = j;
                        best.distance = static_cast<float>(distance);
                    }
                }
            }
        if (best.b >= 0 && !match.nearest.empty()) {
            const Nearest &two = match.nearest[static_cast<std::size_t>(i)];
            const float other = two.first == best.b ? two.second : two.best;
            best.ratio = other > 0 ? std::min(9.99f, best.distance / other) : 1;
        }
        if (best.b >= 0)
            found.push_back(best);
    }
    std::ranges::stable_sort(found, {}, &Correspondence::distance);
    std::vector<bool> taken(match.b.keypoints.size(), false);
    std::erase_if(found, [&taken](const Correspondence &pair) {
        const bool repeated = taken[static_cast<std::size_t>(pair.b)];
        taken[static_cast<std::size_t>(pair.b)] = true;
        return repeated;
    });
    return found;
}

void markInliers(ImageMatch &match, const cv::Matx33d &model, double limitPx)
{
    match.inlier.assign(match.matches.size(), false);
    match.inliers = 0;
    for (std::size_t i = 0; i < match.matches.size(); ++i) {
        match.inlier[i] = errorPx(match, model, pairOf(match, match.matches[i])) <= limitPx;
        match.inliers += match.inlier[i];
    }
}

void verify(ImageMatch &match, cv::Size sizeA, const MatchOptions &options)
{
    match.inlier.assign(match.matches.size(), false);
    match.tentative = static_cast<int>(match.matches.size());
    const auto tooFew = [&options](int inliers) {
        return Message{QT_TRANSLATE_NOOP("core", "%1 inliers, %2 needed"),
                       {std::to_string(inliers), std::to_string(options.minInliers)}};
    };
    if (static_cast<int>(match.matches.size()) < std::max(4, options.minInliers)) {
        match.refusal =
            Message{QT_TRANSLATE_NOOP("core", "%1 matches, %2 needed"),
                    {std::to_string(match.matches.size()), std::to_string(std::max(4, options.minInliers))}};
        return;
    }
    match.verifiedBy = options.verifier;
    auto model = robustModel(allPairs(match), options.verifier);
    if (!model) {
        match.refusal = tooFew(0);
        return;
    }
    *model = refined(match, *model, options);
    markInliers(match, *model, options.verifier.thresholdPx);
    match.support = match.inliers;
    const bool epipolar = options.verifier.model ==
                          VerifierOptions::Model::Fundamental; // holds for no single place: nothing to be guided by
    if (!epipolar)
        match.refusal = implausible(*model, sizeA);
    if (match.inliers < options.minInliers)
        match.refusal = tooFew(match.inliers);
    if (match.refusal)
        return;
    if (options.guided && !epipolar) {
        const auto tentative = match.matches;
        match.matches = guidedMatches(match, *model, options.verifier.thresholdPx * 3);
        if (match.matches.size() >= static_cast<std::size_t>(options.minInliers))
            *model = refined(match, *model, options);
        else
            match.matches = tentative;
    }
    markInliers(match, *model, options.finalPx);
    (epipolar ? match.fundamental : match.bFromA) = model;
}

constexpr int simulatedFactor = 3;

ImageMatch matchFeaturesOf(LocalFeatures a, LocalFeatures b, cv::Size sizeA, const MatchOptions &options,
                           const TaskContext &context)
{
    ImageMatch match;
    match.a = std::move(a);
    match.b = std::move(b);
    match.matches = matchFeatures(match.a, match.b, options.matcher, &match.nearest);
    context.checkCancelled();
    ImageMatch best = match;
    verify(best, sizeA, options);
    MatchOptions next = options;
    for (int start = 1; start < options.starts && best.supported(); ++start) {
        context.checkCancelled();
        ++next.verifier.seed;
        ImageMatch other = match;
        verify(other, sizeA, next);
        if (other.supported() && other.inliers > best.inliers)
            best = std::move(other);
    }
    return best;
}

ImageMatch mirroredMatch(const ImageMatch &match, const cv::Mat &a, const MatchOptions &options,
                         const TaskContext &context)
{
    ImageMatch mirrored =
        matchFeaturesOf(mirroredFeatures(match.a, a, options.features), match.b, a.size(), options, context);
    mirrored.mirrored = true;
    const cv::Matx33d mirror(-1, 0, a.cols - 1, 0, 1, 0, 0, 0, 1);
    for (cv::KeyPoint &keypoint : mirrored.a.keypoints)
        keypoint.pt.x = static_cast<float>(a.cols - 1) - keypoint.pt.x;
    if (mirrored.bFromA)
        mirrored.bFromA = *mirrored.bFromA * mirror;
    if (mirrored.fundamental)
        mirrored.fundamental = *mirrored.fundamental * mirror;
    return mirrored;
}

} // namespace

std::vector<std::string> unusedOptions(const MatchOptions &options)
{
    std::vector<std::string> unused;
    if (!isSift(options.features))
        unused.insert(unused.end(), {"contrast", "edge", "upsample", "scale_power", "upright"});
    if (options.features.detector != Detector::Learned)
        unused.emplace_back("network");
    if (options.verifier.model == VerifierOptions::Model::Fundamental)
        unused.emplace_back("guided");
    if (options.verifier.model != VerifierOptions::Model::Homography)
        unused.emplace_back("align");
    return unused;
}

MatchOptions matchPreset(std::string_view name)
{
    MatchOptions options;
    if (name == "fast") {
        options.features.detector = Detector::Orb;
        options.mirror = false;
    } else if (name == "accurate") {
        options.affine = options.align = true;
        options.starts = 6;
    } else if (name != "default") {
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "%1 = %2 is not allowed: it must be %3"),
                    {"preset", std::string(name), "default | fast | accurate"});
    }
    return options;
}

void verifyMatches(ImageMatch &match, cv::Size sizeA, const MatchOptions &options)
{
    verify(match, sizeA, options);
}

double residualPx(const ImageMatch &match, std::size_t index)
{
    const auto &model = match.model();
    return model ? errorPx(match, *model, pairOf(match, match.matches[index])) : -1;
}

ImageMatch matchImages(const cv::Mat &a, const cv::Mat &b, const MatchOptions &options, const TaskContext &context)
{
    return PairMatcher(a, b).match(options, context);
}

ImageMatch PairMatcher::match(const MatchOptions &options, const TaskContext &context)
{
    const cv::Mat &a = m_a, &b = m_b;
    ParamValues wanted;
    for (const ParamSpec &spec : specsOf(options.features))
        wanted[spec.key] = spec.def;
    if (wanted != m_detectedBy) {
        m_detectedBy = std::nullopt;
        parallelFor(2, context, [&](std::size_t side) {
            (side == 0 ? m_featuresA : m_featuresB) = detectLocalFeatures(side == 0 ? a : b, options.features);
        });
        m_detectedBy = wanted;
    }
    ImageMatch match = matchFeaturesOf(m_featuresA, m_featuresB, a.size(), options, context);
    const auto sure = [&] { return match.supported() && match.support >= 4 * options.minInliers; };
    // A few inliers may be symmetric or repeated structure of a mirrored copy: the mirror must have its say.
    if (options.mirror && !sure() && !a.empty()) {
        context.checkCancelled();
        ImageMatch mirrored = mirroredMatch(match, a, options, context);
        if (mirrored.supported() && mirrored.support > match.support)
            match = std::move(mirrored);
    }
    if (options.affine && !match.supported()) {
        ImageMatch simulated = tentativeAffineMatch(a, b, options, context);
        MatchOptions strict = options; // many views have many chances
        strict.minInliers *= simulatedFactor;
        verify(simulated, a.size(), strict);
        simulated.simulated = simulated.supported();
        if (simulated.supported())
            match = std::move(simulated);
    }
    context.checkCancelled();
    if (options.align && match.bFromA && options.verifier.model == VerifierOptions::Model::Homography)
        if (const auto aligned =
                alignedByPixels(a, b, *match.bFromA, inlierPairs(match, *match.bFromA, options.finalPx))) {
            match.bFromA = aligned;
            markInliers(match, *aligned, options.finalPx);
        }
    return match;
}

} // namespace likeness
