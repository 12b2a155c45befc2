#include "ui/util/clear_style.h"

#include "ui/util/mixed.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace likeness::ui {

namespace {

constexpr double corner = 4;
constexpr int scrollBarPx = 12, scrollHandlePx = 32; // wide enough to be hit, long enough to be seen

QColor frameOf(const QStyleOption &option)
{
    const double share = (option.state & QStyle::State_Enabled) ? 0.28 : 0.14;
    return mixed(option.palette.color(QPalette::Window), option.palette.color(QPalette::WindowText), share);
}

/// What can be pressed, on the window or on a card.
QColor fillOf(const QStyleOption &option)
{
    const QPalette &colours = option.palette;
    const QColor rest = mixed(colours.color(QPalette::Window), colours.color(QPalette::Base), 0.7);
    const QColor accent = colours.color(QPalette::Highlight);
    if (!(option.state & QStyle::State_Enabled))
        return colours.color(QPalette::Window);
    if (option.state & (QStyle::State_Sunken | QStyle::State_On))
        return mixed(rest, accent, 0.32);
    return option.state & QStyle::State_MouseOver ? mixed(rest, accent, 0.14) : rest;
}

void roundRect(QPainter &painter, const QRect &rect, const QColor &fill, const QColor &frame, double width = 1)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(frame.isValid() ? QPen(frame, width) : QPen(Qt::NoPen));
    painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), corner, corner);
    painter.restore();
}

/// Under a pressed tool Fusion draws hardly anything: it is lost on a dark window.
void drawButton(const QStyleOption &option, QPainter &painter)
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(&option);
    const bool first = button && (button->features & QStyleOptionButton::DefaultButton);
    const bool flat =
        (button && (button->features & QStyleOptionButton::Flat)) || (option.state & QStyle::State_AutoRaise);
    const bool touched = option.state & (QStyle::State_Sunken | QStyle::State_On) ||
                         ((option.state & QStyle::State_MouseOver) && (option.state & QStyle::State_Enabled));
    if (flat && !touched)
        return;
    const QColor accent = option.palette.color(QPalette::Highlight);
    const bool on = option.state & QStyle::State_On;
    const bool marked = (on || first) && (option.state & QStyle::State_Enabled);
    QColor fill = fillOf(option);
    if (first && !touched && marked)
        fill = mixed(fill, accent, 0.18);
    roundRect(painter, option.rect, fill, flat && !on ? QColor() : marked ? accent : frameOf(option));
}

void drawScrollBar(const QStyle &style, const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget)
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    if (!bar || bar->minimum == bar->maximum)
        return;
    QRect handle = style.subControlRect(QStyle::CC_ScrollBar, bar, QStyle::SC_ScrollBarSlider, widget);
    handle.adjust(2, 2, -2, -2);
    const bool held = bar->activeSubControls & QStyle::SC_ScrollBarSlider && bar->state & QStyle::State_Sunken;
    const double share = held ? 0.6 : bar->state & QStyle::State_MouseOver ? 0.45 : 0.3;
    const QPalette &colours = option.palette;
    roundRect(painter, handle, mixed(colours.color(QPalette::Window), colours.color(QPalette::WindowText), share), {});
}

QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part)
{
    const bool across = bar.orientation == Qt::Horizontal;
    const int length = across ? bar.rect.width() : bar.rect.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    int handle = length;
    if (range > 0)
        handle =
            qBound(qMin(scrollHandlePx, length), int(qint64(bar.pageStep) * length / (range + bar.pageStep)), length);
    const int at =
        QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition, length - handle, bar.upsideDown);
    const auto piece = [&](int from, int size) {
        const QRect rect = across ? QRect(bar.rect.x() + from, bar.rect.y(), size, bar.rect.height())
                                  : QRect(bar.rect.x(), bar.rect.y() + from, bar.rect.width(), size);
        return QStyle::visualRect(bar.direction, bar.rect, rect);
    };
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        return piece(at, handle);
    case QStyle::SC_ScrollBarSubPage:
        return piece(0, at);
    case QStyle::SC_ScrollBarAddPage:
        return piece(at + handle, length - at - handle);
    case QStyle::SC_ScrollBarGroove:
        return bar.rect;
    default:
        return {}; // no arrows: wheel, keys and the groove do it
    }
}

} // namespace

ClearStyle::ClearStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void ClearStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const QPalette &colours = option->palette;
    switch (element) {
    case PE_PanelButtonCommand:
    case PE_PanelButtonTool:
        return drawButton(*option, *painter);
    case PE_FrameDefaultButton:
        return; // drawButton() says which it is
    case PE_FrameFocusRect:
        return roundRect(*painter, option->rect, {}, colours.color(QPalette::Highlight), 2);
    case PE_PanelLineEdit: {
        const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
        const bool own = frame && frame->lineWidth > 0; // else inside a box that has its own
        const bool focus = (option->state & State_HasFocus) && !(option->state & State_ReadOnly);
        return roundRect(*painter, option->rect, colours.color(QPalette::Base),
                         !own    ? QColor()
                         : focus ? colours.color(QPalette::Highlight)
                                 : frameOf(*option),
                         own && focus ? 2 : 1);
    }
    case PE_FrameGroupBox:
        return roundRect(*painter, option->rect, {}, frameOf(*option));
    case PE_FrameTabWidget:
        return; // the line under the tabs is enough
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
    case PE_IndicatorRadioButton: {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const double share = (option->state & State_Enabled) ? 0.65 : 0.35;
        painter->setPen(mixed(colours.color(QPalette::Base), colours.color(QPalette::Text), share));
        const QRectF frame = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        element == PE_IndicatorRadioButton ? painter->drawEllipse(frame) : painter->drawRoundedRect(frame, 2, 2);
        painter->restore();
        return;
    }
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void ClearStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const QPalette &colours = option->palette;
    switch (element) {
    case CE_HeaderSection:
    case CE_HeaderEmptyArea: {
        painter->fillRect(option->rect, colours.color(QPalette::Window));
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), frameOf(*option));
        return;
    }
    case CE_TabBarTabShape: {
        const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        const bool chosen = option->state & State_Selected, over = option->state & State_MouseOver;
        const bool level = tab && (tab->shape == QTabBar::RoundedNorth || tab->shape == QTabBar::TriangularNorth);
        if (!level)
            break;
        if (over && !chosen)
            painter->fillRect(option->rect, fillOf(*option));
        const int height = chosen ? 3 : 1;
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom() + 1 - height, option->rect.width(), height),
                          chosen ? colours.color(QPalette::Highlight) : frameOf(*option));
        return;
    }
    case CE_ProgressBarGroove:
        return roundRect(*painter, option->rect, colours.color(QPalette::Base), frameOf(*option));
    case CE_Splitter: {
        const QPoint middle = option->rect.center();
        const bool upright = option->rect.width() < option->rect.height();
        const QSize grip = upright ? QSize(2, 3 * 8) : QSize(3 * 8, 2);
        return roundRect(*painter, QRect(middle - QPoint(grip.width() / 2, grip.height() / 2), grip),
                         option->state & State_MouseOver ? colours.color(QPalette::Highlight) : frameOf(*option), {});
    }
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void ClearStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                    const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        return drawScrollBar(*this, *option, *painter, widget);
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect ClearStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                 const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return scrollBarPart(*bar, part);
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QSize ClearStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                                   const QWidget *widget) const
{
    const QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
    switch (type) {
    case CT_PushButton: // Fusion leaves text and frame no air
        return size + QSize(10, 4);
    case CT_ToolButton:
        return size + QSize(2, 4);
    case CT_ComboBox:
    case CT_LineEdit:
        return size + QSize(0, 2);
    default:
        return size;
    }
}

int ClearStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return scrollBarPx;
    case PM_ScrollBarSliderMin:
        return scrollHandlePx;
    case PM_SplitterWidth:
        return 8;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

} // namespace likeness::ui
