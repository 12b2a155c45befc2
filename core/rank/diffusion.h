#pragma once

#include "core/base/error.h"
#include "core/rank/ranker.h"

#include <memory>

namespace likeness {

/// Diffusion on the graph of the gallery's neighbours (Iscen et al. 2017): f of (I - alpha S) f = y, S = D^-1/2 A
/// D^-1/2 over mutual neighbours with A = cosine^gamma, y the same of the query and its nearest. Truncated to the best
/// `candidates`, which come before all others; solved by conjugate gradients. Scores are f / max f scaled by the best
/// cosine.
struct DiffusionOptions {
    int neighbours = 20, candidates = 200;
    double gamma = 3, alpha = 0.9;

    void describe(auto &&param)
    {
        param("neighbours", neighbours, QT_TRANSLATE_NOOP("core", "Neighbours"),
              QT_TRANSLATE_NOOP("core", "How many neighbours each image has in the graph."), {.min = 1, .max = 1000});
        param("candidates", candidates, QT_TRANSLATE_NOOP("core", "Candidates"),
              QT_TRANSLATE_NOOP("core", "How many of the best are looked at again."), {.min = 1, .max = 10000});
        param("gamma", gamma, QT_TRANSLATE_NOOP("core", "Gamma"),
              QT_TRANSLATE_NOOP("core", "Exponent of the cosine: larger trusts near images only."),
              {.min = 0.5, .max = 20});
        param("alpha", alpha, QT_TRANSLATE_NOOP("core", "Share that walks on"),
              QT_TRANSLATE_NOOP("core", "Near 1 the score spreads far over the graph."), {.min = 0, .max = 0.999});
    }
};
std::unique_ptr<Ranker> makeDiffusion(const DiffusionOptions &options);

} // namespace likeness
