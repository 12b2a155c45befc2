#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace likeness::ui {

/// Whether a message says that something was done, that something could not be done, or merely how things are.
enum class MessageKind { Success, Refusal, Note };

/// An inline message above a page: what happened, with Details where there are some or it is cut, and a button that
/// closes it. Sign and colour say its kind. Never modal. A line is kept free for it: nothing moves when it comes.
class MessageBar final : public QWidget {
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);
    void showMessage(MessageKind kind, const QString &text, const QString &details = {});
    void showRefusal(const QString &text, const QString &details = {})
    {
        showMessage(MessageKind::Refusal, text, details);
    }
    MessageKind kind() const { return m_kind; }
    QString text() const { return m_whole; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
    void showDetails();

    QLabel *m_icon, *m_text;
    QToolButton *m_details;
    QString m_whole, m_detailText;
    MessageKind m_kind = MessageKind::Note;
};

/// The command line that repeats what the page just did, with a button that copies it. Out of sight before there is
/// one, in a place that is kept free.
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
