#include "core/eval/model_comparison.h"

#include "core/base/parallel.h"
#include "core/base/stopwatch.h"
#include "core/nets/models/model_store.h"
#include "core/search/recipe_store.h"

namespace likeness {

namespace {

constexpr int batch = 4;
constexpr double measuredSeconds = 1;

double imagesPerSecond(const LoadedModel &model, TaskContext &task)
{
    const int side = model.card.preprocessing.cropPx;
    std::vector<float> pixels(static_cast<std::size_t>(batch * 3 * side * side));
    for (std::size_t i = 0; i < pixels.size(); ++i)
        pixels[i] = static_cast<float>(i * 2654435761u % 1000) / 500 - 1;
    const auto calls = static_cast<std::size_t>(threadCount());
    const auto round = [&] { parallelFor(calls, task, [&](std::size_t) { model.image->run(pixels, side, false); }); };
    round(); // lays out the weights
    int rounds = 0;
    double seconds = 0;
    for (const Stopwatch watch; seconds < measuredSeconds; ++rounds) {
        round();
        seconds = watch.seconds();
    }
    return static_cast<double>(calls * batch) * rounds / seconds;
}

} // namespace

ModelFigures measureModel(const ModelCard &card, const Workspace *workspace, std::shared_ptr<FeatureCache> cache,
                          TaskContext &task)
{
    const auto model = ModelStore::user().load(card.id); // held, so that the recipe does not load it again
    ModelFigures figures{card, imagesPerSecond(*model, task), std::nullopt};
    if (workspace && workspace->truth && !workspace->queries.empty()) {
        Recipe recipe = recipeNamed("network");
        applyOverride(recipe, "network.model=" + card.id);
        figures.evaluation = evaluateRecipe(recipe, *workspace, *workspace->truth, std::move(cache), task);
    }
    return figures;
}

} // namespace likeness
