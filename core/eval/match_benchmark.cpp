#include "core/eval/match_benchmark.h"

#include "core/base/csv.h"
#include "core/base/file.h"
#include "core/base/median.h"
#include "core/base/stopwatch.h"
#include "core/data/image.h"

#include <algorithm>
#include <cmath>
#include <opencv2/calib3d.hpp>
#include <sstream>

namespace likeness {

namespace {

constexpr double correctPx = 3;

std::vector<KnownPair> oxfordPairs(const std::filesystem::path &folder)
{
    std::vector<KnownPair> pairs;
    for (const char *extension : {".png", ".ppm", ".jpg"})
        for (int i = 2; i <= 6; ++i) {
            const auto name = [&](int number) { return folder / ("img" + std::to_string(number) + extension); };
            const auto truth = folder / ("H1to" + std::to_string(i) + "p");
            if (std::filesystem::exists(name(i)) && std::filesystem::exists(truth))
                pairs.push_back({name(1), name(i), readHomography(truth)});
        }
    return pairs;
}

cv::Mat grey(const std::filesystem::path &file)
{
    return loadImage(file, {Colour::Grey, 0}).pixels;
}

/// Shares of the matches, and of the inliers, that the truth agrees with.
void judge(const ImageMatch &match, const cv::Matx33d &truth, PairOutcome &outcome)
{
    int right = 0, rightInliers = 0;
    for (std::size_t i = 0; i < match.matches.size(); ++i) {
        const cv::Point2d a = match.a.keypoints[static_cast<std::size_t>(match.matches[i].a)].pt,
                          b = match.b.keypoints[static_cast<std::size_t>(match.matches[i].b)].pt;
        const bool correct = cv::norm(transferred(truth, a) - b) <= correctPx;
        right += correct;
        rightInliers += correct && match.inlier[i];
    }
    outcome.matchAccuracy =
        match.matches.empty() ? 0 : static_cast<double>(right) / static_cast<double>(match.matches.size());
    outcome.inlierPrecision = match.inliers > 0 ? static_cast<double>(rightInliers) / match.inliers : 0;
}

void summarise(MatchBenchmark &result, const std::vector<KnownPair> &pairs)
{
    std::vector<double> errors, ms;
    int judged = 0, found = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const PairOutcome &outcome = result.pairs[i];
        ms.push_back(outcome.ms);
        if (!pairs[i].bFromA) {
            ++result.withoutOverlap;
            result.falsePositives += outcome.found && outcome.inliers >= MatchOptions().minInliers;
            continue;
        }
        errors.push_back(outcome.cornerErrorPx);
        ++judged;
        result.matchAccuracy += outcome.matchAccuracy;
        if (outcome.found) {
            ++found;
            result.inlierPrecision += outcome.inlierPrecision;
        }
    }
    result.matchAccuracy /= std::max(1, judged);
    result.inlierPrecision /= std::max(1, found);
    result.auc3 = errorAuc(errors, 3);
    result.auc5 = errorAuc(errors, 5);
    result.auc10 = errorAuc(errors, 10);
    result.medianMs = medianOf(std::move(ms));
}

/// SIFT, ratio 0.8, one direction, as in most examples; the estimator alone differs.
ImageMatch plainMatches(const cv::Mat &a, const cv::Mat &b)
{
    ImageMatch match;
    LocalFeatureOptions options;
    options.detector = Detector::Sift;
    options.contrast = 0.04;
    match.a = detectLocalFeatures(a, options);
    match.b = detectLocalFeatures(b, options);
    match.matches = matchFeatures(match.a, match.b, {.ratio = 0.8, .mutual = false}, &match.nearest);
    match.inlier.assign(match.matches.size(), false);
    return match;
}

ImageMatch opencvEstimate(const cv::Mat &a, const cv::Mat &b, const TaskContext &)
{
    ImageMatch match = plainMatches(a, b);
    std::vector<cv::Point2f> from, to;
    for (const Correspondence &pair : match.matches) {
        from.push_back(match.a.keypoints[static_cast<std::size_t>(pair.a)].pt);
        to.push_back(match.b.keypoints[static_cast<std::size_t>(pair.b)].pt);
    }
    if (from.size() < 4)
        return match;
    cv::Mat mask;
    const cv::Mat found = cv::findHomography(from, to, cv::RANSAC, 3, mask, 5000, 0.9999);
    for (std::size_t i = 0; i < match.matches.size() && !mask.empty(); ++i) {
        match.inlier[i] = mask.at<std::uint8_t>(static_cast<int>(i)) != 0;
        match.inliers += match.inlier[i];
    }
    if (!found.empty() && match.inliers >= 4)
        match.bFromA = cv::Matx33d(found.ptr<double>());
    return match;
}

ImageMatch ownEstimate(const cv::Mat &a, const cv::Mat &b, const TaskContext &)
{
    ImageMatch match = plainMatches(a, b);
    MatchOptions options;
    options.guided = false;
    options.minInliers = 4;
    verifyMatches(match, a.size(), options);
    return match;
}

} // namespace

cv::Matx33d readHomography(const std::filesystem::path &file)
{
    std::istringstream text(readText(file));
    cv::Matx33d matrix;
    for (double &value : matrix.val)
        if (!(text >> value))
            throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 holds no 3 x 3 matrix"), {toUtf8(file)});
    return matrix;
}

std::vector<KnownPair> readKnownPairs(const std::filesystem::path &folder)
{
    const auto list = folder / "pairs.csv";
    std::vector<KnownPair> pairs;
    if (std::filesystem::exists(list)) {
        for (const CsvRow &row : parseCsv(readText(list), toUtf8(list))) {
            if (row.fields.size() < 3 || row.fields[0] == "a")
                continue;
            pairs.push_back({folder / row.fields[0], folder / row.fields[1], std::nullopt});
            if (!row.fields[2].empty())
                pairs.back().bFromA = readHomography(folder / row.fields[2]);
        }
    } else {
        pairs = oxfordPairs(folder);
    }
    if (pairs.empty())
        throw Error(ErrorKind::NotFound,
                    QT_TRANSLATE_NOOP("core", "%1 holds no pairs (looked for pairs.csv, and img1 with H1to2p)"),
                    {toUtf8(folder)});
    return pairs;
}

double errorAuc(std::vector<double> errors, double limit)
{
    // The recall rises in steps; the area is that of the line through (error, rank / n), from (0, 0).
    const auto n = static_cast<double>(errors.size());
    std::erase_if(errors, [limit](double e) { return !(e >= 0) || e >= limit; });
    std::ranges::sort(errors);
    double area = 0, x = 0, y = 0;
    for (std::size_t i = 0; i < errors.size(); ++i) {
        const double next = static_cast<double>(i + 1) / n;
        area += (errors[i] - x) * (y + next) / 2;
        x = errors[i];
        y = next;
    }
    return n > 0 ? (area + (limit - x) * y) / limit : 0;
}

double cornerErrorPx(const cv::Matx33d &found, const cv::Matx33d &truth, cv::Size sizeA)
{
    const double w = sizeA.width, h = sizeA.height;
    double sum = 0;
    for (const cv::Point2d corner : {cv::Point2d(0, 0), {w, 0}, {w, h}, {0, h}})
        sum += cv::norm(transferred(found, corner) - transferred(truth, corner)) / 4;
    return sum;
}

MatchBenchmark benchmarkMatching(const std::string &name, const std::vector<KnownPair> &pairs,
                                 const PairMatching &matching, TaskContext &context)
{
    MatchBenchmark result;
    result.name = name;
    context.stage(QT_TRANSLATE_NOOP("core", "Matching pairs"), 1, 1);
    for (const KnownPair &pair : pairs) {
        context.checkCancelled();
        const cv::Mat a = grey(pair.a), b = grey(pair.b);
        const Stopwatch watch;
        const ImageMatch match = matching(a, b, context);
        PairOutcome outcome;
        outcome.ms = watch.ms();
        outcome.found = match.bFromA.has_value();
        outcome.inliers = match.inliers;
        if (pair.bFromA) {
            judge(match, *pair.bFromA, outcome);
            if (match.bFromA)
                outcome.cornerErrorPx = cornerErrorPx(*match.bFromA, *pair.bFromA, a.size());
        }
        result.pairs.push_back(outcome);
        context.progress(static_cast<std::int64_t>(result.pairs.size()), static_cast<std::int64_t>(pairs.size()));
    }
    summarise(result, pairs);
    return result;
}

std::vector<std::pair<std::string, PairMatching>> benchmarkedMatchings(bool withEstimators)
{
    std::vector<std::pair<std::string, PairMatching>> all;
    for (const char *preset : {"fast", "default", "accurate"})
        all.emplace_back(
            preset, [options = matchPreset(preset)](const cv::Mat &a, const cv::Mat &b, const TaskContext &context) {
                return matchImages(a, b, options, context);
            });
    if (withEstimators) {
        all.emplace_back("sift + cv RANSAC", opencvEstimate);
        all.emplace_back("sift + own estimator", ownEstimate);
    }
    return all;
}

} // namespace likeness
