#pragma once

#include "core/base/error.h"
#include "core/index/index.h"

#include <memory>

namespace likeness {

/// Bag of visual words in an inverted file (Sivic and Zisserman 2003): cosine of tf-idf vectors. With Hamming embedding
/// (Jegou, Douze and Schmid 2008) a descriptor counts only for those of its word whose 64-bit signatures differ in few
/// bits, by exp(-(bits / 16)^2). Burstiness (Jegou et al. 2009): several matches of one descriptor with one image count
/// by their square root.
struct InvertedFileOptions {
    int words = 2048;
    int assign = 3;
    int hammingBits = 22;
    bool burstiness = true;
    int seed = 1;

    void describe(auto &&param)
    {
        param("words", words, QT_TRANSLATE_NOOP("core", "Words"),
              QT_TRANSLATE_NOOP("core", "Centres that descriptors are compared with; learned from the gallery."),
              {.min = 1, .max = 65536});
        param("assign", assign, QT_TRANSLATE_NOOP("core", "Soft assignment"),
              QT_TRANSLATE_NOOP("core", "To how many words each descriptor of the query belongs."),
              {.min = 1, .max = 32});
        param("hamming", hammingBits, QT_TRANSLATE_NOOP("core", "Hamming embedding (bits)"),
              QT_TRANSLATE_NOOP("core", "Most bits of 64 in which descriptors of one word may differ; 0 turns it off."),
              {.min = 0, .max = 64});
        param("burstiness", burstiness, QT_TRANSLATE_NOOP("core", "Burstiness"),
              QT_TRANSLATE_NOOP("core", "Repeated structure counts less."));
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "Of the learning; the same seed gives the same words."),
              {.min = 0, .max = 1e9});
    }
};
std::unique_ptr<Index> makeInvertedFile(const InvertedFileOptions &options);

} // namespace likeness
