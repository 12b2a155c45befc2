#pragma once

#include "ui/session.h"
#include "ui/util/latest_job.h"

class QLabel;
class QComboBox;
class QLineEdit;
class QTabBar;
class QPushButton;
class QSlider;

namespace likeness::ui {

class CommandBar;
class FolderTree;
class ImageView;
class PictureLoader;
class ThumbnailGrid;
class ThumbnailProvider;

/// Gallery and queries as thumbnails, with the selected picture large beside them.
class BrowsePage final : public QWidget {
    Q_OBJECT

public:
    BrowsePage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    ThumbnailGrid &grid() { return *m_grid; }

Q_SIGNALS:
    void searchWanted(); ///< the query was chosen

private:
    QLayout *makeTopRow();
    void sort();
    QWidget *makeSidePanel();
    void showSet();
    void showNothing();
    void showPicture(ImageId image);
    void showFacts();
    void useAsQuery();
    const ImageSet &shownSet() const;
    bool queriesShown() const;

    Session &m_session;
    QTabBar *m_tabs;
    QLineEdit *m_filter;
    QComboBox *m_sorting;
    FolderTree *m_folders;
    LatestJob m_order;
    QSlider *m_size;
    QLabel *m_count, *m_facts;
    ThumbnailGrid *m_grid;
    ImageView *m_preview;
    PictureLoader *m_loader;
    QPushButton *m_use;
    CommandBar *m_command;
    QImage m_region;
    ImageRef m_shown; // large, beside the grid
};

} // namespace likeness::ui
