#pragma once

#include "core/search/recipe.h"

#include <QWidget>

namespace likeness::ui {

/// A form over all stages of a recipe: the fields of each under its name.
class ParamForm final : public QWidget {
    Q_OBJECT

public:
    explicit ParamForm(QWidget *parent = nullptr);
    /// Builds the form anew, unless it shows this recipe already (perhaps because the user just edited it).
    void setRecipe(const Recipe &recipe);

Q_SIGNALS:
    /// A value was changed to an allowed one.
    void edited(const likeness::Recipe &recipe);
    /// The values together are refused; the text says why.
    void refused(const QString &reason);

private:
    void rebuild();
    void apply(const std::string &stageName, const std::string &key, const ParamValue &value);

    Recipe m_recipe;
    QWidget *m_content = nullptr;
};

} // namespace likeness::ui
