#pragma once

#include "ui/widgets/match_view.h"

class QComboBox;
class QSlider;
class QToolButton;
class QLayout;

namespace likeness::ui {

/// Chooses how a MatchView draws. Only what applies to the arrangement is shown.
class MatchLookBar final : public QWidget {
    Q_OBJECT

public:
    explicit MatchLookBar(const MatchLook &look, QWidget *parent = nullptr);

Q_SIGNALS:
    void lookChanged(const likeness::ui::MatchLook &look);

private:
    QSlider *addResidual(double px);
    QToolButton *addToggles(const MatchLook &chosen);
    QComboBox *addChoice(const QString &name, const QStringList &items, int current,
                         const std::function<void(MatchLook &, int)> &apply);

    MatchLook m_look;
    QLayout *m_row;
};

} // namespace likeness::ui
