#pragma once

#include "core/search/recipe_chain.h"
#include "ui/session.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace likeness::ui {

class ChainList;
class CommandBar;
class MessageBar;
class StagePanel;

/// The recipe editor: the stages as a list that is reordered by dragging, the form of one of them, and a name to save
/// it by. What is edited becomes the recipe of the search when it is saved.
class RecipePage final : public QWidget {
    Q_OBJECT

public:
    explicit RecipePage(Session &session, QWidget *parent = nullptr);
    /// Begins with this recipe; unsaved changes of another one can be brought back by Undo.
    void edit(const Recipe &recipe);
    const Chain &chain() const { return m_now.chain; }

Q_SIGNALS:
    void searchWanted(); ///< the recipe was saved and chosen

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct State {
        Recipe naming; ///< id, title, summary
        Chain chain;
        int current = 0;
    };
    QWidget *makeList();
    QLayout *makeTop();
    void fillAddMenu();
    void addStages(QMenu *menu, StageKind kind);
    void fillRecipes();
    /// The list changes; `current` is looked at then.
    void apply(Chain chain, int current);
    void move(int from, int to);
    void undo();
    void showChain();
    void showStage();
    void check();
    void save();
    void removeRecipe();

    Session &m_session;
    QComboBox *m_recipes;
    QLineEdit *m_name;
    QToolButton *m_undo, *m_delete, *m_add, *m_remove, *m_up, *m_down;
    QPushButton *m_save;
    ChainList *m_list;
    StagePanel *m_panel;
    QLabel *m_state;
    MessageBar *m_message;
    CommandBar *m_command;
    State m_now;
    std::vector<State> m_before; // for Undo
    Recipe m_seen;               // the session's when this page was last filled
    bool m_dirty = false;
};

} // namespace likeness::ui
