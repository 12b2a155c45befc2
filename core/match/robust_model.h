#pragma once

#include "core/base/params.h"
#include "core/match/homography.h"

namespace likeness {

/// How a model is sought among tentative matches.
struct VerifierOptions {
    enum class Verifier { Magsac, Usac, Prosac, Ransac, Lmeds };
    enum class Model { Homography, Affine, Similarity, Fundamental };

    Verifier verifier = Verifier::Magsac;
    Model model = Model::Homography;
    double thresholdPx = 3;
    int iterations = 5000;
    int seed = 1;

    void describe(auto &&param)
    {
        param("verifier", verifier, QT_TRANSLATE_NOOP("core", "Verifier"),
              QT_TRANSLATE_NOOP("core",
                                "MAGSAC++ needs no exact threshold; PROSAC tries the most distinct matches first; "
                                "LMedS needs no threshold, but more right matches than wrong ones."),
              {.choices = {{Verifier::Magsac, "magsac", "MAGSAC++"},
                           {Verifier::Usac, "usac", "USAC"},
                           {Verifier::Prosac, "prosac", "PROSAC"},
                           {Verifier::Ransac, "ransac", "RANSAC"},
                           {Verifier::Lmeds, "lmeds", "LMedS"}}});
        param("model", model, QT_TRANSLATE_NOOP("core", "Model"),
              QT_TRANSLATE_NOOP("core", "What may lie between the pictures: a homography for flat scenes and copies, "
                                        "less for scans and crops, a fundamental matrix for solid scenes."),
              {.choices = {{Model::Homography, "homography", QT_TRANSLATE_NOOP("core", "Homography")},
                           {Model::Affine, "affine", QT_TRANSLATE_NOOP("core", "Affine")},
                           {Model::Similarity, "similarity", QT_TRANSLATE_NOOP("core", "Similarity")},
                           {Model::Fundamental, "fundamental", QT_TRANSLATE_NOOP("core", "Fundamental matrix")}}});
        param("threshold", thresholdPx, QT_TRANSLATE_NOOP("core", "Threshold (px)"),
              QT_TRANSLATE_NOOP("core", "How far from its place a match may lie while models are tried."),
              {.min = 0.5, .max = 50});
        param("iterations", iterations, QT_TRANSLATE_NOOP("core", "Iterations"),
              QT_TRANSLATE_NOOP("core", "Most models that are tried."), {.min = 10, .max = 1000000});
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "The same seed gives the same answer, on any number of threads."),
              {.min = 0, .max = 1e9});
    }
};

/// The model that most pairs agree with, by OpenCV's USAC (Raguram et al. 2013; MAGSAC++: Barath et al. 2020), seeded.
/// `pairs` come most distinct first. Affine and similarity fill the last row with 0 0 1; a fundamental matrix has unit
/// Frobenius norm. Empty where none was found.
std::optional<cv::Matx33d> robustModel(std::span<const PointPair> pairs, const VerifierOptions &options);

/// Least squares on `pairs` from an initial `model` of the kind that `options` names; see refinedHomography().
cv::Matx33d refinedModel(const cv::Matx33d &model, std::span<const PointPair> pairs, const VerifierOptions &options);

/// Of a pair under the model, px of B: transfer error, or for a fundamental matrix the distance to the epipolar line
/// (Sampson, first order). 1e9 where the point goes to infinity.
double modelErrorPx(const cv::Matx33d &model, const PointPair &pair, const VerifierOptions &options);

} // namespace likeness
