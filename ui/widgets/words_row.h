#pragma once

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLineEdit;

namespace likeness::ui {

class Session;

/// Words to look for, alone or with the picture of the query.
class WordsRow final : public QWidget {
    Q_OBJECT

public:
    explicit WordsRow(Session &session, QWidget *parent = nullptr);

private:
    void search();

    Session &m_session;
    QLineEdit *m_line;
    QComboBox *m_mode;
    QDoubleSpinBox *m_weight;
};

} // namespace likeness::ui
