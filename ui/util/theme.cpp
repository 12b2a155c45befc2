#include "ui/util/theme.h"

#include "ui/util/mixed.h"

#include <QApplication>
#include <QPainter>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleOption>

namespace likeness::ui {

namespace {

QPalette paletteOf(QColor window, QColor base, QColor text, QColor highlight)
{
    QPalette palette(text, window, window.lighter(103), window.darker(160), window.darker(120), text, base);
    const QColor faint = mixed(text, window, 0.5);
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::AlternateBase, QColor::fromHsl(window.hslHue(), window.hslSaturation(),
                                                              (window.lightness() + base.lightness()) / 2));
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, highlight);
    palette.setColor(QPalette::ToolTipBase, base);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, faint);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

/// Fusion draws the frame of a box darker than the window and a pressed tool hardly otherwise than a free one: both are
/// lost on a dark window.
class ClearStyle final : public QProxyStyle {
public:
    ClearStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        const bool box = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
        const bool tool = element == PE_PanelButtonTool && (option->state & State_On);
        if (!box && !tool && element != PE_IndicatorRadioButton)
            return;
        const QPalette &colours = option->palette;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF frame = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
        if (tool) {
            QColor fill = colours.color(QPalette::Highlight);
            fill.setAlpha(90);
            painter->setPen(colours.color(QPalette::Highlight));
            painter->setBrush(fill);
        } else {
            const double share = (option->state & State_Enabled) ? 0.65 : 0.35;
            painter->setPen(mixed(colours.color(QPalette::Base), colours.color(QPalette::Text), share));
        }
        element == PE_IndicatorRadioButton ? painter->drawEllipse(frame) : painter->drawRoundedRect(frame, 2, 2);
        painter->restore();
    }
};

} // namespace

void applyTheme(Theme theme)
{
    static const QPalette system = QApplication::palette();
    static const bool desktop = !QIcon::themeName().isEmpty() && QIcon::themeName() != QStringLiteral("hicolor");
    QApplication::setStyle(new ClearStyle);
    if (theme == Theme::Dark)
        QApplication::setPalette(paletteOf(QColor(0x2b2d31), QColor(0x1e1f22), QColor(0xe8e8ea), QColor(0x3d8ee0)));
    else if (theme == Theme::Light || !desktop) // without a desktop the system has no look of its own
        QApplication::setPalette(paletteOf(QColor(0xf2f3f5), QColor(0xffffff), QColor(0x202226), QColor(0x1f6fc4)));
    else
        QApplication::setPalette(system);
    // Platforms without a desktop (offscreen, a bare X server) know no icon folder.
    QStringList folders = QIcon::themeSearchPaths();
    for (const QString &folder : {QStringLiteral("/usr/share/icons"), QStringLiteral("/usr/local/share/icons")})
        if (!folders.contains(folder))
            folders.append(folder);
    QIcon::setThemeSearchPaths(folders);
    QIcon::setThemeName(isDark() ? QStringLiteral("breeze-dark") : QStringLiteral("breeze"));
}

bool isDark()
{
    const QPalette palette = QApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QIcon themeIcon(const char *freedesktopName)
{
    return QIcon::fromTheme(QString::fromLatin1(freedesktopName));
}

QColor rightColour()
{
    return isDark() ? QColor(0x5aa9f0) : QColor(0x0b62b8);
}

QColor wrongColour()
{
    return isDark() ? QColor(0xf0a04b) : QColor(0xb85c00);
}

} // namespace likeness::ui
