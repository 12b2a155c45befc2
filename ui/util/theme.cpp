#include "ui/util/theme.h"

#include "ui/util/clear_style.h"
#include "ui/util/mixed.h"

#include <QApplication>
#include <QPalette>

namespace likeness::ui {

namespace {

QPalette paletteOf(QColor window, QColor base, QColor text, QColor highlight)
{
    QPalette palette(text, window, window.lighter(103), window.darker(160), window.darker(120), text, base);
    const QColor faint = mixed(text, window, 0.36); // 4.5 : 1 on the window and on the base
    palette.setColor(QPalette::Button, window);
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::AlternateBase, QColor::fromHsl(window.hslHue(), window.hslSaturation(),
                                                              (window.lightness() + base.lightness()) / 2));
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, window.lightness() < 128 ? highlight.lighter(150) : highlight);
    palette.setColor(QPalette::ToolTipBase, base);
    palette.setColor(QPalette::ToolTipText, text);
    palette.setColor(QPalette::PlaceholderText, faint);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    return palette;
}

} // namespace

void applyTheme(Theme theme)
{
    static const QPalette system = QApplication::palette();
    static const bool desktop = !QIcon::themeName().isEmpty() && QIcon::themeName() != QStringLiteral("hicolor");
    QApplication::setStyle(new ClearStyle);
    if (theme == Theme::Dark)
        QApplication::setPalette(paletteOf(QColor(0x26282c), QColor(0x1d1e21), QColor(0xececee), QColor(0x2870bd)));
    else if (theme == Theme::Light || !desktop) // without a desktop the system has no look of its own
        QApplication::setPalette(paletteOf(QColor(0xf3f4f6), QColor(0xffffff), QColor(0x1d1f23), QColor(0x1b68ba)));
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

QColor hairlineColour()
{
    const QPalette palette = QApplication::palette();
    return mixed(palette.color(QPalette::Window), palette.color(QPalette::WindowText), 0.16);
}

QFont typeFont(Type type)
{
    static constexpr double shares[] = {1.4, 1.15, 1, 0.9};
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * shares[int(type)]);
    if (type == Type::Section)
        font.setWeight(QFont::DemiBold);
    return font;
}

QColor rightColour()
{
    return isDark() ? QColor(0x5aa9f0) : QColor(0x0b62b8);
}

QColor wrongColour()
{
    return isDark() ? QColor(0xf0a04b) : QColor(0xa65200);
}

} // namespace likeness::ui
