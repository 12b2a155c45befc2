#pragma once

#include "core/train/training_images.h"
#include "core/train/training_runs.h"
#include "ui/util/latest_job.h"

#include <QImage>
#include <QWidget>

namespace likeness::ui {

/// Eight images of a run with the views that the augmentations make of them, and which of them the objective takes for
/// the same and for different.
class AugmentationPreview final : public QWidget {
    Q_OBJECT

public:
    explicit AugmentationPreview(QWidget *parent = nullptr);
    /// Made anew on another thread; of several quick changes only the last one.
    void setRun(const TrainingRun &run);
    void again(); ///< other views of the same images
    bool isEmpty() const { return m_columns.empty(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize sizeHint() const override { return {640, 420}; }

private:
    /// An image, its two views, perhaps the view of a hard negative.
    using Column = std::vector<QImage>;
    void make();
    void drawPairs(class QPainter &painter, int left, int cell, int top) const;

    LatestJob m_job;
    TrainingRun m_run;
    std::vector<std::string> m_loadedSources;
    std::shared_ptr<const LoadedImages> m_loaded; ///< of m_loadedSources
    std::vector<Column> m_columns;
    QString m_failure;
    std::int64_t m_step = 0;
};

} // namespace likeness::ui
