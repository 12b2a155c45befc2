#include "ui/widgets/own_queries.h"

#include "ui/models/thumbnail_provider.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/parts_dialog.h"

#include <QHBoxLayout>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <algorithm>

namespace likeness::ui {

namespace {

constexpr int side = 5 * gap;

/// The picture of a file comes from the thumbnails.
class OwnQueryDelegate final : public QStyledItemDelegate {
public:
    OwnQueryDelegate(ThumbnailProvider &thumbnails, QObject *parent)
        : QStyledItemDelegate(parent), m_thumbnails(thumbnails)
    {
    }

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = {side * 4 / 3, side};
        const QString path = index.data(QueryHistory::PathRole).toString();
        if (path.isEmpty())
            return;
        const auto thumbnail = m_thumbnails.thumbnail(toPath(path), qRound(side * option->widget->devicePixelRatioF()));
        option->icon = QIcon(thumbnail.pixmap);
    }

private:
    ThumbnailProvider &m_thumbnails;
};

} // namespace

OwnQueries::OwnQueries(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_history(session.kept<QueryHistory>()),
      m_list(new QListView),
      m_combine(new QPushButton(tr("Look for them together…"))),
      m_remove(new QPushButton(tr("Remove")))
{
    m_list->setObjectName(QStringLiteral("ownQueries"));
    m_list->setAccessibleName(tr("Your own queries"));
    m_list->setModel(&m_history);
    m_list->setItemDelegate(new OwnQueryDelegate(thumbnails, m_list));
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed | QAbstractItemView::SelectedClicked);
    m_list->setUniformItemSizes(true);
    m_list->setToolTip(tr("Click: search again. F2: name it. Delete: take it off the list."));
    m_combine->setObjectName(QStringLiteral("combineQueries"));
    m_remove->setObjectName(QStringLiteral("removeQueries"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_combine);
    row->addWidget(m_remove);
    row->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap / 2);
    column->addWidget(m_list, 1);
    column->addLayout(row);
    connect(&thumbnails, &ThumbnailProvider::arrived, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_list, &QListView::clicked, this, &OwnQueries::repeat);
    connect(m_list, &QListView::activated, this, &OwnQueries::repeat);
    connect(m_list->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OwnQueries::update);
    connect(m_combine, &QPushButton::clicked, this, &OwnQueries::combine);
    connect(m_remove, &QPushButton::clicked, this, &OwnQueries::removeChosen);
    auto *key = new QShortcut(QKeySequence::Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut);
    connect(key, &QShortcut::activated, this, &OwnQueries::removeChosen);
    update();
}

QList<int> OwnQueries::chosenRows() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_list->selectionModel()->selectedRows())
        rows << index.row();
    std::ranges::sort(rows);
    return rows;
}

void OwnQueries::update()
{
    const auto chosen = chosenRows();
    m_remove->setEnabled(!chosen.isEmpty());
    m_combine->setEnabled(chosen.size() > 1);
    m_combine->setToolTip(chosen.size() > 1 ? QString() : tr("Choose two or more, with Ctrl or Shift"));
}

void OwnQueries::repeat(const QModelIndex &index)
{
    if (chosenRows().size() > 1 || !m_session.hasWorkspace())
        return;
    const Query query = m_history.at(index.row()); // a copy: the list is about to move
    m_session.setQuery(query);
    m_session.runQuery();
    m_list->setCurrentIndex(m_history.index(0));
}

void OwnQueries::removeChosen()
{
    const auto rows = chosenRows();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        m_history.remove(*row);
}

void OwnQueries::combine()
{
    std::vector<std::pair<QString, Query>> queries;
    for (const int row : chosenRows())
        queries.emplace_back(m_history.nameAt(row), m_history.at(row));
    // A picture leads, where there is one.
    std::ranges::stable_partition(queries, [](const auto &query) { return query.second.hasPicture(); });
    auto *dialog = new PartsDialog(queries, this);
    connect(dialog, &PartsDialog::chosen, this, [this](const Query &first, const std::vector<Query::Part> &more) {
        m_session.setQuery(Query::ofParts(first, more));
        m_session.runQuery();
    });
    dialog->open();
}

} // namespace likeness::ui
