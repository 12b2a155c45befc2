#pragma once

#include "ui/util/latest_job.h"

#include <QWidget>

class QGridLayout;
class QVBoxLayout;

namespace likeness::ui {

class PictureStrip;
class Session;
class ThumbnailProvider;

/// What a newcomer sees first: pictures of the sample, what one can do here, the folders that were open before.
class StartPage final : public QWidget {
    Q_OBJECT

public:
    enum class Task { FindPicture, FindDuplicates, Learn, Train };

    StartPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void refresh(); ///< reads the recent folders again

Q_SIGNALS:
    void sampleWanted();
    void folderWanted(const QString &folder); ///< empty: ask for one
    void taskWanted(likeness::ui::StartPage::Task task);

protected:
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeSampleCard();
    QWidget *makeTaskCard(Task task, const char *icon, const QString &title, const QString &sentence);
    QWidget *makeFolderCard(const QString &folder);
    QWidget *makeFolders();
    void placeFolders();
    void showSamplePictures();
    void drawSamplePicture(int place);

    Session &m_session;
    ThumbnailProvider &m_thumbnails;
    PictureStrip *m_sample;
    QGridLayout *m_folders;
    QList<QWidget *> m_folderCards;
    LatestJob m_drawing;
};

} // namespace likeness::ui
