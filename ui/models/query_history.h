#pragma once

#include "ui/session.h"

#include <QAbstractListModel>

namespace likeness::ui {

/// What the user looked for beside the queries of a workspace: files, pasted pictures, regions, words, several
/// together; the latest first. Names can be edited. One for the session.
class QueryHistory final : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr int most = 100;

    void add(const Query &query); ///< to the top, also where it is known already
    void remove(int row);
    const Query &at(int row) const { return m_queries[std::size_t(row)].query; }
    const QString &nameAt(int row) const { return m_queries[std::size_t(row)].name; }
    int rowOf(const Query &query) const; ///< -1 where it is not there

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    static constexpr int PathRole = Qt::UserRole; ///< QString; empty for a picture without a file and for words

private:
    struct Entry {
        Query query;
        QString name;
        QImage picture{}; // of one without a file
    };
    std::vector<Entry> m_queries;
};

} // namespace likeness::ui
