#pragma once

#include "core/train/batch_loader.h"
#include "core/train/training_history.h"

namespace likeness {

/// Measures a network on images that it was not trained on: copies of them, made by one or two attacks of the
/// foundation, are searched among them. Made once; the same for all measurements of a run.
class HeldOut {
public:
    /// At most 400 of the images are looked at.
    HeldOut(const TrainingImages &images, const TrainingSettings &settings, TaskContext &task);
    int size() const { return m_count; }
    /// Sets the validation columns of the point. Pair distances of the last loss are in `pairs`.
    void measure(const Trainer &trainer, HistoryPoint &point, StepResult &pairs) const;

private:
    int m_count = 0, m_side = 0;
    std::vector<std::uint8_t> m_images, m_copies;
    TrainingBatch m_batch;
};

/// µAP and recall@1 where copy i was made from image i; rows are unit vectors.
struct CopyScores {
    double recall1 = 0, uap = 0;
};
CopyScores copyScores(const cv::Mat &images, const cv::Mat &copies);
/// E |x - y|^2 over pairs of rows, and log E exp(-2 |x - y|^2) over all different rows of `images`.
double alignmentOf(const cv::Mat &images, const cv::Mat &copies);
double uniformityOf(const cv::Mat &images);

} // namespace likeness
