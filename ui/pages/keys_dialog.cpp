#include "ui/pages/keys_dialog.h"

#include "ui/util/shortcuts.h"
#include "ui/util/theme.h"
#include "ui/widgets/heading.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace likeness::ui {

KeysDialog::KeysDialog(const QString &page, QWidget *parent)
    : QDialog(parent), m_table(new QTableWidget), m_state(heading({}, Type::Text))
{
    setObjectName(QStringLiteral("keysDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Keyboard shortcuts"));
    m_table->setColumnCount(3);
    m_table->setHorizontalHeaderLabels({tr("Where"), tr("What it does"), tr("Keys")});
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    m_state->setObjectName(QStringLiteral("keyConflicts"));
    m_state->setWordWrap(true);
    QLabel *fixed = heading(tr("In every picture: + and − zoom, 0 fits, Z shows its own pixels. On a chosen picture: "
                               "Space shows it alone, Alt+Return its properties, the menu key its menu. In lists: "
                               "arrows walk, Return opens."),
                            Type::Caption);
    fixed->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    auto *standard = buttons->addButton(tr("All as they were"), QDialogButtonBox::ResetRole);
    standard->setObjectName(QStringLiteral("resetKeys"));
    connect(standard, &QPushButton::clicked, this, &KeysDialog::reset);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_table, 1);
    column->addWidget(m_state);
    column->addWidget(fixed);
    column->addWidget(buttons);
    fill(page);
    resize(80 * gap, 70 * gap);
}

void KeysDialog::fill(const QString &page)
{
    QList<KeyRow> rows = Shortcuts::rows();
    std::ranges::stable_sort(rows, {}, [&](const KeyRow &row) { // of the page, of everywhere, of other pages
        return row.context == page ? 0 : row.context.isEmpty() ? 1 : 2;
    });
    m_table->setRowCount(int(rows.size()));
    for (int i = 0; i < rows.size(); ++i) {
        const KeyRow row = rows[i];
        const auto cell = [this, i](int column, const QString &text) {
            auto *item = new QTableWidgetItem(text);
            item->setFlags(Qt::ItemIsEnabled);
            m_table->setItem(i, column, item);
        };
        cell(0, row.context.isEmpty() ? tr("Everywhere") : row.context);
        cell(1, row.text);
        auto *keys = new QKeySequenceEdit(Shortcuts::keysOf(row));
        keys->setObjectName(QStringLiteral("keys.") + row.id);
        keys->setAccessibleName(row.text);
        m_table->setCellWidget(i, 2, keys);
        connect(keys, &QKeySequenceEdit::editingFinished, this, [this, row, keys] {
            Shortcuts::setKeys(row, keys->keySequence());
            showConflicts();
        });
    }
    showConflicts();
}

void KeysDialog::showConflicts()
{
    QStringList lines;
    for (const KeyRow &row : Shortcuts::rows())
        if (const QString other = Shortcuts::conflictOf(row); !other.isEmpty())
            lines << tr("%1 means both %2 and %3: neither happens.")
                         .arg(Shortcuts::keysOf(row).toString(QKeySequence::NativeText), row.text, other);
    m_state->setText(lines.isEmpty() ? tr("No two things have the same keys.") : lines.join(QLatin1Char('\n')));
    QPalette colours = palette();
    if (!lines.isEmpty())
        colours.setColor(QPalette::WindowText, wrongColour());
    m_state->setPalette(colours);
}

void KeysDialog::reset()
{
    for (const KeyRow &row : Shortcuts::rows()) {
        Shortcuts::setKeys(row, row.standard);
        if (auto *keys = m_table->findChild<QKeySequenceEdit *>(QStringLiteral("keys.") + row.id))
            keys->setKeySequence(row.standard);
    }
    showConflicts();
}

} // namespace likeness::ui
