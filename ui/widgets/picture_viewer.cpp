#include "ui/widgets/picture_viewer.h"

#include "ui/picture_source.h"
#include "ui/util/theme.h"
#include "ui/widgets/image_view.h"
#include "ui/widgets/picture_loader.h"

#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

namespace likeness::ui {

PictureViewer::PictureViewer(const Query &picture, QWidget *source, QWidget *parent)
    : QDialog(parent, Qt::Window), m_source(source), m_view(new ImageView), m_caption(new QLabel)
{
    setObjectName(QStringLiteral("pictureViewer"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Picture"));
    m_loader = new PictureLoader(*m_view);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setContentsMargins(gap, gap / 2, gap, gap / 2);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_caption);
    connect(m_view, &ImageView::regionMarked, this, [this](const QRect &region) {
        Q_EMIT regionChosen(m_view->image().copy(region), m_picture.name);
        close();
    });
    connect(m_loader, &PictureLoader::shown, this, [this] { setRegionMarking(m_marking); });
    showPicture(picture);
    m_view->setFocus();
}

void PictureViewer::showPicture(const Query &picture)
{
    m_picture = picture;
    m_loader->show(picture);
    m_caption->setText(QFileInfo(picture.name).fileName());
}

void PictureViewer::setRegionMarking(bool on)
{
    m_marking = on;
    m_view->setRegionMarking(on);
    const QSize size = m_view->image().size();
    const QString pixels = size.isEmpty() ? QString() : tr("%1 × %2 px").arg(size.width()).arg(size.height());
    m_caption->setText(QStringList{QFileInfo(m_picture.name).fileName(), pixels,
                                   on ? tr("drag over the part to look for")
                                      : tr("Left, Right: the next one · R: a part of it · Escape: back")}
                           .join(QStringLiteral("   ")));
}

void PictureViewer::walk(int step)
{
    auto *source = dynamic_cast<PictureSource *>(m_source.data());
    if (!source || !source->chooseBeside(step))
        return;
    if (const auto chosen = source->chosenPictures(); !chosen.empty())
        showPicture(chosen.front());
}

void PictureViewer::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Escape:
        close();
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        return walk(-1);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return walk(1);
    case Qt::Key_R:
        return setRegionMarking(!m_marking);
    default:
        QDialog::keyPressEvent(event);
    }
}

void PictureViewer::resizeEvent(QResizeEvent *event)
{
    QDialog::resizeEvent(event);
    m_view->update();
}

} // namespace likeness::ui
