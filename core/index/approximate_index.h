#pragma once

#include "core/base/params.h"
#include "core/index/index.h"
#include "core/vectors/vector_index.h"

#include <memory>

namespace likeness {

// Indexes of vectors that give up a little accuracy for size or speed (core/vectors/vector_index.h). Only the best
// `candidates` images of a query get a score, however many rows they have.

/// What all of them have.
struct ApproximateOptions {
    int candidates = 1000, rescore = 0;

    void describe(auto &&param)
    {
        param("candidates", candidates, QT_TRANSLATE_NOOP("core", "Candidates"),
              QT_TRANSLATE_NOOP("core", "How many of the nearest get a score; the others rank nowhere."),
              {.min = 1, .max = 100000});
        param("rescore", rescore, QT_TRANSLATE_NOOP("core", "Exact scores for"),
              QT_TRANSLATE_NOOP("core", "So many of the best are compared again by their original vectors, which are "
                                        "kept for it; 0 does without."),
              {.min = 0, .max = 100000});
    }
};

/// Of the indexes whose effort can be chosen.
void describeRecall(auto &&param, double &recall)
{
    param("recall", recall, QT_TRANSLATE_NOOP("core", "Recall wanted"),
          QT_TRANSLATE_NOOP("core", "Chooses the effort so that so much of the ten nearest is found, measured on the "
                                    "gallery; 0 takes the effort as given."),
          {.min = 0, .max = 1});
}

struct ScalarQuantisedOptions : ApproximateOptions {
    enum class Bits { Four = 4, Six = 6, Eight = 8, Sixteen = 16 };

    Bits bits = Bits::Eight;

    void describe(auto &&param)
    {
        param(
            "bits", bits, QT_TRANSLATE_NOOP("core", "Bits an entry"),
            QT_TRANSLATE_NOOP("core", "Steps between the smallest and the largest value of each dimension; 16 bits "
                                      "are half floats."),
            {.choices = {
                 {Bits::Four, "4", "4"}, {Bits::Six, "6", "6"}, {Bits::Eight, "8", "8"}, {Bits::Sixteen, "16", "16"}}});
        ApproximateOptions::describe(param);
    }
};
std::unique_ptr<Index> makeScalarQuantisedIndex(const ScalarQuantisedOptions &options);

struct PqOptions : ApproximateOptions {
    int bytes = 64, seed = 1;
    bool opq = false;

    void describe(auto &&param)
    {
        param("bytes", bytes, QT_TRANSLATE_NOOP("core", "Bytes an image"),
              QT_TRANSLATE_NOOP("core", "The vector is cut into so many parts, each the number of one of 256 centres "
                                        "learned from the gallery; a gallery of fewer images has fewer centres."),
              {.min = 1, .max = 1024});
        param("opq", opq, QT_TRANSLATE_NOOP("core", "Rotate first (OPQ)"),
              QT_TRANSLATE_NOOP("core",
                                "A learned rotation spreads the information evenly over the parts; needs twice as many "
                                "vectors as dimensions."));
        ApproximateOptions::describe(param);
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "Of the learning; the same seed gives the same codes."),
              {.min = 0, .max = 1e9});
    }
};
std::unique_ptr<Index> makePqIndex(const PqOptions &options);

struct IvfPqOptions : PqOptions {
    int lists = 0, probes = 16;
    double recall = 0;

    void describe(auto &&param)
    {
        param("lists", lists, QT_TRANSLATE_NOOP("core", "Lists"),
              QT_TRANSLATE_NOOP("core", "Parts that the gallery is filed in; 0 takes four times the root of its size."),
              {.min = 0, .max = 1048576});
        param("probes", probes, QT_TRANSLATE_NOOP("core", "Lists searched"),
              QT_TRANSLATE_NOOP("core", "More finds more and takes longer."), {.min = 1, .max = 65536});
        describeRecall(param, recall);
        PqOptions::describe(param);
    }
};
std::unique_ptr<Index> makeIvfPqIndex(const IvfPqOptions &options);

struct HnswOptions : ApproximateOptions {
    int neighbours = 32, buildEffort = 80, searchEffort = 64;
    double recall = 0;

    void describe(auto &&param)
    {
        param("neighbours", neighbours, QT_TRANSLATE_NOOP("core", "Neighbours"),
              QT_TRANSLATE_NOOP("core", "Links of each vector in the graph; more finds more and takes more memory."),
              {.min = 2, .max = 256});
        param("build", buildEffort, QT_TRANSLATE_NOOP("core", "Effort of building"),
              QT_TRANSLATE_NOOP("core", "Candidates looked at for the links of each vector."), {.min = 4, .max = 4096});
        param("search", searchEffort, QT_TRANSLATE_NOOP("core", "Effort of searching"),
              QT_TRANSLATE_NOOP("core", "Candidates looked at for each query."), {.min = 1, .max = 65536});
        describeRecall(param, recall);
        ApproximateOptions::describe(param);
    }
};
std::unique_ptr<Index> makeHnswIndex(const HnswOptions &options);

struct BinaryCodeOptions : ApproximateOptions {
    int bits = 256;
    BinaryCodeOptions() { rescore = 100; }

    void describe(auto &&param)
    {
        param("bits", bits, QT_TRANSLATE_NOOP("core", "Bits"),
              QT_TRANSLATE_NOOP("core", "Signs of so many randomly turned directions."), {.min = 8, .max = 8192});
        ApproximateOptions::describe(param);
    }
};
std::unique_ptr<Index> makeBinaryCodeIndex(const BinaryCodeOptions &options);

} // namespace likeness
