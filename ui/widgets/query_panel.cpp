#include "ui/widgets/query_panel.h"

#include "ui/models/query_history.h"
#include "ui/util/theme.h"
#include "ui/widgets/own_queries.h"
#include "ui/widgets/query_table.h"
#include "ui/widgets/run_figures.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTimer>

namespace likeness::ui {

QueryPanel::QueryPanel(Session &session, ThumbnailProvider &thumbnails, QPushButton &runAll, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_tabs(new QTabBar),
      m_filter(new QComboBox),
      m_table(new QueryTable(session, thumbnails))
{
    m_tabs->setObjectName(QStringLiteral("queryTabs"));
    m_tabs->setDrawBase(false);
    m_tabs->setExpanding(false);
    m_tabs->addTab(tr("Queries of the folder"));
    m_tabs->addTab(tr("Your own"));
    auto *stack = new QStackedWidget;
    stack->addWidget(makeFolderQueries(runAll));
    stack->addWidget(new OwnQueries(session, thumbnails));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap / 2);
    column->addWidget(m_tabs);
    column->addWidget(stack, 1);
    connect(m_tabs, &QTabBar::currentChanged, stack, &QStackedWidget::setCurrentIndex);
    connect(&session, &Session::queryChanged, this, [this] {
        if (!m_session.query().isNull())
            m_tabs->setCurrentIndex(m_session.query().id ? 0 : 1);
    });
    connect(&session, &Session::workspaceChanged, this,
            [this] { m_tabs->setCurrentIndex(m_session.workspace()->queries.empty() ? 1 : 0); });
    auto *soon = new QTimer(this); // not with each of a thousand answers
    soon->setSingleShot(true);
    soon->setInterval(200);
    connect(soon, &QTimer::timeout, this, &QueryPanel::showCounts);
    for (auto signal : {&Session::workspaceChanged, &Session::resultsReset})
        connect(&session, signal, this, &QueryPanel::showCounts);
    connect(&session, &Session::resultChanged, soon, [soon] {
        if (!soon->isActive())
            soon->start();
    });
    showCounts();
}

QWidget *QueryPanel::makeFolderQueries(QPushButton &runAll)
{
    m_filter->setObjectName(QStringLiteral("queryFilter"));
    m_filter->setAccessibleName(tr("Which queries are shown"));
    for (int i = 0; i < QueryFilter::KindCount; ++i)
        m_filter->addItem({});
    auto *row = new QHBoxLayout;
    row->addWidget(m_filter, 1);
    row->addWidget(&runAll);
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap / 2);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    column->addWidget(new RunFigures(m_session));
    connect(m_filter, &QComboBox::currentIndexChanged, this,
            [this](int kind) { m_table->setFilter(QueryFilter::Kind(kind)); });
    return part;
}

void QueryPanel::showCounts()
{
    const auto counts = m_table->counts();
    const QString names[] = {tr("All queries, %1"), tr("Wrong, worst first: %1"), tr("Right: %1"), tr("No source: %1"),
                             tr("Unsure: %1")};
    for (int kind = 0; kind < QueryFilter::KindCount; ++kind)
        m_filter->setItemText(kind, names[kind].arg(counts[std::size_t(kind)]));
}

} // namespace likeness::ui
