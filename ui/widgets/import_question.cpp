#include "ui/widgets/import_question.h"

#include "ui/util/convert.h"
#include "ui/util/dismiss.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace likeness::ui {

ImportQuestion::ImportQuestion(QWidget *parent) : QWidget(parent), m_text(new QLabel), m_answers(new QHBoxLayout)
{
    setObjectName(QStringLiteral("importQuestion"));
    m_text->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_text, 1);
    row->addLayout(m_answers);
    hide();
}

void ImportQuestion::offer(const QString &text, std::function<void()> answer)
{
    auto *button = new QPushButton(text);
    connect(button, &QPushButton::clicked, this, [this, answer = std::move(answer)] {
        hide();
        answer();
    });
    m_answers->addWidget(button);
}

void ImportQuestion::ask(const QString &path, const ImportChoices &choices, const ChoiceNeeded &needed)
{
    m_text->setText(toQString(needed.message()));
    while (QLayoutItem *old = m_answers->takeAt(0)) {
        dismiss(old->widget());
        delete old;
    }
    ImportChoices answer = choices;
    switch (needed.question()) {
    case ChoiceNeeded::Question::Activation:
        for (const bool quick : {false, true}) {
            answer.quickGelu = quick;
            offer(quick ? QStringLiteral("QuickGELU") : QStringLiteral("GELU"),
                  [this, path, answer] { Q_EMIT answered(path, answer); });
        }
        break;
    case ChoiceNeeded::Question::RunProgram:
        answer.runProgram = true;
        offer(tr("Run it"), [this, path, answer] { Q_EMIT answered(path, answer); });
        break;
    case ChoiceNeeded::Question::Entry:
        m_text->setText(tr("%1 holds several files of weights. Which one?").arg(path));
        askForEntry(path, choices, needed.entries());
        break;
    }
    offer(tr("Leave it"), [] {});
    show();
}

void ImportQuestion::askForEntry(const QString &path, const ImportChoices &choices,
                                 const std::vector<std::string> &entries)
{
    auto *known = new QComboBox;
    known->setObjectName(QStringLiteral("importEntry"));
    known->setAccessibleName(tr("File of weights"));
    for (const std::string &entry : entries)
        known->addItem(toQString(entry));
    m_answers->addWidget(known);
    offer(tr("Import it"), [this, path, known, answer = choices]() mutable {
        answer.entry = known->currentText().toStdString();
        Q_EMIT answered(path, answer);
    });
}

} // namespace likeness::ui
