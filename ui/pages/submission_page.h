#pragma once

#include "ui/session.h"

class QLabel;
class QStandardItemModel;
class QTableView;
class QToolButton;

namespace likeness::ui {

class CommandBar;
class ImageView;
class MessageBar;
class PictureLoader;

/// A submission file, checked against the images, scored where the truth is known, and browsable picture by picture.
class SubmissionPage final : public QWidget {
    Q_OBJECT

public:
    explicit SubmissionPage(Session &session, QWidget *parent = nullptr);
    void open(const QString &file);
    const QString &file() const { return m_file; } ///< empty where none is open

Q_SIGNALS:
    void openWanted();
    void regionWanted(const QImage &region, const QString &name);

private:
    QLayout *makeTopRow();
    void fill();
    void showRow(int row);

    Session &m_session;
    QString m_file;
    std::vector<SourceQueryRow> m_rows;
    QWidget *m_content; // hidden where there is no submission
    QLabel *m_summary, *m_queryName, *m_sourceName;
    MessageBar *m_problems;
    QTableView *m_table;
    QStandardItemModel *m_model;
    ImageView *m_query, *m_source;
    PictureLoader *m_queryLoader, *m_sourceLoader;
    QToolButton *m_region = nullptr;
    CommandBar *m_command;
};

} // namespace likeness::ui
