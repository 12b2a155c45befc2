#pragma once

#include "core/eval/match_benchmark.h"
#include "ui/page_state.h"
#include "ui/session.h"

class QChart;
class QLabel;
class QPushButton;
class QSplitter;
class QTableWidget;
class QTableView;
class QSortFilterProxyModel;

namespace likeness::ui {

class CommandBar;
class PairTableModel;

class BenchmarkState final : public PageState {
public:
    std::vector<KnownPair> pairs;
    std::vector<MatchBenchmark> results; ///< one a matching
    int chosen = -1;                     ///< of the results
    QString command;
};

/// How well the matching presets do on image pairs with known homographies: figures, recall by error, every pair.
class BenchmarkPage final : public QWidget {
    Q_OBJECT

public:
    explicit BenchmarkPage(Session &session, QWidget *parent = nullptr);
    void run(const QString &folder);
    bool hasResults() const { return !m_kept.results.empty(); }

Q_SIGNALS:
    void pairWanted(const QString &a, const QString &b); ///< to be looked at

private:
    void chooseFolder();
    void showKept();
    void add(const MatchBenchmark &result);
    void showRow(int row);
    void drawCurves();

    Session &m_session;
    BenchmarkState &m_kept;
    QLabel *m_intro;
    QTableWidget *m_figures;
    QChart *m_chart;
    QSplitter *m_area;
    PairTableModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_pairsView;
    CommandBar *m_command;
};

} // namespace likeness::ui
