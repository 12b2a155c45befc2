#pragma once

#include "core/search/recipe_chain.h"
#include "ui/session.h"

#include <QPointer>

class QComboBox;
class QLabel;
class QLineEdit;
class QMenu;
class QMessageBox;
class QPushButton;
class QToolButton;

namespace likeness::ui {

class ChainList;
class CommandBar;
class MessageBar;
class StagePanel;

/// What is edited, and what Undo brings back.
class RecipeEdit final : public QObject {
public:
    struct State {
        Recipe naming; ///< id, title, summary
        Chain chain;
        int current = 0;
    };
    State now; ///< without stages before the page was there
    std::vector<State> before;
    Recipe seen; ///< the session's when the page was last filled
    bool dirty = false;
};

/// The recipe editor: the stages as a list that is reordered by dragging, the form of one of them, and a name to save
/// it by. What is edited becomes the recipe of the search when it is saved.
class RecipePage final : public QWidget {
    Q_OBJECT

public:
    explicit RecipePage(Session &session, QWidget *parent = nullptr);
    /// Begins with this recipe, where another one has unsaved changes after a question.
    void edit(const Recipe &recipe);
    const Chain &chain() const { return m_now.chain; }
    bool isUnsaved() const { return m_dirty; }
    /// Save, discard or neither; after one of the first two `goOn` is called.
    void askAboutChanges(std::function<void()> goOn);

Q_SIGNALS:
    void searchWanted(); ///< the recipe was saved and chosen

protected:
    void showEvent(QShowEvent *event) override;

private:
    using State = RecipeEdit::State;
    QWidget *makeList();
    QLayout *makeTop();
    void fillAddMenu();
    void addStages(QMenu *menu, StageKind kind);
    void fillRecipes();
    void begin(const Recipe &recipe);
    /// The list changes; `current` is looked at then.
    void apply(Chain chain, int current);
    void move(int from, int to);
    void undo();
    void showChain();
    void showStage();
    void check();
    QString command() const; ///< that tries the recipe
    bool store();            ///< false where it could not be written
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
    QPointer<QMessageBox> m_question;
    State &m_now; // these four are of the session's RecipeEdit
    std::vector<State> &m_before;
    Recipe &m_seen;
    bool &m_dirty;
};

} // namespace likeness::ui
