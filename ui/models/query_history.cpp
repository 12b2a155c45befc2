#include "ui/models/query_history.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QFileInfo>
#include <algorithm>

namespace likeness::ui {

namespace {

constexpr int pictureSide = 128;

QImage smallPicture(const std::vector<std::uint8_t> &png)
{
    const QImage whole = QImage::fromData(png.data(), int(png.size()));
    return whole.isNull() ? whole
                          : whole.scaled(pictureSide, pictureSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
}

} // namespace

void QueryHistory::add(const Query &query)
{
    QString name = query.path.empty() || !query.more.empty() || !query.text.isEmpty()
                       ? query.name
                       : QFileInfo(query.name).fileName();
    if (const int known = rowOf(query); known >= 0) {
        name = nameAt(known); // perhaps one of the user's
        remove(known);
    }
    beginInsertRows({}, 0, 0);
    m_queries.insert(m_queries.begin(), {query, name, query.bytes.empty() ? QImage() : smallPicture(query.bytes)});
    endInsertRows();
    if (rowCount() > most)
        remove(rowCount() - 1);
}

void QueryHistory::remove(int row)
{
    beginRemoveRows({}, row, row);
    m_queries.erase(m_queries.begin() + row);
    endRemoveRows();
}

int QueryHistory::rowOf(const Query &query) const
{
    const auto found = std::ranges::find(m_queries, query, &Entry::query);
    return found == m_queries.end() ? -1 : int(found - m_queries.begin());
}

int QueryHistory::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_queries.size());
}

QVariant QueryHistory::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Entry &entry = m_queries[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return entry.name;
    case Qt::ToolTipRole:
        return entry.query.name;
    case Qt::DecorationRole:
        return entry.picture.isNull() && !entry.query.hasPicture() ? QVariant(themeIcon("draw-text").pixmap(3 * gap))
               : entry.picture.isNull()                            ? QVariant()
                                                                   : QVariant(QPixmap::fromImage(entry.picture));
    case PathRole:
        return entry.query.hasPicture() ? toQString(entry.query.path) : QString();
    default:
        return {};
    }
}

bool QueryHistory::setData(const QModelIndex &index, const QVariant &value, int role)
{
    const QString name = value.toString().trimmed();
    if (!index.isValid() || role != Qt::EditRole || name.isEmpty())
        return false;
    m_queries[std::size_t(index.row())].name = name;
    Q_EMIT dataChanged(index, index);
    return true;
}

Qt::ItemFlags QueryHistory::flags(const QModelIndex &index) const
{
    return QAbstractListModel::flags(index) | Qt::ItemIsEditable;
}

} // namespace likeness::ui
