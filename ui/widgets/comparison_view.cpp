#include "ui/widgets/comparison_view.h"

#include "ui/util/convert.h"
#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"
#include "ui/widgets/image_view.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QSettings>
#include <QShortcut>
#include <QSlider>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {
constexpr int blinkMs = 500;
} // namespace

QImage swipeImage(const QImage &a, const QImage &b, double share, const QColor &line)
{
    QImage joined = b.convertToFormat(QImage::Format_RGB32);
    const int edge = qBound(0, qRound(share * a.width()), a.width());
    QPainter painter(&joined);
    painter.drawImage(QPoint(0, 0), a, QRect(0, 0, edge, a.height()));
    painter.fillRect(QRect(edge - 1, 0, qMax(2, a.width() / 400), a.height()), line);
    return joined;
}

QImage ssimImage(const cv::Mat &map)
{
    QImage image(map.cols, map.rows, QImage::Format_RGB32);
    for (int y = 0; y < map.rows; ++y)
        for (int x = 0; x < map.cols; ++x) {
            const double equal = qBound(0.0, double(map.at<float>(y, x)), 1.0);
            const auto mix = [equal](int different, int same) { return int(different + (same - different) * equal); };
            image.setPixel(x, y, qRgb(mix(240, 20), mix(150, 60), mix(40, 110)));
        }
    return image;
}

ComparisonPictures comparisonPictures(const cv::Mat &a, const cv::Mat &b, const PictureComparison &comparison)
{
    const QImage pictureA = toQImage(a);
    return {pictureA, toQImage(b), toQImage(comparison.bAtA).scaled(pictureA.size()), toQImage(comparison.difference),
            ssimImage(comparison.ssimMap)};
}

ComparisonView::ComparisonView(QWidget *parent)
    : QWidget(parent),
      m_left(new ImageView),
      m_right(new ImageView),
      m_swipeRow(new QWidget),
      m_which(new QLabel),
      m_swipe(new QSlider(Qt::Horizontal))
{
    m_left->setAccessibleName(tr("Query"));
    m_right->setAccessibleName(tr("Result"));
    m_swipe->setRange(0, 1000);
    m_swipe->setValue(500);
    m_swipe->setAccessibleName(tr("Edge between query and result"));
    auto *swipeLayout = new QHBoxLayout(m_swipeRow);
    swipeLayout->setContentsMargins(0, 0, 0, 0);
    auto *left = new QLabel(tr("Query")), *right = new QLabel(tr("Result")); // as they lie beside the edge
    left->setObjectName(QStringLiteral("swipeLeft"));
    right->setObjectName(QStringLiteral("swipeRight"));
    swipeLayout->addWidget(left);
    swipeLayout->addWidget(m_swipe, 1);
    swipeLayout->addWidget(right);
    m_which->setObjectName(QStringLiteral("blinkShows"));
    m_which->setAlignment(Qt::AlignCenter);
    auto *pictures = new QHBoxLayout;
    pictures->setSpacing(gap / 2);
    pictures->addWidget(m_left, 1);
    pictures->addWidget(m_right, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap / 2);
    layout->addLayout(pictures, 1);
    layout->addWidget(m_swipeRow);
    layout->addWidget(m_which);
    connect(m_left, &ImageView::viewChanged, m_right, &ImageView::setView);
    connect(m_right, &ImageView::viewChanged, m_left, &ImageView::setView);
    connect(m_swipe, &QSlider::valueChanged, this, &ComparisonView::refresh);
    for (ImageView *view : {m_left, m_right})
        connect(view, &ImageView::regionMarked, this,
                [this, view](const QRect &region) { Q_EMIT regionMarked(view->image().copy(region)); });
    const int remembered = QSettings().value(QStringLiteral("comparison_mode"), 0).toInt();
    m_mode = Mode(qBound(0, remembered, int(Mode::SsimMap)));
    setFocusPolicy(Qt::StrongFocus);
    for (int mode = 0; mode <= int(Mode::SsimMap); ++mode) {
        auto *shortcut = new QShortcut(Qt::Key(Qt::Key_1 + mode), this);
        shortcut->setContext(Qt::WindowShortcut); // wherever the focus is on the page
        connect(shortcut, &QShortcut::activated, this, [this, mode] { setMode(Mode(mode)); });
        static const char *const names[] = {QT_TR_NOOP("Side by side"), QT_TR_NOOP("Swipe"), QT_TR_NOOP("Blink"),
                                            QT_TR_NOOP("Difference"), QT_TR_NOOP("SSIM map")};
        Shortcuts::add(*shortcut, (QByteArray("compare-mode-") + QByteArray::number(mode)).constData(),
                       QCoreApplication::translate("PageTable", "Compare"), tr(names[mode]));
    }
    refresh();
}

void ComparisonView::setPictures(const ComparisonPictures &pictures)
{
    m_pictures = pictures;
    m_left->setView({});
    m_right->setView({});
    refresh();
}

void ComparisonView::setDifference(const QImage &difference)
{
    m_pictures.difference = difference;
    refresh();
}

void ComparisonView::clear(const QString &emptyText)
{
    setAccessibleDescription(emptyText); // it is painted
    m_pictures = {};
    m_left->setEmptyText(emptyText);
    m_right->setEmptyText({});
    refresh();
}

void ComparisonView::setMode(Mode mode)
{
    if (mode != m_mode) {
        m_mode = mode;
        QSettings().setValue(QStringLiteral("comparison_mode"), int(mode));
        Q_EMIT modeChanged(mode);
    }
    refresh();
}

void ComparisonView::setSwipe(double share)
{
    m_swipe->setValue(qRound(share * 1000));
}

QImage ComparisonView::shown() const
{
    if (m_mode != Mode::SideBySide || m_pictures.a.isNull())
        return m_left->image();
    const QImage &a = m_pictures.a, &b = m_pictures.b;
    QImage both(a.width() + b.width(), qMax(a.height(), b.height()), QImage::Format_RGB32);
    both.fill(Qt::black);
    QPainter painter(&both);
    painter.drawImage(0, 0, a);
    painter.drawImage(a.width(), 0, b);
    return both;
}

void ComparisonView::setRegionMarking(bool on)
{
    m_left->setRegionMarking(on);
    m_right->setRegionMarking(on);
}

void ComparisonView::refresh()
{
    if (m_mode == Mode::Blink && m_blinkTimer == 0)
        m_blinkTimer = startTimer(blinkMs);
    if (m_mode != Mode::Blink && m_blinkTimer != 0) {
        killTimer(m_blinkTimer);
        m_blinkTimer = 0;
        m_showB = false;
    }
    m_right->setVisible(m_mode == Mode::SideBySide);
    m_swipeRow->setVisible(m_mode == Mode::Swipe);
    m_which->setVisible(m_mode == Mode::Blink && !m_pictures.a.isNull());
    m_which->setText(QStringLiteral("<b>%1</b>").arg(m_showB ? tr("Result") : tr("Query")));
    m_right->setImage(m_pictures.b);
    if (m_pictures.a.isNull())
        m_left->setImage({});
    else if (m_showB)
        m_left->setImage(m_pictures.bAtA);
    else if (m_mode == Mode::Swipe)
        m_left->setImage(
            swipeImage(m_pictures.a, m_pictures.bAtA, m_swipe->value() / 1000.0, palette().color(QPalette::Highlight)));
    else if (m_mode == Mode::Difference)
        m_left->setImage(m_pictures.difference);
    else if (m_mode == Mode::SsimMap)
        m_left->setImage(m_pictures.ssim);
    else
        m_left->setImage(m_pictures.a);
}

void ComparisonView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_B && !event->isAutoRepeat()) {
        m_showB = true;
        refresh();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ComparisonView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_B || event->isAutoRepeat())
        return QWidget::keyReleaseEvent(event);
    m_showB = false;
    refresh();
}

void ComparisonView::timerEvent(QTimerEvent *)
{
    m_showB = !m_showB;
    refresh();
}

} // namespace likeness::ui
