#pragma once

#include "ui/session.h"

#include <QLabel>

namespace likeness::ui {

/// How good the recipe is by the ground truth, once all queries have been run; beside it the last full run before the
/// recipe was changed. Follows a run at the eye's pace.
class RunFigures final : public QLabel {
    Q_OBJECT

public:
    explicit RunFigures(Session &session, QWidget *parent = nullptr);

private:
    void refresh();

    Session &m_session;
};

} // namespace likeness::ui
