#pragma once

#include "ui/session.h"

#include <QAbstractTableModel>

namespace likeness::ui {

/// The queries of the workspace with their best answers, filled while a run goes on.
class QueryTableModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Best, Expected, RightRank, Score, Margin, ColumnCount };

    explicit QueryTableModel(Session &session, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    enum Role {
        SortRole = Qt::UserRole,
        PathRole,    ///< QString: the picture of the column; empty for none
        OutcomeRole, ///< QueryFilter::Kind: right, wrong, no source; All where it is not known
        UnsureRole   ///< bool: the best answer may well be another one
    };

private:
    const std::optional<Answer> &shown(std::size_t row) const;
    QVariant text(const Answer &result, int column) const;
    int outcome(const Answer &result) const;
    bool isUnsure(const Answer &result) const;
    QString path(int row, int column) const;
    QVariant tip(int column, bool isOld) const;
    QVariant sortKey(int row, int column) const;

    Session &m_session;
};

} // namespace likeness::ui
