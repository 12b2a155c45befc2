#pragma once

#include "ui/session.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace likeness::ui {

class CommandBar;
class ImageView;
class ParamForm;
class PictureLoader;
class ThumbnailGrid;
class ThumbnailProvider;

/// Recipe and parameters on the left, the query and all queries in the middle, the ranked gallery on the right.
class SearchPage final : public QWidget {
    Q_OBJECT

public:
    SearchPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);

Q_SIGNALS:
    void compareWanted();
    void matchWanted(); ///< of the query and the selected result
    void recipeEditWanted();
    void openQueryWanted();
    void pasteWanted();
    void refused(const QString &reason); ///< a change of a parameter

private:
    QWidget *makeRecipePanel();
    QWidget *makeQueryPanel();
    QWidget *makeWordsRow();
    QWidget *makeResultPanel(ThumbnailProvider &thumbnails);
    void fillRecipes();
    void showRecipe();
    void showQuery();
    void showResult();
    void showWaiting();
    void showProgress(const TaskState &state);
    void updateButtons();

    Session &m_session;
    QComboBox *m_recipes;
    QLabel *m_summary, *m_queryName, *m_resultTitle;
    ParamForm *m_form;
    QPushButton *m_search, *m_runAll, *m_whyNot;
    ImageView *m_queryView;
    QWidget *m_words; // hidden where no model understands them
    ThumbnailGrid *m_results;
    CommandBar *m_command;
    PictureLoader *m_loader;
};

} // namespace likeness::ui
