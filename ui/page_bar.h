#pragma once

#include <QFrame>

class QActionGroup;
class QToolButton;

namespace likeness::ui {

/// The sidebar: a button for each page of pageTable(), in its groups.
class PageBar final : public QFrame {
    Q_OBJECT

public:
    explicit PageBar(QWidget *parent = nullptr);
    void setCurrent(int page);
    void setWorkspaceThere(bool there); ///< pages that need one can be opened

Q_SIGNALS:
    void chosen(const QMetaObject &page);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QActionGroup *m_actions;
    QList<QToolButton *> m_buttons;
};

} // namespace likeness::ui
