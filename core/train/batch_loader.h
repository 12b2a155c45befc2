#pragma once

#include "core/train/training_images.h"
#include "core/train/training_plan.h"

namespace likeness {

/// Where a step lies.
struct RunLength {
    std::int64_t stepsAnEpoch = 0, steps = 0;
};
RunLength lengthOf(const TrainingPlan &plan, int images);

/// Makes the batches of a run ahead of the training, on threads of its own. A batch depends on the seed and the number
/// of its step only, not on how many threads there are or where the run began. Errors of the threads are thrown by
/// next().
class BatchLoader {
public:
    /// `images` must outlive the loader.
    BatchLoader(const TrainingImages &images, const TrainingSettings &settings, std::int64_t firstStep, int threads);
    ~BatchLoader();
    /// The batch of the next step; waits for it.
    TrainingBatch next();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

/// The batch of a step, made at once.
TrainingBatch batchOf(const TrainingImages &images, const TrainingSettings &settings, std::int64_t step);

/// A picture as a view in a batch: red, green and blue, `side` x `side`.
void copyView(const cv::Mat &view, std::uint8_t *pixels);
/// The whole picture squeezed into a square, as it is searched with.
cv::Mat squeezed(const cv::Mat &picture, int side);

} // namespace likeness
