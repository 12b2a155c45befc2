#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace likeness::ui {

/// An inline message above a page: what happened, with Details where there are some, and a button that closes it. Never
/// modal.
class MessageBar final : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);
    void showMessage(const QString &text, const QString &details = {});
    QString text() const;

private:
    QLabel *m_icon, *m_text;
    QToolButton *m_details;
    QString m_detailText;
};

/// The command line that repeats what the page just did, with a button that copies it.
class CommandBar final : public QWidget {
    Q_OBJECT

public:
    explicit CommandBar(QWidget *parent = nullptr);
    void setCommand(const QString &command);
    QString command() const;

private:
    QLineEdit *m_line;
};

} // namespace likeness::ui
