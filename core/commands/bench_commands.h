#pragma once

#include "core/commands/common_arguments.h"
#include "core/eval/scale_benchmark.h"
#include "core/search/default_recipe.h"

namespace likeness {

struct BenchCommand : CommonArguments {
    static constexpr const char *name = "bench";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "The project's own benchmark: recipes and hashes under attack");
    std::string workspace; ///< empty: the built-in sample
    bool quick = false;
    double strength = 0.5;
    int images = 200;

    Arguments arguments();
};

struct BenchMatchCommand : CommonArguments {
    static constexpr const char *name = "bench match";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "Keypoint matching on image pairs with known homographies");
    std::string folder;
    std::vector<std::string> only;
    bool estimators = false;

    Arguments arguments();
};

struct BenchScaleCommand : CommonArguments {
    static constexpr const char *name = "bench scale";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "Indexes of many generated vectors: speed, size, recall");
    ScalePlan plan; ///< but where vectors are written
    std::string out;

    Arguments arguments();
};

struct BenchVectorsCommand : RecipeArguments {
    static constexpr const char *name = "bench vectors";
    static constexpr const char *help =
        QT_TRANSLATE_NOOP("core", "How small a recipe's vectors can become: PCA, whitening, PQ");
    std::string workspace;

    BenchVectorsCommand() : RecipeArguments(defaultVectorRecipeId) {} // its first branch is looked at
    Arguments arguments();
};

} // namespace likeness
