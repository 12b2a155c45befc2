#pragma once

#include "ui/models/query_table_model.h"

#include <QSortFilterProxyModel>
#include <QTableView>

namespace likeness::ui {

/// The queries of the workspace with their best answers; its current row is the session's query, both ways.
class QueryTable final : public QTableView {
    Q_OBJECT

public:
    explicit QueryTable(Session &session, QWidget *parent = nullptr);

private:
    void followSession();

    Session &m_session;
    QueryTableModel m_model;
    QSortFilterProxyModel m_sorted;
    bool m_following = false; // the session moves the current row, not the user
};

} // namespace likeness::ui
