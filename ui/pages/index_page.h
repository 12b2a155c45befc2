#pragma once

#include "core/search/index_files.h"
#include "ui/page_state.h"
#include "ui/session.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace likeness::ui {

class CommandBar;
class LatestJob;

/// Which index is looked at, and what became of the last job on it.
class IndexState final : public PageState {
public:
    QString folder, note, command;
};

/// The indexes on disk: made, updated, checked, forgotten, and opened like any folder.
class IndexPage final : public QWidget {
    Q_OBJECT

public:
    explicit IndexPage(Session &session, QWidget *parent = nullptr);
    void askForFolder(); ///< "Index a folder" with its dialog
    void build(const QString &images, const Recipe &recipe, const QString &folder);
    /// In the whole window: every page works on it.
    void open(const QString &folder);
    const std::optional<IndexManifest> &shown() const { return m_manifest; } ///< of the chosen index, once it was read

private:
    QWidget *makeList();
    QWidget *makeDetails();
    void addExisting();
    void update();
    void verify();
    void forget();
    void choose(const QString &folder);
    void fillList();
    void showKept();
    void readChosen();
    void showDetails(const QString &why);
    void updateButtons();
    /// Into what is kept, if that index is still the chosen one; then the page that is there shows it.
    std::function<void(const QString &note)> noteOf(const QString &folder) const;

    Session &m_session;
    IndexState &m_kept;
    std::optional<IndexManifest> m_manifest;
    QListWidget *m_list;
    QLabel *m_details, *m_note;
    QPushButton *m_build, *m_add, *m_open, *m_update, *m_verify, *m_forget;
    CommandBar *m_command;
    LatestJob *m_reading;
};

} // namespace likeness::ui
