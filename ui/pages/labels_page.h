#pragma once

#include "core/commands/search_commands.h"
#include "core/search/labelling.h"
#include "ui/page_state.h"
#include "ui/session.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace likeness::ui {

class BarChart;
class CommandBar;
class ThumbnailGrid;
class ThumbnailProvider;

class LabelsState final : public PageState {
public:
    std::optional<QString> words;   ///< nothing: those that the page begins with, in its language
    std::optional<QString> pattern; ///< nothing: the first
    QString model;
    // Of one workspace:
    ImageSet images;
    Labelling labelling;
    int word = -1; ///< whose images are shown
    ImageId image = -1;
    LabelCommand ran; ///< gives the labels that are shown
    QString command;
};

/// Which of some words describes each image of the gallery: counts as bars, the images of a word by probability, the
/// probabilities of one image.
class LabelsPage final : public QWidget {
    Q_OBJECT

public:
    LabelsPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void run();

Q_SIGNALS:
    void modelsWanted();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeQuestion();
    void fillModels();
    void updateButtons();
    void showKept();
    void setCommand(const QString &command);
    void showWord(int word);
    void showImage(ImageId image);
    void exportLabels();

    Session &m_session;
    LabelsState &m_kept;
    QPlainTextEdit *m_words;
    QComboBox *m_pattern, *m_model;
    QPushButton *m_run, *m_export, *m_models;
    QLabel *m_intro, *m_summary;
    BarChart *m_counts, *m_probabilities;
    ThumbnailGrid *m_grid;
    QStackedWidget *m_results; ///< a hint, then charts and grid
    CommandBar *m_command;
};

} // namespace likeness::ui
