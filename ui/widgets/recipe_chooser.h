#pragma once

#include "core/search/recipe.h"

#include <QDialog>

class QTreeWidget;

namespace likeness::ui {

class Session;

/// The recipes to choose from: five as cards, the others by kind below, with a field that looks for one.
class RecipeChooser final : public QDialog {
    Q_OBJECT

public:
    RecipeChooser(Session &session, QWidget *parent);
    void popUpAt(const QWidget &place); ///< below it, as far as the screen allows

Q_SIGNALS:
    void chosen(const likeness::Recipe &recipe);

private:
    QWidget *makeCards();
    QWidget *makeCard(const QString &role, const Recipe *recipe, const QString &without);
    void fillList();
    void filter(const QString &text);
    void take(const std::string &id);

    Session &m_session;
    QTreeWidget *m_list;
};

/// "0.987 right, 0.12 s a query": what the recipe reached on the folder of the session when all queries were run;
/// empty where they were not.
QString measuredText(const Session &session, const Recipe &recipe);

} // namespace likeness::ui
