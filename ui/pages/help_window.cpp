#include "ui/pages/help_window.h"

#include "core/registry.h"
#include "core/train/objective_stages.h"
#include "core/train/training_recipe.h"
#include "ui/page_table.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"
#include "ui/util/theme.h"
#include "ui/widgets/chain_list.h"

#include <QCoreApplication>
#include <QFile>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QRegularExpression>
#include <QSplitter>
#include <QTextBrowser>
#include <QTextDocument>

namespace likeness::ui {

namespace {

QString textOf(const QString &name)
{
    QFile file(QStringLiteral(":/help/%1/%2.md").arg(QString::fromStdString(languageKey()), name));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString htmlOf(const StageInfo &stage)
{
    QString html = QStringLiteral("<h3>%1</h3><p>%2</p>")
                       .arg(coreText(stage.title).toHtmlEscaped(), coreText(stage.summary).toHtmlEscaped());
    if (stage.params.empty())
        return html;
    html += QStringLiteral("<table cellspacing=4>");
    for (const ParamSpec &spec : stage.params)
        html += QStringLiteral("<tr><td><b>%1</b>&nbsp;</td><td>%2</td></tr>")
                    .arg(coreText(spec.label).toHtmlEscaped(), coreText(spec.help).toHtmlEscaped());
    return html + QStringLiteral("</table>");
}

} // namespace

QString methodsHtml()
{
    QString html = QStringLiteral("<h1>%1</h1>").arg(HelpWindow::tr("Methods").toHtmlEscaped());
    for (const StageKind kind :
         {StageKind::Extractor, StageKind::Transform, StageKind::Index, StageKind::Fusion, StageKind::Ranker}) {
        html += QStringLiteral("<h2>%1</h2>").arg(stageKindText(kind).toHtmlEscaped());
        for (const StageInfo *stage : stagesOfKind(kind))
            html += htmlOf(*stage);
    }
    html += QStringLiteral("<h2>%1</h2>").arg(HelpWindow::tr("What a network is trained for").toHtmlEscaped());
    for (const auto &objective : objectives())
        html += htmlOf(objective);
    html += QStringLiteral("<h2>%1</h2>").arg(HelpWindow::tr("How a network is trained").toHtmlEscaped());
    for (const StageInfo &group : trainingGroups())
        html += htmlOf(group);
    return html;
}

QString HelpWindow::nameOf(const QString &pageClass)
{
    QString name = pageClass.section(QStringLiteral("::"), -1);
    name.chop(int(qstrlen("Page")));
    return name.replace(QRegularExpression(QStringLiteral("(?<!^)([A-Z])")), QStringLiteral("-\\1")).toLower();
}

HelpWindow::HelpWindow(QWidget *parent)
    : QDialog(parent, Qt::Window), m_search(new QLineEdit), m_list(new QListWidget), m_text(new QTextBrowser)
{
    setObjectName(QStringLiteral("helpWindow"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Help"));
    m_search->setObjectName(QStringLiteral("helpSearch"));
    m_search->setPlaceholderText(tr("Look for words in all help; Return goes to the next place"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(QStringLiteral("helpList"));
    m_list->setAccessibleName(tr("Subjects"));
    m_text->setObjectName(QStringLiteral("helpText"));
    m_text->setOpenExternalLinks(true);
    m_text->document()->setDocumentMargin(2 * gap);
    auto *splitter = new QSplitter;
    splitter->addWidget(m_list);
    splitter->addWidget(m_text);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({22 * gap, 78 * gap});
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_search);
    column->addWidget(splitter, 1);
    resize(110 * gap, 84 * gap);
    fill();
    connect(m_list, &QListWidget::currentRowChanged, this, &HelpWindow::showChosen);
    connect(m_search, &QLineEdit::textChanged, this, &HelpWindow::look);
    connect(m_search, &QLineEdit::returnPressed, this, &HelpWindow::findNext);
}

void HelpWindow::fill()
{
    for (const PageRow &page : pageTable()) {
        auto *item = new QListWidgetItem(QCoreApplication::translate("PageTable", page.name), m_list);
        item->setData(Qt::UserRole, nameOf(QString::fromLatin1(page.type->className())));
    }
    auto *methods = new QListWidgetItem(tr("Methods"), m_list);
    methods->setData(Qt::UserRole, QStringLiteral("methods"));
}

void HelpWindow::open(const QString &page)
{
    const QString name = page == QLatin1String("methods") ? page : nameOf(page);
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(Qt::UserRole).toString() == name)
            m_list->setCurrentRow(row);
    show();
    raise();
    activateWindow();
}

void HelpWindow::showChosen()
{
    const QListWidgetItem *item = m_list->currentItem();
    if (!item)
        return;
    const QString name = item->data(Qt::UserRole).toString();
    name == QLatin1String("methods") ? m_text->setHtml(methodsHtml()) : m_text->setMarkdown(textOf(name));
    m_text->moveCursor(QTextCursor::Start);
    if (!m_search->text().isEmpty())
        findNext();
}

/// Only subjects that hold the words are left.
void HelpWindow::look(const QString &words)
{
    static const QRegularExpression tags(QStringLiteral("<[^>]*>"));
    int first = -1;
    for (int row = 0; row < m_list->count(); ++row) {
        const QString name = m_list->item(row)->data(Qt::UserRole).toString();
        const QString text = name == QLatin1String("methods") ? methodsHtml().remove(tags) : textOf(name);
        const bool holds = text.contains(words.trimmed(), Qt::CaseInsensitive);
        m_list->item(row)->setHidden(!holds);
        if (holds && first < 0)
            first = row;
    }
    if (first >= 0 && (!m_list->currentItem() || m_list->currentItem()->isHidden()))
        m_list->setCurrentRow(first);
    m_text->moveCursor(QTextCursor::Start);
    if (!words.isEmpty())
        findNext();
}

void HelpWindow::findNext()
{
    if (m_search->text().isEmpty() || m_text->find(m_search->text()))
        return;
    m_text->moveCursor(QTextCursor::Start); // round again
    m_text->find(m_search->text());
}

} // namespace likeness::ui
