#include "ui/params/param_fields.h"

#include "core/match/image_match.h"
#include "core/nets/models/model_store.h"
#include "ui/util/convert.h"
#include "ui/util/theme.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QShortcut>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>
#include <cmath>

namespace likeness::ui {

ParamFields::ParamFields(const QString &prefix, const std::vector<ParamSpec> &specs, const ParamValues &values,
                         Sliders sliders, QWidget *parent)
    : QWidget(parent), m_sliders(sliders), m_specs(specs), m_values(values)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    for (const ParamSpec &spec : specs)
        addRow(prefix, spec, values.at(spec.key));
    disableUnused();
}

namespace {

QString valueText(const ParamSpec &spec, const ParamValue &value)
{
    const std::string text = toText(value);
    for (const Choice &choice : spec.hint.choices)
        if (text == choice.value)
            return coreText(choice.label);
    if (const bool *on = std::get_if<bool>(&value))
        return *on ? ParamFields::tr("on") : ParamFields::tr("off");
    return text.empty() ? ParamFields::tr("nothing") : toQString(text);
}

QString helpOf(const ParamSpec &spec)
{
    return QStringLiteral("<p>%1</p>").arg(coreText(spec.help).toHtmlEscaped());
}

/// Keys that the other values leave without effect. The rule is that of matching, of which stages with keypoints have a
/// part: what they do not have is as usual there.
std::vector<std::string> unusedKeys(const std::vector<ParamSpec> &specs, const ParamValues &values)
{
    static const std::string keypoints = "detector";
    if (std::ranges::find(specs, keypoints, &ParamSpec::key) == specs.end())
        return {};
    ParamValues common;
    for (const ParamSpec &known : specsOf<MatchOptions>())
        if (const auto found = values.find(known.key);
            found != values.end() && found->second.index() == known.def.index())
            common.insert(*found);
    return unusedOptions(optionsFrom<MatchOptions>(common));
}

void setBold(QWidget &label, bool bold)
{
    QFont font = label.font();
    font.setBold(bold);
    label.setFont(font);
}

} // namespace

void ParamFields::addRow(const QString &prefix, const ParamSpec &spec, const ParamValue &value)
{
    auto *reset = new QToolButton;
    auto *label = new QLabel(coreText(spec.label));
    setBold(*label, value != spec.def);
    const auto change = [this, reset, label, spec](const ParamValue &v) {
        reset->setEnabled(v != spec.def);
        setBold(*label, v != spec.def);
        m_values[spec.key] = v;
        disableUnused();
        Q_EMIT changed(spec.key, v);
    };
    const Editor editor = editorFor(spec, change);
    editor.show(value);
    editor.widget->setObjectName(prefix + QLatin1Char('.') + toQString(spec.key));
    editor.widget->setAccessibleName(coreText(spec.label));
    reset->setIcon(themeIcon("edit-undo"));
    reset->setAutoRaise(true);
    reset->setToolTip(tr("Back to %1").arg(valueText(spec, spec.def)));
    reset->setAccessibleName(reset->toolTip());
    reset->setObjectName(QStringLiteral("reset.") + editor.widget->objectName());
    reset->setEnabled(value != spec.def);
    reset->setFocusPolicy(Qt::ClickFocus); // by keyboard: Ctrl+Backspace in the field, so that Tab has one stop a row
    auto *key = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Backspace), editor.widget, nullptr, nullptr,
                              Qt::WidgetWithChildrenShortcut);
    connect(key, &QShortcut::activated, reset, &QToolButton::click);
    connect(reset, &QToolButton::clicked, this, [editor, change, spec] {
        editor.show(spec.def);
        change(spec.def);
    });
    auto *row = new QHBoxLayout;
    row->setSpacing(gap / 2);
    if (auto *box = qobject_cast<QDoubleSpinBox *>(editor.widget); box && m_sliders == Sliders::BesideNumbers)
        addSlider(*row, spec, *box);
    row->addWidget(editor.widget, 1);
    row->addWidget(reset);
    label->setBuddy(editor.widget);
    label->setToolTip(helpOf(spec));
    editor.widget->setToolTip(helpOf(spec));
    m_editors[spec.key] = editor.widget;
    static_cast<QFormLayout *>(layout())->addRow(label, row);
}

/// In even steps over the range, or over its lower part where it reaches far beyond what is usual.
void ParamFields::addSlider(QBoxLayout &row, const ParamSpec &spec, QDoubleSpinBox &box)
{
    constexpr int steps = 200;
    const double low = spec.hint.min, usual = std::get<double>(spec.def);
    const double high = std::min(spec.hint.max, std::max(5 * usual, low + 1e-6));
    if (!std::isfinite(low) || high - low > 200 || high - low < 0.01)
        return;
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setObjectName(QStringLiteral("slider.") + toQString(spec.key));
    slider->setRange(0, steps);
    slider->setAccessibleName(coreText(spec.label));
    slider->setFocusPolicy(Qt::ClickFocus); // the number beside it takes the arrows
    slider->setToolTip(helpOf(spec));
    const auto place = [low, high](double value) { return qRound((value - low) / (high - low) * steps); };
    slider->setValue(place(box.value()));
    connect(&box, &QDoubleSpinBox::valueChanged, slider, [slider, place](double value) {
        const QSignalBlocker quiet(slider);
        slider->setValue(place(value));
    });
    connect(slider, &QSlider::valueChanged, &box,
            [&box, low, high](int at) { box.setValue(low + (high - low) * at / steps); });
    box.setMaximumWidth(11 * gap); // the slider is what is looked at
    row.addWidget(slider, 2);
}

void ParamFields::disableUnused()
{
    const std::vector<std::string> unused = unusedKeys(m_specs, m_values);
    for (const ParamSpec &spec : m_specs) {
        QWidget &editor = *m_editors.at(spec.key);
        const bool used = std::ranges::find(unused, spec.key) == unused.end();
        if (editor.isEnabled() == used && used)
            continue;
        editor.setEnabled(used);
        editor.setToolTip(
            used ? helpOf(spec)
                 : helpOf(spec) +
                       QStringLiteral("<p>%1</p>").arg(tr("It has no effect with the other values as they are.")));
    }
}

namespace {

/// As many as the limits and the default need: 1e-9, 0.99999.
int decimalsOf(const ParamSpec &spec)
{
    int decimals = 4;
    const auto isWhole = [&decimals](double value) {
        const double shifted = value * std::pow(10, decimals);
        return std::abs(value) > 1e6 || std::abs(shifted - std::round(shifted)) < 1e-6;
    };
    while (decimals < 9 && !(isWhole(spec.hint.min) && isWhole(spec.hint.max) && isWhole(std::get<double>(spec.def))))
        ++decimals;
    return decimals;
}

} // namespace

ParamFields::Editor ParamFields::editorFor(const ParamSpec &spec, const std::function<void(ParamValue)> &change)
{
    if (std::holds_alternative<bool>(spec.def)) {
        auto *box = new QCheckBox;
        connect(box, &QCheckBox::toggled, this, [change](bool on) { change(on); });
        return {box, [box](const ParamValue &v) {
                    const QSignalBlocker quiet(box);
                    box->setChecked(std::get<bool>(v));
                }};
    }
    if (std::holds_alternative<std::int64_t>(spec.def)) {
        auto *box = new QSpinBox;
        box->setRange(int(qMax(spec.hint.min, -1e9)), int(qMin(spec.hint.max, 1e9)));
        box->setKeyboardTracking(false);
        connect(box, &QSpinBox::valueChanged, this, [change](int v) { change(std::int64_t(v)); });
        return {box, [box](const ParamValue &v) {
                    const QSignalBlocker quiet(box);
                    box->setValue(int(std::get<std::int64_t>(v)));
                }};
    }
    if (std::holds_alternative<double>(spec.def)) {
        auto *box = new QDoubleSpinBox;
        box->setDecimals(decimalsOf(spec));
        box->setRange(qMax(spec.hint.min, -1e9), qMin(spec.hint.max, 1e9));
        box->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
        box->setKeyboardTracking(false);
        connect(box, &QDoubleSpinBox::valueChanged, this, [change](double v) { change(v); });
        return {box, [box](const ParamValue &v) {
                    const QSignalBlocker quiet(box);
                    box->setValue(std::get<double>(v));
                }};
    }
    if (!spec.hint.choices.empty()) {
        auto *box = new QComboBox;
        for (const Choice &choice : spec.hint.choices)
            box->addItem(coreText(choice.label), QString::fromUtf8(choice.value));
        connect(box, &QComboBox::currentIndexChanged, this,
                [change, box] { change(box->currentData().toString().toStdString()); });
        return {box, [box](const ParamValue &v) {
                    const QSignalBlocker quiet(box);
                    box->setCurrentIndex(box->findData(toQString(std::get<std::string>(v))));
                }};
    }
    if (spec.hint.model) {
        auto *box = new QComboBox;
        box->setPlaceholderText(tr("Choose a model…"));
        for (const ModelCard &card : ModelStore::user().list())
            box->addItem(toQString(card.id), toQString(card.id));
        connect(box, &QComboBox::currentIndexChanged, this,
                [change, box] { change(box->currentData().toString().toStdString()); });
        return {box, [box](const ParamValue &v) {
                    const QSignalBlocker quiet(box);
                    const QString id = toQString(std::get<std::string>(v));
                    if (!id.isEmpty() && box->findData(id) < 0)
                        box->addItem(tr("%1 (not installed)").arg(id), id);
                    box->setCurrentIndex(box->findData(id));
                }};
    }
    auto *edit = new QLineEdit;
    connect(edit, &QLineEdit::editingFinished, this, [change, edit] { change(edit->text().toStdString()); });
    return {edit, [edit](const ParamValue &v) { edit->setText(toQString(std::get<std::string>(v))); }};
}

} // namespace likeness::ui
