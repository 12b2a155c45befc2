#include "ui/pages/families_page.h"

#include "core/base/file.h"
#include "core/commands/model_commands.h"
#include "core/eval/families.h"
#include "core/nets/models/model_store.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/bar_chart.h"
#include "ui/widgets/bars.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTableWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace likeness::ui {

FamiliesPage::FamiliesPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<FamiliesState>()),
      m_intro(new QLabel(tr("What each family of networks sees and what it costs. Measuring runs every installed model "
                            "on this machine and, where the workspace has a ground truth, searches all its queries "
                            "with it."))),
      m_measure(new QPushButton(themeIcon("chronometer"), tr("Measure the installed models"))),
      m_text(new QTextBrowser),
      m_table(new QTableWidget(0, 7)),
      m_speed(new BarChart(tr("Images a second"))),
      m_accuracy(new BarChart(tr("µAP in this workspace"))),
      m_command(new CommandBar)
{
    m_intro->setWordWrap(true);
    m_measure->setObjectName(QStringLiteral("measureModels"));
    m_text->setObjectName(QStringLiteral("families"));
    m_text->setAccessibleName(tr("Families of networks"));
    m_table->setObjectName(QStringLiteral("familyFigures"));
    m_table->setHorizontalHeaderLabels(
        {tr("Model"), tr("Family"), tr("Dimension"), tr("Images a second"), tr("acc1"), tr("µAP"), tr("ms a query")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    auto *charts = new QSplitter;
    for (QWidget *each : std::initializer_list<QWidget *>{m_table, m_speed, m_accuracy})
        charts->addWidget(each);
    charts->setSizes({660, 280, 280});
    charts->setChildrenCollapsible(false);
    charts->setVisible(false);
    m_results = charts;
    auto *area = new QSplitter(Qt::Vertical);
    area->addWidget(m_text);
    area->addWidget(charts);
    area->setSizes({460, 280});
    area->setChildrenCollapsible(false);
    auto *row = new QHBoxLayout;
    row->addWidget(m_intro, 1);
    row->addWidget(m_measure);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(row);
    layout->addWidget(area, 1);
    layout->addWidget(m_command);
    connect(m_measure, &QPushButton::clicked, this, &FamiliesPage::measure);
    connect(m_table, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (row >= 0)
            m_kept.chosen = row;
        draw();
    });
    connect(&m_kept, &PageState::changed, this, &FamiliesPage::showKept);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_kept.figures.clear(); // they belong to the workspace
        m_kept.chosen = -1;
        m_kept.command.clear();
        showKept();
    });
    showKept();
}

void FamiliesPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateButton();
}

void FamiliesPage::updateButton()
{
    const bool any = !ModelStore::user().list().empty();
    m_measure->setEnabled(any);
    m_measure->setToolTip(any ? tr("About a second for each model, and its search of the workspace")
                              : tr("No model is installed: the page Models imports and downloads them"));
}

void FamiliesPage::measure()
{
    const auto workspace = m_session.workspace();
    ModelsCompareCommand command;
    command.workspace = workspace ? toUtf8(workspace->root) : std::string();
    m_kept.command = toQString(printed(command));
    m_command->setCommand(m_kept.command);
    m_session.jobs().startFor(
        m_kept, tr("Measuring the installed models"),
        [write = PageWriter(m_kept, m_kept.command, m_session.whileOpen()), workspace,
         cache = m_session.cache()](UiTaskContext &context) {
            write(context, [](FamiliesState &state) { state.figures.clear(); });
            for (const ModelCard &card : ModelStore::user().list()) {
                try {
                    const ModelFigures figures = measureModel(card, workspace.get(), cache, context);
                    write(context, [figures](FamiliesState &state) { state.figures.push_back(figures); });
                } catch (const Error &error) {
                    context.problem({card.id, error.message()});
                }
            }
        });
}

void FamiliesPage::showKept()
{
    m_command->setCommand(m_kept.command);
    m_results->setVisible(!m_kept.figures.empty());
    if (m_table->rowCount() > int(m_kept.figures.size()))
        m_table->setRowCount(0);
    while (m_table->rowCount() < int(m_kept.figures.size()))
        add(m_kept.figures[std::size_t(m_table->rowCount())]);
    if (m_kept.chosen >= 0 && m_kept.chosen < m_table->rowCount())
        m_table->selectRow(m_kept.chosen);
    draw();
    describe();
}

void FamiliesPage::add(const ModelFigures &figures)
{
    const auto &found = figures.evaluation;
    const QString none = QStringLiteral("–");
    const QString cells[] = {toQString(figures.card.id),
                             toQString(modelFamily(figures.card.family).name),
                             QString::number(figures.card.dimension),
                             QString::number(figures.imagesPerSecond, 'f', 1),
                             found ? QString::number(found->metrics.acc1, 'f', 3) : none,
                             found ? QString::number(found->metrics.uap, 'f', 3) : none,
                             found ? QString::number(found->searchMs, 'f', 2) : none};
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    for (int column = 0; column < int(std::size(cells)); ++column) {
        auto *item = new QTableWidgetItem(cells[column]);
        if (column >= 2)
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        m_table->setItem(row, column, item);
    }
}

void FamiliesPage::draw()
{
    QStringList names, judged;
    std::vector<double> speeds, accuracies;
    const int chosen = m_table->currentRow();
    int chosenJudged = -1;
    for (std::size_t i = 0; i < m_kept.figures.size(); ++i) {
        names << toQString(m_kept.figures[i].card.id);
        speeds.push_back(m_kept.figures[i].imagesPerSecond);
        if (!m_kept.figures[i].evaluation)
            continue;
        if (int(i) == chosen)
            chosenJudged = int(judged.size());
        judged << names.back();
        accuracies.push_back(m_kept.figures[i].evaluation->metrics.uap);
    }
    m_speed->setBars(names, speeds, {}, chosen);
    m_accuracy->setVisible(!judged.isEmpty());
    m_accuracy->setBars(judged, accuracies, {}, chosenJudged);
}

/// The measured models of a family, in a line each.
QString FamiliesPage::measuredText(const char *family) const
{
    QStringList lines;
    for (const ModelFigures &figures : m_kept.figures)
        if (std::string_view(modelFamily(figures.card.family).id) == family) {
            QString line =
                tr("%1: %2 images/s").arg(toQString(figures.card.id)).arg(figures.imagesPerSecond, 0, 'f', 1);
            if (figures.evaluation)
                line += tr(", acc1 %1, µAP %2")
                            .arg(figures.evaluation->metrics.acc1, 0, 'f', 3)
                            .arg(figures.evaluation->metrics.uap, 0, 'f', 3);
            lines << line.toHtmlEscaped();
        }
    return lines.isEmpty() ? QStringLiteral("–") : lines.join(QStringLiteral("<br>"));
}

void FamiliesPage::describe()
{
    QString html =
        QStringLiteral("<table cellpadding='6' border='1' style='border-collapse:collapse' width='100%'><tr>");
    for (const QString &head : {tr("Family"), tr("Takes for the same despite"), tr("Is misled by"), tr("Cost"),
                                tr("Use it for"), tr("Measured here")})
        html += QStringLiteral("<th align='left'>%1</th>").arg(head);
    html += QStringLiteral("</tr>");
    for (const ModelFamily &family : modelFamilies()) {
        html += QStringLiteral("<tr><td><b>%1</b></td>").arg(toQString(family.name).toHtmlEscaped());
        for (const Message *text : {&family.sameDespite, &family.losesOn, &family.cost, &family.useFor})
            html += QStringLiteral("<td>%1</td>").arg(toQString(*text).toHtmlEscaped());
        html += QStringLiteral("<td>%1</td></tr>").arg(measuredText(family.id));
    }
    m_text->setHtml(html + QStringLiteral("</table>"));
}

} // namespace likeness::ui
