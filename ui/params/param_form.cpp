#include "ui/params/param_form.h"

#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QToolButton>
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
        auto *form = new QFormLayout;
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        form->setRowWrapPolicy(QFormLayout::WrapLongRows);
        for (const ParamSpec &spec : stage.info->params)
            addRow(form, toQString(stage.name), spec, stage.choice->params.at(spec.key));
        column->addLayout(form);
    }
    column->addStretch();
    layout()->addWidget(m_content);
}

void ParamForm::addRow(QFormLayout *form, const QString &stageName, const ParamSpec &spec, const ParamValue &value)
{
    const auto change = [this, stageName, key = spec.key](const ParamValue &v) { apply(stageName, key, v); };
    QWidget *editor = editorFor(spec, value, change);
    editor->setObjectName(stageName + QLatin1Char('.') + toQString(spec.key));
    editor->setAccessibleName(coreText(spec.label));
    auto *reset = new QToolButton;
    reset->setIcon(themeIcon("edit-undo"));
    reset->setAutoRaise(true);
    reset->setToolTip(tr("Back to %1").arg(toQString(toText(spec.def))));
    reset->setEnabled(value != spec.def);
    // Later: the click belongs to a button that the new form replaces.
    connect(reset, &QToolButton::clicked, this, [this, change, spec] {
        change(spec.def);
        QMetaObject::invokeMethod(
            this, [this] { rebuild(); }, Qt::QueuedConnection);
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(gap / 2);
    row->addWidget(editor, 1);
    row->addWidget(reset);
    auto *label = new QLabel(coreText(spec.label));
    label->setBuddy(editor);
    const QString help = QStringLiteral("<p>%1</p>").arg(coreText(spec.help).toHtmlEscaped());
    label->setToolTip(help);
    editor->setToolTip(help);
    form->addRow(label, row);
    connect(this, &ParamForm::edited, reset, [reset, this, stageName, spec] {
        for (const StageAddress &stage : stagesOf(m_recipe))
            if (toQString(stage.name) == stageName)
                reset->setEnabled(stage.choice->params.at(spec.key) != spec.def);
    });
}

QWidget *ParamForm::editorFor(const ParamSpec &spec, const ParamValue &value,
                              const std::function<void(ParamValue)> &change)
{
    if (const auto *flag = std::get_if<bool>(&value)) {
        auto *box = new QCheckBox;
        box->setChecked(*flag);
        connect(box, &QCheckBox::toggled, this, [change](bool on) { change(on); });
        return box;
    }
    if (const auto *whole = std::get_if<std::int64_t>(&value)) {
        auto *box = new QSpinBox;
        box->setRange(int(qMax(spec.hint.min, -1e9)), int(qMin(spec.hint.max, 1e9)));
        box->setValue(int(*whole));
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this, [change](int v) { change(std::int64_t(v)); });
        return box;
    }
    if (const auto *real = std::get_if<double>(&value)) {
        auto *box = new QDoubleSpinBox;
        box->setDecimals(4);
        box->setRange(qMax(spec.hint.min, -1e9), qMin(spec.hint.max, 1e9));
        box->setValue(*real);
        box->setKeyboardTracking(false);
        connect(box, &QDoubleSpinBox::valueChanged, this, [change](double v) { change(v); });
        return box;
    }
    const QString text = toQString(std::get<std::string>(value));
    if (!spec.hint.choices.empty()) {
        auto *box = new QComboBox;
        for (const Choice &choice : spec.hint.choices)
            box->addItem(coreText(choice.label), QString::fromUtf8(choice.value));
        box->setCurrentIndex(box->findData(text));
        connect(box, &QComboBox::currentIndexChanged, this,
                [change, box] { change(box->currentData().toString().toStdString()); });
        return box;
    }
    auto *edit = new QLineEdit(text);
    connect(edit, &QLineEdit::editingFinished, this, [change, edit] { change(edit->text().toStdString()); });
    return edit;
}

void ParamForm::apply(const QString &stageName, const std::string &key, const ParamValue &value)
{
    Recipe changed = m_recipe;
    try {
        applyOverride(changed, stageName.toStdString() + "." + key + "=" + toText(value));
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
