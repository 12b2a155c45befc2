#pragma once

#include "core/search/persistent_index.h"
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

/// Indexes on disk of large collections: made, updated, checked, and searched with any picture.
class IndexPage final : public QWidget {
    Q_OBJECT

public:
    IndexPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void askForFolder(); ///< "Index a folder" with its dialog
    void build(const QString &images, const Recipe &recipe, const QString &folder);
    void open(const QString &folder);
    const PersistentIndex *index() const { return m_index.get(); }

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
    void show(const QString &folder, const QString &note, UiTaskContext &context);
    void setIndex(std::shared_ptr<const PersistentIndex> index, const QString &folder, double seconds);
    void update();
    void verify();
    void forget();
    void followQuery();
    void search();
    void showAnswers(const std::vector<PersistentIndex::Answer> &answers, double milliseconds);
    void updateButtons();

    Session &m_session;
    IndexList *m_list;
    QLabel *m_queryName, *m_title;
    QPushButton *m_build, *m_add, *m_update, *m_verify, *m_forget, *m_search, *m_why;
    QLineEdit *m_under;
    ImageView *m_view;
    PictureLoader *m_loader;
    ThumbnailGrid *m_results;
    CommandBar *m_command;
    std::shared_ptr<const PersistentIndex> m_index;
    QString m_folder; // of m_index
};

} // namespace likeness::ui
