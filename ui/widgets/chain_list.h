#pragma once

#include "core/search/recipe_chain.h"

#include <QListWidget>

namespace likeness::ui {

/// The stages of a recipe under each other; dragging one, or Alt and an arrow key, moves it.
class ChainList final : public QListWidget {
    Q_OBJECT

public:
    explicit ChainList(QWidget *parent = nullptr);
    void setChain(const Chain &chain, int current);

Q_SIGNALS:
    void moveWanted(int from, int to); ///< the list itself stays as it was set until setChain()

protected:
    void keyPressEvent(QKeyEvent *event) override;
};

QString stageKindText(StageKind kind);
/// The title of a stage by its id.
QString stageTitle(StageKind kind, const std::string &id);

} // namespace likeness::ui
