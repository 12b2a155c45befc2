#include "ui/pages/start_page.h"

#include "core/data/sample_workspace.h"
#include "core/data/scene.h"
#include "ui/session.h"
#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/settings.h"
#include "ui/widgets/card.h"
#include "ui/widgets/heading.h"
#include "ui/widgets/picture_strip.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <opencv2/imgproc.hpp>

namespace likeness::ui {

namespace {

constexpr int samplePictures = 12; ///< of a strip as wide as a large screen
constexpr int mostFolders = 8;
constexpr int folderCardPx = 32 * gap; ///< least width

std::filesystem::path samplePicture(int place)
{
    return toPath(Session::sampleFolder()) / "dataset" /
           QStringLiteral("scene%1.jpg").arg(place + 1, 4, 10, QLatin1Char('0')).toStdString();
}

/// One line, cut in the middle; the whole on hover.
QLabel *cutLabel(const QString &text, Type type, int widthPx)
{
    QLabel *label = heading({}, type);
    label->setText(label->fontMetrics().elidedText(text, Qt::ElideMiddle, widthPx));
    return label;
}

} // namespace

StartPage::StartPage(Session &session, ThumbnailProvider &thumbnails, QWidget *parent)
    : QWidget(parent), m_session(session), m_thumbnails(thumbnails)
{
    QLabel *title = heading(tr("Which picture is this, or a copy of it?"), Type::Title);
    auto *tasks = new QHBoxLayout;
    tasks->setSpacing(2 * gap);
    tasks->addWidget(makeTaskCard(Task::FindPicture, "edit-find", tr("Find a picture"),
                                  tr("Which picture of a folder is this one, or a copy of it?")),
                     1);
    tasks->addWidget(makeTaskCard(Task::FindDuplicates, "edit-copy", tr("Find duplicates"),
                                  tr("The same picture more than once, also cropped, turned or recoloured.")),
                     1);
    tasks->addWidget(makeTaskCard(Task::Learn, "help-contents", tr("Learn how it works"),
                                  tr("From a histogram to networks, each explained and tried out.")),
                     1);
    tasks->addWidget(makeTaskCard(Task::Train, "office-chart-line", tr("Train a network"),
                                  tr("On your own pictures, with the curve while it learns.")),
                     1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(3 * gap, 2 * gap, 3 * gap, 2 * gap);
    column->setSpacing(2 * gap);
    column->addWidget(title);
    column->addWidget(makeSampleCard());
    column->addLayout(tasks);
    column->addWidget(makeFolders());
    column->addStretch();
    refresh();
}

QWidget *StartPage::makeSampleCard()
{
    auto *card = new Card;
    m_sample = new PictureStrip(m_thumbnails, PictureStrip::Form::Row, 15 * gap);
    auto *open = new QPushButton(tr("Open the sample"));
    open->setObjectName(QStringLiteral("openSample"));
    open->setDefault(true);
    QLabel *words =
        heading(tr("160 rendered pictures and 100 queries with known answers. A good first look."), Type::Text);
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * gap);
    row->addWidget(open);
    row->addWidget(words, 1);
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    column->setSpacing(gap);
    column->addWidget(m_sample);
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &StartPage::sampleWanted);
    return card;
}

QWidget *StartPage::makeTaskCard(Task task, const char *icon, const QString &title, const QString &sentence)
{
    auto *card = new CardButton(title);
    card->setAccessibleDescription(sentence);
    card->setObjectName(QStringLiteral("task%1").arg(int(task)));
    card->setFixedHeight(15 * gap); // a title of two lines and three of text: what the narrowest window needs
    auto *sign = new QLabel;
    sign->setPixmap(themeIcon(icon).pixmap(3 * gap, 3 * gap));
    QLabel *words = heading(sentence, Type::Text);
    words->setWordWrap(true);
    words->setForegroundRole(QPalette::PlaceholderText);
    QLabel *name = heading(title);
    name->setWordWrap(true);
    auto *grid = new QGridLayout(card);
    grid->setContentsMargins(2 * gap, 2 * gap, 2 * gap, 2 * gap);
    grid->setHorizontalSpacing(gap);
    grid->addWidget(sign, 0, 0, Qt::AlignTop);
    grid->addWidget(name, 0, 1);
    grid->addWidget(words, 1, 0, 1, 2, Qt::AlignTop);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(1, 1);
    connect(card, &CardButton::clicked, this, [this, task] { Q_EMIT taskWanted(task); });
    return card;
}

QWidget *StartPage::makeFolders()
{
    auto *open = new QPushButton(themeIcon("folder-open"), tr("Open a folder…"));
    open->setObjectName(QStringLiteral("openFolder"));
    open->setToolTip(tr("Any folder of pictures, or a workspace with dataset/, query/ and ground_truth.csv."));
    connect(open, &QPushButton::clicked, this, [this] { Q_EMIT folderWanted({}); });
    auto *row = new QHBoxLayout;
    row->setSpacing(2 * gap);
    row->addWidget(heading(tr("Your folders")));
    row->addWidget(open);
    row->addWidget(heading(tr("… or drop a folder or a picture on this window."), Type::Caption));
    row->addStretch();
    m_folders = new QGridLayout;
    m_folders->setSpacing(2 * gap);
    auto *part = new QWidget;
    auto *column = new QVBoxLayout(part);
    column->setContentsMargins(0, gap, 0, 0);
    column->setSpacing(gap);
    column->addLayout(row);
    column->addLayout(m_folders);
    return part;
}

QWidget *StartPage::makeFolderCard(const QString &folder)
{
    const Settings::FolderFacts facts = Settings::folderFacts(folder);
    const bool there = QFileInfo(folder).isDir();
    const QString name = QFileInfo(folder).fileName();
    auto *card = new CardButton(name);
    card->setObjectName(QStringLiteral("recentFolder"));
    card->setEnabled(there);
    card->setToolTip(there ? QDir::toNativeSeparators(folder)
                           : tr("%1 is gone, or its disk is not connected").arg(folder));
    card->setAccessibleDescription(card->toolTip());
    auto *pictures = new PictureStrip(m_thumbnails, PictureStrip::Form::Square, 11 * gap);
    std::vector<std::filesystem::path> first;
    for (const QString &path : there ? facts.first : QStringList())
        first.push_back(toPath(path));
    pictures->setPictures(std::move(first));
    const int room = folderCardPx - 11 * gap - 4 * gap;
    auto *lines = new QVBoxLayout;
    lines->setSpacing(2);
    lines->addWidget(cutLabel(name, Type::Section, room));
    if (facts.pictures > 0)
        lines->addWidget(cutLabel(tr("%n picture(s)", nullptr, facts.pictures), Type::Text, room));
    const Recipe *recipe = m_session.recipes().find(facts.recipe.toStdString());
    if (facts.isIndex || recipe)
        lines->addWidget(cutLabel(facts.isIndex ? tr("Index on disk") : recipeTitle(*recipe), Type::Caption, room));
    lines->addWidget(cutLabel(there ? QDir::toNativeSeparators(QFileInfo(folder).path()) : tr("Not there now"),
                              Type::Caption, room));
    lines->addStretch();
    auto *row = new QHBoxLayout(card);
    row->setContentsMargins(gap, gap, gap, gap);
    row->setSpacing(3 * gap / 2);
    row->addWidget(pictures);
    row->addLayout(lines, 1);
    connect(card, &CardButton::clicked, this, [this, folder] { Q_EMIT folderWanted(folder); });
    return card;
}

void StartPage::refresh()
{
    for (QWidget *card : std::as_const(m_folderCards))
        dismiss(card);
    m_folderCards.clear();
    for (const QString &folder : Settings::recentFolders().mid(0, mostFolders))
        m_folderCards << makeFolderCard(folder);
    placeFolders();
    if (isVisible())
        showSamplePictures();
}

/// As many beside each other as the window is wide.
void StartPage::placeFolders()
{
    while (QLayoutItem *item = m_folders->takeAt(0))
        delete item;
    const int columns = qMax(1, (width() - 4 * gap) / (folderCardPx + 2 * gap));
    for (int i = 0; i < m_folderCards.size(); ++i)
        m_folders->addWidget(m_folderCards[i], i / columns, i % columns);
    for (int column = 0; column < qMax(columns, m_folders->columnCount()); ++column)
        m_folders->setColumnStretch(column, column < columns ? 1 : 0);
}

void StartPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_sample->setFixedHeight(qBound(12 * gap, parentWidget()->height() / 4, 32 * gap));
    placeFolders();
}

void StartPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    showSamplePictures();
}

void StartPage::showSamplePictures()
{
    if (!QFileInfo::exists(Session::sampleFolder() + QStringLiteral("/ground_truth.csv")))
        return drawSamplePicture(0);
    std::vector<std::filesystem::path> pictures;
    for (int place = 0; place < samplePictures; ++place)
        pictures.push_back(samplePicture(place));
    m_sample->setPictures(std::move(pictures));
}

/// Before there is a sample, its first pictures are drawn small: they are the same ones.
void StartPage::drawSamplePicture(int place)
{
    if (place >= samplePictures)
        return;
    m_drawing.start([this, place](const TaskContext &) -> std::function<void()> {
        cv::Mat small;
        cv::resize(renderScene(SampleSpec().seed, place), small, {}, 0.5, 0.5, cv::INTER_AREA);
        return [this, place, picture = toQImage(small)] {
            m_sample->setImage(place, picture);
            drawSamplePicture(place + 1);
        };
    });
}

} // namespace likeness::ui
