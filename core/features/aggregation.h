#pragma once

#include "core/base/error.h"
#include "core/vectors/transform.h"

#include <memory>

namespace likeness {

/// What VLAD and Fisher vectors have in common; one vector for each view of the image.
struct AggregationOptions {
    int words = 64;
    int pcaDims = 0;
    double power = 0.5;
    int seed = 1;

    void describe(auto &&param)
    {
        param("words", words, QT_TRANSLATE_NOOP("core", "Words"),
              QT_TRANSLATE_NOOP("core", "Centres that descriptors are compared with; learned from the gallery."),
              {.min = 1, .max = 4096});
        param("pca", pcaDims, QT_TRANSLATE_NOOP("core", "PCA dimensions"),
              QT_TRANSLATE_NOOP("core", "Descriptors are reduced to this many dimensions first; 0 keeps all."),
              {.min = 0, .max = 128});
        param("power", power, QT_TRANSLATE_NOOP("core", "Power"),
              QT_TRANSLATE_NOOP("core", "Exponent that evens out repeated structure; 1 leaves entries alone."),
              {.min = 0.05, .max = 1});
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "Of the learning; the same seed gives the same words."),
              {.min = 0, .max = 1e9});
    }
};

/// Vector of locally aggregated descriptors (Jegou et al. 2010): sums of differences to the nearest word, each word's
/// sum of unit length (intra-normalisation, Arandjelovic and Zisserman 2013), signed power, unit length. words x d.
struct VladOptions : AggregationOptions {
    bool intra = true;

    void describe(auto &&param)
    {
        AggregationOptions::describe(param);
        param("intra", intra, QT_TRANSLATE_NOOP("core", "Intra-normalisation"),
              QT_TRANSLATE_NOOP("core", "Each word counts the same, however often its structure repeats."));
    }
};
std::unique_ptr<Transform> makeVlad(const VladOptions &options);

/// Improved Fisher vector (Perronnin, Sanchez and Mensink 2010): gradients by the means and deviations of a mixture of
/// diagonal Gaussians, signed power, unit length. 2 x words x d.
struct FisherOptions : AggregationOptions {
    FisherOptions() { pcaDims = 64; }
};
std::unique_ptr<Transform> makeFisher(const FisherOptions &options);

} // namespace likeness
