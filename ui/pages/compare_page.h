#pragma once

#include "ui/session.h"
#include "ui/util/latest_job.h"
#include "ui/widgets/comparison_view.h"

class QHBoxLayout;
class QLabel;
class QSlider;
class QToolButton;

namespace likeness::ui {

class CommandBar;
class HistogramChart;

/// The query and one result, large: five modes, raw or aligned by the homography of their keypoints, the
/// figures and the histograms; arrows walk through the ranking.
class ComparePage final : public QWidget {
    Q_OBJECT

public:
    explicit ComparePage(Session &session, QWidget *parent = nullptr);
    ComparisonView &view() { return *m_view; }
    /// What is shown, as PNG. Empty on success, else why not.
    QString saveShown(const QString &file, double scale = 1);

Q_SIGNALS:
    void searchWanted();
    void matchWanted(); ///< the keypoints of the pair

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLayout *makeToolRow();
    void addAlignment(QLayout *row);
    QWidget *makeSidePanel();
    void load();
    std::function<void()> compared(const Query &query, const std::filesystem::path &path, bool aligned,
                                   const std::string &model, const TaskContext &context);
    void askAndSaveShown(double scale);
    void walk(int step);
    std::string networkModel() const;
    QString rankText(int shown) const;
    void outlineDifferences();
    int rank() const; ///< of the selected hit, from 0; -1 for none

    Session &m_session;
    ComparisonView *m_view;
    HistogramChart *m_histograms;
    QLabel *m_title, *m_numbers;
    QToolButton *m_previous, *m_next, *m_aligned, *m_heat, *m_export;
    QSlider *m_threshold;
    QLabel *m_regions;
    QImage m_plainDifference; ///< without outlines
    cv::Mat m_difference;
    CommandBar *m_command;
    LatestJob m_loading;
};

} // namespace likeness::ui
