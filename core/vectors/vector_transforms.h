#pragma once

#include "core/base/error.h"
#include "core/vectors/transform.h"

#include <memory>
#include <string>

namespace likeness {

// Transforms of vectors (n x d, float32), each row on its own. All take vectors and histograms and give vectors.

/// x - mean of the gallery.
struct CentreOptions {
    void describe(auto &&) {}
};
std::unique_ptr<Transform> makeCentre(const CentreOptions &options);

/// x / |x|; a row of zeros stays.
struct UnitLengthOptions {
    void describe(auto &&) {}
};
std::unique_ptr<Transform> makeUnitLength(const UnitLengthOptions &options);

/// sign(x) |x|^power (Perronnin, Sanchez and Mensink 2010; 0.5 of a histogram is Hellinger's kernel).
struct PowerLawOptions {
    double power = 0.5;

    void describe(auto &&param)
    {
        param("power", power, QT_TRANSLATE_NOOP("core", "Power"),
              QT_TRANSLATE_NOOP("core", "Exponent that evens out large entries; 1 leaves them alone."),
              {.min = 0.05, .max = 1});
    }
};
std::unique_ptr<Transform> makePowerLaw(const PowerLawOptions &options);

/// P (x - mean) with the strongest components P of the gallery (core/vectors/pca.h); whitening divides each by
/// its deviation (Jegou and Chum 2012), ZCA turns the result back into the old axes (Bell and Sejnowski 1997),
/// shrinkage takes the deviations of the covariance of Ledoit and Wolf (2004), which moves small ones up.
struct PcaOptions {
    enum class Whitening { None, Pca, Zca, Shrinkage };

    int dims = 200;
    Whitening whitening = Whitening::None;

    void describe(auto &&param)
    {
        param("dims", dims, QT_TRANSLATE_NOOP("core", "Dimensions"),
              QT_TRANSLATE_NOOP("core", "So many of the strongest directions of the gallery are kept."),
              {.min = 1, .max = 65536});
        param("whitening", whitening, QT_TRANSLATE_NOOP("core", "Whitening"),
              QT_TRANSLATE_NOOP("core", "Makes all kept directions equally strong. It helps where a few directions "
                                        "drown the others, and hurts where the gallery is too small to know the weak "
                                        "ones; shrinkage is the careful form."),
              {.choices = {{Whitening::None, "none", QT_TRANSLATE_NOOP("core", "None")},
                           {Whitening::Pca, "pca", "PCA"},
                           {Whitening::Zca, "zca", "ZCA"},
                           {Whitening::Shrinkage, "shrinkage", QT_TRANSLATE_NOOP("core", "Shrinkage")}}});
    }
};
std::unique_ptr<Transform> makePca(const PcaOptions &options);

/// Random signs / sqrt(dims) (Achlioptas 2003): keeps distances within about 1 / sqrt(dims), fits nothing.
struct RandomProjectionOptions {
    int dims = 128, seed = 1;

    void describe(auto &&param)
    {
        param("dims", dims, QT_TRANSLATE_NOOP("core", "Dimensions"),
              QT_TRANSLATE_NOOP("core", "Entries of the projected vector."), {.min = 1, .max = 65536});
        param("seed", seed, QT_TRANSLATE_NOOP("core", "Seed"),
              QT_TRANSLATE_NOOP("core", "The same seed gives the same projection."), {.min = 0, .max = 1e9});
    }
};
std::unique_ptr<Transform> makeRandomProjection(const RandomProjectionOptions &options);

/// Database augmentation (Turcot and Lowe 2009; Arandjelovic and Zisserman 2012): every row of the gallery becomes the
/// sum of itself and its nearest rows of other images, weighted by cosine^alpha, of unit length. Queries stay.
struct DatabaseAugmentationOptions {
    int neighbours = 5;
    double alpha = 3;

    void describe(auto &&param)
    {
        param("neighbours", neighbours, QT_TRANSLATE_NOOP("core", "Neighbours"),
              QT_TRANSLATE_NOOP("core", "How many images are mixed in."), {.min = 1, .max = 100});
        param("alpha", alpha, QT_TRANSLATE_NOOP("core", "Alpha"),
              QT_TRANSLATE_NOOP("core", "Weights are cosine^alpha: larger trusts near ones only, 0 takes the mean."),
              {.min = 0, .max = 20});
    }
};
std::unique_ptr<Transform> makeDatabaseAugmentation(const DatabaseAugmentationOptions &options);

} // namespace likeness
