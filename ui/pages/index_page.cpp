#include "ui/pages/index_page.h"

#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/index_dialog.h"
#include "ui/widgets/index_list.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/tool_button.h"

#include <QElapsedTimer>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>

namespace likeness::ui {

namespace {

constexpr int answersShown = 100;

/// On the thread of a task: opens the index, then the page that is there shows it; where it `replaces` one, only if
/// that is still open.
void openInto(IndexState &kept, const QString &folder, const QString &note, UiTaskContext &context,
              const std::optional<QString> &replaces = {})
{
    QElapsedTimer timer;
    timer.start();
    const auto index = std::make_shared<const PersistentIndex>(toPath(folder));
    context.deliver([&kept, index, folder, note, replaces, seconds = double(timer.nsecsElapsed()) / 1e9] {
        Settings::addIndexFolder(folder);
        if (replaces && kept.folder != *replaces)
            return kept.changed(); // the list has one more
        kept.index = index;
        kept.folder = folder;
        kept.openedSeconds = seconds;
        kept.answers.clear();
        kept.milliseconds = -1;
        kept.note = note;
        Q_EMIT kept.changed();
    });
}

} // namespace

IndexPage::IndexPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent), m_session(session), m_kept(session.kept<IndexState>()), m_command(new CommandBar)
{
    auto *splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeQuery());
    splitter->addWidget(makeResults(thumbnails));
    splitter->setSizes({300, 360, 620});
    splitter->setStretchFactor(2, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(&session, &Session::queryChanged, this, &IndexPage::followQuery);
    connect(&m_kept, &PageState::changed, this, &IndexPage::showKept);
    showKept();
    followQuery();
}

QWidget *IndexPage::makeList()
{
    m_list = new IndexList;
    const auto button = [](const char *icon, const QString &text, const char *name, const QString &tip) {
        auto *made = new QPushButton(themeIcon(icon), text);
        made->setObjectName(QString::fromLatin1(name));
        made->setToolTip(tip);
        return made;
    };
    m_build = button("database-index", tr("Index a folder…"), "indexFolderButton", tr("Make a new index"));
    m_add = button("document-open", tr("Open…"), "openIndex", tr("An index that was made elsewhere"));
    m_update = button("view-refresh", tr("Update"), "updateIndex", tr("Take in what came, changed or went"));
    m_verify = button("dialog-ok", tr("Check"), "verifyIndex", tr("Compare every file with its check sum"));
    m_forget = button("list-remove", tr("Forget"), "forgetIndex", tr("Take it off this list; its files stay"));
    auto *first = new QHBoxLayout, *second = new QHBoxLayout;
    first->addWidget(m_build, 1);
    first->addWidget(m_add);
    for (QPushButton *each : {m_update, m_verify, m_forget})
        second->addWidget(each);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Indexes of large collections"))));
    column->addLayout(first);
    column->addWidget(m_list, 1);
    column->addLayout(second);
    connect(m_build, &QPushButton::clicked, this, &IndexPage::askForFolder);
    connect(m_add, &QPushButton::clicked, this, &IndexPage::addExisting);
    connect(m_update, &QPushButton::clicked, this, &IndexPage::update);
    connect(m_verify, &QPushButton::clicked, this, &IndexPage::verify);
    connect(m_forget, &QPushButton::clicked, this, &IndexPage::forget);
    connect(m_list, &IndexList::chosen, this, [this](const QString &folder) {
        if (!folder.isEmpty() && folder != m_kept.folder)
            open(folder);
    });
    return panel;
}

QWidget *IndexPage::makeQuery()
{
    m_queryName = new QLabel;
    m_view = new ImageView;
    m_loader = new PictureLoader(*m_view);
    QToolButton *open = toolButton("document-open", tr("Open…"), tr("Search for any picture file")),
                *paste = toolButton("edit-paste", tr("Paste"), tr("Search for the picture in the clipboard"));
    m_under = new QLineEdit;
    m_under->setObjectName(QStringLiteral("indexUnder"));
    m_under->setPlaceholderText(tr("All folders"));
    m_under->setClearButtonEnabled(true);
    m_under->setToolTip(tr("Only pictures whose names begin so, such as holidays/2019/"));
    m_search = new QPushButton(themeIcon("edit-find"), tr("Search the index"));
    m_search->setObjectName(QStringLiteral("searchIndex"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(open);
    buttons->addWidget(paste);
    buttons->addStretch();
    auto *filter = new QHBoxLayout;
    filter->addWidget(new QLabel(tr("Only under")));
    filter->addWidget(m_under, 1);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_queryName);
    column->addWidget(m_view, 1);
    column->addLayout(buttons);
    column->addLayout(filter);
    column->addWidget(m_search);
    connect(open, &QToolButton::clicked, this, &IndexPage::openQueryWanted);
    connect(paste, &QToolButton::clicked, this, &IndexPage::pasteWanted);
    connect(m_search, &QPushButton::clicked, this, &IndexPage::search);
    connect(m_under, &QLineEdit::returnPressed, this, &IndexPage::search);
    return panel;
}

QWidget *IndexPage::makeResults(ThumbnailProvider &thumbnails)
{
    m_title = new QLabel;
    m_title->setWordWrap(true);
    m_title->setObjectName(QStringLiteral("indexTitle"));
    m_results = new ThumbnailGrid(thumbnails);
    m_results->setObjectName(QStringLiteral("indexResults"));
    m_why = new QPushButton(themeIcon("draw-line"), tr("Why did it match?"));
    m_why->setObjectName(QStringLiteral("indexWhy"));
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_why);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_title);
    column->addWidget(m_results, 1);
    column->addLayout(row);
    const auto why = [this] {
        const QModelIndex found = m_results->currentIndex();
        if (found.isValid() && !m_session.query().path.empty())
            Q_EMIT pairWanted(toQString(m_session.query().path), found.data(PathRole).toString());
    };
    connect(m_why, &QPushButton::clicked, this, why);
    connect(m_results, &ThumbnailGrid::imageActivated, this, why);
    connect(m_results, &ThumbnailGrid::imageSelected, this, &IndexPage::updateButtons);
    return panel;
}

void IndexPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_kept.index && !m_list->selectedFolder().isEmpty() && !m_session.tasks().isRunning())
        open(m_list->selectedFolder());
}

void IndexPage::askForFolder()
{
    auto *dialog = new IndexDialog(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { build(dialog->images(), dialog->recipe(), dialog->folder()); });
    dialog->open();
}

void IndexPage::addExisting()
{
    const QString folder = ui::askForFolder(this, tr("The folder of an index"));
    if (!folder.isEmpty())
        open(folder);
}

void IndexPage::build(const QString &images, const Recipe &recipe, const QString &folder)
{
    m_command->setCommand(QStringLiteral("likeness-cli index build ") + shellQuoted(images) +
                          QStringLiteral(" --out ") + shellQuoted(folder) + QStringLiteral(" --recipe ") +
                          shellQuoted(toQString(recipe.id)));
    m_session.jobs().startFor(m_kept, tr("Indexing %1").arg(images),
                              [&kept = m_kept, images = toPath(images), recipe, folder, before = m_kept.folder,
                               cache = m_session.cache()](UiTaskContext &context) {
                                  PersistentIndex::build(recipe, images, toPath(folder), cache, context);
                                  openInto(kept, folder, {}, context, before);
                              });
}

void IndexPage::open(const QString &folder)
{
    m_session.tasks().startFor(
        m_kept, tr("Opening the index %1").arg(folder),
        [&kept = m_kept, folder](UiTaskContext &context) { openInto(kept, folder, {}, context); });
}

void IndexPage::showKept()
{
    if (m_kept.index && m_kept.milliseconds < 0 && m_kept.note.isEmpty())
        m_command->setCommand(QStringLiteral("likeness-cli index info ") + shellQuoted(m_kept.folder));
    m_list->setIndex(m_kept.index.get(), m_kept.folder, m_kept.openedSeconds);
    showAnswers();
}

void IndexPage::update()
{
    const QString folder = m_kept.folder;
    m_command->setCommand(QStringLiteral("likeness-cli index update ") + shellQuoted(folder));
    m_session.jobs().startFor(m_kept, tr("Updating the index %1").arg(folder),
                              [&kept = m_kept, folder, cache = m_session.cache()](UiTaskContext &context) {
                                  const IndexChanges changes = PersistentIndex::update(toPath(folder), cache, context);
                                  openInto(kept, folder,
                                           tr("%1 added, %2 changed, %3 gone, %4 as they were; %5 s.")
                                               .arg(changes.added)
                                               .arg(changes.changed)
                                               .arg(changes.removed)
                                               .arg(changes.kept)
                                               .arg(changes.totalSeconds, 0, 'f', 1),
                                           context, folder);
                              });
}

void IndexPage::verify()
{
    m_command->setCommand(QStringLiteral("likeness-cli index verify ") + shellQuoted(m_kept.folder));
    m_session.jobs().startFor(
        m_kept, tr("Checking the index %1").arg(m_kept.folder),
        [folder = toPath(m_kept.folder)](UiTaskContext &context) { PersistentIndex::verify(folder, context); },
        [&kept = m_kept, folder = m_kept.folder] {
            if (kept.folder != folder)
                return; // another one was opened meanwhile
            kept.note = tr("Every file of the index is as it was written.");
            Q_EMIT kept.changed();
        });
}

void IndexPage::forget()
{
    Settings::removeIndexFolder(m_kept.folder);
    m_kept.index = nullptr;
    m_kept.folder.clear();
    m_kept.answers.clear();
    m_kept.milliseconds = -1;
    m_kept.note.clear();
    showKept();
}

void IndexPage::followQuery()
{
    const Query &query = m_session.query();
    const QString name = query.path.empty() ? query.name : toQString(query.path.filename());
    m_queryName->setText(query.isNull() ? QString() : QStringLiteral("<b>%1</b>").arg(name.toHtmlEscaped()));
    m_queryName->setToolTip(query.name);
    if (query.hasPicture())
        m_loader->show(query);
    else
        m_loader->clear(tr("The picture to look for: open or paste one, or drop one on the window."));
    updateButtons();
    if (isVisible() && m_kept.index && query.hasPicture())
        search();
}

void IndexPage::search()
{
    const Query query = m_session.query();
    if (!m_kept.index || !query.hasPicture())
        return;
    const QString under = m_under->text().trimmed();
    const int wanted = std::min(answersShown, m_kept.index->mostAnswers());
    QString command = QStringLiteral("likeness-cli index search ") + shellQuoted(m_kept.folder);
    if (!query.path.empty())
        command += QStringLiteral(" --query ") + shellQuoted(toQString(query.path));
    if (!under.isEmpty())
        command += QStringLiteral(" --under ") + shellQuoted(under);
    m_command->setCommand(query.path.empty() ? QString() // a command line has nothing to name
                                             : command + QStringLiteral(" --top %1").arg(wanted));
    m_session.tasks().startFor(
        m_kept, tr("Searching the index"),
        [&kept = m_kept, index = m_kept.index, query, under, wanted](UiTaskContext &context) {
            QElapsedTimer timer;
            timer.start();
            const auto answers = index->search({.image = query.path, .bytes = query.bytes}, query.name.toStdString(),
                                               wanted, under.toStdString());
            context.deliver([&kept, index, answers, milliseconds = double(timer.nsecsElapsed()) / 1e6] {
                if (kept.index != index)
                    return; // another one was opened meanwhile
                kept.answers = answers;
                kept.milliseconds = milliseconds;
                kept.note.clear();
                Q_EMIT kept.changed();
            });
        });
}

void IndexPage::showAnswers()
{
    const auto &answers = m_kept.answers;
    const double milliseconds = m_kept.milliseconds;
    std::vector<ImageRef> images;
    Ranking ranking;
    for (const auto &[name, score] : answers) {
        ranking.push_back({int(images.size()), score});
        images.push_back({name, toPath(toQString(m_kept.index->manifest().source)) / toPath(toQString(name))});
    }
    m_results->images().setRanking(ImageSet::of(std::move(images)), ranking, nullptr);
    if (!answers.empty())
        m_results->selectImage(0);
    m_title->setText(!m_kept.note.isEmpty() ? m_kept.note
                     : milliseconds < 0     ? QStringLiteral("<b>%1</b>").arg(tr("Results"))
                                        : tr("<b>Results</b>  %1 ms from the picture to the answer, of %L2 pictures")
                                              .arg(milliseconds, 0, 'f', 1)
                                              .arg(m_kept.index->manifest().images));
    m_results->setEmptyText(!m_kept.index      ? tr("Index a folder, or open an index.")
                            : milliseconds < 0 ? tr("Open a picture to look for, then press Search the index.")
                                               : tr("No picture under these names."));
    updateButtons();
}

void IndexPage::updateButtons()
{
    m_search->setEnabled(m_kept.index && m_session.query().hasPicture());
    m_search->setToolTip(!m_kept.index                     ? tr("Open an index first")
                         : !m_session.query().hasPicture() ? tr("Open a picture to look for first")
                                                           : QString());
    for (QPushButton *button : {m_update, m_verify, m_forget})
        button->setEnabled(m_kept.index != nullptr);
    m_why->setEnabled(m_results->currentIndex().isValid() && !m_session.query().path.empty());
    m_why->setToolTip(m_why->isEnabled() ? tr("The keypoints that agree, or how many are missing")
                                         : tr("Needs a result and a query that is a file"));
}

} // namespace likeness::ui
