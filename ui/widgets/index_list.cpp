#include "ui/widgets/index_list.h"

#include "ui/recipe_library.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

namespace likeness::ui {

IndexList::IndexList(QWidget *parent) : QWidget(parent), m_list(new QListWidget), m_details(new QLabel)
{
    m_list->setObjectName(QStringLiteral("indexes"));
    m_list->setAccessibleName(tr("Indexes"));
    m_details->setWordWrap(true);
    m_details->setObjectName(QStringLiteral("indexDetails"));
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(m_list, 1);
    column->addWidget(m_details);
    connect(m_list, &QListWidget::currentRowChanged, this, [this] { Q_EMIT chosen(selectedFolder()); });
}

QString IndexList::selectedFolder() const
{
    return m_list->currentItem() ? m_list->currentItem()->data(Qt::UserRole).toString() : QString();
}

void IndexList::fill(const QString &opened)
{
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    for (const QString &folder : Settings::indexFolders()) {
        auto *item = new QListWidgetItem(themeIcon("database-index"), QFileInfo(folder).fileName(), m_list);
        item->setData(Qt::UserRole, folder);
        item->setToolTip(folder);
        if (folder == opened)
            m_list->setCurrentItem(item);
    }
    if (opened.isEmpty())
        m_list->setCurrentRow(0); // the latest one
}

void IndexList::setIndex(const PersistentIndex *index, const QString &folder, double openSeconds)
{
    fill(folder);
    if (!index)
        return m_details->setText(
            m_list->count() == 0 ? tr("No index yet. Index a folder once, and even hundreds of thousands of pictures "
                                      "are searched in a moment, now and after the next start.")
                                 : tr("Choose an index."));
    const IndexManifest &manifest = index->manifest();
    qint64 bytes = 0;
    for (const auto &[role, file] : manifest.files)
        bytes += file.bytes;
    QStringList lines{
        toQString(manifest.source).toHtmlEscaped(),
        tr("%L1 pictures, %L2 vectors of %3 entries").arg(manifest.images).arg(manifest.rows).arg(manifest.width),
        tr("Recipe: %1").arg(recipeTitle(manifest.recipe).toHtmlEscaped()),
        tr("%1 on disk, opened in %2 ms").arg(byteText(bytes)).arg(openSeconds * 1000, 0, 'f', 1)};
    if (manifest.recall >= 0)
        lines << tr("Finds %1 of the ten nearest").arg(manifest.recall, 0, 'f', 3);
    m_details->setText(lines.join(QStringLiteral("<br>")));
}

} // namespace likeness::ui
