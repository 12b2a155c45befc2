#include "ui/widgets/index_dialog.h"

#include "core/base/file.h"
#include "core/search/default_recipe.h"
#include "core/search/index_files.h"
#include "ui/util/convert.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/latest_job.h"
#include "ui/util/settings.h"
#include "ui/util/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace likeness::ui {

namespace {

QLayout *withButton(QLineEdit *edit, QPushButton *button)
{
    auto *row = new QHBoxLayout;
    row->addWidget(edit, 1);
    row->addWidget(button);
    return row;
}

} // namespace

IndexDialog::IndexDialog(Session &session, QWidget *parent)
    : QDialog(parent),
      m_session(session),
      m_images(new QLineEdit),
      m_folder(new QLineEdit),
      m_recipe(new QComboBox),
      m_note(new QLabel),
      m_checking(new LatestJob(this))
{
    setWindowTitle(tr("Index a folder"));
    auto *intro = new QLabel(tr("For large collections: every picture under the folder is looked at once. After that, "
                                "searching needs neither the pictures nor all vectors in memory."));
    intro->setWordWrap(true);
    m_images->setObjectName(QStringLiteral("indexedImages"));
    m_folder->setObjectName(QStringLiteral("indexFolder"));
    m_recipe->setObjectName(QStringLiteral("indexRecipe"));
    for (const Recipe &recipe : session.recipes().all())
        m_recipe->addItem(recipeTitle(recipe), toQString(recipe.id));
    m_recipe->setCurrentIndex(m_recipe->findData(QString::fromLatin1(defaultIndexRecipeId)));
    auto *chooseImages = new QPushButton(tr("Choose…")), *chooseFolder = new QPushButton(tr("Choose…"));
    m_note->setWordWrap(true);
    m_note->setObjectName(QStringLiteral("indexNote"));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_start = buttons->addButton(tr("Index"), QDialogButtonBox::AcceptRole);
    m_start->setObjectName(QStringLiteral("startIndexing"));
    auto *form = new QFormLayout;
    form->addRow(tr("Pictures"), withButton(m_images, chooseImages));
    form->addRow(tr("Recipe"), m_recipe);
    form->addRow(tr("Index"), withButton(m_folder, chooseFolder));
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(gap);
    layout->addWidget(intro);
    layout->addLayout(form);
    layout->addWidget(m_note);
    layout->addStretch();
    layout->addWidget(buttons);
    resize(620, 280);
    connect(chooseImages, &QPushButton::clicked, this, &IndexDialog::chooseImages);
    connect(chooseFolder, &QPushButton::clicked, this, &IndexDialog::chooseFolder);
    connect(m_images, &QLineEdit::textEdited, this, &IndexDialog::nameIndex);
    connect(m_folder, &QLineEdit::textEdited, this, [this] { m_ownName = true; });
    connect(m_images, &QLineEdit::textChanged, this, &IndexDialog::check);
    connect(m_folder, &QLineEdit::textChanged, this, &IndexDialog::check);
    connect(m_recipe, &QComboBox::currentIndexChanged, this, &IndexDialog::check);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    if (session.hasWorkspace() && !session.workspace()->gallery.empty()) { // what is searched, of an index its source
        const ImageRef &first = session.workspace()->gallery[0];
        setImages(QDir::cleanPath(toQString(first.path).chopped(toQString(first.name).size())));
    }
    check();
}

void IndexDialog::setImages(const QString &folder)
{
    m_images->setText(folder);
    nameIndex();
}

/// After the folder of the pictures, as long as the user gave it no name of its own.
void IndexDialog::nameIndex()
{
    if (m_ownName)
        return;
    QDir named(images());
    if (named.dirName() == QLatin1String("dataset"))
        named.cdUp(); // the name of the workspace tells more
    const QString name = named.dirName();
    m_folder->setText(
        QDir(toQString(userDataFolder())).filePath(QStringLiteral("indexes/") + (name.isEmpty() ? tr("all") : name)));
}

void IndexDialog::chooseImages()
{
    const QString folder = askForFolder(this, tr("A folder of pictures"), images());
    if (!folder.isEmpty())
        setImages(folder);
}

void IndexDialog::chooseFolder()
{
    const QString folder = askForFolder(this, tr("An empty folder, or that of an index"));
    if (folder.isEmpty())
        return;
    m_ownName = true;
    m_folder->setText(folder);
}

/// At each key, on a disk that may be slow.
void IndexDialog::check()
{
    m_start->setEnabled(false); // until the disk has answered
    m_checking->start(
        [this, images = images(), folder = folder(), recipe = recipe()](const TaskContext &) -> std::function<void()> {
            const bool there = QFileInfo(images).isDir(), named = !folder.isEmpty();
            const auto foreign = named ? refusalToFill(toPath(folder), indexMark()) : std::nullopt;
            const bool index = named && !foreign && holdsIndex(toPath(folder));
            return [=, this] {
                m_note->setText(images.isEmpty() ? tr("Which pictures?")
                                : !there         ? tr("There is no folder %1.").arg(images)
                                : foreign        ? toQString(*foreign)
                                : index ? tr("An index is there already: it is replaced when the new one is whole.")
                                        : toQString(recipe.summary.in(languageKey())));
                m_start->setEnabled(there && named && !foreign && m_recipe->currentIndex() >= 0);
            };
        });
}

QString IndexDialog::images() const
{
    return m_images->text().trimmed();
}

QString IndexDialog::folder() const
{
    return m_folder->text().trimmed();
}

Recipe IndexDialog::recipe() const
{
    const Recipe *found = m_session.recipes().find(m_recipe->currentData().toString().toStdString());
    return found ? *found : Recipe();
}

} // namespace likeness::ui
