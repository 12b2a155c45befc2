#pragma once

#include <QDialog>

class QLabel;
class QTableWidget;

namespace likeness::ui {

/// The keys of a page and of the whole window, each to be changed; what two things share is shown in words.
class KeysDialog final : public QDialog {
    Q_OBJECT

public:
    /// `page`: its keys come first.
    KeysDialog(const QString &page, QWidget *parent);

private:
    void fill(const QString &page);
    void showConflicts();
    void reset();

    QTableWidget *m_table;
    QLabel *m_state;
};

} // namespace likeness::ui
