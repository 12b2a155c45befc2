#pragma once

#include "ui/models/match_state.h"
#include "ui/util/latest_job.h"

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QVBoxLayout;

namespace likeness::ui {

class CommandBar;
class MatchCharts;
class MatchTableModel;
class MatchView;
class ParamFields;
struct ExportKind;

/// The keypoint matches of two pictures: what agrees, what does not, and why. The pair is the query and the selected
/// result, or any two files. Parameters on the left act at once.
class MatchPage final : public QWidget {
    Q_OBJECT

public:
    explicit MatchPage(Session &session, QWidget *parent = nullptr);
    MatchView &view() { return *m_view; }
    const std::shared_ptr<const ImageMatch> &match() const { return m_kept.match; }
    void setOption(const std::string &key, const ParamValue &value);
    /// By the extension: .png (so many pixels for each of the screen), .svg and .pdf the picture, .csv and .json the
    /// matches. Empty on success, else why not.
    QString save(const QString &file, double scale = 2);
    void setFiles(const QString &a, const QString &b); ///< instead of the query and a result
    void setPair(const Query &a, const Query &b);      ///< the same

Q_SIGNALS:
    void compareWanted();
    void matched(); ///< a new match is shown

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *makeParameterPanel();
    QLayout *makeToolRow();
    QWidget *makeDetails();
    void choosePreset(const std::string &name);
    void rebuildFields();
    void followSelection();
    void chooseFile(bool b);
    void askAndSave(const ExportKind &kind);
    void setPictures(const Query &a, const Query &b);
    void rematch();
    void showKept();
    void showNames();
    void show(std::shared_ptr<const ImageMatch> match, double ms);
    void showVerdict(double ms);
    void selectRow(int match);

    Session &m_session;
    MatchState &m_kept;
    MatchView *m_view;
    MatchCharts *m_charts;
    MatchTableModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_table;
    QComboBox *m_presets;
    QVBoxLayout *m_fieldsPlace;
    ParamFields *m_fields = nullptr;
    QLabel *m_title, *m_verdict, *m_values;
    CommandBar *m_command;
    LatestJob m_job;
};

} // namespace likeness::ui
