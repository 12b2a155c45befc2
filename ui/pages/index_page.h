#pragma once

#include "core/search/persistent_index.h"
#include "ui/page_state.h"
#include "ui/session.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace likeness::ui {

class CommandBar;
class ImageView;
class IndexList;
class PictureLoader;
class ThumbnailGrid;
class ThumbnailProvider;

/// The index that is open, and what it answered last.
class IndexState final : public PageState {
public:
    std::shared_ptr<const PersistentIndex> index;
    QString folder;           ///< of the index
    double openedSeconds = 0; ///< how long it took to open
    std::vector<PersistentIndex::Answer> answers;
    double milliseconds = -1; ///< of the answers; negative before a search
    QString note;             ///< stands over the results instead of their count
};

/// Indexes on disk of large collections: made, updated, checked, and searched with any picture.
class IndexPage final : public QWidget {
    Q_OBJECT

public:
    IndexPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void askForFolder(); ///< "Index a folder" with its dialog
    void build(const QString &images, const Recipe &recipe, const QString &folder);
    void open(const QString &folder);
    const PersistentIndex *index() const { return m_kept.index.get(); }

Q_SIGNALS:
    void openQueryWanted();
    void pasteWanted();
    void pairWanted(const QString &query, const QString &found); ///< "Why did it match?"

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeList();
    QWidget *makeQuery();
    QWidget *makeResults(ThumbnailProvider &thumbnails);
    void addExisting();
    void showKept();
    void update();
    void verify();
    void forget();
    void followQuery();
    void search();
    void showAnswers();
    void updateButtons();

    Session &m_session;
    IndexState &m_kept;
    IndexList *m_list;
    QLabel *m_queryName, *m_title;
    QPushButton *m_build, *m_add, *m_update, *m_verify, *m_forget, *m_search, *m_why;
    QLineEdit *m_under;
    ImageView *m_view;
    PictureLoader *m_loader;
    ThumbnailGrid *m_results;
    CommandBar *m_command;
};

} // namespace likeness::ui
