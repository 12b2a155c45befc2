#pragma once

#include "ui/session.h"

#include <QDialog>

class QBoxLayout;
class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTableWidget;

namespace likeness::ui {

class CommandBar;

/// Threshold, the first rows, validation and the unanswered queries, before the file is written.
class ExportDialog final : public QDialog {
    Q_OBJECT

public:
    explicit ExportDialog(Session &session, QWidget *parent = nullptr);
    /// Writes the file; empty on success, else why not. The old file stays whole on failure.
    QString write(const QString &file);
    QString writtenFile() const { return m_written; }

private:
    void preview();
    std::optional<float> threshold() const;
    void chooseFile();
    void addCut(QBoxLayout &row);
    void useCutFor(double precision);
    void setThreshold(double cut);
    double firstCut() const;

    Session &m_session;
    QCheckBox *m_useThreshold;
    QDoubleSpinBox *m_threshold, *m_precision;
    QLabel *m_counts, *m_failure;
    QTableWidget *m_rows;
    QPlainTextEdit *m_report;
    CommandBar *m_command;
    QString m_written;
};

} // namespace likeness::ui
