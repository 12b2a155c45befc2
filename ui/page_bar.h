#pragma once

#include <QFrame>

class QActionGroup;

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

private:
    QActionGroup *m_actions;
};

} // namespace likeness::ui
