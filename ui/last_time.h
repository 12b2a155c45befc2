#pragma once

#include "ui/query.h"

#include <QMainWindow>
#include <QTimer>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>

namespace likeness::ui {

class Session;

/// Where the user was: folder, page, query, own queries, results, the parts of the window. Written at most two seconds
/// after a change, beside and renamed, so that it is there after a crash too; what cannot be read any more is left out.
class LastTime final : public QObject {
    Q_OBJECT

public:
    static std::filesystem::path folder(); ///< of its files, in the user's data

    LastTime(Session &session, QMainWindow &window);
    ~LastTime() override;

    void setPage(const QString &name); ///< class of the page that is shown
    void setFormShown(bool shown);     ///< the parameters beside a search
    /// Opens what was open, and gives back the rest when that has come about. Nothing where there is nothing.
    void comeBack();
    void writeNow(); ///< and waits for it

Q_SIGNALS:
    void pageWanted(const QString &name);
    void formWanted(bool shown);

private:
    void changed() { m_soon.start(); }
    void write();
    void writeResults();
    void restoreWorkspace(const nlohmann::json &state);
    void restoreResults();
    void restoreWindow(const nlohmann::json &state);

    Session &m_session;
    QMainWindow &m_window;
    QTimer m_soon, m_resultsSoon;
    QString m_page;
    bool m_formShown = false;
    bool m_isRestoring = false;
    std::shared_ptr<class LastTimeWriter> m_writer;
};

// For the files; bytes of a picture without a file are in a file of their own, named by their hash.
nlohmann::json jsonOf(const Query &query, const std::filesystem::path &folder);
/// Throws nlohmann::json::exception, Error.
Query queryFrom(const nlohmann::json &json, const std::filesystem::path &folder);

} // namespace likeness::ui
