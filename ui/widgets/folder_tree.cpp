#include "ui/widgets/folder_tree.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <map>

namespace likeness::ui {

FolderTree::FolderTree(QWidget *parent) : QTreeWidget(parent)
{
    setObjectName(QStringLiteral("folders"));
    setAccessibleName(tr("Folders"));
    setHeaderHidden(true);
    setMinimumWidth(16 * gap);
    connect(this, &QTreeWidget::currentItemChanged, this, [this](const QTreeWidgetItem *item) {
        if (item)
            Q_EMIT folderChosen(item->data(0, Qt::UserRole).toString());
    });
}

void FolderTree::setImages(const ImageSet &images)
{
    const QSignalBlocker quiet(this);
    clear();
    std::map<std::string, int> counts; // parents come before their children
    for (const ImageRef &image : images.images())
        for (auto slash = image.name.find('/'); slash != std::string::npos; slash = image.name.find('/', slash + 1))
            ++counts[image.name.substr(0, slash)];
    m_hasFolders = !counts.empty();
    auto *all = new QTreeWidgetItem(this, {tr("All, %1").arg(images.size())});
    all->setIcon(0, themeIcon("folder"));
    std::map<std::string, QTreeWidgetItem *> items;
    for (const auto &[folder, count] : counts) {
        const auto slash = folder.rfind('/');
        QTreeWidgetItem *parent = slash == std::string::npos ? all : items.at(folder.substr(0, slash));
        const std::string name = slash == std::string::npos ? folder : folder.substr(slash + 1);
        auto *item =
            new QTreeWidgetItem(parent, {tr("%1, %2", "folder, number of pictures").arg(toQString(name)).arg(count)});
        item->setIcon(0, themeIcon("folder"));
        item->setData(0, Qt::UserRole, toQString(folder));
        item->setToolTip(0, toQString(folder));
        items[folder] = item;
    }
    all->setExpanded(true);
    setCurrentItem(all);
}

} // namespace likeness::ui
