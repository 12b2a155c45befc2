#pragma once

#include "core/search/recipe.h"

#include <QWidget>
#include <functional>

class QFormLayout;

namespace likeness::ui {

/// A form over all stages of a recipe, made from their own descriptions: check box, spin box, combo box by the
/// parameter's type; help as tool tip; a button that resets to the default.
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
    void addRow(QFormLayout *form, const QString &stageName, const ParamSpec &spec, const ParamValue &value);
    QWidget *editorFor(const ParamSpec &spec, const ParamValue &value, const std::function<void(ParamValue)> &change);
    void apply(const QString &stageName, const std::string &key, const ParamValue &value);

    Recipe m_recipe;
    QWidget *m_content = nullptr;
};

} // namespace likeness::ui
