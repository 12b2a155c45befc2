#pragma once

#include "core/base/task.h"
#include "core/match/image_match.h"

#include <filesystem>
#include <functional>

namespace likeness {

/// Two images and the homography that takes the first to the second; none where they do not overlap.
struct KnownPair {
    std::filesystem::path a, b;
    std::optional<cv::Matx33d> bFromA;
};

/// Nine numbers, row by row, whatever stands between them. Throws Error{NotFound|Format} naming the file.
cv::Matx33d readHomography(const std::filesystem::path &file);

/// The pairs of a folder: `pairs.csv` (a,b,homography: file names, the last empty for pairs without overlap), or the
/// six images img1 ... img6 with H1to2p ... of the Oxford affine data. Throws Error{NotFound|Format}.
std::vector<KnownPair> readKnownPairs(const std::filesystem::path &folder);

/// How one pair went.
struct PairOutcome {
    double cornerErrorPx = -1; ///< mean over A's corners; negative where no model was found, or none is true
    int inliers = 0;
    double matchAccuracy = 0;   ///< share of the matches that lie within 3 px of the truth
    double inlierPrecision = 0; ///< the same of the inliers
    double ms = 0;              ///< from pixels to model
    bool found = false;
};

struct MatchBenchmark {
    std::string name;
    std::vector<PairOutcome> pairs;       ///< in the order of the pairs
    double auc3 = 0, auc5 = 0, auc10 = 0; ///< area under the recall curve of the corner error up to so many px, 0..1
    int falsePositives = 0, withoutOverlap = 0;
    double matchAccuracy = 0, inlierPrecision = 0, medianMs = 0;
};

/// Area under the share of errors below t, for t in 0..limit, over limit. Negative errors count as infinite.
double errorAuc(std::vector<double> errors, double limit);
/// Mean distance of A's corners (0, 0), (w, 0), (w, h), (0, h) under both homographies.
double cornerErrorPx(const cv::Matx33d &found, const cv::Matx33d &truth, cv::Size sizeA);

using PairMatching = std::function<ImageMatch(const cv::Mat &a, const cv::Mat &b, const TaskContext &context)>;
/// One pair after the other, so that each has all threads, as for a user. Cancellable between pairs.
MatchBenchmark benchmarkMatching(const std::string &name, const std::vector<KnownPair> &pairs,
                                 const PairMatching &matching, TaskContext &context);

/// The presets, and below them two estimators on the same SIFT matches: cv::findHomography(RANSAC, 3 px) and ours.
std::vector<std::pair<std::string, PairMatching>> benchmarkedMatchings(bool withEstimators);

} // namespace likeness
