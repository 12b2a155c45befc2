#pragma once

#include "ui/session.h"

class QLabel;
class QPushButton;
class QTabWidget;

namespace likeness::ui {

class AugmentationPreview;
class CommandBar;
class MessageBar;
class TrainingCharts;
class TrainingForm;
class TrainingOutlook;

/// Choose images, an objective and a network, press Start, watch the curves, search with the result.
class TrainPage final : public QWidget {
    Q_OBJECT

public:
    explicit TrainPage(Session &session, QWidget *parent = nullptr);
    TrainingForm &form() { return *m_form; }
    TrainingCharts &charts() { return *m_charts; }
    void start();
    /// Shows the options of a run, to train again with changes.
    void takeOver(const TrainingRun &run);
    void resume(const TrainingRun &run, std::int64_t step);

Q_SIGNALS:
    void searchWanted(); ///< the model is installed and its recipe chosen

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeButtons();
    void connectSession();
    void updateState();
    void formChanged();
    void addPoints();
    void beginCurves();
    void useInSearch();
    void listProblems();
    QString commandOf(const TrainingRun &run) const;
    QString figuresText() const;

    Session &m_session;
    TrainingForm *m_form;
    AugmentationPreview *m_preview;
    TrainingCharts *m_charts;
    QTabWidget *m_tabs;
    QPushButton *m_start, *m_pause, *m_save, *m_use;
    QLabel *m_state;
    TrainingOutlook *m_outlook;
    MessageBar *m_messages;
    CommandBar *m_command;
    std::size_t m_drawn = 0; ///< points of the session that the charts have
};

} // namespace likeness::ui
