#include "ui/session.h"

#include "core/base/file.h"
#include "core/base/parallel.h"
#include "core/data/sample_workspace.h"
#include "core/nets/run/network.h"
#include "core/search/default_recipe.h"
#include "core/search/gallery_folder.h"
#include "core/search/recipe_store.h"
#include "core/search/text_queries.h"
#include "core/train/training_runs.h"
#include "ui/engine_slot.h"
#include "ui/folder_memory.h"
#include "ui/gallery_image.h"
#include "ui/models/query_history.h"
#include "ui/quick_look.h"
#include "ui/training_session.h"
#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <QPointer>
#include <QWidget>
#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

namespace likeness::ui {

namespace fs = std::filesystem;

namespace {

Recipe rememberedRecipe(const RecipeLibrary &recipes)
{
    const Recipe *known = recipes.find(Settings::recipeId().toStdString());
    return known ? *known : *recipes.find(defaultRecipeId);
}

/// The parameters that were changed before the program ended.
Recipe rememberedChanges(const Recipe &base)
{
    try {
        const std::string text = Settings::recipeChanges().toStdString();
        Recipe changed = text.empty() ? base : Recipe::fromJson(nlohmann::json::parse(text), base.id);
        return changed.id == base.id ? changed : base;
    } catch (const std::exception &) {
        return base; // of another version of the program
    }
}

/// The best answer that is not the picture itself; -1 for none.
ImageId firstOther(const std::optional<Answer> &answer, ImageId itself)
{
    for (const Hit &hit : answer ? answer->ranking : Ranking())
        if (hit.image != itself)
            return hit.image;
    return -1;
}

} // namespace

Session::Session(QObject *parent)
    : QObject(parent),
      m_training(std::make_unique<TrainingSession>()),
      m_cache(std::make_shared<FeatureCache>(userCacheFolder(), std::int64_t(Settings::cacheLimitGb() * 1e9))),
      m_baseRecipe(rememberedRecipe(m_recipes)),
      m_recipe(rememberedChanges(m_baseRecipe))
{
    m_results.open(nullptr, m_recipe);
    setThreadCount(Settings::threads());
    const bool onCard = Settings::device() == QLatin1String("cuda") && torchHasCuda() && !graphicsCards().empty();
    setNetworkDevice(onCard ? NetworkDevice::Cuda : NetworkDevice::Cpu); // a card may be gone
}

Session::~Session() = default;

bool Session::isBusy()
{
    return std::ranges::any_of(lanes(), &TaskRunner::isRunning);
}

TaskRunner &Session::trainingTasks()
{
    return m_training->tasks();
}

std::function<bool()> Session::whileOpen() const
{
    return [this, workspace = m_workspace] { return workspace == m_workspace; };
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
    const auto opened = std::make_shared<GalleryFolder>();
    m_openings.start(
        tr("Opening %1").arg(folder),
        [path = toPath(folder), opened, cache = m_cache](UiTaskContext &context) {
            *opened = GalleryFolder::open(path, cache, context);
        },
        [this, opened, folder] {
            if (opened->engine)
                Settings::addIndexFolder(folder);
            Settings::addRecentFolder(folder);
            rememberOpened(folder, opened->workspace.gallery, opened->engine != nullptr);
            m_folder = folder;
            setWorkspace(std::make_shared<const Workspace>(std::move(opened->workspace)), opened->engine);
        });
}

void Session::openSample()
{
    auto opened = std::make_shared<std::shared_ptr<const Workspace>>();
    m_openings.start(
        tr("Opening the sample"),
        [path = toPath(sampleFolder()), opened](UiTaskContext &context) {
            if (!fs::exists(path / "ground_truth.csv"))
                writeSampleWorkspace(path, {}, context);
            *opened = std::make_shared<const Workspace>(Workspace::open(path, context));
        },
        [this, opened] {
            m_folder = sampleFolder();
            setWorkspace(*opened);
        });
}

/// Of an index, without a search by it.
void Session::adopt(const Recipe &recipe)
{
    const Recipe *known = m_recipes.find(recipe.id);
    m_baseRecipe = known && haveSameStages(*known, recipe) ? *known : recipe;
    m_recipe = recipe;
    Settings::setRecipe(m_baseRecipe, m_recipe);
}

void Session::setWorkspace(std::shared_ptr<const Workspace> workspace, std::shared_ptr<const Engine> engine)
{
    if (isSearching())
        m_tasks.cancel(); // it belongs to the folder before
    m_workspace = std::move(workspace);
    m_lastEngine = std::make_shared<LastEngine>(); // a build of the old one that goes on keeps its own
    if (engine)
        adopt(engine->recipe());
    m_lastEngine->set(engine);
    m_engine = std::make_shared<EngineSlot>(m_recipe, m_workspace, m_cache, m_lastEngine);
    m_quickLook = std::make_shared<QuickLook>(m_workspace, m_cache);
    m_query = {};
    m_results.open(m_workspace, m_recipe);
    forgetAnswer();
    Q_EMIT workspaceChanged();
    if (engine)
        Q_EMIT recipeChanged();
    if (!m_workspace->queries.empty())
        setQueryId(0);
    else
        Q_EMIT queryChanged();
}

void Session::forgetAnswer()
{
    m_outsideResult = std::nullopt;
    m_quickAnswer = std::nullopt;
    m_selectedHit = -1;
    m_ranAll = false;
    if (const auto &result = currentResult(); result && !result->ranking.empty())
        m_selectedHit = result->ranking.front().image;
    Q_EMIT resultsReset();
    Q_EMIT selectedHitChanged();
}

void Session::chooseRecipe(const Recipe &recipe)
{
    m_baseRecipe = recipe;
    changeRecipe(recipe);
}

void Session::changeRecipe(const Recipe &recipe)
{
    const bool wanted = isSearching() || currentResult().has_value();
    if (isSearching())
        m_tasks.cancel(); // it belongs to the old parameters
    m_recipe = recipe;
    Settings::setRecipe(m_baseRecipe, m_recipe);
    m_results.choose(recipe);
    if (m_workspace)
        m_engine = std::make_shared<EngineSlot>(m_recipe, m_workspace, m_cache, m_lastEngine);
    forgetAnswer();
    Q_EMIT recipeChanged();
    if (wanted && !currentResult())
        runQuery(); // the picture follows the parameter
}

void Session::chooseModel(const std::string &id)
{
    Recipe recipe = recipeNamed("network");
    applyOverride(recipe, "network.model=" + id);
    chooseRecipe(recipeNamed("network"));
    changeRecipe(recipe);
}

void Session::useModelOf(const TrainingRun &run, QWidget *page, std::function<void()> done)
{
    const auto id = std::make_shared<std::string>();
    m_deeds.start(
        tr("Installing %1").arg(toQString(run.name)),
        [run, id](UiTaskContext &context) { *id = useInSearch(run, context); },
        [this, id, page = QPointer<QWidget>(page), done = std::move(done)] {
            chooseModel(*id);
            if (page && page->isVisible()) // nobody is led away from another page
                done();
        });
}

void Session::setQueryId(ImageId id)
{
    const ImageRef &image = m_workspace->queries[id];
    setQuery({toQString(image.name), id, image.path});
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
    if (!m_query.id && !m_query.isNull())
        kept<QueryHistory>().add(m_query);
    m_ranAll = false;
    m_outsideResult = std::nullopt;
    m_quickAnswer = std::nullopt;
    m_selectedHit = currentResult() ? firstOther(currentResult(), galleryImageOf(m_query, *m_workspace)) : -1;
    Q_EMIT queryChanged();
    Q_EMIT selectedHitChanged();
}

std::vector<StageReport> Session::stages() const
{
    const auto engine = m_lastEngine ? m_lastEngine->get() : nullptr;
    return engine && engine->recipe() == m_recipe ? engine->stages() : std::vector<StageReport>();
}

void Session::searchIfReady()
{
    // With the gallery at hand a search takes a blink: no second click. A run over all queries comes to this one
    // anyway.
    if (m_engine && m_engine->isReady() && !currentResult() && !results().isRunning())
        runQuery();
}

void Session::runQuery()
{
    if (!m_workspace || m_query.isNull() || m_workspace->gallery.empty())
        return;
    m_ranAll = false;
    rememberSearched(m_folder, m_baseRecipe);
    const auto alive = std::make_shared<int>();
    m_searching = alive;
    m_tasks.start(
        tr("Searching"),
        [this, alive, slot = m_engine, quick = m_quickLook, keep = keeper(), recipe = m_recipe, query = m_query,
         workspace = m_workspace, memo = m_memo](UiTaskContext &context) mutable {
            const std::vector<QueryPart> parts = query.parts();
            const std::string name = query.name.toStdString();
            if (!slot->isReady() && query.isOnePicture())
                if (auto first = quick->answer(recipe, parts, name, answersPerQuery, context))
                    context.deliver([this, query, workspace, answer = answerOf(std::move(*first), *workspace)] {
                        if (workspace == m_workspace)
                            showQuickLook(query, answer);
                    });
            const auto engine = slot->engine(context);
            QueryResult result = engine->searchParts(parts, name, answersPerQuery, &memo);
            context.deliver([this, keep, query, memo, answer = answerOf(std::move(result), *workspace)] {
                m_memo = memo;
                keep(query, answer);
            });
        },
        [alive] {}); // it is searching until the answer has come here
}

void Session::runAll()
{
    if (!m_workspace || m_workspace->queries.empty() || m_workspace->gallery.empty() || m_results.now().isRunning())
        return;
    m_ranAll = true;
    const QString title = tr("Running all queries with %1").arg(recipeTitle(m_baseRecipe));
    const auto run = m_results.now().beginRun();
    m_jobs.start(
        title,
        [run, slot = m_engine, keep = keeper(), workspace = m_workspace](UiTaskContext &context) {
            const ImageSet &queries = workspace->queries;
            const auto engine = slot->engine(context);
            engine->searchAll(queries, answersPerQuery, context, [&](ImageId id, const QueryResult &result) {
                context.deliver([keep, query = Query{toQString(result.query), id, queries[id].path},
                                 answer = answerOf(result, *workspace)] { keep(query, answer); });
            });
        },
        [run] {}); // it is running until the answers have come here
}

std::function<void(const Query &, Answer)> Session::keeper()
{
    return [this, recipe = m_recipe, workspace = m_workspace,
            asked = std::chrono::steady_clock::now()](const Query &query, Answer result) {
        if (workspace != m_workspace)
            return; // computed for something else than is shown now
        result.waitedSeconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - asked).count();
        const bool ofNow = recipe == m_recipe;
        if (ofNow && (query.id || query == m_query))
            return store(query.id, std::move(result));
        Results *others = m_results.find(recipe); // of a run that began before the recipe was changed
        if (!others || !query.id)
            return;
        others->store(*query.id, std::move(result));
        if (others->complete())
            Q_EMIT resultsReset();
    };
}

void Session::restore(std::vector<std::optional<Answer>> answers)
{
    for (std::size_t query = 0; query < answers.size(); ++query)
        if (answers[query])
            m_results.now().store(ImageId(query), std::move(*answers[query]));
    forgetAnswer();
}

void Session::showQuickLook(const Query &query, Answer answer)
{
    if (!(query == m_query) || currentResult())
        return; // another one is looked for by now, or the answer is here
    m_quickAnswer = std::move(answer);
    m_selectedHit = firstOther(m_quickAnswer, galleryImageOf(m_query, *m_workspace));
    Q_EMIT resultChanged(m_query.id.value_or(-1));
    Q_EMIT selectedHitChanged();
}

void Session::store(std::optional<ImageId> id, Answer result)
{
    const bool current = id == m_query.id;
    if (current && m_quickAnswer) { // its best is selected, unless the user chose another one
        if (m_selectedHit == firstOther(m_quickAnswer, galleryImageOf(m_query, *m_workspace)))
            m_selectedHit = -1;
        m_quickAnswer = std::nullopt;
    }
    if (id)
        m_results.now().store(*id, std::move(result));
    else
        m_outsideResult = std::move(result);
    if (current && m_selectedHit < 0)
        m_selectedHit = firstOther(currentResult(), galleryImageOf(m_query, *m_workspace));
    Q_EMIT resultChanged(id.value_or(-1));
    if (current)
        Q_EMIT selectedHitChanged();
    if (id && results().complete() && m_recipe == m_baseRecipe) { // what was changed has no name
        rememberFigures(m_folder, results());
        Q_EMIT measured();
    }
}

const std::optional<Answer> &Session::currentResult() const
{
    const auto &answers = results().answers();
    return m_query.id && std::size_t(*m_query.id) < answers.size() ? answers[std::size_t(*m_query.id)]
                                                                   : m_outsideResult;
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
