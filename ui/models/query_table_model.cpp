#include "ui/models/query_table_model.h"

#include "ui/models/query_filter.h"
#include "ui/util/convert.h"
#include "ui/util/judgement.h"
#include "ui/util/margin_text.h"
#include "ui/util/theme.h"

#include <QBrush>
#include <QGuiApplication>
#include <QPalette>

namespace likeness::ui {

QueryTableModel::QueryTableModel(Session &session, QObject *parent) : QAbstractTableModel(parent), m_session(session)
{
    const auto reset = [this] {
        beginResetModel();
        endResetModel();
    };
    connect(&session, &Session::workspaceChanged, this, reset);
    connect(&session, &Session::resultsReset, this, [this] {
        if (rowCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
    connect(&session, &Session::resultChanged, this, [this](int query) {
        if (query >= 0)
            Q_EMIT dataChanged(index(query, 0), index(query, ColumnCount - 1));
    });
}

int QueryTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_session.results().answers().size());
}

int QueryTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

/// With the recipe of now; else of the last full run before it was changed.
const std::optional<Answer> &QueryTableModel::shown(std::size_t row) const
{
    const auto &now = m_session.results().answers()[row];
    const Results *before = m_session.resultsBefore();
    return now || !before ? now : before->answers()[row];
}

QVariant QueryTableModel::text(const Answer &result, int column) const
{
    if (column == RightRank) {
        const auto *sources = m_session.sourcesOf(toQString(result.query));
        if (!sources)
            return {};
        if (sources->empty())
            return tr("no source", "the query has no source in the gallery");
        const int rank = result.rightRank;
        return rank > 0 ? QString::number(rank) : tr("no score");
    }
    if (result.ranking.empty())
        return column == Best ? tr("no answer") : QVariant();
    const Hit &hit = result.ranking.front();
    switch (column) {
    case Expected:
        return result.right >= 0 ? QVariant(toQString(m_session.workspace()->gallery[result.right].name)) : QVariant();
    case Best:
        return toQString(m_session.workspace()->gallery[hit.image].name);
    case Score:
        return scoreText(hit.score);
    case Margin:
        return marginText(hit.margin);
    default:
        return {};
    }
}

QVariant QueryTableModel::sortKey(int row, int column) const
{
    const auto &result = shown(std::size_t(row));
    if (column == Name || !result)
        return column == Name ? QVariant(toQString(m_session.workspace()->queries[row].name)) : QVariant();
    if (column == Best || column == Expected)
        return text(*result, column);
    if (column == RightRank) {
        const int rank = result->right < 0 ? -1 : result->rightRank;
        return rank == 0 ? 1'000'000 : rank;
    }
    if (result->ranking.empty())
        return -1e30;
    return double(column == Score ? result->ranking.front().score : result->ranking.front().margin);
}

int QueryTableModel::outcome(const Answer &result) const
{
    const auto *sources = m_session.sourcesOf(toQString(result.query));
    return !sources                ? QueryFilter::All
           : sources->empty()      ? QueryFilter::NoSource
           : result.rightRank == 1 ? QueryFilter::Right
                                   : QueryFilter::Wrong;
}

bool QueryTableModel::isUnsure(const Answer &result) const
{
    const auto &calibration = m_session.results().calibration();
    const auto sure =
        calibration ? calibration->probability(named(result, m_session.workspace()->gallery)) : std::nullopt;
    return judgementOf(result.ranking, -1, sure).first != Certainty::Certain;
}

QString QueryTableModel::path(int row, int column) const
{
    const Workspace &workspace = *m_session.workspace();
    if (column == Name)
        return toQString(workspace.queries[row].path);
    const auto &result = shown(std::size_t(row));
    if (!result || result->ranking.empty())
        return {};
    if (column == Best)
        return toQString(workspace.gallery[result->ranking.front().image].path);
    return column == Expected && result->right >= 0 ? toQString(workspace.gallery[result->right].path) : QString();
}

QVariant QueryTableModel::tip(int column, bool isOld) const
{
    if (isOld && column != Name)
        return tr("From before the recipe was changed: run all queries again to judge it.");
    if (column == Margin)
        return tr("Deviations of the best score above this query's scores of the whole gallery.");
    if (column == RightRank)
        return tr("Where the right picture of the ground truth came in.");
    return {};
}

QVariant QueryTableModel::data(const QModelIndex &index, int role) const
{
    const auto row = std::size_t(index.row());
    if (!m_session.hasWorkspace() || row >= m_session.results().answers().size())
        return {};
    const auto &result = shown(row);
    const bool isOld = result && !m_session.results().answers()[row];
    switch (role) {
    case SortRole:
        return sortKey(index.row(), index.column());
    case PathRole:
        return path(index.row(), index.column());
    case OutcomeRole:
        return result ? outcome(*result) : int(QueryFilter::All);
    case UnsureRole:
        return result && isUnsure(*result);
    case Qt::DisplayRole:
        return index.column() == Name ? QVariant(toQString(m_session.workspace()->queries[ImageId(row)].name))
               : result               ? text(*result, index.column())
                                      : QVariant();
    case Qt::ForegroundRole:
        if (isOld && index.column() != Name)
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        if (result && index.column() == RightRank && result->right >= 0)
            return QBrush(result->rightRank == 1 ? rightColour() : wrongColour());
        return {};
    case Qt::TextAlignmentRole:
        return index.column() >= RightRank ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::ToolTipRole: {
        const QVariant said = tip(index.column(), isOld);
        return said.isNull() ? data(index, Qt::DisplayRole) : said; // a name may be cut
    }
    default:
        return {};
    }
}

QVariant QueryTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Query");
    case Best:
        return tr("Found");
    case Expected:
        return tr("Expected");
    case Score:
        return tr("Score");
    case Margin:
        return tr("Margin");
    default:
        return tr("Right at");
    }
}

} // namespace likeness::ui
