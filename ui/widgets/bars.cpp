#include "ui/widgets/bars.h"

#include "ui/util/mixed.h"
#include "ui/util/theme.h"

#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace likeness::ui {

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_details(new QToolButton)
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText); // file names are no markup
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_details->setText(tr("Details"));
    auto *close = new QToolButton;
    close->setIcon(themeIcon("window-close"));
    close->setAutoRaise(true);
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(gap, gap / 2, gap, gap / 2);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_details);
    layout->addWidget(close);
    setAutoFillBackground(true);
    setVisible(false);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_details, &QToolButton::clicked, this, [this] {
        auto *dialog = new QDialog(window());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Details"));
        auto *text = new QPlainTextEdit(m_detailText);
        text->setReadOnly(true);
        auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
        connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
        auto *column = new QVBoxLayout(dialog);
        column->addWidget(text);
        column->addWidget(buttons);
        dialog->resize(720, 400);
        dialog->show();
    });
}

void MessageBar::showMessage(MessageKind kind, const QString &text, const QString &details)
{
    m_kind = kind;
    const char *sign = kind == MessageKind::Refusal   ? "dialog-warning"
                       : kind == MessageKind::Success ? "dialog-ok-apply"
                                                      : "dialog-information";
    m_icon->setPixmap(themeIcon(sign).pixmap(2 * gap, 2 * gap));
    const QColor mark = kind == MessageKind::Refusal ? wrongColour() : rightColour();
    QPalette tinted = QGuiApplication::palette();
    tinted.setColor(QPalette::Window, mixed(tinted.color(QPalette::Window), mark, 0.25));
    setPalette(tinted);
    m_text->setText(text);
    m_detailText = details;
    m_details->setVisible(!details.isEmpty());
    setVisible(!text.isEmpty());
}

QString MessageBar::text() const
{
    return m_text->text();
}

CommandBar::CommandBar(QWidget *parent) : QWidget(parent), m_line(new QLineEdit)
{
    m_line->setReadOnly(true);
    m_line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_line->setAccessibleName(tr("Command line"));
    auto *label = new QLabel(tr("Command line"));
    auto *copy = new QToolButton;
    copy->setIcon(themeIcon("edit-copy"));
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(label);
    layout->addWidget(m_line, 1);
    layout->addWidget(copy);
}

void CommandBar::setCommand(const QString &command)
{
    m_line->setText(command);
    m_line->setCursorPosition(0);
    setVisible(!command.isEmpty());
}

QString CommandBar::command() const
{
    return m_line->text();
}

} // namespace likeness::ui
