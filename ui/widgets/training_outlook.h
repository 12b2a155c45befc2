#pragma once

#include "core/train/training_run.h"
#include "ui/util/latest_job.h"

#include <QLabel>

namespace likeness::ui {

/// What a run will teach, before it is begun: how many steps its images and epochs make, and whether those are enough.
class TrainingOutlook final : public QLabel {
    Q_OBJECT

public:
    /// Fewer teach next to nothing (60 steps of the defaults on 188 photographs: recall of held-out copies 0.52 to
    /// 0.58, where it began at 0.5); so many begin to.
    static constexpr std::int64_t tooFewSteps = 300, recommendedSteps = 600;

    explicit TrainingOutlook(QWidget *parent = nullptr);
    void setRun(const TrainingRun &run); ///< counts its images behind the window

private:
    void show(std::int64_t images, const TrainingRun &run);

    LatestJob m_counting;
};

/// In words; `images` in all.
QString outlookText(std::int64_t images, std::int64_t batch, std::int64_t epochs);

} // namespace likeness::ui
