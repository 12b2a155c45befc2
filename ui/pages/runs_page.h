#pragma once

#include "core/train/training_runs.h"
#include "ui/models/run_histories.h"
#include "ui/session.h"

class QLabel;
class QPushButton;
class QTabWidget;
class QTableWidget;

namespace likeness::ui {

class EmbeddingView;
class MessageBar;
class TrainingCharts;

/// All training runs: options, figures and curves, over each other where several are selected; go on, train again, use,
/// rename, delete; and a map of how a run's network sees the images.
class RunsPage final : public QWidget {
    Q_OBJECT

public:
    explicit RunsPage(Session &session, QWidget *parent = nullptr);
    void refresh();
    QTableWidget &table() { return *m_table; }
    void showMap();

Q_SIGNALS:
    void trainWanted(const likeness::TrainingRun &run);
    void resumeWanted(const likeness::TrainingRun &run, std::int64_t step);
    void searchWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeButtons();
    void selectionChanged();
    bool isFree(const TrainingRun &run); ///< of a process that trains it; else says so
    void rename(int row, const QString &name);
    void remove();
    void resume(const TrainingRun &run);
    /// Asks before a run is gone on with from an older step than its newest.
    bool mayLeaveNewer(const TrainingRun &run, std::int64_t newest, std::int64_t step);
    void drawCurves();
    void showHistory(const std::filesystem::path &folder);
    std::vector<int> selectedRows() const;

    Session &m_session;
    std::vector<TrainingRun> m_runs;
    RunHistories m_histories;
    QTableWidget *m_table;
    TrainingCharts *m_charts;
    EmbeddingView *m_map;
    QTabWidget *m_tabs;
    QLabel *m_details;
    MessageBar *m_messages;
    QPushButton *m_resume, *m_again, *m_use, *m_folder, *m_delete, *m_showMap;
    bool m_filling = false;
};

} // namespace likeness::ui
