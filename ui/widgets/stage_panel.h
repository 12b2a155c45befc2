#pragma once

#include "core/search/recipe_chain.h"

#include <QWidget>

class QComboBox;
class QFormLayout;

namespace likeness::ui {

/// What one stage of a recipe does and when to use it, the choice of another one of its kind, and its form.
class StagePanel final : public QWidget {
    Q_OBJECT

public:
    explicit StagePanel(QWidget *parent = nullptr);
    /// `branches`: how many the recipe has; a weight means something where there are several.
    void setStage(const ChainStage &stage, int branches);
    void clear();

Q_SIGNALS:
    void edited(const likeness::ChainStage &stage);

private:
    void build();
    QWidget *fieldsOf(StageKind kind, StageChoice &choice);
    QComboBox *choiceOf(StageKind kind, const std::string &current);
    void addWeight(QFormLayout *form);
    void addOwnExtractor(QFormLayout *form);
    void change(const ChainStage &stage, bool rebuild);

    ChainStage m_stage;
    int m_branches = 1;
    QWidget *m_content = nullptr;
};

} // namespace likeness::ui
