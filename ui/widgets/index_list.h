#pragma once

#include "core/search/persistent_index.h"

#include <QWidget>

class QLabel;
class QListWidget;

namespace likeness::ui {

/// The indexes on disk that the user made or opened, and what the opened one holds.
class IndexList final : public QWidget {
    Q_OBJECT

public:
    explicit IndexList(QWidget *parent = nullptr);
    QString selectedFolder() const;
    /// `index` is open now, or none (null).
    void setIndex(const PersistentIndex *index, const QString &folder, double openSeconds);

Q_SIGNALS:
    void chosen(const QString &folder); ///< by the user

private:
    void fill(const QString &opened);

    QListWidget *m_list;
    QLabel *m_details;
};

} // namespace likeness::ui
