#include "ui/widgets/thumbnail_grid.h"

#include "ui/util/settings.h"
#include "ui/util/theme.h"

#include <QEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>
#include <QWheelEvent>
#include <algorithm>
#include <limits>

namespace likeness::ui {

namespace {

constexpr int padding = gap / 2;
constexpr int captionFlags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
constexpr int measuredCaptions = 1000;

/// The captions that decide about room.
QStringList captionsOf(const ImageListModel &images)
{
    QStringList captions;
    const int rows = images.hasCaptions() ? images.rowCount() : 0;
    for (int row = 0; row < qMin(rows, measuredCaptions); ++row)
        captions << images.index(row).data(CaptionRole).toString();
    if (rows > measuredCaptions)
        captions << images.index(rows - 1).data(CaptionRole).toString(); // the rank with most digits
    return captions;
}

/// Of captions that wrap in a width; in a width of 0 each word has its line, and the widest one is what they need.
QSize roomFor(const QStringList &captions, const QFontMetrics &font, int width)
{
    QSize room;
    for (const QString &caption : captions) {
        const QRect all(0, 0, width, std::numeric_limits<qint16>::max());
        room = room.expandedTo(font.boundingRect(all, captionFlags, caption).size());
    }
    return room;
}

class CellDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    int side = 160;
    int captionHeight = 0; ///< under the picture and its name

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {side + 2 * padding, side + option.fontMetrics.height() + captionHeight + 3 * padding};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect cell = option.rect.adjusted(padding / 2, padding / 2, -padding / 2, -padding / 2);
        const bool selected = option.state & QStyle::State_Selected;
        if (selected || (option.state & QStyle::State_MouseOver)) {
            QColor fill = option.palette.color(QPalette::Highlight);
            fill.setAlpha(selected ? 255 : 40);
            painter->setPen(Qt::NoPen);
            painter->setBrush(fill);
            painter->drawRoundedRect(cell, padding, padding);
        }
        const QRect frame(option.rect.x() + padding, option.rect.y() + padding, side, side);
        if (index.data(NoiseRole).toBool() && !selected)
            painter->setOpacity(0.5);
        paintPicture(*painter, frame, option, index);
        painter->setOpacity(1);                                         // words keep their contrast
        if (Verdict(index.data(VerdictRole).toInt()) == Verdict::Right) // a hundred crosses would say nothing
            paintRight(*painter, frame);

        const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
        painter->setPen(text);
        const int line = option.fontMetrics.height();
        const QRect nameRect(frame.x(), frame.bottom() + padding, side, line);
        const QString caption = index.data(CaptionRole).toString();
        const QString name =
            option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, side);
        painter->drawText(nameRect, Qt::AlignHCenter | Qt::AlignVCenter, name);
        if (!caption.isEmpty())
            painter->drawText(QRect(frame.x(), nameRect.bottom() + 1, side, captionHeight), captionFlags, caption);
        painter->restore();
    }

private:
    void paintPicture(QPainter &painter, const QRect &frame, const QStyleOptionViewItem &option,
                      const QModelIndex &index) const
    {
        const QPixmap pixmap = index.data(ThumbnailRole).value<QPixmap>();
        if (!pixmap.isNull()) {
            QSize size = pixmap.size().scaled(frame.size(), Qt::KeepAspectRatio);
            if (size.width() * painter.device()->devicePixelRatioF() > 2 * pixmap.width())
                size = pixmap.size() * 2 / painter.device()->devicePixelRatioF(); // of a small one its pixels are seen
            size = size.expandedTo({1, 1});
            const QRect target(frame.x() + (frame.width() - size.width()) / 2,
                               frame.y() + (frame.height() - size.height()) / 2, size.width(), size.height());
            painter.setRenderHint(QPainter::SmoothPixmapTransform);
            painter.drawPixmap(target, pixmap);
            return;
        }
        const bool broken = index.data(StateRole).toInt() == int(ThumbnailProvider::State::Broken);
        QColor fill = option.palette.color(QPalette::Mid);
        fill.setAlpha(50);
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(frame, padding, padding);
        if (broken)
            themeIcon("image-missing").paint(&painter, frame.adjusted(side / 3, side / 3, -side / 3, -side / 3));
    }

    static void paintRight(QPainter &painter, const QRect &frame)
    {
        const QRect badge(frame.right() - 3 * gap, frame.top() + padding, 5 * gap / 2, 5 * gap / 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(rightColour());
        painter.drawEllipse(badge);
        // A shape, not only a colour.
        painter.setPen(QPen(Qt::white, 2));
        const QPoint c = badge.center();
        painter.drawPolyline(QPolygon{c + QPoint(-5, 0), c + QPoint(-1, 4), c + QPoint(5, -4)});
    }
};

} // namespace

ThumbnailGrid::ThumbnailGrid(ThumbnailProvider &thumbnails, QWidget *parent)
    : QListView(parent), m_thumbnails(thumbnails), m_model(thumbnails), m_side(Settings::thumbnailSidePx())
{
    // List mode with wrapping lays out by arithmetic; icon mode keeps an item for every image.
    setFlow(LeftToRight);
    setWrapping(true);
    setResizeMode(Adjust);
    setUniformItemSizes(true);
    setVerticalScrollMode(ScrollPerPixel);
    setSelectionMode(ExtendedSelection);
    setDragEnabled(true);
    setDragDropMode(DragOnly);
    setMouseTracking(true);
    setItemDelegate(new CellDelegate(this));
    setAccessibleName(tr("Pictures"));
    setModel(&m_model);
    updateCells();
    connect(this, &QListView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT imageActivated(m_model.imageAt(index.row())); });
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this] { m_thumbnails.dropPending(); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &ThumbnailGrid::updateCells);
    connect(&m_model, &QAbstractItemModel::dataChanged, viewport(), qOverload<>(&QWidget::update));
}

void ThumbnailGrid::setThumbnailSide(int logicalPx)
{
    m_side = qBound(64, logicalPx, 384);
    Settings::setThumbnailSidePx(m_side);
    updateCells();
}

void ThumbnailGrid::updateCells()
{
    // Cells fill the row; the room of the scroll bar is left free, or the row would change with it.
    const int width = maximumViewportSize().width() - style()->pixelMetric(QStyle::PM_ScrollBarExtent) - 1;
    const QStringList captions = captionsOf(m_model);
    const int least = qMax(48, roomFor(captions, fontMetrics(), 0).width());
    const int columns = qMax(1, qMin(qRound(double(width) / (m_side + 2 * padding)), width / (least + 2 * padding)));
    const int side = qMax(least, qMin(width / columns - 2 * padding, 3 * m_side / 2));
    auto *delegate = static_cast<CellDelegate *>(itemDelegate());
    delegate->side = side;
    delegate->captionHeight = roomFor(captions, fontMetrics(), side).height(); // rank and score are never cut
    // In steps, so that a window that is drawn wider does not ask for each width.
    m_model.setThumbnailSide(qRound((side + 31) / 32 * 32 * devicePixelRatioF()));
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    if (const QSize cell = delegate->sizeHint(option, {}); cell != gridSize())
        setGridSize(cell);
    verticalScrollBar()->setSingleStep(gridSize().height() / 3);
}

void ThumbnailGrid::selectImage(ImageId image)
{
    const int row = m_model.rowOf(image);
    m_selecting = true;
    if (row >= 0) {
        setCurrentIndex(m_model.index(row));
        scrollTo(m_model.index(row));
    } else {
        clearSelection();
    }
    m_selecting = false;
}

std::vector<Query> ThumbnailGrid::picturesAt(QPoint global) const
{
    const QModelIndex under = indexAt(viewport()->mapFromGlobal(global));
    if (!under.isValid())
        return {};
    return selectionModel()->isSelected(under) ? chosenPictures()
                                               : std::vector<Query>{Query::ofFile(m_model.pathAt(under.row()))};
}

std::vector<Query> ThumbnailGrid::chosenPictures() const
{
    QModelIndexList chosen = selectedIndexes();
    std::ranges::sort(chosen, {}, &QModelIndex::row);
    std::vector<Query> pictures;
    for (const QModelIndex &index : chosen)
        pictures.push_back(Query::ofFile(m_model.pathAt(index.row())));
    return pictures;
}

bool ThumbnailGrid::chooseBeside(int step)
{
    const QModelIndex next = m_model.index(currentIndex().row() + step);
    if (next.isValid())
        setCurrentIndex(next);
    return next.isValid();
}

void ThumbnailGrid::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void ThumbnailGrid::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QListView::currentChanged(current, previous);
    if (current.isValid() && !m_selecting)
        Q_EMIT imageSelected(m_model.imageAt(current.row()));
}

void ThumbnailGrid::resizeEvent(QResizeEvent *event)
{
    QListView::resizeEvent(event);
    updateCells();
}

void ThumbnailGrid::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    paintNoiseLine();
    if (m_model.rowCount() > 0 || m_emptyText.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(2 * gap, 2 * gap, -2 * gap, -2 * gap),
                     Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

/// Between the answers that stand out and the others: below the first ones of its row, above the rest of it.
void ThumbnailGrid::paintNoiseLine()
{
    const int row = m_model.noiseRow();
    if (row <= 0)
        return;
    const QRect cell = visualRect(m_model.index(row));
    const int left = cell.left() - padding / 2;
    QPolygonF line{QPointF(left, cell.top()), QPointF(viewport()->width(), cell.top())};
    if (left > padding) {
        line.prepend(QPointF(left, cell.bottom()));
        line.prepend(QPointF(0, cell.bottom()));
    }
    QPainter painter(viewport());
    painter.setPen(QPen(wrongColour(), 1.5, Qt::DashLine));
    painter.drawPolyline(line);
}

void ThumbnailGrid::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        setThumbnailSide(m_side + (event->angleDelta().y() > 0 ? 16 : -16));
        event->accept();
        return;
    }
    QListView::wheelEvent(event);
}

bool ThumbnailGrid::event(QEvent *event)
{
    // Moved to a screen of another pixel ratio: other thumbnails are needed.
    if (event->type() == QEvent::ScreenChangeInternal || event->type() == QEvent::FontChange ||
        event->type() == QEvent::Polish)
        QMetaObject::invokeMethod(
            this, [this] { updateCells(); }, Qt::QueuedConnection);
    return QListView::event(event);
}

} // namespace likeness::ui
