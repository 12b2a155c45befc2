#include "ui/widgets/query_table.h"

#include "ui/util/theme.h"

#include <QHeaderView>

namespace likeness::ui {

QueryTable::QueryTable(Session &session, QWidget *parent) : QTableView(parent), m_session(session), m_model(session)
{
    setObjectName(QStringLiteral("queries"));
    m_sorted.setSourceModel(&m_model);
    m_sorted.setSortRole(QueryTableModel::SortRole);
    setModel(&m_sorted);
    setSortingEnabled(true);
    sortByColumn(QueryTableModel::Name, Qt::AscendingOrder);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(fontMetrics().height() + gap);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(6 * gap);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(QueryTableModel::Best, QHeaderView::Stretch);
    setColumnWidth(QueryTableModel::Name, 13 * gap);
    for (const int column : {QueryTableModel::Score, QueryTableModel::Margin})
        setColumnWidth(column, 8 * gap);
    setColumnWidth(QueryTableModel::RightRank, 10 * gap);
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_following) {
            m_session.setQueryId(m_sorted.mapToSource(current).row());
            m_session.searchIfReady();
        }
    });
    connect(&session, &Session::queryChanged, this, &QueryTable::followSession);
    followSession();
}

void QueryTable::followSession()
{
    m_following = true;
    if (const auto id = m_session.query().id) {
        const QModelIndex row = m_sorted.mapFromSource(m_model.index(*id, 0));
        if (currentIndex().row() != row.row())
            setCurrentIndex(row);
    } else {
        clearSelection();
        setCurrentIndex({});
    }
    m_following = false;
}

} // namespace likeness::ui
