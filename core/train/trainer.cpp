#include "core/train/trainer.h"

#include "core/base/error.h"
#include "core/base/late_module.h"
#include "core/base/parallel.h"
#include "core/nets/run/network.h"

namespace likeness {

namespace {

template <class Function> Function late(const char *symbol)
{
    return reinterpret_cast<Function>(
        lateSymbol("likeness_torch", symbol, QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
}

} // namespace

cv::Mat overlapsOf(const TrainingBatch &batch, int first, int count, int cells)
{
    const int places = cells * cells;
    cv::Mat all(2 * count * places, places, CV_32F);
    parallelFor(static_cast<std::size_t>(2 * count), TaskContext::none(), [&](std::size_t i) {
        const int row = static_cast<int>(i), image = first + row % count;
        const auto traceOf = [&](bool second) -> const ViewTrace & {
            return batch.traces[static_cast<std::size_t>((second ? batch.images : 0) + image)];
        };
        const bool second = row >= count;
        cellOverlaps(traceOf(second), traceOf(!second), cells).copyTo(all.rowRange(row * places, (row + 1) * places));
    });
    return all;
}

std::unique_ptr<Trainer> makeTrainer(const TrainableNetwork &network, const TrainerOptions &options)
{
    using Factory = Trainer *(*)(const TrainableNetwork &, const TrainerOptions &, NetworkDevice);
    static const auto factory = late<Factory>("likenessMakeTrainer");
    const NetworkDevice device = networkDevice();
    requirePrecision(options.bf16, device);
    return std::unique_ptr<Trainer>(factory(network, options, device));
}

ObjectiveValue evaluateObjective(const Objective &objective, const ObjectiveAdditions &additions,
                                 const ObjectiveInput &input)
{
    using Evaluate = void (*)(const Objective &, const ObjectiveAdditions &, const ObjectiveInput &, ObjectiveValue &);
    static const auto evaluate = late<Evaluate>("likenessEvaluateObjective");
    ObjectiveValue value;
    evaluate(objective, additions, input, value);
    return value;
}

TensorMap optimised(const OptimiserOptions &options, const TensorMap &weights, std::span<const TensorMap> gradients,
                    std::span<const double> rates)
{
    using Step = void (*)(const OptimiserOptions &, const TensorMap &, std::span<const TensorMap>,
                          std::span<const double>, TensorMap &);
    static const auto step = late<Step>("likenessOptimised");
    TensorMap result;
    step(options, weights, gradients, rates, result);
    return result;
}

} // namespace likeness
