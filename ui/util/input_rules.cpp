#include "ui/util/input_rules.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>

namespace likeness::ui {

namespace {

bool isField(const QObject *object)
{
    return qobject_cast<const QAbstractSpinBox *>(object) || qobject_cast<const QComboBox *>(object);
}

/// The spin or combo box that `object` is, or is the line of.
QWidget *fieldOf(QObject *object)
{
    return isField(object)                       ? static_cast<QWidget *>(object)
           : object && isField(object->parent()) ? static_cast<QWidget *>(object->parent())
                                                 : nullptr;
}

void prepare(QObject *object)
{
    if (auto *view = qobject_cast<QAbstractItemView *>(object))
        view->setTabKeyNavigation(false);
    else if (auto *field = qobject_cast<QWidget *>(object); isField(object) && field->focusPolicy() == Qt::WheelFocus)
        field->setFocusPolicy(Qt::StrongFocus); // the wheel would give it the focus before it can be asked
}

} // namespace

InputRules::InputRules()
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool InputRules::eventFilter(QObject *object, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Polish:
        prepare(object);
        break;
    case QEvent::MouseButtonPress:
        if (QWidget *field = fieldOf(object))
            m_clicked = field;
        break;
    case QEvent::FocusOut: {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (object == m_clicked && reason != Qt::PopupFocusReason && reason != Qt::ActiveWindowFocusReason)
            m_clicked = nullptr;
        break;
    }
    case QEvent::Wheel:
        if (isField(object) && object != m_clicked) {
            event->ignore(); // goes on to the parents, and with them to the scroll area
            return true;
        }
        break;
    default:
        break;
    }
    return false;
}

} // namespace likeness::ui
