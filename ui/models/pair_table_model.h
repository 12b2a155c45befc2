#pragma once

#include "core/eval/match_benchmark.h"

#include <QAbstractTableModel>

namespace likeness::ui {

/// The pairs of a benchmark with how one matching did on them. Sorting is by Qt::UserRole, numbers.
class PairTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Pair, Verdict, Error, Inliers, Accuracy, Time, Columns };

    using QAbstractTableModel::QAbstractTableModel;
    void setOutcomes(const std::vector<KnownPair> &pairs, const MatchBenchmark &benchmark);
    const KnownPair &pair(int row) const { return m_pairs[std::size_t(row)]; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<KnownPair> m_pairs;
    MatchBenchmark m_benchmark;
};

} // namespace likeness::ui
