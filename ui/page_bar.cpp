#include "ui/page_bar.h"

#include "ui/page_table.h"
#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace likeness::ui {

namespace {

QString nameOf(PageGroup group)
{
    switch (group) {
    case PageGroup::Pictures:
        return PageBar::tr("Pictures");
    case PageGroup::Methods:
        return PageBar::tr("Methods");
    case PageGroup::Networks:
        return PageBar::tr("Networks");
    case PageGroup::Start:
        break;
    }
    return {};
}

/// Alt with a digit for the first ten pages, with Shift too for the others.
QKeySequence keysOf(int place)
{
    const auto digit = Qt::Key(Qt::Key_0 + (place + 1) % 10);
    return place < 10 ? QKeySequence(Qt::ALT | digit) : QKeySequence(Qt::ALT | Qt::SHIFT | digit);
}

} // namespace

PageBar::PageBar(QWidget *parent) : QFrame(parent), m_actions(new QActionGroup(this))
{
    setAccessibleName(tr("Pages"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(gap / 2, gap / 2, gap / 2, gap / 2);
    column->setSpacing(1);
    PageGroup group = PageGroup::Start;
    for (const PageRow &page : pageTable()) {
        if (page.group != group) {
            group = page.group;
            auto *caption = new QLabel(nameOf(group));
            caption->setFont(typeFont(Type::Caption));
            caption->setForegroundRole(QPalette::PlaceholderText);
            caption->setContentsMargins(gap, gap / 2, 0, 0);
            column->addWidget(caption);
        }
        const auto text = [](const char *marked) { return QCoreApplication::translate("PageTable", marked); };
        auto *action = new QAction(themeIcon(page.icon), text(page.name), m_actions);
        action->setCheckable(true);
        action->setStatusTip(text(page.tip));
        action->setData(page.needsWorkspace);
        action->setShortcut(keysOf(int(m_actions->actions().size()) - 1));
        Shortcuts::add(*action, (QByteArray("page-") + page.type->className()).constData());
        connect(action, &QAction::triggered, this, [this, &page] { Q_EMIT chosen(*page.type); });
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIconSize({2 * gap, 2 * gap});
        button->installEventFilter(this);
        m_buttons << button;
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        column->addWidget(button);
    }
    column->addStretch();
    setCurrent(0);
}

/// Tab stops at the page that is shown; arrows walk from there.
bool PageBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const int step = key == Qt::Key_Down ? 1 : key == Qt::Key_Up ? -1 : 0;
    if (step == 0)
        return QFrame::eventFilter(watched, event);
    auto at = m_buttons.indexOf(static_cast<QToolButton *>(watched));
    do
        at += step;
    while (at >= 0 && at < m_buttons.size() && !m_buttons[at]->isEnabled());
    if (at >= 0 && at < m_buttons.size())
        m_buttons[at]->setFocus(Qt::TabFocusReason);
    return true;
}

void PageBar::setCurrent(int page)
{
    m_actions->actions().at(page)->setChecked(true);
    const bool focused = std::ranges::any_of(m_buttons, &QWidget::hasFocus);
    if (focused && isVisible())
        m_buttons[page]->setFocus(); // not two pages seem to be shown
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setFocusPolicy(i == page ? Qt::StrongFocus : Qt::ClickFocus);
}

void PageBar::setWorkspaceThere(bool there)
{
    for (QAction *action : m_actions->actions()) {
        action->setEnabled(there || !action->data().toBool());
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        action->setToolTip(action->isEnabled() ? QStringLiteral("%1 (%2)").arg(action->statusTip(), keys)
                                               : tr("Open a folder or the sample first"));
    }
}

} // namespace likeness::ui
