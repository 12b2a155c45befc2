#pragma once

#include "core/search/engine.h"

#include <QWidget>
#include <map>

class QLabel;
class QToolButton;

namespace likeness::ui {

/// A form over all stages of a recipe: the fields of each under its name. What was changed stands out, and goes back to
/// the value that the recipe was chosen with, one by one or all at once.
class ParamForm final : public QWidget {
    Q_OBJECT

public:
    explicit ParamForm(QWidget *parent = nullptr);
    /// Builds the form anew, unless it shows this recipe already (perhaps because the user just edited it). `base`: the
    /// recipe as it was chosen.
    void setRecipe(const Recipe &recipe, const Recipe &base);
    void setRecipe(const Recipe &recipe) { setRecipe(recipe, recipe); }
    /// Beside the name of each stage: whether it was made anew, and how long that took.
    void showStages(const std::vector<StageReport> &stages);

Q_SIGNALS:
    /// A value was changed to an allowed one.
    void edited(const likeness::Recipe &recipe);
    /// The values together are refused; the text says why.
    void refused(const QString &reason);

private:
    void rebuild();
    void change(const Recipe &changed);
    void apply(const std::string &stageName, const std::string &key, const ParamValue &value);

    Recipe m_recipe, m_base;
    QToolButton *m_back;
    QWidget *m_content = nullptr;
    std::map<std::string, QLabel *> m_made; // by the name of the stage
};

} // namespace likeness::ui
