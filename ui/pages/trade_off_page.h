#pragma once

#include "core/eval/trade_off.h"
#include "core/eval/vector_analysis.h"
#include "ui/page_state.h"
#include "ui/session.h"

#include <set>

class QComboBox;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QTabWidget;

namespace likeness::ui {

class CommandBar;
class PointChart;
class TradeOffTable;
class VectorPlots;

/// Of one workspace.
class TradeOffState final : public PageState {
public:
    std::vector<TradeOff> measured;
    QString going;                  ///< which recipe is being measured
    std::weak_ptr<const void> goes; ///< alive while it is
    std::optional<VectorAnalysis> analysis;
    QString analysed;                             ///< the title of its recipe
    std::optional<std::set<std::string>> checked; ///< recipes; nothing: as suggested
    QString command;
};

/// What recipes give against what they cost in this workspace: a scatter plot with its Pareto front and a table; beside
/// them the classic plots of a recipe's vectors.
class TradeOffPage final : public QWidget {
    Q_OBJECT

public:
    explicit TradeOffPage(Session &session, QWidget *parent = nullptr);
    void measure();
    void analyse(); ///< the vectors of the selected recipe
    const std::vector<TradeOff> &measured() const { return m_kept.measured; }

Q_SIGNALS:
    void recipeWanted(const likeness::Recipe &recipe); ///< a click opens it

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeChoice();
    QWidget *makeFigures();
    QWidget *makeVectors();
    void fillRecipes();
    void updateButtons();
    void showState();
    void setCommand(const QString &command);
    void showKept();
    void draw();
    void chooseRow();
    const Recipe *recipeOf(const QListWidgetItem &item) const; ///< null where it was deleted
    std::vector<Recipe> checkedRecipes() const;
    void exportShown();

    Session &m_session;
    TradeOffState &m_kept;
    QListWidget *m_recipes;
    QPushButton *m_measure, *m_analyse, *m_export;
    QComboBox *m_cost, *m_gain;
    QLabel *m_state;
    PointChart *m_chart;
    TradeOffTable *m_table;
    VectorPlots *m_plots;
    QTabWidget *m_tabs;
    CommandBar *m_command;
    std::vector<std::vector<int>> m_drawn; // of each series, which recipes its points are
};

} // namespace likeness::ui
