#pragma once

#include "ui/session.h"
#include "ui/util/latest_job.h"
#include "ui/widgets/match_view.h"

class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QTableView;
class QVBoxLayout;

namespace likeness::ui {

class CommandBar;
class MatchCharts;
class MatchTableModel;
class ParamFields;

/// The keypoint matches of two pictures: what agrees, what does not, and why. The pair is the query and the selected
/// result, or any two files. Parameters on the left act at once.
class MatchPage final : public QWidget {
    Q_OBJECT

public:
    explicit MatchPage(Session &session, QWidget *parent = nullptr);
    MatchView &view() { return *m_view; }
    const std::shared_ptr<const ImageMatch> &match() const { return m_match; }
    void setOption(const std::string &key, const ParamValue &value);
    /// By the extension: .png and .svg the picture, .csv the matches. Empty on success, else why not.
    QString save(const QString &file);
    void setFiles(const QString &a, const QString &b); ///< instead of the query and a result

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
    void askAndSave();
    void setPictures(const Query &a, const Query &b);
    void rematch();
    void show(std::shared_ptr<const ImageMatch> match, double ms);
    void showVerdict(double ms);
    void selectRow(int match);
    QString command() const;

    Session &m_session;
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
    Query m_a, m_b;
    bool m_ownFiles = false; ///< chosen here, not by the search
    std::string m_preset = "default";
    ParamValues m_options;
    struct Pictures; ///< of the pair that is shown, with its keypoints; used by the job alone once made
    std::shared_ptr<Pictures> m_pictures;
    std::shared_ptr<const ImageMatch> m_match;
    LatestJob m_job;
};

} // namespace likeness::ui
