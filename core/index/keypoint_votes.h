#pragma once

#include "core/base/error.h"
#include "core/index/index.h"

#include <memory>

namespace likeness {

/// Every descriptor of the query votes for the images of its nearest descriptors in the gallery: weight = (squared
/// distance of the background, the first image that gets no vote, less its own) squared (local naive Bayes nearest
/// neighbour, McCann and Lowe 2012). The score is the sum over the query's descriptors, of the better view. The gallery
/// is searched in lists around words of a codebook, nearest lists first (inverted file; Sivic and Zisserman 2003).
struct KeypointVotesOptions {
    int lists = 1024;
    int probes = 4;
    int neighbours = 2;
    int seed = 1;

    void describe(auto &&param)
    {
        param(
            "lists", lists, QT_TRANSLATE_NOOP("core", "Lists"),
            QT_TRANSLATE_NOOP("core", "Parts that the gallery's descriptors are filed in; at most one for 16 of them."),
            {.min = 1, .max = 65536});
        param("probes", probes, QT_TRANSLATE_NOOP("core", "Lists searched"),
              QT_TRANSLATE_NOOP("core", "For each descriptor of the query; more finds more and takes longer."),
              {.min = 1, .max = 4096});
        param("neighbours", neighbours, QT_TRANSLATE_NOOP("core", "Voted images"),
              QT_TRANSLATE_NOOP("core", "How many images each descriptor votes for."), {.min = 1, .max = 16});
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "Of the learning; the same seed gives the same words."),
              {.min = 0, .max = 1e9});
    }
};
std::unique_ptr<Index> makeKeypointVotes(const KeypointVotesOptions &options);

} // namespace likeness
