#include "ui/last_time.h"

#include "core/base/file.h"
#include "core/base/hash.h"
#include "core/base/json_text.h"
#include "ui/models/query_history.h"
#include "ui/results_file.h"
#include "ui/session.h"
#include "ui/util/convert.h"

#include <QSplitter>
#include <QThreadPool>
#include <nlohmann/json.hpp>
#include <ostream>

namespace likeness::ui {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// The files are written one after another by a thread of their own; of two states that wait only the newer one is.
class LastTimeWriter {
public:
    LastTimeWriter() { m_pool.setMaxThreadCount(1); }
    ~LastTimeWriter() { m_pool.waitForDone(); }
    void write(const fs::path &file, std::function<std::string()> content)
    {
        m_pool.start([file, content = std::move(content)] {
            try {
                fs::create_directories(file.parent_path());
                const std::string text = content();
                writeFileAside(file, [&text](std::ostream &out) { out << text; });
            } catch (const std::exception &error) {
                qWarning("%s", error.what()); // a full disk: the next start begins anew
            }
        });
    }
    void wait() { m_pool.waitForDone(); }

private:
    QThreadPool m_pool;
};

namespace {

constexpr int soonMs = 1500;
constexpr int mostBytes = 16'000'000; // of a pasted picture

Json jsonOf(const Query::Part &part, const fs::path &folder)
{
    Json json{{"name", part.name.toStdString()}, {"text", part.text.toStdString()}, {"weight", part.weight}};
    if (!part.path.empty())
        json["path"] = part.path.string();
    if (!part.bytes.empty() && part.bytes.size() < mostBytes) {
        const std::string name = toHex(contentHash(part.bytes)) + ".png";
        if (!fs::exists(folder / name))
            writeFileAside(folder / name, [&part](std::ostream &out) {
                out.write(reinterpret_cast<const char *>(part.bytes.data()), std::streamsize(part.bytes.size()));
            });
        json["picture"] = name;
    }
    return json;
}

Query::Part partFrom(const Json &json, const fs::path &folder)
{
    Query::Part part{toQString(json.at("name").get<std::string>()),
                     json.value("path", std::string()),
                     {},
                     toQString(json.at("text").get<std::string>()),
                     json.at("weight").get<double>()};
    if (json.contains("picture")) // named by us: no way out of the folder
        part.bytes = readFile(folder / fs::path(json["picture"].get<std::string>()).filename());
    return part;
}

} // namespace

Json jsonOf(const Query &query, const fs::path &folder)
{
    Json json = jsonOf(Query::Part{query.name, query.path, query.bytes, query.text, query.textWeight}, folder);
    for (const Query::Part &part : query.more)
        json["more"].push_back(jsonOf(part, folder));
    return json;
}

Query queryFrom(const Json &json, const fs::path &folder)
{
    const Query::Part part = partFrom(json, folder);
    Query query{part.name, std::nullopt, part.path, part.bytes, part.text, part.weight};
    if (json.contains("more"))
        for (const Json &more : json["more"])
            query.more.push_back(partFrom(more, folder));
    return query;
}

fs::path LastTime::folder()
{
    return userDataFolder() / "last-time";
}

LastTime::LastTime(Session &session, QMainWindow &window)
    : QObject(&window), m_session(session), m_window(window), m_writer(std::make_shared<LastTimeWriter>())
{
    for (QTimer *timer : {&m_soon, &m_resultsSoon}) {
        timer->setSingleShot(true);
        timer->setInterval(soonMs);
    }
    connect(&m_soon, &QTimer::timeout, this, &LastTime::write);
    connect(&m_resultsSoon, &QTimer::timeout, this, &LastTime::writeResults);
    const auto &history = session.kept<QueryHistory>();
    for (auto signal : {&Session::workspaceChanged, &Session::queryChanged, &Session::recipeChanged})
        connect(&session, signal, this, &LastTime::changed);
    connect(&history, &QAbstractItemModel::rowsInserted, this, &LastTime::changed);
    connect(&history, &QAbstractItemModel::rowsRemoved, this, &LastTime::changed);
    connect(&history, &QAbstractItemModel::dataChanged, this, &LastTime::changed);
    connect(&session, &Session::resultChanged, this, [this](int query) {
        if (query >= 0 && !m_resultsSoon.isActive())
            m_resultsSoon.start();
    });
}

LastTime::~LastTime() = default;

void LastTime::setPage(const QString &name)
{
    m_page = name;
    changed();
}

void LastTime::setFormShown(bool shown)
{
    m_formShown = shown;
    changed();
}

void LastTime::write()
{
    if (m_isRestoring)
        return;
    Json state{{"folder", m_session.folder().toStdString()},
               {"page", m_page.toStdString()},
               {"form", m_formShown},
               {"splitters", Json::object()}};
    for (const QSplitter *splitter : m_window.findChildren<QSplitter *>())
        if (!splitter->objectName().isEmpty())
            state["splitters"][splitter->objectName().toStdString()] = splitter->saveState().toBase64().toStdString();
    const Query query = m_session.query();
    std::vector<std::pair<QString, Query>> own;
    const auto &history = m_session.kept<QueryHistory>();
    for (int row = 0; row < history.rowCount(); ++row)
        own.emplace_back(history.nameAt(row), history.at(row));
    m_writer->write(folder() / "state.json", [state, query, own]() mutable {
        if (query.id)
            state["query"] = {{"of_folder", query.name.toStdString()}};
        else if (!query.isNull())
            state["query"] = jsonOf(query, folder());
        std::set<std::string> pictures;
        for (const auto &[name, one] : own) {
            Json json = jsonOf(one, folder());
            json["title"] = name.toStdString();
            state["own"].push_back(json);
        }
        return dumpJson(state, 1);
    });
}

void LastTime::writeResults()
{
    if (m_isRestoring || !m_session.hasWorkspace() || m_session.results().count() == 0)
        return;
    m_writer->write(folder() / "results.cbor",
                    [workspace = m_session.workspace(), results = m_session.results(), folder = m_session.folder()] {
                        return resultsToBytes(folder, *workspace, results);
                    });
}

void LastTime::writeNow()
{
    write();
    if (m_resultsSoon.isActive())
        writeResults();
    m_writer->wait();
}

void LastTime::comeBack()
{
    Json state;
    try {
        const auto bytes = readFile(folder() / "state.json");
        state = parseJson({reinterpret_cast<const char *>(bytes.data()), bytes.size()});
        auto &history = m_session.kept<QueryHistory>();
        const Json own = state.value("own", Json::array());
        for (auto one = own.rbegin(); one != own.rend(); ++one)
            try {
                history.add(queryFrom(*one, folder()));
                history.setData(history.index(0), toQString(one->at("title").get<std::string>()), Qt::EditRole);
            } catch (const std::exception &) { // its picture is gone
            }
        restoreWindow(state);
    } catch (const std::exception &) {
        return; // the first start, or a file of another version
    }
    const QString opened = toQString(state.value("folder", std::string()));
    if (opened.isEmpty() || !fs::is_directory(toPath(opened)))
        return;
    m_isRestoring = true;
    const auto done = std::make_shared<QMetaObject::Connection>();
    const auto failed = std::make_shared<QMetaObject::Connection>();
    *done = connect(
        &m_session, &Session::workspaceChanged, this,
        [this, state, done, failed] {
            disconnect(*done);
            disconnect(*failed);
            restoreWorkspace(state);
            m_isRestoring = false;
        },
        Qt::QueuedConnection); // the window has shown its page by then
    *failed = connect(&m_session.openings(), &TaskRunner::idle, this, [this, done, failed] {
        if (m_session.hasWorkspace())
            return;
        disconnect(*done);
        disconnect(*failed);
        m_isRestoring = false;
    });
    opened == Session::sampleFolder() ? m_session.openSample() : m_session.openFolder(opened);
}

void LastTime::restoreWindow(const Json &state)
{
    const Json splitters = state.value("splitters", Json::object());
    for (const auto &[name, value] : splitters.items())
        if (auto *splitter = m_window.findChild<QSplitter *>(toQString(name)))
            splitter->restoreState(QByteArray::fromBase64(QByteArray::fromStdString(value.get<std::string>())));
    Q_EMIT formWanted(state.value("form", false));
}

void LastTime::restoreWorkspace(const Json &state)
{
    restoreResults();
    try {
        const Json query = state.value("query", Json());
        if (query.contains("of_folder")) {
            if (const auto id = m_session.workspace()->queries.find(query["of_folder"].get<std::string>()))
                m_session.setQueryId(*id);
        } else if (!query.is_null()) {
            m_session.setQuery(queryFrom(query, folder()));
        }
    } catch (const std::exception &) { // its picture is gone
    }
    Q_EMIT pageWanted(toQString(state.value("page", std::string())));
}

void LastTime::restoreResults()
{
    try {
        if (auto answers = resultsFromBytes(readFile(folder() / "results.cbor"), m_session.folder(),
                                            *m_session.workspace(), m_session.recipe()))
            m_session.restore(std::move(*answers));
    } catch (const std::exception &) { // none, or of another version
    }
}

} // namespace likeness::ui
