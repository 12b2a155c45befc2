#pragma once

#include "core/eval/model_comparison.h"
#include "ui/page_state.h"
#include "ui/session.h"

class QLabel;
class QPushButton;
class QTableWidget;
class QTextBrowser;

namespace likeness::ui {

class BarChart;
class CommandBar;

/// Of one workspace.
class FamiliesState final : public PageState {
public:
    std::vector<ModelFigures> figures;
    int chosen = -1; ///< of the figures
    QString command;
};

/// The families of networks in plain words, beside what the installed ones do on this machine and in this workspace.
class FamiliesPage final : public QWidget {
    Q_OBJECT

public:
    explicit FamiliesPage(Session &session, QWidget *parent = nullptr);
    void measure();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void updateButton();
    void showKept();
    void add(const ModelFigures &figures);
    void draw();
    void describe();
    QString measuredText(const char *family) const;

    Session &m_session;
    FamiliesState &m_kept;
    QLabel *m_intro;
    QPushButton *m_measure;
    QTextBrowser *m_text;
    QTableWidget *m_table;
    BarChart *m_speed, *m_accuracy;
    QWidget *m_results = nullptr;
    CommandBar *m_command;
};

} // namespace likeness::ui
