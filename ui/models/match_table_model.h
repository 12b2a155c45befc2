#pragma once

#include "core/match/image_match.h"

#include <QAbstractTableModel>
#include <memory>

namespace likeness::ui {

/// The matches of two images, a row each, with what can be measured of them. Sorting is by Qt::UserRole, numbers.
class MatchTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Verdict, Ratio, Distance, Residual, Scale, Turn, PlaceA, PlaceB, Columns };

    using QAbstractTableModel::QAbstractTableModel;
    void setMatch(std::shared_ptr<const ImageMatch> match);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// All values of a match in words, for the line under the picture.
    QString describe(int row) const;
    QString matrixText() const; ///< from A to B, three rows
    QByteArray json() const;    ///< places, figures and the matrix from A to B
    QByteArray csv() const;

private:
    double value(int row, int column) const;
    std::shared_ptr<const ImageMatch> m_match;
};

} // namespace likeness::ui
