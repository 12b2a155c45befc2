#include "ui/pages/browse_page.h"

#include "ui/session_commands.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/bars.h"
#include "ui/widgets/folder_tree.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/thumbnail_grid.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <QSplitter>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>
#include <filesystem>

namespace likeness::ui {

BrowsePage::BrowsePage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent),
      m_session(session),
      m_tabs(new QTabBar),
      m_filter(new QLineEdit),
      m_sorting(new QComboBox),
      m_folders(new FolderTree),
      m_size(new QSlider(Qt::Horizontal)),
      m_count(new QLabel),
      m_facts(new QLabel),
      m_grid(new ThumbnailGrid(thumbnails)),
      m_preview(new ImageView),
      m_loader(new PictureLoader(*m_preview)),
      m_use(new QPushButton(themeIcon("edit-find"), tr("Find this picture"))),
      m_command(new CommandBar)
{
    auto *splitter = new QSplitter;
    splitter->setObjectName(QStringLiteral("browseSplitter"));
    splitter->addWidget(m_folders);
    splitter->addWidget(m_grid);
    splitter->addWidget(makeSidePanel());
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 3);
    splitter->setStretchFactor(2, 2);
    splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, gap, gap, gap);
    layout->setSpacing(gap);
    layout->addLayout(makeTopRow());
    layout->addWidget(splitter, 1);
    layout->addWidget(m_command);

    connect(m_tabs, &QTabBar::currentChanged, this, &BrowsePage::showSet);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_grid->images().setFilter(text);
        showNothing();
        m_count->setText(tr("%n picture(s)", nullptr, m_grid->images().rowCount()));
    });
    connect(m_folders, &FolderTree::folderChosen, this, [this](const QString &folder) {
        m_grid->images().setFolder(folder);
        showNothing();
        m_count->setText(tr("%n picture(s)", nullptr, m_grid->images().rowCount()));
    });
    connect(m_sorting, &QComboBox::currentIndexChanged, this, &BrowsePage::sort);
    connect(m_size, &QSlider::valueChanged, m_grid, &ThumbnailGrid::setThumbnailSide);
    connect(m_grid, &ThumbnailGrid::imageSelected, this, &BrowsePage::showPicture);
    connect(m_grid, &ThumbnailGrid::imageActivated, this, &BrowsePage::useAsQuery);
    connect(m_preview, &ImageView::regionMarked, this,
            [this](const QRect &region) { m_region = m_preview->image().copy(region); });
    connect(m_preview, &ImageView::regionCleared, this, [this] { m_region = {}; });
    connect(m_loader, &PictureLoader::shown, this, &BrowsePage::showFacts);
    connect(m_loader, &PictureLoader::failed, m_facts, &QLabel::setText);
    connect(m_use, &QPushButton::clicked, this, &BrowsePage::useAsQuery);
    connect(&session, &Session::workspaceChanged, this, [this] {
        m_tabs->setCurrentIndex(0);
        showSet();
    });
    showSet();
}

QLayout *BrowsePage::makeTopRow()
{
    m_tabs->addTab(tr("Gallery"));
    m_tabs->addTab(tr("Queries"));
    m_tabs->setDrawBase(false);
    m_tabs->setObjectName(QStringLiteral("browseTabs"));
    m_filter->setPlaceholderText(tr("Filter by name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setAccessibleName(tr("Filter by name"));
    m_filter->setMaximumWidth(32 * gap);
    m_sorting->addItems({tr("By name"), tr("Newest first"), tr("Oldest first"), tr("Largest first")});
    m_sorting->setObjectName(QStringLiteral("sorting"));
    m_sorting->setAccessibleName(tr("Order"));
    m_size->setRange(64, 384);
    m_size->setValue(m_grid->thumbnailSide());
    m_size->setMaximumWidth(16 * gap);
    m_size->setToolTip(tr("Size of the thumbnails (Ctrl+wheel)"));
    m_size->setAccessibleName(tr("Size of the thumbnails"));
    auto *top = new QHBoxLayout;
    top->setSpacing(gap);
    top->addWidget(m_tabs);
    top->addWidget(m_count);
    top->addStretch();
    top->addWidget(m_sorting);
    top->addWidget(m_filter);
    top->addWidget(m_size);
    return top;
}

QWidget *BrowsePage::makeSidePanel()
{
    QToolButton *mark = toolButton("select-rectangular", tr("Mark a region"),
                                   tr("Drag on the picture to search by a part of it"), true);
    m_use->setObjectName(QStringLiteral("useAsQuery"));
    m_facts->setWordWrap(true);
    m_facts->setTextFormat(Qt::PlainText); // file names are no markup
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(mark);
    buttons->addStretch();
    buttons->addWidget(m_use);
    auto *side = new QWidget;
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_preview, 1);
    column->addWidget(m_facts);
    column->addLayout(buttons);
    connect(mark, &QToolButton::toggled, m_preview, &ImageView::setRegionMarking);
    return side;
}

/// Times and sizes of many files are asked for behind the window.
void BrowsePage::sort()
{
    const int kind = m_sorting->currentIndex();
    if (kind == 0)
        return m_grid->images().setOrder({});
    m_order.start([this, kind, images = shownSet()](const TaskContext &context) -> std::function<void()> {
        std::vector<std::pair<std::int64_t, ImageId>> keys;
        for (ImageId id = 0; id < images.size(); ++id) {
            context.checkCancelled();
            std::error_code ignored;
            const auto &path = images[id].path;
            const auto time = std::filesystem::last_write_time(path, ignored).time_since_epoch().count();
            const auto bytes = std::int64_t(std::filesystem::file_size(path, ignored));
            keys.emplace_back(kind == 3 ? -bytes : kind == 2 ? std::int64_t(time) : -std::int64_t(time), id);
        }
        std::ranges::sort(keys);
        std::vector<ImageId> order;
        for (const auto &key : keys)
            order.push_back(key.second);
        return [this, order] { m_grid->images().setOrder(order); };
    });
}

bool BrowsePage::queriesShown() const
{
    return m_tabs->currentIndex() == 1;
}

const ImageSet &BrowsePage::shownSet() const
{
    static const ImageSet nothing;
    if (!m_session.hasWorkspace())
        return nothing;
    return queriesShown() ? m_session.workspace()->queries : m_session.workspace()->gallery;
}

void BrowsePage::showSet()
{
    const ImageSet &images = shownSet();
    m_filter->clear();
    m_grid->images().setImages(images);
    m_folders->setImages(images);
    m_folders->setVisible(m_folders->hasFolders());
    sort();
    m_count->setText(m_session.hasWorkspace() ? tr("%n picture(s)", nullptr, images.size()) : QString());
    m_grid->setEmptyText(!m_session.hasWorkspace() ? tr("Open a folder or the sample from the File menu.")
                         : queriesShown()
                             ? tr("This folder has no query/ with pictures to look up. Open a picture or paste one "
                                  "on the Search page instead.")
                             : tr("There are no pictures in this folder."));
    showNothing();
}

void BrowsePage::showNothing()
{
    m_region = {};
    m_loader->clear(tr("Select a picture to see it here."));
    m_facts->clear();
    m_command->setCommand({});
    m_use->setEnabled(false);
    m_use->setToolTip(tr("Select a picture first"));
}

void BrowsePage::showPicture(ImageId image)
{
    m_region = {};
    m_command->setCommand(searchCommand(m_session, shownSet()[image].path));
    m_use->setEnabled(true);
    m_use->setToolTip({});
    m_shown = shownSet()[image];
    m_facts->setText(toQString(m_shown.name));
    m_loader->show({toQString(m_shown.name), std::nullopt, m_shown.path});
}

void BrowsePage::showFacts()
{
    std::error_code ignored;
    const auto bytes = qint64(std::filesystem::file_size(m_shown.path, ignored));
    m_facts->setText(tr("%1\n%2 × %3 px, %4", "name, width, height, bytes")
                         .arg(toQString(m_shown.name))
                         .arg(m_preview->image().width())
                         .arg(m_preview->image().height())
                         .arg(byteText(bytes)));
}

void BrowsePage::useAsQuery()
{
    const ImageId image = m_grid->images().imageAt(m_grid->currentIndex().row());
    if (image < 0)
        return;
    const ImageRef &ref = shownSet()[image];
    if (!m_region.isNull())
        m_session.setQueryImage(m_region, tr("Region of %1").arg(toQString(ref.name)));
    else if (queriesShown())
        m_session.setQueryId(image);
    else
        m_session.setQueryFile(ref.path);
    Q_EMIT searchWanted();
}

} // namespace likeness::ui
