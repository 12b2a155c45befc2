#pragma once

#include "core/eval/trade_off.h"

#include <QTableWidget>

namespace likeness::ui {

/// Measured recipes with their figures, sorted by any of them.
class TradeOffTable final : public QTableWidget {
    Q_OBJECT

public:
    explicit TradeOffTable(QWidget *parent = nullptr);
    /// `index` is what selected() gives for this row.
    void add(const TradeOff &measured, int index);
    int selected() const; ///< -1: none
};

/// The figures of all as rows for a file.
QByteArray csvOf(std::span<const TradeOff> measured);

} // namespace likeness::ui
