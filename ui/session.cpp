#include "ui/session.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/data/sample_workspace.h"
#include "core/learn/network.h"
#include "core/search/recipe_store.h"
#include "core/search/text_queries.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <QPointer>
#include <chrono>

namespace likeness::ui {

namespace fs = std::filesystem;

namespace {

Recipe rememberedRecipe(const RecipeLibrary &recipes)
{
    const Recipe *known = recipes.find(Settings::recipeId().toStdString());
    return known ? *known : recipes.all().front();
}

/// With the parameters of the last session: the model that was chosen above all.
Recipe withRememberedParameters(Recipe recipe)
{
    for (const QString &assignment : Settings::recipeParameters())
        try {
            applyOverride(recipe, assignment.toStdString());
        } catch (const Error &) {
            continue; // of an older version
        }
    return recipe;
}

/// Judged by the truth while the scores of the whole gallery are at hand; the window keeps the ranking.
Answer answerOf(QueryResult result, const Workspace &workspace)
{
    Answer answer{std::move(result)};
    const auto *sources = workspace.truth ? workspace.truth->sourcesOf(answer.query) : nullptr;
    for (const std::string &source : sources ? *sources : std::set<std::string>())
        if (const auto image = workspace.gallery.find(source)) {
            const int rank = rankOf(answer.scores, *image);
            if (answer.right < 0 || (rank > 0 && (answer.rightRank == 0 || rank < answer.rightRank))) {
                answer.right = *image;
                answer.rightRank = rank;
                answer.rightScore = rank > 0 ? answer.scores[std::size_t(*image)] : 0;
            }
        }
    answer.scores = {};
    return answer;
}

} // namespace

Session::Session(QObject *parent)
    : QObject(parent),
      m_cache(std::make_shared<FeatureCache>(userCacheFolder(), std::int64_t(Settings::cacheLimitGb() * 1e9))),
      m_baseRecipe(rememberedRecipe(m_recipes)),
      m_recipe(withRememberedParameters(m_baseRecipe))
{
    setThreadCount(Settings::threads());
    setNetworkDevice(networkDeviceNamed(Settings::device() == QLatin1String("cuda") ? "cuda" : "cpu"));
}

QString Session::sampleFolder()
{
    return toQString(userDataFolder() / "sample");
}

bool Session::isSample() const
{
    return m_workspace && toQString(m_workspace->root) == sampleFolder();
}

void Session::openFolder(const QString &folder)
{
    auto opened = std::make_shared<std::shared_ptr<const Workspace>>();
    m_task = Task::Opening;
    m_tasks.start(
        tr("Opening %1").arg(folder),
        [path = toPath(folder), opened](UiTaskContext &context) {
            *opened = std::make_shared<const Workspace>(Workspace::open(path, context));
        },
        [this, opened, folder] {
            setWorkspace(*opened);
            Settings::addRecentFolder(folder);
        });
}

void Session::openSample()
{
    auto opened = std::make_shared<std::shared_ptr<const Workspace>>();
    m_task = Task::Opening;
    m_tasks.start(
        tr("Opening the sample"),
        [path = toPath(sampleFolder()), opened](UiTaskContext &context) {
            if (!fs::exists(path / "ground_truth.csv"))
                writeSampleWorkspace(path, {}, context);
            *opened = std::make_shared<const Workspace>(Workspace::open(path, context));
        },
        [this, opened] { setWorkspace(*opened); });
}

void Session::setWorkspace(std::shared_ptr<const Workspace> workspace)
{
    m_workspace = std::move(workspace);
    m_engine = nullptr;
    m_query = {};
    m_outsideResult = std::nullopt;
    resetResults();
    Q_EMIT workspaceChanged();
    if (!m_workspace->queries.empty())
        setQueryId(0);
    else
        Q_EMIT queryChanged();
}

void Session::resetResults()
{
    m_results.assign(m_workspace ? std::size_t(m_workspace->queries.size()) : 0, std::nullopt);
    m_outsideResult = std::nullopt;
    m_calibrated = false;
    m_selectedHit = -1;
    Q_EMIT resultsReset();
    Q_EMIT selectedHitChanged();
}

void Session::chooseRecipe(const Recipe &recipe)
{
    m_baseRecipe = recipe;
    Settings::setRecipeId(toQString(recipe.id));
    changeRecipe(recipe);
}

void Session::changeRecipe(const Recipe &recipe)
{
    const bool searching = m_tasks.isRunning() && m_task == Task::OneQuery;
    const bool wanted = searching || currentResult().has_value();
    if (m_task != Task::Opening)
        m_tasks.cancel(); // what it computes belongs to the old parameters
    m_recipe = recipe;
    QStringList parameters;
    for (const std::string &assignment : overridesBetween(m_baseRecipe, m_recipe))
        parameters.push_back(toQString(assignment));
    Settings::setRecipeParameters(parameters);
    m_engine = nullptr;
    resetResults();
    Q_EMIT recipeChanged();
    if (wanted)
        runQuery(); // the picture follows the parameter
}

void Session::chooseModel(const std::string &id)
{
    Recipe recipe = recipeNamed("network");
    applyOverride(recipe, "network.model=" + id);
    chooseRecipe(recipeNamed("network"));
    changeRecipe(recipe);
}

void Session::useModelOf(const TrainingRun &run, QObject *context, std::function<void()> done)
{
    const auto id = std::make_shared<std::string>();
    m_tasks.start(
        tr("Installing %1").arg(toQString(run.name)),
        [run, id](UiTaskContext &context) { *id = useInSearch(run, context); },
        [this, id, alive = QPointer<QObject>(context), done = std::move(done)] {
            chooseModel(*id);
            if (alive) // the window may have been built anew
                done();
        });
}

void Session::setQueryId(ImageId id)
{
    const ImageRef &image = m_workspace->queries[id];
    setQuery({toQString(image.name), id, image.path});
}

void Session::setQueryFile(const std::filesystem::path &file)
{
    setQuery({toQString(file), std::nullopt, file});
}

void Session::setQueryImage(const QImage &image, const QString &name)
{
    setQuery({name, std::nullopt, {}, toPng(image)});
}

void Session::setQueryText(const QString &text, bool withPicture, double weight)
{
    Query query = withPicture ? m_query : Query();
    query.id = std::nullopt; // the answer belongs to no query of the workspace
    query.text = text;
    query.textWeight = weight;
    const QString picture = query.path.empty() ? tr("picture") : toQString(query.path.filename());
    query.name =
        query.hasPicture() ? picture + (weight < 0 ? QStringLiteral(" − ") : QStringLiteral(" + ")) + text : text;
    setQuery(std::move(query));
}

bool Session::understandsText() const
{
    try {
        return likeness::understandsText(m_recipe);
    } catch (const Error &) {
        return false; // no model yet
    }
}

void Session::setQuery(Query query)
{
    m_query = std::move(query);
    m_outsideResult = std::nullopt;
    m_selectedHit = -1;
    if (const auto &result = currentResult(); result && !result->ranking.empty())
        m_selectedHit = result->ranking.front().image;
    Q_EMIT queryChanged();
    Q_EMIT selectedHitChanged();
}

void Session::searchIfReady()
{
    // With the gallery at hand a search takes a blink: no second click. A run over all queries comes to this one
    // anyway.
    if (m_engine && !currentResult() && !(m_tasks.isRunning() && m_task == Task::AllQueries))
        runQuery();
}

std::function<std::shared_ptr<const Engine>(UiTaskContext &)> Session::engineMaker()
{
    if (m_engine)
        return [engine = m_engine](UiTaskContext &) { return engine; };
    return [this, recipe = m_recipe, workspace = m_workspace, cache = m_cache](UiTaskContext &context) {
        auto engine = Engine::build(recipe, workspace->gallery, cache, context);
        context.deliver([this, engine, recipe, workspace] {
            if (workspace == m_workspace && recipe == m_recipe)
                m_engine = engine;
        });
        return engine;
    };
}

void Session::runQuery()
{
    if (!m_workspace || m_query.isNull() || m_workspace->gallery.empty())
        return;
    m_task = Task::OneQuery;
    m_tasks.start(tr("Searching"), [make = engineMaker(), keep = keeper(), query = m_query,
                                    workspace = m_workspace](UiTaskContext &context) {
        const auto engine = make(context);
        std::vector<QueryPart> parts;
        if (query.hasPicture())
            parts.push_back({.image = query.path, .bytes = query.bytes});
        if (!query.text.isEmpty())
            parts.push_back({.text = query.text.toStdString(), .weight = query.textWeight});
        QueryResult result = engine->searchParts(parts, query.name.toStdString(), answersPerQuery);
        context.deliver([keep, query, answer = answerOf(std::move(result), *workspace)] { keep(query, answer); });
    });
}

void Session::runAll()
{
    if (!m_workspace || m_workspace->queries.empty() || m_workspace->gallery.empty())
        return;
    m_task = Task::AllQueries;
    m_tasks.start(tr("Running all queries"), [make = engineMaker(), keep = keeper(),
                                              workspace = m_workspace](UiTaskContext &context) {
        const ImageSet &queries = workspace->queries;
        make(context)->searchAll(queries, answersPerQuery, context, [&](ImageId id, const QueryResult &result) {
            context.deliver([keep, query = Query{toQString(result.query), id, queries[id].path},
                             answer = answerOf(result, *workspace)] { keep(query, answer); });
        });
    });
}

std::function<void(const Query &, Answer)> Session::keeper()
{
    return [this, recipe = m_recipe, workspace = m_workspace,
            asked = std::chrono::steady_clock::now()](const Query &query, Answer result) {
        if (workspace != m_workspace || !(recipe == m_recipe))
            return; // computed for something else than is shown now
        if (query.id || (query.path == m_query.path && query.bytes == m_query.bytes && query.text == m_query.text &&
                         query.textWeight == m_query.textWeight)) {
            result.waitedSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
            store(query.id, std::move(result));
        }
    };
}

void Session::store(std::optional<ImageId> id, Answer result)
{
    if (id)
        m_results[std::size_t(*id)] = std::move(result);
    else
        m_outsideResult = std::move(result);
    m_calibrated = false;
    const bool current = id == m_query.id;
    if (current && currentResult() && !currentResult()->ranking.empty() && m_selectedHit < 0)
        m_selectedHit = currentResult()->ranking.front().image;
    Q_EMIT resultChanged(id.value_or(-1));
    if (current)
        Q_EMIT selectedHitChanged();
}

bool Session::allDone() const
{
    return !m_results.empty() && std::ranges::all_of(m_results, [](const auto &r) { return r.has_value(); });
}

const std::optional<Answer> &Session::currentResult() const
{
    return m_query.id && std::size_t(*m_query.id) < m_results.size() ? m_results[std::size_t(*m_query.id)]
                                                                     : m_outsideResult;
}

std::vector<QueryResult> Session::completeResults() const
{
    std::vector<QueryResult> results;
    for (const auto &result : m_results)
        if (result)
            results.push_back(*result);
    return results;
}

std::vector<NamedRanking> Session::rankings() const
{
    std::vector<NamedRanking> rankings;
    for (const auto &result : m_results)
        if (result)
            rankings.push_back(named(*result, m_workspace->gallery));
    return rankings;
}

std::optional<Metrics> Session::metrics() const
{
    const std::vector<NamedRanking> done = rankings();
    if (done.empty() || !m_workspace->truth)
        return std::nullopt;
    GroundTruth truth; // while a run goes on, the figures are of the queries that are done
    for (const NamedRanking &ranking : done)
        if (const auto *sources = m_workspace->truth->sourcesOf(ranking.query))
            truth.sources[ranking.query] = *sources;
    return evaluate(done, truth);
}

const std::optional<Calibration> &Session::calibration() const
{
    if (!m_calibrated) {
        m_calibration = m_workspace ? Calibration::of(rankings(), m_workspace->truth) : std::nullopt;
        m_calibrated = true;
    }
    return m_calibration;
}

const std::set<std::string> *Session::sourcesOf(const QString &query) const
{
    return m_workspace && m_workspace->truth ? m_workspace->truth->sourcesOf(query.toStdString()) : nullptr;
}

void Session::selectHit(ImageId image)
{
    if (m_selectedHit == image)
        return;
    m_selectedHit = image;
    Q_EMIT selectedHitChanged();
}

} // namespace likeness::ui
