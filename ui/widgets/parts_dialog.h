#pragma once

#include "ui/session.h"

#include <QDialog>

class QDoubleSpinBox;

namespace likeness::ui {

/// How much each of several queries counts when they are looked for together; a negative weight takes away.
class PartsDialog final : public QDialog {
    Q_OBJECT

public:
    /// The first one leads: its weight is 1.
    PartsDialog(const std::vector<std::pair<QString, Query>> &queries, QWidget *parent);

Q_SIGNALS:
    void chosen(const likeness::ui::Query &first, const std::vector<likeness::ui::Query::Part> &more);

private:
    std::vector<std::pair<QString, Query>> m_queries;
    std::vector<QDoubleSpinBox *> m_weights; // of all but the first
};

} // namespace likeness::ui
