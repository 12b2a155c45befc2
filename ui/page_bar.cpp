#include "ui/page_bar.h"

#include "ui/page_table.h"
#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"

#include <QActionGroup>
#include <QCoreApplication>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

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
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        column->addWidget(button);
    }
    column->addStretch();
    m_actions->actions().constFirst()->setChecked(true);
}

void PageBar::setCurrent(int page)
{
    m_actions->actions().at(page)->setChecked(true);
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
