#include "ui/widgets/flow_layout.h"

#include "ui/util/theme.h"

#include <QWidget>

namespace likeness::ui {

FlowLayout::FlowLayout(QWidget *parent) : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
    setSpacing(gap / 2);
}

FlowLayout::~FlowLayout() = default;

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.emplace_back(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return index >= 0 && index < count() ? m_items[std::size_t(index)].get() : nullptr;
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    if (index < 0 || index >= count())
        return nullptr;
    QLayoutItem *item = m_items[std::size_t(index)].release();
    m_items.erase(m_items.begin() + index);
    return item;
}

QSize FlowLayout::minimumSize() const
{
    QSize least;
    for (const auto &item : m_items)
        if (!item->isEmpty())
            least = least.expandedTo(item->minimumSize());
    return least;
}

QSize FlowLayout::sizeHint() const
{
    QSize wanted;
    for (const auto &item : m_items)
        if (!item->isEmpty())
            wanted = {wanted.width() + item->sizeHint().width() + spacing(),
                      qMax(wanted.height(), item->sizeHint().height())};
    return wanted;
}

void FlowLayout::setGeometry(const QRect &place)
{
    QLayout::setGeometry(place);
    arrange(place, true);
}

int FlowLayout::arrange(const QRect &place, bool apply) const
{
    std::vector<std::pair<QLayoutItem *, QRect>> line;
    int x = 0, y = 0, height = 0;
    const auto endLine = [&] {
        for (const auto &[item, at] : line) // in the middle of the line's height
            item->setGeometry(at.translated(place.x(), place.y() + (height - at.height()) / 2));
        line.clear();
    };
    for (const auto &item : m_items) {
        if (item->isEmpty()) // hidden
            continue;
        QSize size = item->sizeHint().expandedTo(item->minimumSize()).boundedTo({qMax(1, place.width()), 10000});
        if (item->hasHeightForWidth())
            size.setHeight(item->heightForWidth(size.width()));
        if (x > 0 && x + size.width() > place.width()) {
            endLine();
            x = 0;
            y += height + spacing();
            height = 0;
        }
        if (apply)
            line.emplace_back(item.get(), QRect({x, y}, size));
        x += size.width() + spacing();
        height = qMax(height, size.height());
    }
    endLine();
    return y + height;
}

} // namespace likeness::ui
