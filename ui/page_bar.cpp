#include "ui/page_bar.h"

#include "ui/page_table.h"
#include "ui/util/theme.h"

#include <QActionGroup>
#include <QCoreApplication>

namespace likeness::ui {

PageBar::PageBar(QWidget *parent) : QToolBar(tr("Pages"), parent), m_actions(new QActionGroup(this))
{
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    setIconSize({3 * gap, 3 * gap});
    static constexpr Qt::Key digits[] = {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5,
                                         Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0};
    for (const PageRow &page : pageTable()) {
        const auto text = [](const char *marked) { return QCoreApplication::translate("PageTable", marked); };
        QAction *action = addAction(themeIcon(page.icon), text(page.name));
        action->setCheckable(true);
        action->setStatusTip(text(page.tip));
        action->setData(page.needsWorkspace);
        if (const auto place = std::size_t(m_actions->actions().size()); place < std::size(digits))
            action->setShortcut(QKeySequence(Qt::ALT | digits[place]));
        m_actions->addAction(action);
        connect(action, &QAction::triggered, this, [this, &page] { Q_EMIT chosen(*page.type); });
    }
}

void PageBar::resizeEvent(QResizeEvent *event)
{
    QToolBar::resizeEvent(event);
    // Texts beside smaller icons on a low screen, so that no page hides behind an arrow.
    const bool roomy = height() >= int(m_actions->actions().size()) * (3 * gap + fontMetrics().height() + 2 * gap);
    setToolButtonStyle(roomy ? Qt::ToolButtonTextUnderIcon : Qt::ToolButtonTextBesideIcon);
    setIconSize(roomy ? QSize(3 * gap, 3 * gap) : QSize(2 * gap, 2 * gap));
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
        const QString tip =
            keys.isEmpty() ? action->statusTip() : QStringLiteral("%1 (%2)").arg(action->statusTip(), keys);
        action->setToolTip(action->isEnabled() ? tip : tr("Open a folder or the sample first"));
    }
}

} // namespace likeness::ui
