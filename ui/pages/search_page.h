#pragma once

#include "ui/session.h"
#include "ui/util/judgement.h"
#include "ui/util/latest_job.h"

class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;

namespace likeness::ui {

class CommandBar;
class ImageView;
class ParamForm;
class PictureLoader;
class RecipeCard;
class ThumbnailGrid;
class ThumbnailProvider;

/// The query, the recipe and all queries on the left; the ranked gallery, with what it comes to in a sentence, in the
/// middle; the parameters at the side where they are asked for.
class SearchPage final : public QWidget {
    Q_OBJECT

public:
    SearchPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void showForm(bool shown); ///< the parameters of the recipe
    bool isFormShown() const;

Q_SIGNALS:
    void compareWanted();
    void matchWanted(); ///< of the query and the selected result
    void recipeEditWanted();
    void openQueryWanted();
    void pasteWanted();
    void refused(const QString &reason); ///< a change of a parameter
    void formShown(bool shown);

private:
    QWidget *makeQueryPanel(ThumbnailProvider &thumbnails);
    QWidget *makeQueryButtons();
    QWidget *makeResultPanel(ThumbnailProvider &thumbnails);
    QWidget *makeForm();
    void showRecipe();
    void showQuery();
    void showResult();
    void showSentence(const Answer &answer, const Judgement &judgement);
    void prove(const Judgement &judgement, ImageId best);
    QString judgedByTruth(const Answer &answer, const std::set<std::string> &sources) const;
    void showWaiting();
    void showProgress(const TaskState &state);
    void updateButtons();

    Session &m_session;
    QLabel *m_queryName, *m_sentence, *m_resultTitle;
    RecipeCard *m_card;
    ParamForm *m_form;
    QWidget *m_formPanel;
    QPushButton *m_search, *m_runAll, *m_whyNot;
    ImageView *m_queryView;
    QWidget *m_words; // hidden where no model understands them
    ThumbnailGrid *m_results;
    CommandBar *m_command;
    PictureLoader *m_loader;
    LatestJob m_proof;
};

} // namespace likeness::ui
