#pragma once

#include "core/base/params.h"
#include "core/index/index.h"

#include <memory>
#include <string>

namespace likeness {

/// Comparisons of histograms p (query) and q (gallery), summed bin by bin over the whole row; distances are negated.
///   correlation   sum (p - mean p)(q - mean q) / sqrt(sum (p - mean p)^2 sum (q - mean q)^2)     (cv::HISTCMP_CORREL)
///   chi_square    -2 sum (p - q)^2 / (p + q)                                                (cv::HISTCMP_CHISQR_ALT)
///   intersection  sum min(p, q)                                                             (cv::HISTCMP_INTERSECT)
///   hellinger     -sqrt(1 - sum sqrt(p q) / sqrt(sum p sum q))                          (cv::HISTCMP_BHATTACHARYYA)
///   emd           -sum over the histograms of the row of sum |P - Q| over the cumulated bins, each histogram divided
///   by
///                 its sum: the earth mover's distance in one dimension, in bins (Rubner 2000, section 4). Not for
///                 joint histograms, whose bins have no order.
struct HistogramIndexOptions {
    enum class Metric { Correlation, ChiSquare, Intersection, Hellinger, EarthMover };

    Metric metric = Metric::Hellinger;

    void describe(auto &&param)
    {
        param("metric", metric, QT_TRANSLATE_NOOP("core", "Comparison"),
              QT_TRANSLATE_NOOP(
                  "core", "How two histograms are compared. Hellinger and chi-square weigh small bins up; the earth "
                          "mover's distance forgives a shift by a bin."),
              {.choices = {{Metric::Correlation, "correlation", QT_TRANSLATE_NOOP("core", "Correlation")},
                           {Metric::ChiSquare, "chi_square", QT_TRANSLATE_NOOP("core", "Chi-square")},
                           {Metric::Intersection, "intersection", QT_TRANSLATE_NOOP("core", "Intersection")},
                           {Metric::Hellinger, "hellinger", QT_TRANSLATE_NOOP("core", "Hellinger")},
                           {Metric::EarthMover, "emd", QT_TRANSLATE_NOOP("core", "Earth mover (1-D)")}}});
    }
};

std::unique_ptr<Index> makeHistogramIndex(const HistogramIndexOptions &options);

} // namespace likeness
