#include "ui/widgets/words_row.h"

#include "ui/session.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>

namespace likeness::ui {

WordsRow::WordsRow(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_line(new QLineEdit), m_mode(new QComboBox), m_weight(new QDoubleSpinBox)
{
    m_line->setObjectName(QStringLiteral("words"));
    m_line->setPlaceholderText(tr("What to look for, in words…"));
    m_line->setClearButtonEnabled(true);
    m_mode->setObjectName(QStringLiteral("wordsMode"));
    m_mode->setAccessibleName(tr("How words and picture go together"));
    m_mode->addItems({tr("Words alone"), tr("Picture and words"), tr("Picture without words")});
    m_weight->setRange(0.05, 5);
    m_weight->setSingleStep(0.05);
    m_weight->setValue(0.5);
    m_weight->setToolTip(tr("How much the words count against the picture"));
    m_weight->setAccessibleName(m_weight->toolTip());
    m_weight->hide();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_line, 1);
    row->addWidget(m_mode);
    row->addWidget(m_weight);
    connect(m_mode, &QComboBox::currentIndexChanged, m_weight, [this](int mode) { m_weight->setVisible(mode > 0); });
    connect(m_line, &QLineEdit::returnPressed, this, &WordsRow::search);
}

void WordsRow::search()
{
    const int mode = m_mode->currentIndex();
    const QString words = m_line->text().trimmed();
    if (words.isEmpty() || !m_session.hasWorkspace())
        return;
    const double weight = mode == 0 ? 1 : mode == 1 ? m_weight->value() : -m_weight->value();
    m_session.setQueryText(words, mode > 0, weight);
    m_session.runQuery();
}

} // namespace likeness::ui
