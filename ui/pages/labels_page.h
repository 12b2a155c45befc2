#pragma once

#include "core/search/labelling.h"
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
    void show(const ImageSet &images, const Labelling &labelling);
    void showWord(int word);
    void showImage(ImageId image);
    void exportLabels();
    QString command() const;

    Session &m_session;
    QPlainTextEdit *m_words;
    QComboBox *m_pattern, *m_model;
    QPushButton *m_run, *m_export, *m_models;
    QLabel *m_intro, *m_summary;
    BarChart *m_counts, *m_probabilities;
    ThumbnailGrid *m_grid;
    QStackedWidget *m_results; ///< a hint, then charts and grid
    CommandBar *m_command;
    QString m_ran; ///< the command of the labels that are shown
    ImageSet m_images;
    Labelling m_labelling;
};

} // namespace likeness::ui
