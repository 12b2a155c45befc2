#include "ui/widgets/bars.h"

#include "ui/util/mixed.h"
#include "ui/util/theme.h"

#include <QClipboard>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {

/// Nothing else moves when it comes or goes.
void hideInPlace(QWidget &widget)
{
    QSizePolicy policy = widget.sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    widget.setSizePolicy(policy);
    widget.setVisible(false);
}

} // namespace

MessageBar::MessageBar(QWidget *parent)
    : QWidget(parent), m_icon(new QLabel), m_text(new QLabel), m_details(new QToolButton)
{
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->installEventFilter(this);
    m_icon->setFixedSize(2 * gap, 2 * gap);
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
    hideInPlace(*m_details);
    hideInPlace(*this);
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    connect(m_details, &QToolButton::clicked, this, &MessageBar::showDetails);
}

void MessageBar::showDetails()
{
    auto *dialog = new QDialog(window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Details"));
    auto *text = new QPlainTextEdit(m_detailText.isEmpty() ? m_whole : m_whole + QStringLiteral("\n\n") + m_detailText);
    text->setReadOnly(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(text);
    column->addWidget(buttons);
    dialog->resize(720, 400);
    dialog->show();
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
    m_whole = text;
    m_detailText = details;
    fit();
    setVisible(!text.isEmpty());
}

/// As much as a line holds: a bar that grew would push the page away from under the pointer.
void MessageBar::fit()
{
    const QString line = m_text->fontMetrics().elidedText(m_whole.simplified(), Qt::ElideRight, m_text->width());
    const bool cut = line != m_whole.simplified();
    m_text->setText(line);
    m_text->setToolTip(cut ? QStringLiteral("<p>%1</p>").arg(m_whole.toHtmlEscaped()) : QString());
    m_details->setVisible(cut || !m_detailText.isEmpty());
}

bool MessageBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::Resize)
        fit();
    return QWidget::eventFilter(watched, event);
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
    copy->setFocusPolicy(Qt::ClickFocus); // the line beside it is copied by the usual keys
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_line->text()); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    layout->addWidget(label);
    layout->addWidget(m_line, 1);
    layout->addWidget(copy);
    hideInPlace(*this);
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
