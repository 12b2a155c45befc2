#include "ui/widgets/card.h"

#include "ui/util/mixed.h"
#include "ui/util/theme.h"

#include <QKeyEvent>
#include <QLayout>
#include <QPainter>

namespace likeness::ui {

namespace {

void paintCard(QWidget &card, const QColor &fill, const QColor &frame, double width)
{
    QPainter painter(&card);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(frame, width));
    painter.setBrush(fill);
    const double inset = width / 2;
    painter.drawRoundedRect(QRectF(card.rect()).adjusted(inset, inset, -inset, -inset), gap, gap);
}

} // namespace

Card::Card(QWidget *parent) : QFrame(parent) {}

void Card::paintEvent(QPaintEvent *)
{
    paintCard(*this, palette().color(QPalette::Base), hairlineColour(), 1);
}

CardButton::CardButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setAttribute(Qt::WA_Hover);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred); // cards of a row are equally high
    setCursor(Qt::PointingHandCursor);
}

QSize CardButton::sizeHint() const
{
    return layout() ? layout()->totalSizeHint() : QSize();
}

QSize CardButton::minimumSizeHint() const
{
    return layout() ? layout()->totalMinimumSize() : QSize();
}

void CardButton::paintEvent(QPaintEvent *)
{
    const QColor base = palette().color(QPalette::Base), accent = palette().color(QPalette::Highlight);
    const double tint = !isEnabled() ? 0 : isDown() || isChecked() ? 0.24 : underMouse() ? 0.1 : 0;
    const bool marked = hasFocus() || isChecked();
    paintCard(*this, mixed(base, accent, tint), marked ? accent : hairlineColour(), marked ? 2 : 1);
}

void CardButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

} // namespace likeness::ui
