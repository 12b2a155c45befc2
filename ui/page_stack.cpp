#include "ui/page_stack.h"

#include "ui/page_table.h"

#include <QScrollArea>
#include <algorithm>

namespace likeness::ui {

PageStack::PageStack(Session &session, ThumbnailProvider &thumbnails) : m_session(session), m_thumbnails(thumbnails)
{
    setObjectName(QStringLiteral("pages"));
    add(0);
}

int PageStack::rowOf(const QMetaObject &type)
{
    const auto rows = pageTable();
    return int(std::ranges::find(rows, &type, &PageRow::type) - rows.begin());
}

void PageStack::add(int row)
{
    auto *room = new QScrollArea; // on a screen too small for a page the page scrolls; the window fits any
    room->setFrameShape(QFrame::NoFrame);
    room->setFocusPolicy(Qt::NoFocus);
    room->setWidgetResizable(true);
    room->setWidget(pageTable()[std::size_t(row)].make(m_session, m_thumbnails));
    addWidget(room);
}

void PageStack::buildOthers()
{
    if (areBuilt())
        return;
    for (int row = 1; row < int(pageTable().size()); ++row)
        add(row);
    Q_EMIT built();
}

QWidget &PageStack::page(const QMetaObject &type)
{
    const int row = rowOf(type);
    if (row > 0)
        buildOthers();
    return *static_cast<QScrollArea *>(widget(row))->widget();
}

void PageStack::show(const QMetaObject &type)
{
    page(type);
    setCurrentIndex(rowOf(type));
}

} // namespace likeness::ui
