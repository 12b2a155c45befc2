#include "ui/widgets/query_table.h"

#include "ui/models/thumbnail_provider.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QHeaderView>
#include <QMenu>
#include <QPainter>
#include <QStyledItemDelegate>

namespace likeness::ui {

namespace {

constexpr int pictureHeight = 5 * gap, pictureWidth = 7 * gap;

/// A picture of the column, alone or before its text; what was found has a frame that says whether it is right.
class QueryDelegate final : public QStyledItemDelegate {
public:
    QueryDelegate(ThumbnailProvider &thumbnails, QObject *parent)
        : QStyledItemDelegate(parent), m_thumbnails(thumbnails)
    {
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QString path = index.data(QueryTableModel::PathRole).toString();
        if (path.isEmpty())
            return QStyledItemDelegate::paint(painter, option, index);
        QStyleOptionViewItem ground = option;
        initStyleOption(&ground, index);
        const QString text = index.column() == QueryTableModel::Name ? ground.text : QString();
        ground.text.clear();
        option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
        const QRect place(option.rect.x() + gap / 2, option.rect.center().y() - pictureHeight / 2, pictureWidth,
                          pictureHeight);
        const double ratio = option.widget->devicePixelRatioF();
        const QPixmap picture = m_thumbnails.thumbnail(toPath(path), qRound(pictureWidth * ratio)).pixmap;
        QRect at = place;
        if (!picture.isNull()) {
            at.setSize(picture.size().scaled(place.size(), Qt::KeepAspectRatio));
            at.moveCenter(place.center());
            painter->setRenderHint(QPainter::SmoothPixmapTransform);
            painter->drawPixmap(at, picture);
        }
        const int outcome = index.siblingAtColumn(0).data(QueryTableModel::OutcomeRole).toInt();
        if (index.column() == QueryTableModel::Best && outcome != QueryFilter::All) {
            const bool right = outcome == QueryFilter::Right;
            painter->setPen(QPen(right ? rightColour() : wrongColour(), 2, right ? Qt::SolidLine : Qt::DotLine));
            painter->drawRect(at);
        }
        if (text.isEmpty())
            return;
        const bool selected = option.state & QStyle::State_Selected;
        painter->setPen(option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text));
        const QRect room = option.rect.adjusted(pictureWidth + 3 * gap / 2, 0, -gap / 2, 0);
        painter->drawText(room, Qt::AlignVCenter, option.fontMetrics.elidedText(text, Qt::ElideMiddle, room.width()));
    }

private:
    ThumbnailProvider &m_thumbnails;
};

} // namespace

QueryTable::QueryTable(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QTableView(parent), m_session(session), m_model(session)
{
    setObjectName(QStringLiteral("queries"));
    setAccessibleName(tr("Queries"));
    m_sorted.setSourceModel(&m_model);
    setModel(&m_sorted);
    setItemDelegate(new QueryDelegate(thumbnails, this));
    setSortingEnabled(true);
    sortByColumn(QueryTableModel::Name, Qt::AscendingOrder);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setAlternatingRowColors(true);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(pictureHeight + gap / 2);
    QHeaderView *header = horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(6 * gap);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(QueryTableModel::Name, QHeaderView::Stretch);
    for (const int column : {QueryTableModel::Best, QueryTableModel::Expected})
        setColumnWidth(column, pictureWidth + 3 * gap);
    setColumnWidth(QueryTableModel::RightRank, 9 * gap);
    for (const int column : {QueryTableModel::Score, QueryTableModel::Margin})
        setColumnHidden(column, true); // one hover away in the results; the header's menu shows them
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &QueryTable::chooseColumns);
    connect(&thumbnails, &ThumbnailProvider::arrived, viewport(), qOverload<>(&QWidget::update));
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &current) {
        if (current.isValid() && !m_following) {
            m_session.setQueryId(m_sorted.mapToSource(current).row());
            m_session.searchIfReady();
        }
    });
    connect(&session, &Session::queryChanged, this, &QueryTable::followSession);
    followSession();
}

void QueryTable::chooseColumns(QPoint at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = QueryTableModel::Best; column < QueryTableModel::ColumnCount; ++column) {
        QAction *shown = menu->addAction(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        shown->setCheckable(true);
        shown->setChecked(!isColumnHidden(column));
        connect(shown, &QAction::toggled, this, [this, column](bool on) { setColumnHidden(column, !on); });
    }
    menu->popup(horizontalHeader()->mapToGlobal(at));
}

/// The query, or the picture of the column that is pointed at.
std::vector<Query> QueryTable::picturesAt(QPoint global) const
{
    const QModelIndex under = indexAt(viewport()->mapFromGlobal(global));
    if (!under.isValid())
        return {};
    QString path = under.data(QueryTableModel::PathRole).toString();
    if (path.isEmpty())
        path = under.siblingAtColumn(QueryTableModel::Name).data(QueryTableModel::PathRole).toString();
    return {Query::ofFile(toPath(path))};
}

std::vector<Query> QueryTable::chosenPictures() const
{
    const QModelIndex current = currentIndex();
    if (!current.isValid())
        return {};
    const QString path = current.siblingAtColumn(QueryTableModel::Name).data(QueryTableModel::PathRole).toString();
    return {Query::ofFile(toPath(path))};
}

bool QueryTable::chooseBeside(int step)
{
    const QModelIndex next = currentIndex().siblingAtRow(currentIndex().row() + step);
    if (next.isValid())
        setCurrentIndex(next);
    return next.isValid();
}

void QueryTable::setFilter(QueryFilter::Kind kind)
{
    m_following = true; // rows that go away choose no other query
    m_sorted.setKind(kind);
    const bool worstFirst = kind == QueryFilter::Wrong;
    sortByColumn(worstFirst ? QueryTableModel::RightRank : QueryTableModel::Name,
                 worstFirst ? Qt::DescendingOrder : Qt::AscendingOrder);
    m_following = false;
    followSession();
}

std::array<int, QueryFilter::KindCount> QueryTable::counts() const
{
    std::array<int, QueryFilter::KindCount> counts{};
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QModelIndex query = m_model.index(row, 0);
        ++counts[QueryFilter::All];
        if (const int outcome = query.data(QueryTableModel::OutcomeRole).toInt(); outcome != QueryFilter::All)
            ++counts[std::size_t(outcome)];
        counts[QueryFilter::Unsure] += query.data(QueryTableModel::UnsureRole).toBool();
    }
    return counts;
}

void QueryTable::followSession()
{
    m_following = true;
    if (const auto id = m_session.query().id) {
        const QModelIndex row = m_sorted.mapFromSource(m_model.index(*id, 0));
        if (!row.isValid())
            clearSelection(); // the filter has left it out
        else if (currentIndex().row() != row.row() || !selectionModel()->isRowSelected(row.row()))
            setCurrentIndex(row);
    } else {
        clearSelection();
        setCurrentIndex({});
    }
    m_following = false;
}

} // namespace likeness::ui
