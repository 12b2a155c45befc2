#include "ui/pages/index_page.h"

#include "core/commands/index_commands.h"
#include "core/search/engine.h"
#include "ui/recipe_library.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/latest_job.h"
#include "ui/util/settings.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/index_dialog.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {

QPushButton *button(const char *icon, const QString &text, const char *name, const QString &tip)
{
    auto *made = new QPushButton(themeIcon(icon), text);
    made->setObjectName(QString::fromLatin1(name));
    made->setToolTip(tip);
    return made;
}

QString textOf(const GalleryChanges &changes)
{
    return IndexPage::tr("%1 added, %2 changed, %3 gone, %4 as they were; %5 s.")
        .arg(changes.added)
        .arg(changes.changed)
        .arg(changes.removed)
        .arg(changes.kept)
        .arg(changes.totalSeconds, 0, 'f', 1);
}

} // namespace

IndexPage::IndexPage(Session &session, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_kept(session.kept<IndexState>()),
      m_command(new CommandBar),
      m_reading(new LatestJob(this))
{
    auto *splitter = new QSplitter;
    splitter->addWidget(makeList());
    splitter->addWidget(makeDetails());
    splitter->setSizes({420, 860});
    splitter->setStretchFactor(1, 1);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);
    connect(&m_kept, &PageState::changed, this, &IndexPage::showKept);
    connect(&session, &Session::workspaceChanged, this, [this] {
        const QString root = toQString(m_session.workspace()->root);
        if (Settings::indexFolders().contains(root))
            choose(root); // is looked at, so that is what the page speaks of
        showKept();
    });
    showKept();
}

QWidget *IndexPage::makeList()
{
    m_list = new QListWidget;
    m_list->setObjectName(QStringLiteral("indexes"));
    m_list->setAccessibleName(tr("Indexes"));
    m_build = button("database-index", tr("Index a folder…"), "indexFolderButton", tr("Make a new index"));
    m_add = button("document-open", tr("Add…"), "addIndex", tr("An index that was made elsewhere"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_build, 1);
    row->addWidget(m_add);
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Indexes of large collections"))));
    column->addLayout(row);
    column->addWidget(m_list, 1);
    connect(m_build, &QPushButton::clicked, this, &IndexPage::askForFolder);
    connect(m_add, &QPushButton::clicked, this, &IndexPage::addExisting);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](const QListWidgetItem *item) {
        if (item)
            choose(item->data(Qt::UserRole).toString());
    });
    connect(m_list, &QListWidget::itemActivated, this,
            [this](const QListWidgetItem *item) { open(item->data(Qt::UserRole).toString()); });
    return panel;
}

QWidget *IndexPage::makeDetails()
{
    m_open = button("edit-find", tr("Open and search"), "openIndex",
                    tr("Browse, search, compare and label it like any folder"));
    m_update = button("view-refresh", tr("Update"), "updateIndex", tr("Take in what came, changed or went"));
    m_verify = button("dialog-ok", tr("Check"), "verifyIndex", tr("Compare every file with its check sum"));
    m_forget = button("list-remove", tr("Forget"), "forgetIndex", tr("Take it off this list; its files stay"));
    m_details = new QLabel;
    m_details->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("indexDetails"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("indexState"));
    auto *row = new QHBoxLayout;
    for (QPushButton *each : {m_open, m_update, m_verify, m_forget})
        row->addWidget(each);
    row->addStretch();
    auto *panel = new QWidget;
    auto *column = new QVBoxLayout(panel);
    column->setContentsMargins(gap, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_details);
    column->addLayout(row);
    column->addWidget(m_note);
    column->addStretch();
    connect(m_open, &QPushButton::clicked, this, [this] { open(m_kept.folder); });
    connect(m_update, &QPushButton::clicked, this, &IndexPage::update);
    connect(m_verify, &QPushButton::clicked, this, &IndexPage::verify);
    connect(m_forget, &QPushButton::clicked, this, &IndexPage::forget);
    return panel;
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

std::function<void(const QString &)> IndexPage::noteOf(const QString &folder) const
{
    return [&kept = m_kept, &session = m_session, folder](const QString &note) {
        if (session.hasWorkspace() && toQString(session.workspace()->root) == folder)
            session.openFolder(folder); // what is open is as it was before
        if (kept.folder != folder)
            return;
        kept.note = note;
        Q_EMIT kept.changed();
    };
}

void IndexPage::build(const QString &images, const Recipe &recipe, const QString &folder)
{
    IndexBuildCommand command;
    command.images = images.toStdString();
    command.folder = folder.toStdString();
    command.recipe = recipe.id;
    m_kept.command = toQString(printed(command));
    m_command->setCommand(m_kept.command);
    m_session.jobs().startFor(m_kept, tr("Indexing %1").arg(images),
                              [&kept = m_kept, images = toPath(images), recipe, folder, before = m_kept.folder,
                               note = noteOf(folder), cache = m_session.cache()](UiTaskContext &context) {
                                  const GalleryChanges changes =
                                      Engine::buildAt(toPath(folder), recipe, images, cache, context);
                                  context.deliver([&kept, folder, before, note, changes] {
                                      Settings::addIndexFolder(folder);
                                      if (kept.folder == before) // no other one was chosen meanwhile
                                          kept.folder = folder;
                                      note(textOf(changes));
                                      Q_EMIT kept.changed();
                                  });
                              });
}

void IndexPage::open(const QString &folder)
{
    m_session.openFolder(folder);
}

void IndexPage::update()
{
    const QString folder = m_kept.folder;
    m_kept.command = toQString(printed(IndexUpdateCommand{{{}, folder.toStdString()}}));
    m_command->setCommand(m_kept.command);
    m_session.jobs().startFor(m_kept, tr("Updating the index %1").arg(folder),
                              [folder, note = noteOf(folder), cache = m_session.cache()](UiTaskContext &context) {
                                  const GalleryChanges changes = Engine::update(toPath(folder), cache, context);
                                  context.deliver([note, changes] { note(textOf(changes)); });
                              });
}

void IndexPage::verify()
{
    const QString folder = m_kept.folder;
    m_kept.command = toQString(printed(IndexVerifyCommand{{{}, folder.toStdString()}}));
    m_command->setCommand(m_kept.command);
    m_session.jobs().startFor(
        m_kept, tr("Checking the index %1").arg(folder),
        [folder = toPath(folder)](UiTaskContext &context) { Engine::verify(folder, context); },
        [&kept = m_kept, folder] {
            if (kept.folder != folder)
                return; // another one was chosen meanwhile
            kept.note = tr("Every file of the index is as it was written.");
            Q_EMIT kept.changed();
        });
}

void IndexPage::forget()
{
    Settings::removeIndexFolder(m_kept.folder);
    choose({});
    showKept();
}

void IndexPage::choose(const QString &folder)
{
    if (folder == m_kept.folder)
        return;
    m_kept.folder = folder;
    m_kept.note.clear();
    m_kept.command = folder.isEmpty() ? QString() : toQString(printed(IndexInfoCommand{{{}, folder.toStdString()}}));
    Q_EMIT m_kept.changed();
}

void IndexPage::fillList()
{
    const QSignalBlocker quiet(m_list);
    const QString opened = m_session.hasWorkspace() ? toQString(m_session.workspace()->root) : QString();
    m_list->clear();
    for (const QString &folder : Settings::indexFolders()) {
        auto *item = new QListWidgetItem(themeIcon("database-index"), QFileInfo(folder).fileName(), m_list);
        item->setData(Qt::UserRole, folder);
        item->setToolTip(folder);
        QFont font = item->font();
        font.setBold(folder == opened);
        item->setFont(font);
        if (folder == m_kept.folder)
            m_list->setCurrentItem(item);
    }
}

void IndexPage::showKept()
{
    const QStringList listed = Settings::indexFolders();
    if (!listed.contains(m_kept.folder) && !listed.isEmpty())
        return choose(listed.first()); // comes back here
    fillList();
    m_note->setText(m_kept.note);
    m_command->setCommand(m_kept.command);
    readChosen();
}

/// On a disk that may be slow.
void IndexPage::readChosen()
{
    m_manifest.reset();
    showDetails({});
    if (m_kept.folder.isEmpty())
        return m_reading->drop();
    m_reading->start([this, folder = toPath(m_kept.folder)](const TaskContext &) -> std::function<void()> {
        try {
            return [this, manifest = IndexManifest::read(folder)] {
                m_manifest = manifest;
                showDetails({});
            };
        } catch (const Error &error) {
            return [this, why = toQString(error.message())] { showDetails(why); };
        }
    });
}

void IndexPage::showDetails(const QString &why)
{
    updateButtons();
    if (!m_manifest)
        return m_details->setText(m_list->count() == 0
                                      ? tr("No index yet. Index a folder once, and even hundreds of thousands of "
                                           "pictures are searched in a moment, now and after the next start.")
                                      : why.toHtmlEscaped());
    qint64 bytes = 0;
    for (const auto &[role, file] : m_manifest->files)
        bytes += file.bytes;
    QStringList lines{QStringLiteral("<b>%1</b>").arg(QFileInfo(m_kept.folder).fileName().toHtmlEscaped()),
                      tr("Pictures in %1").arg(toQString(m_manifest->source).toHtmlEscaped()),
                      tr("%L1 pictures, %L2 vectors of %3 entries")
                          .arg(m_manifest->images)
                          .arg(m_manifest->rows)
                          .arg(m_manifest->width),
                      tr("Recipe: %1").arg(recipeTitle(m_manifest->recipe).toHtmlEscaped()),
                      tr("%1 on disk in %2").arg(byteText(bytes), m_kept.folder.toHtmlEscaped())};
    if (m_manifest->recall >= 0)
        lines << tr("Finds %1 of the ten nearest").arg(m_manifest->recall, 0, 'f', 3);
    m_details->setText(lines.join(QStringLiteral("<br>")));
}

void IndexPage::updateButtons()
{
    for (QPushButton *each : {m_open, m_update, m_verify})
        each->setEnabled(m_manifest.has_value());
    m_forget->setEnabled(!m_kept.folder.isEmpty());
}

} // namespace likeness::ui
