#include "core/registry.h"

#include "core/features/aggregation.h"
#include "core/features/gradient_views.h"
#include "core/features/histogram.h"
#include "core/features/keypoint_features.h"
#include "core/features/pdq.h"
#include "core/features/perceptual_hash.h"
#include "core/features/thumbnail.h"
#include "core/features/tiny_image.h"
#include "core/index/approximate_index.h"
#include "core/index/cosine_index.h"
#include "core/index/hamming_index.h"
#include "core/index/histogram_index.h"
#include "core/index/inverted_file.h"
#include "core/index/keypoint_votes.h"
#include "core/index/pixel_index.h"
#include "core/nets/network_extractor.h"
#include "core/rank/diffusion.h"
#include "core/rank/geometric_ranker.h"
#include "core/rank/query_expansion.h"
#include "core/rank/reciprocal_neighbours.h"
#include "core/rank/score_normalisation.h"
#include "core/vectors/vector_transforms.h"

#include <algorithm>

namespace likeness {

namespace {

template <class Part> std::vector<const StageInfo *> infosOf(std::span<const Stage<Part>> stages)
{
    std::vector<const StageInfo *> infos;
    for (const StageInfo &stage : stages)
        infos.push_back(&stage);
    return infos;
}

} // namespace

std::span<const Stage<Extractor>> extractors()
{
    static const std::vector<Stage<Extractor>> all{
        stage("histogram", QT_TRANSLATE_NOOP("core", "Histogram"),
              QT_TRANSLATE_NOOP(
                  "core",
                  "How often each grey value or colour occurs, whole or in a grid of cells. Fast; survives flips, "
                  "turns and small crops, fails when colours are edited."),
              1, makeHistogram),
        stage("thumbnail", QT_TRANSLATE_NOOP("core", "Thumbnail"),
              QT_TRANSLATE_NOOP(
                  "core", "The image squeezed to a small grey square, to be compared pixel by pixel (MSE, PSNR, SSIM). "
                          "Finds re-compressed and resized copies, not cropped ones."),
              1, makeThumbnail),
        stage("tiny-image", QT_TRANSLATE_NOOP("core", "Tiny image (NCC)"),
              QT_TRANSLATE_NOOP("core",
                                "Tiny zero-mean images under flips, quarter turns and crops, compared by normalised "
                                "cross-correlation."),
              1, makeTinyImage),
        stage("gradient-views", QT_TRANSLATE_NOOP("core", "Gradient views (HOG)"),
              QT_TRANSLATE_NOOP("core",
                                "Histograms of oriented gradients of crops, turns and framed or pasted regions. The "
                                "strongest method without training or keypoints; ignores colour."),
              1, makeGradientViews),
        stage("perceptual-hash", QT_TRANSLATE_NOOP("core", "Perceptual hash"),
              QT_TRANSLATE_NOOP(
                  "core",
                  "A few bits that change little when an image is re-compressed, resized or blurred. Very fast and "
                  "small; crops, padding and turns break it."),
              1, makePerceptualHash),
        stage("pdq", QT_TRANSLATE_NOOP("core", "PDQ hash"),
              QT_TRANSLATE_NOOP("core",
                                "Facebook's 256-bit hash with a quality score: fewer accidental matches than 64 bits."),
              1, makePdq),
        stage("radial-variance", QT_TRANSLATE_NOOP("core", "Radial variance hash"),
              QT_TRANSLATE_NOOP("core", "Variance along lines through the centre at 180 angles; survives rotation "
                                        "better than the other hashes."),
              1, makeRadialVariance),
        stage("keypoints", QT_TRANSLATE_NOOP("core", "Keypoints"),
              QT_TRANSLATE_NOOP("core", "Distinct places of an image with a description of what surrounds them (SIFT, "
                                        "ORB and others). Finds cropped, turned and pasted copies; needs texture."),
              2, makeKeypointExtractor),
        stage("network", QT_TRANSLATE_NOOP("core", "Deep network"),
              QT_TRANSLATE_NOOP("core", "Features of an installed network (ResNet, ViT, DINOv2, CLIP): what an image "
                                        "shows counts more than its pixels."),
              2, makeNetworkExtractor),
    };
    return all;
}

std::span<const Stage<Index>> indexes()
{
    static const std::vector<Stage<Index>> all{
        stage("cosine", QT_TRANSLATE_NOOP("core", "Dot product"),
              QT_TRANSLATE_NOOP("core", "Exact dot product of unit vectors (cosine), the best pair of views counting."),
              1, makeCosineIndex),
        stage("scalar-quantised", QT_TRANSLATE_NOOP("core", "Scalar quantised"),
              QT_TRANSLATE_NOOP("core",
                                "Dot product of vectors whose entries have a few bits: a quarter of the memory, "
                                "hardly another ranking."),
              1, makeScalarQuantisedIndex),
        stage("pq", QT_TRANSLATE_NOOP("core", "Product quantisation (PQ)"),
              QT_TRANSLATE_NOOP("core", "A few dozen bytes a vector: for a hundred thousand images and more, or to see "
                                        "how little is enough."),
              1, makePqIndex),
        stage("ivf-pq", QT_TRANSLATE_NOOP("core", "Inverted file (IVF-PQ)"),
              QT_TRANSLATE_NOOP("core",
                                "Small codes in lists of which few are searched: for a million images and more; "
                                "misses some."),
              1, makeIvfPqIndex),
        stage("hnsw", QT_TRANSLATE_NOOP("core", "Graph of neighbours (HNSW)"),
              QT_TRANSLATE_NOOP("core", "Walks along links between near vectors: the fastest search, more memory than "
                                        "the vectors, slow to build."),
              1, makeHnswIndex),
        stage("binary-code", QT_TRANSLATE_NOOP("core", "Binary codes"),
              QT_TRANSLATE_NOOP("core", "Signs of random directions, compared bit by bit; the best again by their "
                                        "vectors."),
              1, makeBinaryCodeIndex),
        stage("histogram-distance", QT_TRANSLATE_NOOP("core", "Histogram comparison"),
              QT_TRANSLATE_NOOP(
                  "core",
                  "Correlation, chi-square, intersection, Hellinger or earth mover's distance of two histograms."),
              1, makeHistogramIndex),
        stage("hamming", QT_TRANSLATE_NOOP("core", "Hamming distance"),
              QT_TRANSLATE_NOOP("core", "Share of equal bits of two hashes; 0.5 is what unrelated images have."), 1,
              makeHammingIndex),
        stage("pixels", QT_TRANSLATE_NOOP("core", "Pixel comparison"),
              QT_TRANSLATE_NOOP("core", "MSE, PSNR, SSIM or MS-SSIM of two thumbnails."), 1, makePixelIndex),
        stage("keypoint-votes", QT_TRANSLATE_NOOP("core", "Keypoint votes"),
              QT_TRANSLATE_NOOP("core", "Each keypoint of the query votes for the images of its nearest neighbours; "
                                        "the most precise search by keypoints."),
              1, makeKeypointVotes),
        stage("inverted-file", QT_TRANSLATE_NOOP("core", "Bag of words"),
              QT_TRANSLATE_NOOP("core", "Keypoints as visual words in an inverted file, weighted by tf-idf, with "
                                        "Hamming embedding; small and fast for large galleries."),
              1, makeInvertedFile),
    };
    return all;
}

std::span<const Stage<Fusion>> fusions()
{
    static const std::vector<Stage<Fusion>> all{
        stage("z-score", QT_TRANSLATE_NOOP("core", "Mean of z-scores"),
              QT_TRANSLATE_NOOP(
                  "core",
                  "Each branch's scores less their mean, in deviations of the query's own scores, then averaged."),
              1, makeZScoreFusion),
        stage("reciprocal-rank", QT_TRANSLATE_NOOP("core", "Reciprocal ranks"),
              QT_TRANSLATE_NOOP("core", "Adds 1 / (k + rank) over the branches; needs no comparable scores, but its "
                                        "scores say nothing across queries."),
              1, makeReciprocalRankFusion),
    };
    return all;
}

std::span<const Stage<Transform>> transforms()
{
    static const std::vector<Stage<Transform>> all{
        stage(
            "vlad", QT_TRANSLATE_NOOP("core", "VLAD"),
            QT_TRANSLATE_NOOP("core", "All keypoints of an image as one vector: sums of differences to visual words."),
            1, makeVlad),
        stage(
            "fisher", QT_TRANSLATE_NOOP("core", "Fisher vector"),
            QT_TRANSLATE_NOOP("core", "All keypoints of an image as one vector: gradients of a mixture of Gaussians."),
            1, makeFisher),
        stage("centre", QT_TRANSLATE_NOOP("core", "Centring"),
              QT_TRANSLATE_NOOP("core", "Subtracts the gallery's mean: what all images have in common says nothing. "
                                        "Unit length behind it, where cosines are compared."),
              1, makeCentre),
        stage("unit-length", QT_TRANSLATE_NOOP("core", "Unit length (L2)"),
              QT_TRANSLATE_NOOP("core", "Divides each vector by its length, so that dot products are cosines. Last, "
                                        "behind every change of the vectors."),
              1, makeUnitLength),
        stage(
            "power", QT_TRANSLATE_NOOP("core", "Power law"),
            QT_TRANSLATE_NOOP("core", "Evens out large entries, of histograms and of aggregated keypoints above all."),
            1, makePowerLaw),
        stage("pca", QT_TRANSLATE_NOOP("core", "PCA and whitening"),
              QT_TRANSLATE_NOOP("core", "Keeps the directions in which the gallery differs most: shorter vectors at "
                                        "little loss. Unit length behind it."),
              1, makePca),
        stage("random-projection", QT_TRANSLATE_NOOP("core", "Random projection"),
              QT_TRANSLATE_NOOP("core",
                                "Shorter vectors without looking at the gallery; needs more dimensions than PCA "
                                "for the same accuracy."),
              1, makeRandomProjection),
        stage("database-augmentation", QT_TRANSLATE_NOOP("core", "Database augmentation"),
              QT_TRANSLATE_NOOP("core", "Mixes each image of the gallery with its nearest ones. Helps where a motif is "
                                        "there many times; blurs where every image is there once."),
              1, makeDatabaseAugmentation),
    };
    return all;
}

std::span<const Stage<Ranker>> rankers()
{
    static const std::vector<Stage<Ranker>> all{
        stage("geometric", QT_TRANSLATE_NOOP("core", "Geometric verification"),
              QT_TRANSLATE_NOOP("core", "Matches keypoints with the best candidates; those that one transform explains "
                                        "come first, with scores that compare between queries."),
              1, makeGeometricRanker),
        stage("score-normalisation", QT_TRANSLATE_NOOP("core", "Score normalisation"),
              QT_TRANSLATE_NOOP("core", "Subtracts what the query's next answers have: scores of different queries "
                                        "become comparable, the order of each stays. Nearly always worth it where a "
                                        "threshold decides."),
              1, makeScoreNormalisation),
        stage("query-expansion", QT_TRANSLATE_NOOP("core", "Query expansion"),
              QT_TRANSLATE_NOOP("core", "Searches again with the mean of the query and its best answers. Helps where "
                                        "there are many right ones; hurts where there is one."),
              1, makeQueryExpansion),
        stage("reciprocal-neighbours", QT_TRANSLATE_NOOP("core", "k-reciprocal neighbours"),
              QT_TRANSLATE_NOOP("core", "Images are alike that have the same neighbours. Helps where there are many "
                                        "right answers; compares the whole gallery with itself when it is built."),
              1, makeReciprocalNeighbours),
        stage("diffusion", QT_TRANSLATE_NOOP("core", "Diffusion"),
              QT_TRANSLATE_NOOP("core", "Lets the score flow along the gallery's own neighbours: finds what looks "
                                        "different but is linked by others. Hurts where there is one right answer."),
              1, makeDiffusion),
    };
    return all;
}

std::vector<const StageInfo *> stagesOfKind(StageKind kind)
{
    switch (kind) {
    case StageKind::Extractor:
        return infosOf(extractors());
    case StageKind::Transform:
        return infosOf(transforms());
    case StageKind::Index:
        return infosOf(indexes());
    case StageKind::Fusion:
        return infosOf(fusions());
    case StageKind::Ranker:
        break;
    }
    return infosOf(rankers());
}

const StageInfo &stageById(StageKind kind, std::string_view id)
{
    switch (kind) {
    case StageKind::Extractor:
        return extractorById(id);
    case StageKind::Transform:
        return transformById(id);
    case StageKind::Index:
        return indexById(id);
    case StageKind::Fusion:
        return fusionById(id);
    case StageKind::Ranker:
        break;
    }
    return rankerById(id);
}

const Stage<Extractor> &extractorById(std::string_view id)
{
    return stageOf(extractors(), id);
}

const Stage<Index> &indexById(std::string_view id)
{
    return stageOf(indexes(), id);
}

const Stage<Fusion> &fusionById(std::string_view id)
{
    return stageOf(fusions(), id);
}

const Stage<Transform> &transformById(std::string_view id)
{
    return stageOf(transforms(), id);
}

const Stage<Ranker> &rankerById(std::string_view id)
{
    return stageOf(rankers(), id);
}

} // namespace likeness
