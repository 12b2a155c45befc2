#include "ui/widgets/chain_list.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QCoreApplication>
#include <QKeyEvent>

namespace likeness::ui {

namespace {

const char *iconOf(StageKind kind)
{
    switch (kind) {
    case StageKind::Extractor:
        return "image-x-generic";
    case StageKind::Transform:
        return "transform-scale";
    case StageKind::Index:
        return "table";
    case StageKind::Fusion:
        return "merge";
    case StageKind::Ranker:
        break;
    }
    return "view-sort-descending";
}

} // namespace

ChainList::ChainList(QWidget *parent) : QListWidget(parent)
{
    setDragDropMode(QAbstractItemView::InternalMove);
    setDefaultDropAction(Qt::MoveAction);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setIconSize({3 * gap, 3 * gap});
    setSpacing(1);
    setAccessibleName(tr("Stages"));
    setToolTip(tr("Drag a stage to another place, or move it with Alt and an arrow key"));
    // Behind the drop: the owner sets the list anew while the view still works on it.
    connect(
        model(), &QAbstractItemModel::rowsMoved, this,
        [this](const QModelIndex &, int from, int, const QModelIndex &, int before) {
            Q_EMIT moveWanted(from, before > from ? before - 1 : before);
        },
        Qt::QueuedConnection);
}

void ChainList::setChain(const Chain &chain, int current)
{
    const QSignalBlocker quiet(this);
    clear();
    int branch = 0;
    const auto branches = std::ranges::count(chain, StageKind::Extractor, &ChainStage::kind);
    for (const ChainStage &stage : chain) {
        branch += stage.kind == StageKind::Extractor;
        QString kind = stageKindText(stage.kind);
        if (branches > 1 && stage.kind != StageKind::Fusion && stage.kind != StageKind::Ranker)
            kind = tr("%1 of branch %2").arg(kind).arg(branch);
        auto *item = new QListWidgetItem(themeIcon(iconOf(stage.kind)),
                                         stageTitle(stage.kind, stage.choice.id) + QLatin1Char('\n') + kind);
        addItem(item);
    }
    setCurrentRow(qBound(-1, current, count() - 1));
}

void ChainList::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Up ? -1 : event->key() == Qt::Key_Down ? 1 : 0;
    if (by == 0 || event->modifiers() != Qt::AltModifier)
        return QListWidget::keyPressEvent(event);
    const int to = currentRow() + by;
    if (currentRow() >= 0 && to >= 0 && to < count())
        Q_EMIT moveWanted(currentRow(), to);
}

QString stageKindText(StageKind kind)
{
    switch (kind) {
    case StageKind::Extractor:
        return ChainList::tr("Extractor");
    case StageKind::Transform:
        return ChainList::tr("Transform");
    case StageKind::Index:
        return ChainList::tr("Index");
    case StageKind::Fusion:
        return ChainList::tr("Fusion");
    case StageKind::Ranker:
        break;
    }
    return ChainList::tr("Ranker");
}

QString stageTitle(StageKind kind, const std::string &id)
{
    return coreText(stageById(kind, id).title);
}

} // namespace likeness::ui
