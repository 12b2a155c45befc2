#include "ui/util/convert.h"
#include "ui/util/theme.h"
#include "ui/widgets/match_view.h"

#include <QPainter>
#include <QSvgGenerator>
#include <array>
#include <opencv2/imgproc.hpp>

namespace likeness::ui {

namespace {

constexpr int colourSteps = 16;
constexpr std::size_t mostCircles = 1500; // more are drawn as points: circles take a microsecond each

/// Viridis in a few steps (van der Walt and Smith 2015): even in lightness, safe for colour-blind eyes.
QColor rampColour(double share)
{
    static const std::array<QColor, 5> stops{QColor(68, 1, 84), QColor(59, 82, 139), QColor(33, 145, 140),
                                             QColor(94, 201, 98), QColor(253, 231, 37)};
    const double at = qBound(0.0, share, 1.0) * (stops.size() - 1);
    const auto low = std::size_t(qMin(at, double(stops.size() - 2)));
    const double rest = at - double(low);
    const auto mix = [rest](int from, int to) { return int(from + (to - from) * rest); };
    const QColor &from = stops[low], &to = stops[low + 1];
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

/// Thousands of long translucent lines take QPainter a third of a second; OpenCV draws them into a picture that is laid
/// over once. A vector file gets lines.
void drawMany(QPainter &painter, const QList<QLineF> &lines, const QColor &colour)
{
    constexpr qsizetype few = 60;
    const auto *device = painter.device();
    const bool vector = dynamic_cast<const QSvgGenerator *>(device) != nullptr;
    if (lines.size() <= few || vector) {
        painter.setPen(QPen(colour, 1));
        painter.drawLines(lines);
        return;
    }
    const double ratio = device->devicePixelRatioF();
    QImage layer(int(device->width() * ratio), int(device->height() * ratio), QImage::Format_ARGB32_Premultiplied);
    layer.fill(Qt::transparent);
    cv::Mat pixels(layer.height(), layer.width(), CV_8UC4, layer.bits(), std::size_t(layer.bytesPerLine()));
    const QRgb value = qPremultiply(colour.rgba());
    const cv::Scalar bgra(qBlue(value), qGreen(value), qRed(value), qAlpha(value));
    const auto at = [ratio](QPointF p) { return cv::Point(cvRound(p.x() * ratio), cvRound(p.y() * ratio)); };
    for (const QLineF &line : lines)
        cv::line(pixels, at(line.p1()), at(line.p2()), bgra, qMax(1, qRound(ratio)), cv::LINE_8);
    layer.setDevicePixelRatio(ratio);
    painter.drawImage(0, 0, layer);
}

} // namespace

QColor MatchView::colourOf(std::size_t index) const
{
    if (m_look.colour == MatchLook::Colour::Residual)
        return rampColour(m_residuals[index] < 0 ? 1 : m_residuals[index] / m_look.residualPx);
    if (m_look.colour == MatchLook::Colour::Distance)
        return rampColour(double(m_match->matches[index].distance));
    return m_match->inlier[index] ? rightColour() : wrongColour();
}

void MatchView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(painter);
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MatchView::paint(QPainter &painter) const
{
    painter.fillRect(rect(), palette().color(QPalette::Window).darker(isDark() ? 130 : 106));
    if (m_a.isNull() || m_b.isNull()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(gap, gap, -gap, -gap), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    if (m_look.layout == MatchLook::Layout::Overlaid)
        return paintOverlaid(painter);
    const Side a = sideOf(false), b = sideOf(true);
    for (const bool second : {false, true}) {
        const Side &side = second ? b : a;
        painter.save();
        painter.setClipRect(side.place);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, side.widgetFromPicture.m11() < 4);
        painter.setTransform(side.widgetFromPicture);
        painter.drawImage(0, 0, second ? m_b : m_a);
        painter.resetTransform();
        if (m_match && m_look.keypoints)
            paintKeypoints(painter, side, second ? m_match->b.keypoints : m_match->a.keypoints);
        if (second && m_look.outline)
            paintOutline(painter, side);
        painter.restore();
    }
    if (!m_match)
        return;
    paintLines(painter, a, b);
    for (const int marked : {m_selected, m_hovered})
        if (marked >= 0) {
            if (m_match->fundamental)
                paintEpipolar(painter, a, b, marked);
            paintMarked(painter, a, b, marked);
        }
    if (const int marked = m_hovered >= 0 ? m_hovered : m_selected; marked >= 0)
        paintPatches(painter, a, b, marked);
    paintLegend(painter);
}

QStringList MatchView::legend() const
{
    int inliers = 0, outliers = 0;
    for (const int index : m_shown)
        ++(m_match->inlier[std::size_t(index)] ? inliers : outliers);
    switch (m_look.colour) {
    case MatchLook::Colour::Residual:
        return {tr("0 px off its place"), tr("%1 px or more").arg(m_look.residualPx, 0, 'g', 3)};
    case MatchLook::Colour::Distance:
        return {tr("descriptors alike"), tr("descriptors far apart")};
    case MatchLook::Colour::Verdict:
        break;
    }
    const int all = int(std::ranges::count(m_match->inlier, true)), others = int(m_match->inlier.size()) - all;
    return {tr("%1 of %2 inliers").arg(inliers).arg(all), tr("%1 of %2 outliers").arg(outliers).arg(others)};
}

/// What the colours of the lines mean: two of them with counts, or a ramp from its first to its last value.
void MatchView::paintLegend(QPainter &painter) const
{
    if (m_match->matches.empty() || m_look.lines == MatchLook::Lines::None)
        return;
    const QStringList texts = legend();
    const bool ramp = m_look.colour != MatchLook::Colour::Verdict;
    painter.save();
    painter.setFont(typeFont(Type::Caption));
    const QFontMetrics font = painter.fontMetrics();
    const int line = font.height() + 2, wide = 2 * gap;
    const int width = qMax(font.horizontalAdvance(texts[0]), font.horizontalAdvance(texts[1])) + wide + 2 * gap;
    const QRect room(gap, rect().bottom() - 2 * line - 2 * gap, width, 2 * line + gap);
    QColor ground = palette().color(QPalette::Base);
    ground.setAlpha(225);
    painter.fillRect(room, ground);
    const QRect mark(room.left() + gap / 2, room.top() + gap / 2, wide, 2 * line);
    if (ramp) {
        for (int y = 0; y < mark.height(); ++y)
            painter.fillRect(mark.left(), mark.top() + y, wide, 1, rampColour(double(y) / (mark.height() - 1)));
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        for (const int row : {0, 1}) {
            painter.setBrush(row == 0 ? rightColour() : wrongColour());
            const QPoint middle(mark.center().x(), mark.top() + row * line + line / 2);
            row == 0
                ? painter.drawEllipse(middle, 5, 5)
                : painter.drawPolygon(QPolygon{middle + QPoint(0, -6), middle + QPoint(6, 5), middle + QPoint(-6, 5)});
        }
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    painter.setPen(palette().color(QPalette::Text));
    for (const int row : {0, 1})
        painter.drawText(QRect(mark.right() + gap, mark.top() + row * line, width, line), Qt::AlignVCenter, texts[row]);
    painter.restore();
}

/// Where the other end must lie (Hartley and Zisserman 2004, chapter 9): F a in B, and F' b in A.
void MatchView::paintEpipolar(QPainter &painter, const Side &a, const Side &b, int index) const
{
    const Correspondence &pair = m_match->matches[std::size_t(index)];
    const cv::Point2f at[] = {m_match->a.keypoints[std::size_t(pair.a)].pt,
                              m_match->b.keypoints[std::size_t(pair.b)].pt};
    for (const bool inB : {false, true}) {
        const cv::Matx33d &f = *m_match->fundamental;
        const cv::Point2f &other = at[inB ? 0 : 1];
        const cv::Vec3d point(double(other.x), double(other.y), 1), line = inB ? f * point : f.t() * point;
        const Side &side = inB ? b : a;
        const double right = (inB ? m_b : m_a).width(), low = (inB ? m_b : m_a).height();
        const bool flat = std::abs(line[1]) > std::abs(line[0]);
        if (std::abs(flat ? line[1] : line[0]) < 1e-12)
            continue;
        const QPointF from = flat ? QPointF(0, -line[2] / line[1]) : QPointF(-line[2] / line[0], 0);
        const QPointF to = flat ? QPointF(right, -(line[2] + line[0] * right) / line[1])
                                : QPointF(-(line[2] + line[1] * low) / line[0], low);
        painter.save();
        painter.setClipRect(side.place);
        painter.setPen(QPen(Qt::black, 3));
        painter.drawLine(side.widgetFromPicture.map(from), side.widgetFromPicture.map(to));
        painter.setPen(QPen(rampColour(0.9), 1));
        painter.drawLine(side.widgetFromPicture.map(from), side.widgetFromPicture.map(to));
        painter.restore();
    }
}

/// Both ends, each as large as its keypoint and the same on the screen.
void MatchView::paintPatches(QPainter &painter, const Side &a, const Side &b, int index) const
{
    constexpr int side = 12 * gap;
    constexpr double around = 3; // of the keypoint's size: what its descriptor sees
    const Correspondence &pair = m_match->matches[std::size_t(index)];
    for (const bool second : {false, true}) {
        const cv::KeyPoint &keypoint =
            second ? m_match->b.keypoints[std::size_t(pair.b)] : m_match->a.keypoints[std::size_t(pair.a)];
        const QRect place = (second ? b : a).place;
        if (place.width() < 3 * side || place.height() < 2 * side)
            continue; // no room for more than the picture
        const double half = qMax(8.0, double(keypoint.size) * around / 2);
        const QRectF part(double(keypoint.pt.x) - half, double(keypoint.pt.y) - half, 2 * half, 2 * half);
        const QRect at(place.right() - side - gap, place.top() + gap, side, side);
        painter.fillRect(at.adjusted(-2, -2, 2, 2), Qt::white);
        painter.fillRect(at, Qt::black);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(at, second ? m_b : m_a, part);
    }
}

void MatchView::paintOverlaid(QPainter &painter) const
{
    const Side side = sideOf(true);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setTransform(side.widgetFromPicture);
    if (m_warped.isNull()) {
        painter.drawImage(0, 0, m_b);
        painter.resetTransform();
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(rect().adjusted(gap, gap, -gap, -gap), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap,
                         tr("No model: there is nothing to lay over this picture."));
        return;
    }
    if (m_look.overlay == MatchLook::Overlay::Difference) {
        painter.drawImage(0, 0, m_difference);
    } else {
        painter.drawImage(0, 0, m_b);
        painter.setOpacity(m_look.overlay == MatchLook::Overlay::Blink ? (m_blinkA ? 1 : 0) : m_look.opacity);
        painter.drawImage(0, 0, m_warped);
        painter.setOpacity(1);
    }
    painter.resetTransform();
    if (m_look.outline)
        paintOutline(painter, side);
}

void MatchView::paintKeypoints(QPainter &painter, const Side &side, const std::vector<cv::KeyPoint> &keypoints) const
{
    const QRectF visible = QRectF(side.place);
    const double scale = side.widgetFromPicture.m11();
    QList<QPointF> places;
    std::vector<const cv::KeyPoint *> seen;
    for (const cv::KeyPoint &keypoint : keypoints) {
        const QPointF at =
            side.widgetFromPicture.map(QPointF(double(keypoint.pt.x) + 0.5, double(keypoint.pt.y) + 0.5));
        if (visible.contains(at)) {
            places.append(at);
            seen.push_back(&keypoint);
        }
    }
    QColor colour(230, 159, 0); // Okabe and Ito's orange-yellow, apart from both verdicts
    if (seen.size() > mostCircles) {
        painter.setPen(QPen(colour, 2));
        painter.drawPoints(places.constData(), int(places.size()));
        return;
    }
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    QList<QLineF> directions;
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const double radius = qMax(2.0, double(seen[i]->size) / 2 * scale);
        painter.drawEllipse(places[qsizetype(i)], radius, radius);
        if (seen[i]->angle >= 0) {
            const double turn = double(seen[i]->angle) * CV_PI / 180;
            directions.append(
                {places[qsizetype(i)], places[qsizetype(i)] + radius * QPointF(std::cos(turn), std::sin(turn))});
        }
    }
    painter.drawLines(directions);
}

/// By colour, so that thousands of lines are a few calls.
void MatchView::paintLines(QPainter &painter, const Side &a, const Side &b) const
{
    std::vector<std::pair<QRgb, QList<QLineF>>> byColour;
    QList<QPointF> ends;
    for (const int index : m_shown) {
        const QPointF from = pointOf(a, false, index), to = pointOf(b, true, index);
        if (!QRectF(a.place).contains(from) || !QRectF(b.place).contains(to))
            continue;
        QColor colour = colourOf(std::size_t(index));
        if (m_look.colour != MatchLook::Colour::Verdict) // few pens
            colour = QColor(colour.red() / colourSteps * colourSteps, colour.green() / colourSteps * colourSteps,
                            colour.blue() / colourSteps * colourSteps);
        const auto known = std::ranges::find(byColour, colour.rgb(), [](const auto &e) { return e.first; });
        auto &lines = known == byColour.end() ? byColour.emplace_back(colour.rgb(), QList<QLineF>()) : *known;
        lines.second.append({from, to});
    }
    const bool dim = m_hovered >= 0 || m_selected >= 0;
    for (const auto &[rgb, lines] : byColour) {
        QColor colour(rgb);
        colour.setAlpha(dim ? 90 : lines.size() > 150 ? 150 : 220);
        drawMany(painter, lines, colour);
        ends.clear();
        for (const QLineF &line : lines)
            ends << line.p1() << line.p2();
        painter.setPen(QPen(QColor(rgb), 4, Qt::SolidLine, Qt::RoundCap));
        painter.drawPoints(ends.constData(), int(ends.size()));
    }
}

void MatchView::paintMarked(QPainter &painter, const Side &a, const Side &b, int index) const
{
    const QPointF from = pointOf(a, false, index), to = pointOf(b, true, index);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const auto &[colour, width] : {std::pair(QColor(Qt::black), 4), std::pair(QColor(Qt::white), 2)}) {
        painter.setPen(QPen(colour, width));
        painter.drawLine(from, to);
        painter.drawEllipse(from, 9, 9);
        painter.drawEllipse(to, 9, 9);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void MatchView::paintOutline(QPainter &painter, const Side &b) const
{
    if (!m_match || !m_match->bFromA)
        return;
    const QTransform widgetFromA = toTransform(*m_match->bFromA) * b.widgetFromPicture;
    const QPolygonF outline = widgetFromA.map(QPolygonF(QRectF(m_a.rect())));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::black, 4));
    painter.drawPolygon(outline);
    painter.setPen(QPen(rightColour().lighter(150), 2));
    painter.drawPolygon(outline);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace likeness::ui
