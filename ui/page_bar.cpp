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
        QString text, tip;
        bool needsWorkspace;
    } pages[] = {
        {"go-home", tr("Start"), tr("The sample, recent folders"), false},
        {"view-list-icons", tr("Browse"), tr("The pictures of the folder"), true},
        {"edit-find", tr("Search"), tr("Which picture is this, or a copy of it?"), true},
        {"view-split-left-right", tr("Compare"), tr("Query and result over each other: swipe, blink, difference"),
         true},
        {"draw-line", tr("Match"), tr("The keypoints that two pictures share"), false},
        {"table", tr("Submission"), tr("Opens an exported file and checks it"), true},
        {"database-index", tr("Index"), tr("Large collections, searched from the disk"), false},
        {"document-edit", tr("Recipe"), tr("The stages of a method, to be changed"), false},
        {"office-chart-scatter", tr("Trade-off"), tr("Accuracy against time and memory, for many recipes"), true},
        {"tag", tr("Labels"), tr("What is to be seen, by words"), true},
        {"office-chart-bar", tr("Benchmark"), tr("Matching methods, measured on pairs with a known truth"), false},
        {"distribute-graph-directed", tr("Models"), tr("Networks: download, import, check"), false},
        {"view-list-details", tr("Families"), tr("What kinds of networks are good for"), false},
        {"office-chart-line", tr("Train"), tr("A network of your own, on your pictures"), false},
        {"document-open-recent", tr("Runs"), tr("Trainings so far, with their curves"), false}};
    static constexpr Qt::Key digits[] = {Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5,
                                         Qt::Key_6, Qt::Key_7, Qt::Key_8, Qt::Key_9, Qt::Key_0};
    for (int i = 0; i < int(std::size(pages)); ++i) {
        QAction *action = addAction(themeIcon(pages[i].icon), pages[i].text);
        action->setCheckable(true);
        action->setStatusTip(pages[i].tip);
        action->setData(pages[i].needsWorkspace);
        if (i < int(std::size(digits)))
            action->setShortcut(QKeySequence(Qt::ALT | digits[i]));
        m_actions->addAction(action);
        connect(action, &QAction::triggered, this, [this, i] { Q_EMIT chosen(i); });
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
