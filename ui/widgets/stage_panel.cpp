#include "ui/widgets/stage_panel.h"

#include "ui/params/param_fields.h"
#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/theme.h"
#include "ui/widgets/chain_list.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace likeness::ui {

StagePanel::StagePanel(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(gap, 0, gap, 0);
}

void StagePanel::clear()
{
    dismiss(m_content);
    m_content = nullptr;
}

void StagePanel::setStage(const ChainStage &stage, int branches)
{
    if (m_content && stage == m_stage && branches == m_branches)
        return; // perhaps because the user just edited it here
    m_stage = stage;
    m_branches = branches;
    build();
}

void StagePanel::change(const ChainStage &stage, bool rebuild)
{
    if (stage == m_stage)
        return;
    m_stage = stage;
    if (rebuild)
        build();
    Q_EMIT edited(m_stage);
}

void StagePanel::build()
{
    clear();
    m_content = new QWidget;
    const StageInfo &info = stageById(m_stage.kind, m_stage.choice.id);
    auto *heading = new QLabel(QStringLiteral("<h3>%1</h3>").arg(coreText(info.title).toHtmlEscaped()));
    auto *summary = new QLabel(coreText(info.summary));
    summary->setWordWrap(true);
    summary->setObjectName(QStringLiteral("stageSummary"));
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    QComboBox *other = choiceOf(m_stage.kind, m_stage.choice.id);
    other->setObjectName(QStringLiteral("stageChoice"));
    connect(other, &QComboBox::activated, this, [this, other] {
        ChainStage changed = newStage(m_stage.kind, other->currentData().toString().toStdString());
        changed.weight = m_stage.weight;
        changed.ownExtractor = m_stage.ownExtractor;
        change(changed, true);
    });
    form->addRow(stageKindText(m_stage.kind), other);
    if (m_stage.kind == StageKind::Extractor && m_branches > 1)
        addWeight(form);
    if (m_stage.kind == StageKind::Ranker)
        addOwnExtractor(form);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    column->addWidget(heading);
    column->addWidget(summary);
    column->addLayout(form);
    column->addWidget(fieldsOf(m_stage.kind, m_stage.choice));
    if (m_stage.ownExtractor) {
        column->addWidget(
            new QLabel(QStringLiteral("<b>%1</b>")
                           .arg(stageTitle(StageKind::Extractor, m_stage.ownExtractor->id).toHtmlEscaped())));
        column->addWidget(fieldsOf(StageKind::Extractor, *m_stage.ownExtractor));
    }
    column->addStretch();
    layout()->addWidget(m_content);
}

QComboBox *StagePanel::choiceOf(StageKind kind, const std::string &current)
{
    auto *box = new QComboBox;
    for (const StageInfo *info : stagesOfKind(kind)) {
        box->addItem(coreText(info->title), toQString(info->id));
        box->setItemData(box->count() - 1, QStringLiteral("<p>%1</p>").arg(coreText(info->summary).toHtmlEscaped()),
                         Qt::ToolTipRole);
    }
    box->setCurrentIndex(box->findData(toQString(current)));
    return box;
}

/// `choice` is one of m_stage.
QWidget *StagePanel::fieldsOf(StageKind kind, StageChoice &choice)
{
    auto *fields = new ParamFields(QStringLiteral("stage.") + toQString(choice.id), stageById(kind, choice.id).params,
                                   choice.params);
    connect(fields, &ParamFields::changed, this,
            [this, kind, &choice](const std::string &key, const ParamValue &value) {
                ParamValues values = choice.params;
                values[key] = value;
                try {
                    choice.params = checkedValues(stageById(kind, choice.id).params, values, choice.id);
                } catch (const Error &) { // rounded beyond a limit: show what holds
                    return build();
                }
                Q_EMIT edited(m_stage);
            });
    return fields;
}

void StagePanel::addWeight(QFormLayout *form)
{
    auto *weight = new QDoubleSpinBox;
    weight->setRange(0.001, 1000);
    weight->setDecimals(3);
    weight->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    weight->setValue(m_stage.weight);
    weight->setObjectName(QStringLiteral("branchWeight"));
    connect(weight, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        ChainStage changed = m_stage;
        changed.weight = value;
        change(changed, false);
    });
    form->addRow(tr("Weight of the branch"), weight);
}

void StagePanel::addOwnExtractor(QFormLayout *form)
{
    QComboBox *features =
        choiceOf(StageKind::Extractor, m_stage.ownExtractor ? m_stage.ownExtractor->id : std::string());
    features->insertItem(0, tr("Those of a branch"), QString());
    features->setCurrentIndex(m_stage.ownExtractor ? features->findData(toQString(m_stage.ownExtractor->id)) : 0);
    features->setObjectName(QStringLiteral("rankerFeatures"));
    connect(features, &QComboBox::activated, this, [this, features] {
        ChainStage changed = m_stage;
        changed.ownExtractor = std::nullopt;
        if (const std::string id = features->currentData().toString().toStdString(); !id.empty())
            changed.ownExtractor = newStage(StageKind::Extractor, id).choice;
        change(changed, true);
    });
    form->addRow(tr("Features"), features);
}

} // namespace likeness::ui
