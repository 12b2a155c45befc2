#pragma once

#include "core/base/params.h"

#include <memory>
#include <opencv2/core/mat.hpp>
#include <variant>
#include <vector>

namespace likeness {

// What a training run minimises. N images of a batch have two views each: rows a_i and b_i of embeddings z, of unit
// length; s are cosines, d(a, b) = sqrt(|a - b|^2 + 1e-12). All means are over everything named, zeros included.
// Implementations: core/train/torch/losses.cpp.

void describeTemperature(auto &&param, double &temperature)
{
    param("temperature", temperature, QT_TRANSLATE_NOOP("core", "Temperature"),
          QT_TRANSLATE_NOOP("core", "Low values look at the most similar other images only."),
          {.min = 0.005, .max = 5});
}

/// Siamese network with binary cross entropy (Koch et al. 2015): p = sigmoid(w . |a - b| + c) with w and c learned,
/// L = -mean(y log p + (1 - y) log(1 - p)) over N pairs of one image (y = 1) and N pairs of two images (y = 0).
struct SiameseOptions {
    void describe(auto &&) {}
};

/// Contrastive loss (Hadsell et al. 2006): L = mean(y d^2 / 2 + (1 - y) max(0, m - d)^2 / 2) over the same 2 N pairs.
struct ContrastiveOptions {
    double margin = 1;

    void describe(auto &&param)
    {
        param("margin", margin, QT_TRANSLATE_NOOP("core", "Margin"),
              QT_TRANSLATE_NOOP("core", "Different images are pushed apart up to this distance; unit vectors are at "
                                        "most 2 apart, unrelated ones 1.4."),
              {.min = 0.01, .max = 2});
    }
};

enum class Mining { Random, SemiHard, Hard };

/// Triplet loss (Schroff et al. 2015): L = mean max(0, d(a, p) - d(a, n) + m), distances not squared. Each of the 2 N
/// views is an anchor with its other view as p; n are views of other images: "random" one of them, "semi-hard" all
/// with 0 < d(a, n) - d(a, p) <= m, "hard" the nearest one (Hermans et al. 2017). Without any triplet L is 0.
struct TripletOptions {
    double margin = 0.3;
    Mining mining = Mining::SemiHard;

    void describe(auto &&param)
    {
        param("margin", margin, QT_TRANSLATE_NOOP("core", "Margin"),
              QT_TRANSLATE_NOOP("core", "How much farther than the copy another image shall be."),
              {.min = 0.001, .max = 2});
        param("mining", mining, QT_TRANSLATE_NOOP("core", "Mining"),
              QT_TRANSLATE_NOOP("core", "Which other images an image is told apart from. The hardest ones teach most "
                                        "and may collapse at first; semi-hard ones are farther than the copy, but not "
                                        "by the margin."),
              {.choices = {{Mining::Random, "random", QT_TRANSLATE_NOOP("core", "Random")},
                           {Mining::SemiHard, "semi-hard", QT_TRANSLATE_NOOP("core", "Semi-hard")},
                           {Mining::Hard, "hard", QT_TRANSLATE_NOOP("core", "Hardest")}}});
    }
};

/// NT-Xent (SimCLR, Chen et al. 2020): L = -mean log(e^(s_ij / T) / sum_{k != i} e^(s_ik / T)) over the 2 N views i
/// with their other view j. Google's code adds the two directions up, which is twice this.
struct NtXentOptions {
    double temperature = 0.1;

    void describe(auto &&param) { describeTemperature(param, temperature); }
};

enum class SimCseForm { Dropout, Supervised };

/// SimCSE (Gao et al. 2021): L = -mean log(e^(cos(a_i, b_i) / T) / sum_j e^(cos(a_i, b_j) / T)) over N rows, one
/// direction. "dropout": b is the same picture again, with other places dropped, so the network needs dropout;
/// "supervised": b is another view, and the views c_j of the most similar other image are more columns,
/// cos(a_i, c_j) / T, with `hard_weight` added to that of the own one; a c_j that shows image i is no column of row i.
struct SimCseOptions {
    double temperature = 0.05;
    SimCseForm form = SimCseForm::Dropout;
    double hardWeight = 0;

    void describe(auto &&param)
    {
        describeTemperature(param, temperature);
        param("form", form, QT_TRANSLATE_NOOP("core", "Form"),
              QT_TRANSLATE_NOOP("core", "The same picture twice with other neurons dropped, or a copy and a similar "
                                        "other image as a hard negative."),
              {.choices = {
                   {SimCseForm::Dropout, "dropout", QT_TRANSLATE_NOOP("core", "Dropout only")},
                   {SimCseForm::Supervised, "supervised", QT_TRANSLATE_NOOP("core", "Supervised, hard negatives")}}});
        param("hard_weight", hardWeight, QT_TRANSLATE_NOOP("core", "Weight of hard negatives"),
              QT_TRANSLATE_NOOP("core", "Added to the logit of an image's own hard negative."), {.min = 0, .max = 10});
    }
};

/// Supervised contrastive loss (Khosla et al. 2020, L_out): the mean over the positives p of i, all other views of its
/// class, of -log(e^(s_ip / T) / sum_{k != i} e^(s_ik / T)), then over i. Without the factor T / T_base of its
/// authors' code. The class of an image is its sub-folder.
struct SupConOptions {
    double temperature = 0.1;

    void describe(auto &&param) { describeTemperature(param, temperature); }
};

/// One of them with its values.
struct Objective {
    std::variant<SiameseOptions, ContrastiveOptions, TripletOptions, NtXentOptions, SimCseOptions, SupConOptions>
        options;

    bool isSiamese() const { return std::holds_alternative<SiameseOptions>(options); }
    bool usesClasses() const { return std::holds_alternative<SupConOptions>(options); }
    /// Both views of an image are the same picture.
    bool dropoutOnly() const
    {
        const auto *simCse = std::get_if<SimCseOptions>(&options);
        return simCse && simCse->form == SimCseForm::Dropout;
    }
    /// A third view of each image, of the most similar other one.
    bool usesHardNegatives() const { return std::holds_alternative<SimCseOptions>(options) && !dropoutOnly(); }
};
template <class Options> std::unique_ptr<Objective> makeObjective(const Options &options)
{
    return std::make_unique<Objective>(Objective{options});
}

/// Additions to any objective.
struct ObjectiveAdditions {
    /// Weight of SSCD's entropy regulariser (KoLeo; Pizzi et al. 2022, Sablayrolles et al. 2019):
    /// -mean log sqrt(max(2 - 2 s_i, 1e-6)), s_i the largest cosine of view i to a view of another image.
    double entropy = 0;
    /// Weight of CopyNCE (Lu et al. 2026, arXiv 2602.17484, with its authors' scale and exponent) over the cells of
    /// both views, x_i the features of a cell of one and y_j those of the other view's: the mean over i of -sum_j w_ij
    /// log(e^(16 cos(x_i, y_j)) / sum_k e^(16 cos(x_i, y_k))), w_ij = o_ij^3 / (sum_k o_ik^3 + u_i^3), o_ij the share
    /// of cell i that cell j shows too (cellOverlaps()), u_i the share that the other view does not show.
    double overlap = 0;
};

/// What the losses are calculated from, in numbers: for tests and for the charts of held-out images.
struct ObjectiveInput {
    cv::Mat embeddings;          ///< CV_64F, 2 N x d (3 N with hard negatives): a, then b, then c; made unit length
    std::vector<int> images;     ///< N: which image; views of one image are never negatives of each other
    std::vector<int> hardImages; ///< N: which images the views c show; empty where there are none
    std::vector<int> classes;    ///< N, for SupCon; empty: each image its own
    cv::Mat memory;              ///< CV_64F, m x d: earlier embeddings as more negatives (Wang et al. 2020, XBM)
    std::vector<int> memoryImages, memoryClasses;
    int shift = 1;          ///< pairs of two images are a_i and b_(i + shift)
    std::uint64_t seed = 0; ///< of random mining
    cv::Mat siameseWeights; ///< CV_64F, 1 x (d + 1): w and c
    cv::Mat cells;          ///< CV_64F, (2 N L) x c: of the views a, then b, L of each; empty without `overlap`
    cv::Mat overlaps;       ///< CV_64F, (2 N L) x L: with the cells of the other view
};
struct ObjectiveValue {
    double loss = 0;                 ///< with the additions
    double entropy = 0, overlap = 0; ///< the additions before their weights
    cv::Mat gradient, cellGradient;  ///< CV_64F, of the loss by the embeddings and by the cells as given
};
/// Calculated in double precision; LibTorch is loaded at the first call.
ObjectiveValue evaluateObjective(const Objective &objective, const ObjectiveAdditions &additions,
                                 const ObjectiveInput &input);

} // namespace likeness
