#pragma once

#include "ui/session.h"
#include "ui/util/latest_job.h"

class QLabel;
class QToolButton;

namespace likeness::ui {

class CommandBar;
class ComparisonView;
class HistogramChart;

/// The query and one result, large: five modes, the figures and the histograms; arrows walk through the ranking.
class ComparePage final : public QWidget {
    Q_OBJECT

public:
    explicit ComparePage(Session &session, QWidget *parent = nullptr);
    ComparisonView &view() { return *m_view; }

Q_SIGNALS:
    void searchWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QLayout *makeToolRow();
    QWidget *makeSidePanel();
    void load();
    void walk(int step);
    int rank() const; ///< of the selected hit, from 0; -1 for none

    Session &m_session;
    ComparisonView *m_view;
    HistogramChart *m_histograms;
    QLabel *m_title, *m_numbers;
    QToolButton *m_previous, *m_next;
    CommandBar *m_command;
    LatestJob m_loading;
};

} // namespace likeness::ui
