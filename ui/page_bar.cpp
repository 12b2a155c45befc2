#include "ui/page_bar.h"

#include "ui/util/theme.h"

#include <QActionGroup>

namespace likeness::ui {

PageBar::PageBar(QWidget *parent) : QToolBar(tr("Pages"), parent), m_actions(new QActionGroup(this))
{
    setMovable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    setIconSize({3 * gap, 3 * gap});
    const struct {
        const char *icon;
        QString text;
        bool needsWorkspace;
    } pages[] = {{"go-home", tr("Start"), false},
                 {"view-list-icons", tr("Browse"), true},
                 {"edit-find", tr("Search"), true},
                 {"view-split-left-right", tr("Compare"), true},
                 {"draw-line", tr("Match"), false},
                 {"table", tr("Submission"), true},
                 {"database-index", tr("Index"), false},
                 {"document-edit", tr("Recipe"), false},
                 {"office-chart-scatter", tr("Trade-off"), true},
                 {"tag", tr("Labels"), true},
                 {"office-chart-bar", tr("Benchmark"), false},
                 {"distribute-graph-directed", tr("Models"), false},
                 {"view-list-details", tr("Families"), false},
                 {"office-chart-line", tr("Train"), false},
                 {"document-open-recent", tr("Runs"), false}};
    static constexpr Qt::Key digits[] = {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5,
                                         Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        QAction *action = addAction(themeIcon(pages[i].icon), pages[i].text);
        action->setCheckable(true);
        action->setData(pages[i].needsWorkspace);
        if (i < int(std::size(digits)))
            action->setShortcut(QKeySequence(Qt::ALT | digits[i]));
        m_actions->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT chosen(i); });
    }
}

void PageBar::setCurrent(int page)
{
    m_actions->actions().at(page)->setChecked(true);
}

void PageBar::setWorkspaceThere(bool there)
{
    for (QAction *action : m_actions->actions()) {
        action->setEnabled(there || !action->data().toBool());
        action->setToolTip(action->isEnabled() ? action->text() : tr("Open a folder or the sample first"));
    }
}

} // namespace likeness::ui
