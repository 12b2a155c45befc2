#pragma once

#include "ui/widgets/card.h"

class QLabel;
class QPushButton;

namespace likeness::ui {

class Session;

/// The recipe of the session in a few lines: its name, what it does in a sentence, what it was measured to reach here,
/// how many of its parameters were changed; and the ways to another one, to its form and back.
class RecipeCard final : public Card {
    Q_OBJECT

public:
    explicit RecipeCard(Session &session, QWidget *parent = nullptr);
    void setFormShown(bool shown);

Q_SIGNALS:
    void formWanted(bool shown); ///< the parameters
    void refused(const QString &reason);

private:
    void showRecipe();
    void showFigures();
    void choose();
    void saveAs();

    Session &m_session;
    QLabel *m_name, *m_summary, *m_figures;
    QPushButton *m_adjust, *m_back, *m_saveAs;
};

} // namespace likeness::ui
