#include "ui/picture_menu.h"

#include "ui/gallery_image.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/picture_loader.h"
#include "ui/widgets/picture_viewer.h"
#include "ui/widgets/properties_dialog.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QUrl>
#include <algorithm>

namespace likeness::ui {

namespace {

/// The widget itself or the nearest around it that shows pictures.
PictureSource *sourceOf(QWidget *widget)
{
    for (; widget; widget = widget->parentWidget())
        if (auto *source = dynamic_cast<PictureSource *>(widget))
            return source;
    return nullptr;
}

QAction *add(QMenu &menu, const char *icon, const QString &text, const char *name, bool enabled,
             const QString &why = {})
{
    QAction *action = menu.addAction(themeIcon(icon), text);
    action->setObjectName(QString::fromLatin1(name));
    action->setEnabled(enabled);
    if (!enabled)
        action->setToolTip(why);
    return action;
}

} // namespace

PictureMenu::PictureMenu(Session &session, QWidget &window) : QObject(&window), m_session(session), m_window(window)
{
    qApp->installEventFilter(this);
}

bool PictureMenu::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || (event->type() != QEvent::ContextMenu && event->type() != QEvent::KeyPress))
        return false;
    PictureSource *source = sourceOf(widget);
    if (!source)
        return false;
    if (event->type() == QEvent::KeyPress)
        return handleKey(*widget, *static_cast<QKeyEvent *>(event));
    const auto &asked = *static_cast<QContextMenuEvent *>(event);
    const bool byKey = asked.reason() == QContextMenuEvent::Keyboard;
    const auto pictures = byKey ? source->chosenPictures() : source->picturesAt(asked.globalPos());
    if (pictures.empty())
        return false;
    m_source = dynamic_cast<QWidget *>(source);
    QMenu *menu = make(pictures, &m_window);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(byKey ? widget->mapToGlobal(widget->rect().center()) : asked.globalPos());
    return true;
}

bool PictureMenu::handleKey(QWidget &widget, const QKeyEvent &event)
{
    const bool space = event.key() == Qt::Key_Space && event.modifiers() == Qt::NoModifier;
    const bool facts =
        (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && event.modifiers() == Qt::AltModifier;
    if (!space && !facts)
        return false;
    PictureSource *source = sourceOf(&widget);
    const auto pictures = source->chosenPictures();
    if (pictures.empty())
        return false;
    if (facts)
        showProperties(pictures);
    else
        view(dynamic_cast<QWidget *>(source), pictures.front(), false);
    return true;
}

QMenu *PictureMenu::make(const std::vector<Query> &pictures, QWidget *parent)
{
    auto *menu = new QMenu(parent);
    menu->setObjectName(QStringLiteral("pictureMenu"));
    menu->setToolTipsVisible(true);
    addSearches(*menu, pictures);
    menu->addSeparator();
    addPairs(*menu, pictures);
    menu->addSeparator();
    addFiles(*menu, pictures);
    return menu;
}

void PictureMenu::addSearches(QMenu &menu, const std::vector<Query> &pictures)
{
    const bool open = m_session.hasWorkspace() && !m_session.workspace()->gallery.empty();
    const QString why = tr("Open a folder to search in first");
    const Query &first = pictures.front();
    if (pictures.size() == 1) {
        QAction *find = add(menu, "edit-find", tr("Find this picture"), "menuFind", open, why);
        menu.setDefaultAction(find);
        connect(find, &QAction::triggered, this, [this, first] { this->find(first); });
        connect(add(menu, "select-rectangular", tr("Find a part of it…"), "menuRegion", open, why), &QAction::triggered,
                this, [this, first] { view(m_source, first, true); });
    } else {
        connect(add(menu, "edit-find", tr("Find all of them together"), "menuTogether", open, why), &QAction::triggered,
                this, [this, pictures] {
                    std::vector<Query::Part> more;
                    for (std::size_t i = 1; i < pictures.size(); ++i)
                        more.push_back({QFileInfo(pictures[i].name).fileName(), pictures[i].path, pictures[i].bytes});
                    m_session.setQuery(Query::ofParts(pictures.front(), more));
                    m_session.runQuery();
                    Q_EMIT searchWanted();
                });
    }
    const bool toQuery = open && m_session.query().hasPicture() && pictures.size() == 1;
    const QString whyNot = tr("Choose a query first, then one picture to add to it");
    connect(add(menu, "list-add", tr("Add to the query"), "menuAdd", toQuery, whyNot), &QAction::triggered, this,
            [this, first] { addToQuery(first, 1); });
    connect(add(menu, "list-remove", tr("Away from the query"), "menuSubtract", toQuery, whyNot), &QAction::triggered,
            this, [this, first] { addToQuery(first, -0.5); });
}

void PictureMenu::addPairs(QMenu &menu, const std::vector<Query> &pictures)
{
    const bool two = pictures.size() == 2;
    const Query a = two ? pictures[0] : m_session.query(), b = two ? pictures[1] : pictures.front();
    const bool pair = pictures.size() <= 2 && a.hasPicture() && b.hasPicture() && !(a == b);
    const QString why =
        pictures.size() > 2 ? tr("Choose two pictures, or one beside the query") : tr("There is no query beside it");
    const bool inGallery =
        pair && m_session.hasWorkspace() &&
        (galleryImageOf(b, *m_session.workspace()) >= 0 || galleryImageOf(a, *m_session.workspace()) >= 0);
    connect(add(menu, "view-split-left-right", two ? tr("Compare the two") : tr("Compare with the query"),
                "menuCompare", inGallery, pair ? tr("Neither of them is a picture of the open folder") : why),
            &QAction::triggered, this, [this, a, b] { compare(a, b); });
    connect(add(menu, "draw-line", two ? tr("Match the two") : tr("Match with the query"), "menuMatch", pair, why),
            &QAction::triggered, this, [this, a, b] { Q_EMIT matchWanted(a, b); });
}

void PictureMenu::addFiles(QMenu &menu, const std::vector<Query> &pictures)
{
    const Query &first = pictures.front();
    const bool one = pictures.size() == 1, hasFile = !first.path.empty();
    const QString whyNoFile = tr("It has no file");
    QAction *whole = add(menu, "view-fullscreen", tr("Full screen"), "menuFullScreen", one);
    whole->setShortcut(Qt::Key_Space); // shown only: the key is handled where the picture is
    connect(whole, &QAction::triggered, this, [this, first] { view(m_source, first, false); });
    const QUrl file = QUrl::fromLocalFile(toQString(first.path));
    connect(add(menu, "document-open", tr("Open with another program"), "menuOpen", one && hasFile, whyNoFile),
            &QAction::triggered, this, [file] { QDesktopServices::openUrl(file); });
    connect(add(menu, "folder-open", tr("Show its folder"), "menuFolder", one && hasFile, whyNoFile),
            &QAction::triggered, this,
            [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(file.toLocalFile()).path())); });
    connect(add(menu, "edit-copy", tr("Copy the picture"), "menuCopy", one), &QAction::triggered, this,
            [this, first] { copyPicture(first); });
    QStringList paths;
    for (const Query &picture : pictures)
        if (!picture.path.empty())
            paths << QDir::toNativeSeparators(toQString(picture.path));
    connect(add(menu, "edit-copy", tr("Copy %n path(s)", nullptr, int(paths.size())), "menuCopyPath", !paths.isEmpty(),
                whyNoFile),
            &QAction::triggered, this, [this, paths] {
                QGuiApplication::clipboard()->setText(paths.join(QLatin1Char('\n')));
                Q_EMIT message(tr("Copied: %1").arg(paths.join(QStringLiteral(", "))));
            });
    menu.addSeparator();
    QAction *facts =
        add(menu, "document-properties", pictures.size() == 2 ? tr("Properties of both…") : tr("Properties…"),
            "menuProperties", pictures.size() <= 2, tr("Choose one picture, or two to compare"));
    facts->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Return));
    connect(facts, &QAction::triggered, this, [this, pictures] { showProperties(pictures); });
}

void PictureMenu::find(const Query &picture)
{
    m_session.setQuery(picture);
    m_session.runQuery();
    Q_EMIT searchWanted();
}

void PictureMenu::addToQuery(const Query &picture, double weight)
{
    Query first = m_session.query();
    std::vector<Query::Part> more = first.more;
    more.push_back({QFileInfo(picture.name).fileName(), picture.path, picture.bytes, {}, weight});
    m_session.setQuery(Query::ofParts(first, std::move(more)));
    m_session.runQuery();
    Q_EMIT searchWanted();
}

/// The page compares a query with a picture of the gallery.
void PictureMenu::compare(const Query &query, const Query &hit)
{
    const Workspace &workspace = *m_session.workspace();
    ImageId image = galleryImageOf(hit, workspace);
    const Query *other = &query;
    if (image < 0) {
        image = galleryImageOf(query, workspace);
        other = &hit;
    }
    if (!(*other == m_session.query()))
        m_session.setQuery(*other);
    m_session.selectHit(image);
    Q_EMIT compareWanted();
}

void PictureMenu::view(QWidget *source, const Query &picture, bool region)
{
    auto *viewer = new PictureViewer(picture, source, &m_window);
    connect(viewer, &PictureViewer::regionChosen, this, [this](const QImage &part, const QString &name) {
        m_session.setQueryImage(part, tr("Region of %1").arg(name));
        m_session.runQuery();
        Q_EMIT searchWanted();
    });
    viewer->setRegionMarking(region);
    viewer->showFullScreen();
}

void PictureMenu::showProperties(const std::vector<Query> &pictures)
{
    if (pictures.size() <= 2)
        (new PropertiesDialog(pictures, &m_window))->show();
}

void PictureMenu::copyPicture(const Query &picture)
{
    try {
        QGuiApplication::clipboard()->setImage(toQImage(pixelsOf(picture)));
        Q_EMIT message(tr("Copied: %1").arg(QFileInfo(picture.name).fileName()));
    } catch (const Error &error) {
        Q_EMIT message(toQString(error.message()));
    }
}

} // namespace likeness::ui
