#pragma once

#include "core/nets/build/architectures.h"
#include "core/nets/build/tensor_map.h"
#include "core/nets/image/preprocessing.h"
#include "core/train/objectives.h"
#include "core/train/step_result.h"
#include "core/train/view_trace.h"

#include <limits>
#include <memory>
#include <set>
#include <span>

namespace likeness {

/// What is trained: a graph with its first weights.
struct TrainableNetwork {
    const Architecture *architecture = &residualArchitecture;
    NetworkFacts facts;
    Preprocessing preprocessing;
    Graph graph;
    int trained = -1;             ///< the node whose vector the objective sees; graph.vector is what is searched with
    TensorMap tensors;            ///< weights and running statistics
    std::set<std::string> frozen; ///< prefixes of nodes that keep their weights and statistics
};

enum class Optimiser { AdamW, Sgd, Lars };

struct OptimiserOptions {
    Optimiser kind = Optimiser::AdamW;
    double decay = 1e-4;   ///< of weights with two axes or more that are no tokens or positions
    double momentum = 0.9; ///< of SGD and LARS
};

struct TrainerOptions {
    Objective objective;
    ObjectiveAdditions additions;
    OptimiserOptions optimiser;
    int memory = 0;     ///< earlier embeddings that are kept as more negatives
    double dropout = 0; ///< share of the entries of the pooled vector
    double average = 0; ///< of the weights: w' = average w' + (1 - average) w after every step; 0: none
    bool bf16 = false;  ///< convolutions and products; weights and sums stay in float
    int parts = 1;      ///< of a batch, one after the other, their gradients averaged
    int threads = 1;
    std::uint64_t seed = 1; ///< of dropout
};

/// Views of a batch as pixels.
struct TrainingBatch {
    int images = 0, views = 2, side = 0;
    std::vector<std::uint8_t> pixels; ///< view, image, row, column, red green blue
    std::vector<ViewTrace> traces;    ///< view, image
    std::vector<int> order;           ///< which pictures of the epoch
    std::vector<int> ids, classes;    ///< of the images
    std::vector<int> hardIds;         ///< of the images that the third views show, where there are such views
    int shift = 1;                    ///< see ObjectiveInput
    std::uint64_t seed = 0;           ///< of random mining
};

/// cellOverlaps() of both views of `count` images with the other one: CV_32F, (2 count cells^2) x cells^2, the first
/// views first.
cv::Mat overlapsOf(const TrainingBatch &batch, int first, int count, int cells);

/// A network in training. Made by makeTrainer(); used from one thread at a time. Errors of LibTorch become
/// Error{Format}.
class Trainer {
public:
    virtual ~Trainer() = default;
    /// Forward, backward and a step of the optimiser. A loss or gradient that is no number leaves everything as it was.
    virtual StepResult step(const TrainingBatch &batch, double rate) = 0;
    /// The loss as answers are given: without dropout, with running statistics and averaged weights.
    virtual StepResult evaluate(const TrainingBatch &batch) const = 0;
    /// Unit vectors to search with, count x d; pixels as in a batch.
    virtual cv::Mat embed(std::span<const std::uint8_t> pixels, int count, int side) const = 0;
    /// To search with: the averaged ones where there are some.
    virtual TensorMap weights() const = 0;
    /// All that a continued run needs.
    virtual TensorMap state() const = 0;
    /// Throws Error{Format} where a tensor is missing or has another shape; then nothing is changed.
    virtual void restore(const TensorMap &state) = 0;
};

/// LibTorch is loaded at the first call. Throws Error{Unavailable} without bf16 or the device.
std::unique_ptr<Trainer> makeTrainer(const TrainableNetwork &network, const TrainerOptions &options);

/// Steps with given gradients, for tests. `rates` has an entry for each step.
TensorMap optimised(const OptimiserOptions &options, const TensorMap &weights, std::span<const TensorMap> gradients,
                    std::span<const double> rates);

} // namespace likeness
