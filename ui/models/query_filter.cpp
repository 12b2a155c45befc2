#include "ui/models/query_filter.h"

#include "ui/models/query_table_model.h"

namespace likeness::ui {

QueryFilter::QueryFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setSortRole(QueryTableModel::SortRole);
}

void QueryFilter::setKind(Kind kind)
{
    m_kind = kind;
    invalidateFilter();
}

bool QueryFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    if (m_kind == All)
        return true;
    const QModelIndex query = sourceModel()->index(row, 0, parent);
    return m_kind == Unsure ? query.data(QueryTableModel::UnsureRole).toBool()
                            : query.data(QueryTableModel::OutcomeRole).toInt() == int(m_kind);
}

} // namespace likeness::ui
