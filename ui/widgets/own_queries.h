#pragma once

#include "ui/models/query_history.h"

#include <QWidget>

class QListView;
class QPushButton;

namespace likeness::ui {

class ThumbnailProvider;

/// The list of one's own queries: a click repeats one, F2 names it, Delete takes it off; several chosen ones are looked
/// for together.
class OwnQueries final : public QWidget {
    Q_OBJECT

public:
    OwnQueries(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);

private:
    QList<int> chosenRows() const;
    void repeat(const QModelIndex &index);
    void removeChosen();
    void combine();
    void update();

    Session &m_session;
    QueryHistory &m_history;
    QListView *m_list;
    QPushButton *m_combine, *m_remove;
};

} // namespace likeness::ui
