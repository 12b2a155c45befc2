#pragma once

#include <QWidget>

class QComboBox;
class QPushButton;
class QTabBar;

namespace likeness::ui {

class QueryTable;
class Session;
class ThumbnailProvider;

/// The queries of the folder, with a filter and the figures of their run, and one's own queries.
class QueryPanel final : public QWidget {
    Q_OBJECT

public:
    /// `runAll` finds its place here.
    QueryPanel(Session &session, ThumbnailProvider &thumbnails, QPushButton &runAll, QWidget *parent = nullptr);

private:
    QWidget *makeFolderQueries(QPushButton &runAll);
    void showCounts();

    Session &m_session;
    QTabBar *m_tabs;
    QComboBox *m_filter;
    QueryTable *m_table;
};

} // namespace likeness::ui
