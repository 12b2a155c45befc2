#pragma once

#include <QObject>
#include <QPointer>

class QWidget;

namespace likeness::ui {

/// What every field, table and dialog of the program does alike, also those that are made later: the wheel over a spin
/// or combo box scrolls what lies under it unless the box was clicked, and Tab leaves a table instead of walking its
/// cells. Watches the whole application as long as it lives; GUI thread only.
class InputRules final : public QObject {
    Q_OBJECT

public:
    InputRules();
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    QPointer<QWidget> m_clicked; // the field that the user went into by the mouse
};

} // namespace likeness::ui
