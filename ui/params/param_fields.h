#pragma once

#include "core/base/params.h"

#include <QWidget>
#include <functional>

class QBoxLayout;
class QDoubleSpinBox;

namespace likeness::ui {

/// An editor for each parameter, made from its description: check box, spin box, combo box by its type; help as tool
/// tip; a button that resets to the default of the description. A value other than that has its label in bold. Values
/// out of range cannot be entered. What the other values leave without effect is disabled and says so, such as a limit
/// of SIFT while ORB detects.
class ParamFields final : public QWidget {
    Q_OBJECT

public:
    /// Editors are named `prefix`.key.
    enum class Sliders { None, BesideNumbers }; ///< of real numbers with a range that a slider can show
    ParamFields(const QString &prefix, const std::vector<ParamSpec> &specs, const ParamValues &values,
                Sliders sliders = Sliders::None, QWidget *parent = nullptr);

Q_SIGNALS:
    void changed(const std::string &key, const likeness::ParamValue &value); ///< by the user

private:
    struct Editor {
        QWidget *widget;
        std::function<void(const ParamValue &)> show;
    };
    void addRow(const QString &prefix, const ParamSpec &spec, const ParamValue &value);
    Editor editorFor(const ParamSpec &spec, const std::function<void(ParamValue)> &change);
    void disableUnused();
    void addSlider(QBoxLayout &row, const ParamSpec &spec, QDoubleSpinBox &box);

    Sliders m_sliders;
    std::vector<ParamSpec> m_specs;
    ParamValues m_values;
    std::map<std::string, QWidget *> m_editors; ///< by key
};

} // namespace likeness::ui
