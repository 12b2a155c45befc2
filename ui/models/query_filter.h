#pragma once

#include <QSortFilterProxyModel>

namespace likeness::ui {

/// Queries by what became of them.
class QueryFilter final : public QSortFilterProxyModel {
    Q_OBJECT

public:
    enum Kind { All, Wrong, Right, NoSource, Unsure, KindCount };

    explicit QueryFilter(QObject *parent = nullptr);
    void setKind(Kind kind);
    Kind kind() const { return m_kind; }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    Kind m_kind = All;
};

} // namespace likeness::ui
