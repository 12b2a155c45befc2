#include "ui/pages/submission_page.h"

#include "core/base/file.h"
#include "core/commands/search_commands.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/tool_button.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace likeness::ui {

SubmissionPage::SubmissionPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_summary(new QLabel),
      m_queryName(new QLabel),
      m_sourceName(new QLabel),
      m_problems(new MessageBar),
      m_table(new QTableView),
      m_model(new QStandardItemModel(this)),
      m_query(new ImageView),
      m_source(new ImageView),
      m_queryLoader(new PictureLoader(*m_query)),
      m_sourceLoader(new PictureLoader(*m_source)),
      m_command(new CommandBar)
{
    m_table->setModel(m_model);
    m_table->setObjectName(QStringLiteral("submissionRows"));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->setShowGrid(false);
    m_table->setAlternatingRowColors(true);
    m_table->setSortingEnabled(true);
    auto *pictures = new QWidget;
    auto *column = new QVBoxLayout(pictures);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_queryName);
    column->addWidget(m_query, 1);
    column->addWidget(m_sourceName);
    column->addWidget(m_source, 1);
    auto *splitter = new QSplitter;
    splitter->addWidget(m_table);
    splitter->addWidget(pictures);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(makeTopRow());
    layout->addWidget(m_problems);
    layout->addWidget(splitter, 1);
    layout->addStretch(); // takes the room where the splitter is hidden
    m_content = splitter;
    layout->addWidget(m_command);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                showRow(current.isValid() ? current.siblingAtColumn(0).data(Qt::UserRole).toInt() : -1);
            });
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_rows.clear();
        m_file.clear();
        fill();
    });
    fill();
}

QLayout *SubmissionPage::makeTopRow()
{
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *open = new QPushButton(themeIcon("document-open"), tr("Open submission…"));
    connect(open, &QPushButton::clicked, this, &SubmissionPage::openWanted);
    auto *top = new QHBoxLayout;
    top->addWidget(m_summary, 1);
    m_region = toolButton("select-rectangular", tr("Region"), tr("Drag on a picture to search by a part of it"), true);
    for (ImageView *view : {m_query, m_source}) {
        connect(m_region, &QToolButton::toggled, view, &ImageView::setRegionMarking);
        connect(view, &ImageView::regionMarked, this, [this, view](const QRect &region) {
            const QImage part = view->image().copy(region);
            m_region->setChecked(false);
            Q_EMIT regionWanted(part, tr("Region of %1").arg(m_file));
        });
    }
    for (QLabel *label : {m_queryName, m_sourceName})
        label->setTextFormat(Qt::PlainText); // file names are no markup
    top->addWidget(m_region);
    top->addWidget(open);
    return top;
}

void SubmissionPage::open(const QString &file)
{
    m_file = file;
    m_rows.clear();
    try {
        m_rows = readSourceQueryCsv(toPath(file));
    } catch (const Error &error) {
        m_file.clear();
        fill();
        m_problems->showRefusal(toQString(error.message()));
        return;
    }
    fill();
}

void SubmissionPage::fill()
{
    m_model->clear();
    m_model->setHorizontalHeaderLabels({tr("Query"), tr("Answer"), tr("Judgement")});
    m_problems->hide();
    m_queryLoader->clear(tr("Select a row to see its pictures."));
    m_sourceLoader->clear({});
    m_queryName->clear();
    m_sourceName->clear();
    m_command->setCommand({});
    m_content->setVisible(!m_file.isEmpty() && m_session.hasWorkspace());
    m_region->setVisible(m_content->isVisibleTo(this));
    if (!m_content->isVisibleTo(this)) {
        m_summary->setText(
            tr("A submission is a file with a row source,query for every query. Export one by File > Export "
               "Submission…, or open one to see it checked, scored and picture by picture."));
        return;
    }
    const Workspace &workspace = *m_session.workspace();
    int answered = 0;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const SourceQueryRow &row = m_rows[i];
        answered += !row.source.empty();
        auto *query = new QStandardItem(toQString(row.query));
        query->setData(int(i), Qt::UserRole);
        auto *judgement = new QStandardItem;
        if (const auto *sources = m_session.sourcesOf(toQString(row.query))) {
            const bool right = row.source.empty() ? sources->empty() : sources->contains(row.source);
            judgement->setText(right ? tr("right") : tr("wrong"));
            judgement->setForeground(right ? rightColour() : wrongColour());
        }
        m_model->appendRow(
            {query, new QStandardItem(row.source.empty() ? tr("no answer") : toQString(row.source)), judgement});
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    QString summary =
        tr("<b>%1</b>: %2 rows, %3 answered.").arg(m_file.toHtmlEscaped()).arg(m_rows.size()).arg(answered);
    if (workspace.truth) {
        const Metrics metrics = evaluate(rankingsOf(m_rows), *workspace.truth);
        summary += QLatin1Char(' ') + tr("acc@1 %1, µAP %2 (a file without scores: its rows count as equal).")
                                          .arg(metrics.acc1, 0, 'f', 4)
                                          .arg(metrics.uap, 0, 'f', 4);
    }
    m_summary->setText(summary);
    EvaluateCommand command;
    command.workspace = toUtf8(workspace.root);
    command.submissions = {m_file.toStdString()};
    m_command->setCommand(toQString(printed(command)));
    const auto problems = checkSubmission(m_rows, workspace.gallery, workspace.queries, m_file.toStdString());
    if (!problems.empty()) {
        QStringList lines;
        for (const Problem &problem : problems)
            lines << toQString(problem.reason);
        m_problems->showRefusal(tr("%n problem(s): %1", nullptr, int(problems.size())).arg(lines.first()),
                                lines.join(QLatin1Char('\n')));
    }
    if (m_model->rowCount() > 0)
        m_table->selectRow(0);
}

void SubmissionPage::showRow(int row)
{
    if (row < 0 || row >= int(m_rows.size()) || !m_session.hasWorkspace())
        return;
    const Workspace &workspace = *m_session.workspace();
    const SourceQueryRow &shown = m_rows[std::size_t(row)];
    m_queryName->setText(tr("Query: %1").arg(toQString(shown.query)));
    m_sourceName->setText(tr("Answer: %1").arg(shown.source.empty() ? tr("no answer") : toQString(shown.source)));
    if (const auto query = workspace.queries.find(shown.query))
        m_queryLoader->show({toQString(shown.query), query, workspace.queries[*query].path});
    else
        m_queryLoader->clear(tr("There is no such query."));
    if (const auto source = workspace.gallery.find(shown.source))
        m_sourceLoader->show({toQString(shown.source), std::nullopt, workspace.gallery[*source].path});
    else
        m_sourceLoader->clear(shown.source.empty() ? tr("no answer") : tr("There is no such picture in the gallery."));
}

} // namespace likeness::ui
