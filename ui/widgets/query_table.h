#pragma once

#include "ui/models/query_filter.h"
#include "ui/models/query_table_model.h"
#include "ui/picture_source.h"

#include <QTableView>
#include <array>

namespace likeness::ui {

class ThumbnailProvider;

/// The queries of the workspace as pictures, beside what was found and what was expected; its current row is the
/// session's query, both ways.
class QueryTable final : public QTableView, public PictureSource {
    Q_OBJECT

public:
    QueryTable(Session &session, ThumbnailProvider &thumbnails, QWidget *parent = nullptr);
    void setFilter(QueryFilter::Kind kind); ///< wrong ones are sorted, the worst first
    /// How many there are of each kind.
    std::array<int, QueryFilter::KindCount> counts() const;

    std::vector<Query> picturesAt(QPoint global) const override;
    std::vector<Query> chosenPictures() const override;
    bool chooseBeside(int step) override;

private:
    void followSession();
    void chooseColumns(QPoint at);

    Session &m_session;
    QueryTableModel m_model;
    QueryFilter m_sorted;
    bool m_following = false; // the session moves the current row, not the user
};

} // namespace likeness::ui
