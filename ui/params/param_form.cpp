#include "ui/params/param_form.h"

#include "ui/params/param_fields.h"
#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/theme.h"
#include "ui/widgets/tool_button.h"

#include <QLabel>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {

/// The description of a stage of `base` with its values there as the defaults, which is what a reset goes back to.
std::vector<ParamSpec> specsIn(Recipe base, const StageAddress &stage)
{
    std::vector<ParamSpec> specs = stage.info->params;
    for (const StageAddress &chosen : stagesOf(base))
        if (chosen.name == stage.name && chosen.choice->id == stage.choice->id)
            for (ParamSpec &spec : specs)
                spec.def = chosen.choice->params.at(spec.key);
    return specs;
}

} // namespace

ParamForm::ParamForm(QWidget *parent)
    : QWidget(parent), m_back(toolButton("edit-undo", tr("Back to the recipe"), tr("Undoes all changes of parameters")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(gap);
    m_back->setObjectName(QStringLiteral("backToRecipe"));
    layout->addWidget(m_back, 0, Qt::AlignLeft);
    connect(m_back, &QToolButton::clicked, this, [this] {
        change(m_base);
        rebuild();
    });
}

void ParamForm::setRecipe(const Recipe &recipe, const Recipe &base)
{
    if (m_content && recipe == m_recipe && base == m_base)
        return;
    m_recipe = recipe;
    m_base = base;
    rebuild();
}

void ParamForm::change(const Recipe &changed)
{
    m_recipe = changed;
    m_back->setEnabled(!(m_recipe == m_base));
    Q_EMIT edited(m_recipe);
}

void ParamForm::rebuild()
{
    dismiss(m_content);
    m_made.clear();
    m_back->setEnabled(!(m_recipe == m_base));
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    for (const StageAddress &stage : stagesOf(m_recipe)) {
        if (stage.info->params.empty())
            continue;
        auto *heading = new QLabel(QStringLiteral("<b>%1</b>").arg(coreText(stage.info->title).toHtmlEscaped()));
        heading->setToolTip(coreText(stage.info->summary));
        auto *made = new QLabel;
        made->setObjectName(QStringLiteral("made-") + toQString(stage.name));
        made->setForegroundRole(QPalette::PlaceholderText);
        m_made[stage.name] = made;
        auto *row = new QHBoxLayout;
        row->addWidget(heading);
        row->addStretch();
        row->addWidget(made);
        column->addLayout(row);
        auto *fields = new ParamFields(toQString(stage.name), specsIn(m_base, stage), stage.choice->params);
        connect(
            fields, &ParamFields::changed, this,
            [this, name = stage.name](const std::string &key, const ParamValue &value) { apply(name, key, value); });
        column->addWidget(fields);
    }
    column->addStretch();
    layout()->addWidget(m_content);
}

void ParamForm::showStages(const std::vector<StageReport> &stages)
{
    for (const auto &[name, label] : m_made)
        label->clear();
    for (const StageReport &stage : stages)
        if (const auto found = m_made.find(stage.stage); found != m_made.end()) {
            found->second->setText(!stage.fresh        ? tr("kept")
                                   : stage.seconds < 1 ? tr("made in %1 ms").arg(stage.seconds * 1000, 0, 'f', 0)
                                                       : tr("made in %1 s").arg(stage.seconds, 0, 'f', 1));
            found->second->setToolTip(tr("Only the stages that a change touches are made anew."));
        }
}

void ParamForm::apply(const std::string &stageName, const std::string &key, const ParamValue &value)
{
    Recipe changed = m_recipe;
    try {
        applyOverride(changed, stageName + "." + key + "=" + toText(value));
    } catch (const Error &error) {
        Q_EMIT refused(toQString(error.message()));
        return;
    }
    if (changed == m_recipe)
        return;
    change(changed);
}

} // namespace likeness::ui
