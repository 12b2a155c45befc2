#pragma once

#include "core/base/params.h"
#include "core/base/task.h"
#include "core/match/matcher.h"
#include "core/match/robust_model.h"

namespace likeness {

/// How two images are matched, from keypoints to a refined model.
struct MatchOptions {
    LocalFeatureOptions features;
    MatcherOptions matcher;
    VerifierOptions verifier;
    double finalPx = 2;
    int minInliers = 12;
    bool guided = true;
    bool mirror = true;
    int starts = 1;
    bool affine = false;
    bool align = false;

    void describe(auto &&param)
    {
        features.describe(param);
        matcher.describe(param);
        verifier.describe(param);
        param("final", finalPx, QT_TRANSLATE_NOOP("core", "Final threshold (px)"),
              QT_TRANSLATE_NOOP("core", "The same for the refined model: what counts as an inlier in the end."),
              {.min = 0.3, .max = 50});
        param("min_inliers", minInliers, QT_TRANSLATE_NOOP("core", "Least inliers"),
              QT_TRANSLATE_NOOP("core", "Fewer give no model: unrelated images reach a handful by chance."),
              {.min = 4, .max = 1000});
        param("guided", guided, QT_TRANSLATE_NOOP("core", "Guided matching"),
              QT_TRANSLATE_NOOP("core",
                                "Matches again where the model says that points must lie, which finds many more."));
        param("mirror", mirror, QT_TRANSLATE_NOOP("core", "Mirrored copies"),
              QT_TRANSLATE_NOOP("core", "Also tries A mirrored: keypoint descriptors do not survive a mirror."));
        param("starts", starts, QT_TRANSLATE_NOOP("core", "Starts"),
              QT_TRANSLATE_NOOP("core",
                                "Verifies from so many seeds and keeps the model with most inliers: scenes that "
                                "are not quite flat have several."),
              {.min = 1, .max = 100});
        param("affine", affine, QT_TRANSLATE_NOOP("core", "Affine simulation"),
              QT_TRANSLATE_NOOP("core", "Where the first try fails, also looks at the images tilted, as from the side. "
                                        "Takes seconds, finds slanted views."));
        param("align", align, QT_TRANSLATE_NOOP("core", "Align the pixels"),
              QT_TRANSLATE_NOOP("core", "Refines the model on the pixels themselves in the end."));
    }
};

/// Keys of options that the others leave without effect, such as a limit of SIFT while ORB detects.
std::vector<std::string> unusedOptions(const MatchOptions &options);

/// The named sets of options: "fast" (ORB), "default" (RootSIFT), "accurate" (with affine simulation and alignment).
/// Throws Error{InvalidArgument} for another name.
MatchOptions matchPreset(std::string_view name);

/// The matches of two images and the model that holds for the inliers. One truth for scores and pictures.
struct ImageMatch {
    LocalFeatures a, b;                  ///< keypoints in the pixels of the images as given
    std::vector<Correspondence> matches; ///< tentative ones, and those that guided matching added
    std::vector<bool> inlier;            ///< one a match
    int tentative = 0;                   ///< matches by descriptors alone, before guided matching
    int inliers = 0;
    int support = 0;        ///< inliers before guided matching, which finds neighbours for any model: what decides
    bool simulated = false; ///< only found by affine simulation
    bool mirrored = false;  ///< A had to be mirrored; the matrix says so too
    VerifierOptions verifiedBy;
    std::optional<cv::Matx33d> bFromA;      ///< takes a point of A to B; none for a fundamental matrix
    std::optional<cv::Matx33d> fundamental; ///< b' F a = 0
    /// Whichever of the two was found.
    const std::optional<cv::Matx33d> &model() const { return bFromA ? bFromA : fundamental; }
    bool supported() const { return model().has_value(); }
    std::vector<Nearest> nearest;   ///< of each point of A; empty where affine simulation was needed
    std::optional<Message> refusal; ///< why there is no model, with the number that failed
};

/// `a` and `b` are CV_8UC1 of any size. Deterministic, thread-safe. A cancel is answered within one image or stage by
/// throwing Cancelled.
ImageMatch matchImages(const cv::Mat &a, const cv::Mat &b, const MatchOptions &options,
                       const TaskContext &context = TaskContext::none());

/// The part after matching: looks for the model in `match.matches` and fills everything that depends on it.
void verifyMatches(ImageMatch &match, cv::Size sizeA, const MatchOptions &options);

/// The same for one pair again and again with other options: keypoints are detected anew only where they would differ.
/// One thread at a time.
class PairMatcher {
public:
    PairMatcher(const cv::Mat &a, const cv::Mat &b) : m_a(a), m_b(b) {}
    /// Throws Cancelled; the next call then begins where it is needed.
    ImageMatch match(const MatchOptions &options, const TaskContext &context);

private:
    cv::Mat m_a, m_b;
    std::optional<ParamValues> m_detectedBy; // the options that the features were detected with
    LocalFeatures m_featuresA, m_featuresB;
};

/// Distance of a match from its place (or epipolar line) under the model, px of B; negative without a model.
double residualPx(const ImageMatch &match, std::size_t index);

} // namespace likeness
