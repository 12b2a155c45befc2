#include "ui/pages/start_page.h"

#include "ui/util/settings.h"

#include <QCommandLinkButton>
#include <QDir>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {

QCommandLinkButton *bigButton(const char *icon, const QString &title, const QString &text, const char *name)
{
    auto *button = new QCommandLinkButton(title, text);
    button->setIcon(themeIcon(icon));
    button->setIconSize({4 * gap, 4 * gap});
    button->setObjectName(QString::fromLatin1(name));
    button->setFixedWidth(52 * gap);
    button->setMinimumHeight(9 * gap);
    return button;
}

} // namespace

StartPage::StartPage(QWidget *parent) : QWidget(parent), m_recent(new QVBoxLayout)
{
    auto *title = new QLabel(tr("Which picture is this, or a copy of it?"));
    QFont font = title->font();
    font.setPointSizeF(font.pointSizeF() * 1.8);
    title->setFont(font);
    title->setAlignment(Qt::AlignCenter);
    auto *sample =
        bigButton("image-x-generic", tr("Open the sample"),
                  tr("160 rendered pictures and 100 queries with known answers. A good first look."), "openSample");
    auto *open = bigButton("folder-open", tr("Open a folder…"),
                           tr("Any folder of pictures, or a workspace with dataset/, query/ and ground_truth.csv."),
                           "openFolder");
    auto *drop = new QLabel(tr("… or drop a folder or a picture on this window."));
    drop->setAlignment(Qt::AlignCenter);
    drop->setForegroundRole(QPalette::PlaceholderText);
    connect(sample, &QCommandLinkButton::clicked, this, &StartPage::sampleWanted);
    connect(open, &QCommandLinkButton::clicked, this, [this] { Q_EMIT folderWanted({}); });

    auto *column = new QVBoxLayout;
    column->setSpacing(2 * gap);
    column->addStretch(2);
    column->addWidget(title);
    column->addSpacing(gap);
    for (QWidget *button : {sample, open}) {
        auto *frame = new QFrame; // says that it can be pressed
        frame->setFrameShape(QFrame::StyledPanel);
        auto *inside = new QVBoxLayout(frame);
        inside->setContentsMargins(gap / 2, gap / 2, gap / 2, gap / 2);
        inside->addWidget(button);
        column->addWidget(frame, 0, Qt::AlignHCenter);
    }
    column->addWidget(drop);
    column->addLayout(m_recent);
    column->addStretch(3);
    auto *layout = new QHBoxLayout(this);
    layout->addStretch();
    layout->addLayout(column);
    layout->addStretch();
    refresh();
}

void StartPage::refresh()
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const QStringList folders = Settings::recentFolders();
    if (folders.isEmpty())
        return;
    auto *heading = new QLabel(QStringLiteral("<b>%1</b>").arg(tr("Recent folders")));
    m_recent->addWidget(heading, 0, Qt::AlignHCenter);
    for (const QString &folder : folders.mid(0, 6)) {
        auto *button = new QToolButton;
        button->setText(button->fontMetrics().elidedText(QDir::toNativeSeparators(folder), Qt::ElideMiddle, 50 * gap));
        const bool there = QFileInfo(folder).isDir();
        button->setEnabled(there);
        button->setToolTip(there ? folder : tr("%1 is gone, or its disk is not connected").arg(folder));
        button->setIcon(themeIcon("folder"));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setMinimumWidth(52 * gap);
        connect(button, &QToolButton::clicked, this, [this, folder] { Q_EMIT folderWanted(folder); });
        m_recent->addWidget(button, 0, Qt::AlignHCenter);
    }
}

} // namespace likeness::ui
