#include "ui/params/param_form.h"

#include "ui/params/param_fields.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QLabel>
#include <QVBoxLayout>

namespace likeness::ui {

ParamForm::ParamForm(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
}

void ParamForm::setRecipe(const Recipe &recipe)
{
    if (m_content && recipe == m_recipe)
        return;
    m_recipe = recipe;
    rebuild();
}

void ParamForm::rebuild()
{
    if (m_content) {
        m_content->hide();
        m_content->setParent(nullptr);
        m_content->deleteLater(); // one of its editors may be in the middle of a signal
    }
    m_content = new QWidget;
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(gap);
    for (const StageAddress &stage : stagesOf(m_recipe)) {
        if (stage.info->params.empty())
            continue;
        auto *heading = new QLabel(QStringLiteral("<b>%1</b>").arg(coreText(stage.info->title).toHtmlEscaped()));
        heading->setToolTip(coreText(stage.info->summary));
        column->addWidget(heading);
        auto *fields = new ParamFields(toQString(stage.name), stage.info->params, stage.choice->params);
        connect(
            fields, &ParamFields::changed, this,
            [this, name = stage.name](const std::string &key, const ParamValue &value) { apply(name, key, value); });
        column->addWidget(fields);
    }
    column->addStretch();
    layout()->addWidget(m_content);
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
    m_recipe = changed;
    Q_EMIT edited(m_recipe);
}

} // namespace likeness::ui
