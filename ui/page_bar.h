#pragma once

#include <QToolBar>

class QActionGroup;

namespace likeness::ui {

/// The buttons of the pages, in the order of pageTable().
class PageBar final : public QToolBar {
    Q_OBJECT

public:
    explicit PageBar(QWidget *parent = nullptr);
    void setCurrent(int page); ///< its row
    /// A page that would have nothing to show says why it cannot be opened.
    void setWorkspaceThere(bool there);

protected:
    void resizeEvent(QResizeEvent *event) override;

Q_SIGNALS:
    void chosen(const QMetaObject &page);

private:
    QActionGroup *m_actions;
};

} // namespace likeness::ui
