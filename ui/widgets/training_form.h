#pragma once

#include "core/train/training_runs.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QSpinBox;
class QVBoxLayout;

namespace likeness::ui {

/// What is trained, on what, how: the images and every option of a run, made from their own descriptions.
class TrainingForm final : public QWidget {
    Q_OBJECT

public:
    explicit TrainingForm(QWidget *parent = nullptr);
    /// The folder that "the gallery of the workspace" means, which is what is trained on until somebody chooses; empty
    /// for none.
    void setWorkspace(const QString &folder);
    /// Takes over a run, to train again with changes.
    void setRun(const TrainingRun &run);
    /// A run as it is chosen now, without a folder.
    TrainingRun run() const;
    /// Why it cannot be started yet; empty where it can.
    QString missing() const;

Q_SIGNALS:
    void changed();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void rebuildAll();
    void prepareFields();
    void connectFields();
    void addFolder();
    void rebuildObjective();
    void rebuildGroup(const char *group);
    QWidget *groupBox(const char *group, const QString &title, bool open);
    void apply(const std::string &group, const std::string &key, const ParamValue &value);
    void updateSource();

    QFormLayout *m_images;
    QComboBox *m_source, *m_objective, *m_preset;
    QListWidget *m_folders;
    QWidget *m_folderRow;
    QSpinBox *m_rendered;
    QLineEdit *m_name;
    QLabel *m_summary;
    std::map<std::string, QVBoxLayout *> m_groups;
    TrainingRecipe m_recipe;
    QString m_workspace;
    bool m_built = false;
    bool m_sourceChosen = false; ///< by the user, or taken over
};

} // namespace likeness::ui
