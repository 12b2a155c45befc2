#include "ui/widgets/training_form.h"

#include "core/train/objective_stages.h"
#include "core/train/training_plan.h"
#include "ui/params/param_fields.h"
#include "ui/util/convert.h"
#include "ui/util/dismiss.h"
#include "ui/util/file_dialogs.h"
#include "ui/util/theme.h"
#include "ui/widgets/tool_button.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QVBoxLayout>

namespace likeness::ui {

namespace {

enum Source { Gallery, Folders, Rendered };

} // namespace

TrainingForm::TrainingForm(QWidget *parent)
    : QWidget(parent),
      m_images(new QFormLayout),
      m_source(new QComboBox),
      m_objective(new QComboBox),
      m_preset(new QComboBox),
      m_folders(new QListWidget),
      m_folderRow(new QWidget),
      m_rendered(new QSpinBox),
      m_name(new QLineEdit),
      m_summary(new QLabel)
{
    prepareFields();
    m_images->addRow(tr("Images"), m_source);
    m_images->addRow(m_folderRow);
    m_images->addRow(tr("Scenes an epoch"), m_rendered);
    m_images->addRow(tr("Name"), m_name);
    m_images->addRow(tr("Objective"), m_objective);
    m_images->addRow(m_summary);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, gap, 0);
    layout->addLayout(m_images);
    layout->addWidget(groupBox("objective", {}, true));
    layout->addWidget(groupBox("network", tr("Network"), true));
    layout->addWidget(groupBox("train", tr("Training"), false));
    QWidget *augmentations = groupBox("augment", tr("Augmentations"), false);
    auto *presetRow = new QFormLayout;
    presetRow->addRow(tr("Augmentations"), m_preset);
    layout->addLayout(presetRow);
    layout->addWidget(augmentations);
    layout->addStretch();
    connectFields();
    updateSource();
}

/// The fields are made when somebody looks: those of the network read what is installed.
void TrainingForm::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_built)
        return;
    m_built = true;
    rebuildAll();
}

void TrainingForm::rebuildAll()
{
    if (!m_built)
        return;
    rebuildObjective();
    for (const char *group : {"network", "train", "augment"})
        rebuildGroup(group);
}

void TrainingForm::prepareFields()
{
    m_source->addItems({tr("The gallery of the workspace"), tr("Folders"), tr("Rendered scenes")});
    m_source->setObjectName(QStringLiteral("trainingSource"));
    m_objective->setObjectName(QStringLiteral("objective"));
    m_preset->setObjectName(QStringLiteral("augmentationPreset"));
    m_folders->setMaximumHeight(8 * gap);
    m_folders->setAccessibleName(tr("Folders of images"));
    m_rendered->setRange(2, 10'000'000);
    m_rendered->setValue(2000);
    m_rendered->setToolTip(
        tr("Pictures an epoch that the program draws itself; a quarter of them is new in each epoch"));
    m_name->setPlaceholderText(tr("Name of the run"));
    m_name->setObjectName(QStringLiteral("runName"));
    m_summary->setWordWrap(true);
    for (const auto &stage : objectives())
        m_objective->addItem(coreText(stage.title), toQString(stage.id));
    for (const AugmentationPreset &preset : augmentationPresets())
        m_preset->addItem(coreText(preset.label), QString::fromLatin1(preset.id));
    m_preset->setPlaceholderText(tr("Own values"));

    auto *folderColumn = new QHBoxLayout(m_folderRow);
    folderColumn->setContentsMargins(0, 0, 0, 0);
    folderColumn->addWidget(m_folders, 1);
    QToolButton *add = toolButton("list-add", tr("Add…"), tr("Add a folder of images")),
                *remove = toolButton("list-remove", {}, tr("Remove the selected folder"));
    folderColumn->addWidget(add);
    folderColumn->addWidget(remove);
    connect(add, &QToolButton::clicked, this, &TrainingForm::addFolder);
    connect(remove, &QToolButton::clicked, this, [this] {
        qDeleteAll(m_folders->selectedItems());
        Q_EMIT changed();
    });
}

void TrainingForm::connectFields()
{
    connect(m_source, &QComboBox::currentIndexChanged, this, &TrainingForm::updateSource);
    connect(m_source, &QComboBox::activated, this, [this] { m_sourceChosen = true; });
    connect(m_rendered, &QSpinBox::valueChanged, this, &TrainingForm::changed);
    connect(m_name, &QLineEdit::textEdited, this, &TrainingForm::changed);
    connect(m_objective, &QComboBox::activated, this, [this] {
        m_recipe.chooseObjective(m_objective->currentData().toString().toStdString());
        // The one objective that cannot do without.
        if (m_recipe.settings().objective.dropoutOnly() && m_recipe.settings().network.dropout == 0) {
            m_recipe.set("network.dropout=0.1");
            rebuildGroup("network");
        }
        rebuildObjective();
        Q_EMIT changed();
    });
    connect(m_preset, &QComboBox::activated, this, [this] {
        m_recipe.choosePreset(m_preset->currentData().toString().toStdString());
        rebuildGroup("augment");
        Q_EMIT changed();
    });
}

/// Fields under a heading that opens and closes them.
QWidget *TrainingForm::groupBox(const char *group, const QString &title, bool open)
{
    auto *box = new QWidget, *content = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    if (!title.isEmpty()) {
        auto *heading = new QToolButton;
        heading->setText(title);
        heading->setObjectName(QStringLiteral("group-") + QString::fromLatin1(group));
        heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        heading->setAutoRaise(true);
        heading->setCheckable(true);
        heading->setChecked(open);
        heading->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        connect(heading, &QToolButton::toggled, content, [heading, content](bool on) {
            heading->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
            content->setVisible(on);
        });
        column->addWidget(heading);
    }
    auto *inner = new QVBoxLayout(content);
    inner->setContentsMargins(2 * gap, 0, 0, 0);
    column->addWidget(content);
    content->setVisible(open); // now that it is no window of its own
    m_groups[group] = inner;
    return box;
}

void TrainingForm::rebuildGroup(const char *group)
{
    QVBoxLayout *layout = m_groups.at(group);
    while (QLayoutItem *item = layout->takeAt(0)) {
        dismiss(item->widget());
        delete item;
    }
    auto *fields = new ParamFields(QString::fromLatin1(group), m_recipe.specs(group), m_recipe.values(group));
    connect(fields, &ParamFields::changed, this,
            [this, name = std::string(group)](const std::string &key, const ParamValue &value) {
                apply(name, key, value);
            });
    layout->addWidget(fields);
}

void TrainingForm::rebuildObjective()
{
    const auto &stage = objectiveById(m_recipe.objective());
    m_objective->setCurrentIndex(m_objective->findData(toQString(stage.id)));
    m_summary->setText(coreText(stage.summary));
    rebuildGroup("objective");
}

void TrainingForm::apply(const std::string &group, const std::string &key, const ParamValue &value)
{
    ParamValues values = m_recipe.values(group);
    values[key] = value;
    try {
        m_recipe.setValues(group, values);
    } catch (const Error &) { // rounded beyond a limit: show what holds
        return rebuildGroup(group.c_str());
    }
    if (group == "augment")
        m_preset->setCurrentIndex(-1);
    Q_EMIT changed();
}

void TrainingForm::addFolder()
{
    const QString folder = askForFolder(this, tr("A folder of images"));
    if (folder.isEmpty() || !m_folders->findItems(folder, Qt::MatchExactly).isEmpty())
        return;
    m_folders->addItem(folder);
    Q_EMIT changed();
}

void TrainingForm::updateSource()
{
    m_folderRow->setVisible(m_source->currentIndex() == Folders);
    m_images->setRowVisible(m_rendered, m_source->currentIndex() == Rendered);
    Q_EMIT changed();
}

void TrainingForm::setWorkspace(const QString &folder)
{
    m_workspace = folder;
    if (!m_sourceChosen)
        m_source->setCurrentIndex(folder.isEmpty() ? Rendered : Gallery); // there is always something to begin with
    Q_EMIT changed();
}

void TrainingForm::setRun(const TrainingRun &run)
{
    m_recipe = run.recipe;
    m_name->setText(toQString(run.name));
    m_folders->clear();
    for (const std::string &source : run.sources)
        m_folders->addItem(toQString(source));
    if (run.rendered > 0)
        m_rendered->setValue(run.rendered);
    const bool gallery = run.sources.size() == 1 && toQString(run.sources.front()) == m_workspace;
    m_sourceChosen = true;
    m_source->setCurrentIndex(run.rendered > 0 ? Rendered : gallery ? Gallery : Folders);
    m_preset->setCurrentIndex(-1);
    rebuildAll();
    updateSource();
}

TrainingRun TrainingForm::run() const
{
    TrainingRun run;
    run.recipe = m_recipe;
    run.name = m_name->text().trimmed().toStdString();
    if (run.name.empty())
        run.name = m_recipe.objective();
    if (m_source->currentIndex() == Rendered)
        run.rendered = m_rendered->value();
    else if (m_source->currentIndex() == Gallery && !m_workspace.isEmpty())
        run.sources = {m_workspace.toStdString()};
    else
        for (int i = 0; i < m_folders->count() && m_source->currentIndex() == Folders; ++i)
            run.sources.push_back(m_folders->item(i)->text().toStdString());
    return run;
}

QString TrainingForm::missing() const
{
    if (m_source->currentIndex() == Gallery && m_workspace.isEmpty())
        return tr("No folder is open: open one, or choose folders or rendered scenes");
    if (m_source->currentIndex() == Folders && m_folders->count() == 0)
        return tr("Add a folder of images first");
    return {};
}

} // namespace likeness::ui
