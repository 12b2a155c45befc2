#include "ui/results.h"

#include <algorithm>

namespace likeness::ui {

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

Results::Results(Recipe recipe, std::shared_ptr<const Workspace> workspace)
    : m_recipe(std::move(recipe)),
      m_workspace(std::move(workspace)),
      m_answers(m_workspace ? std::size_t(m_workspace->queries.size()) : 0)
{
}

void Results::store(ImageId query, Answer answer)
{
    std::optional<Answer> &place = m_answers[std::size_t(query)];
    m_count += !place;
    place = std::move(answer);
    m_metrics.reset();
    m_calibration.reset();
}

std::vector<QueryResult> Results::queryResults() const
{
    std::vector<QueryResult> results;
    for (const auto &answer : m_answers)
        if (answer)
            results.push_back(*answer);
    return results;
}

std::vector<NamedRanking> Results::rankings() const
{
    std::vector<NamedRanking> rankings;
    for (const auto &answer : m_answers)
        if (answer)
            rankings.push_back(named(*answer, m_workspace->gallery));
    return rankings;
}

const std::optional<Metrics> &Results::metrics() const
{
    if (!m_metrics) {
        m_metrics.emplace();
        if (m_count > 0 && m_workspace->truth) {
            const std::vector<NamedRanking> done = rankings();
            GroundTruth truth; // while a run goes on, the figures are of the queries that are done
            for (const NamedRanking &ranking : done)
                if (const auto *sources = m_workspace->truth->sourcesOf(ranking.query))
                    truth.sources[ranking.query] = *sources;
            *m_metrics = evaluate(done, truth);
        }
    }
    return *m_metrics;
}

const std::optional<Calibration> &Results::calibration() const
{
    if (!m_calibration)
        m_calibration.emplace(m_workspace ? Calibration::of(rankings(), m_workspace->truth) : std::nullopt);
    return *m_calibration;
}

std::shared_ptr<const void> Results::beginRun()
{
    const auto run = std::make_shared<int>();
    m_run = run;
    return run;
}

ResultHistory::ResultHistory() : m_sets{Results({}, nullptr)} {}

const Results *ResultHistory::before() const
{
    for (auto set = std::next(m_sets.rbegin()); set != m_sets.rend(); ++set)
        if (set->complete())
            return &*set;
    return nullptr;
}

Results *ResultHistory::find(const Recipe &recipe)
{
    const auto found = std::ranges::find(m_sets, recipe, &Results::recipe);
    return found == m_sets.end() ? nullptr : &*found;
}

void ResultHistory::open(std::shared_ptr<const Workspace> workspace, const Recipe &recipe)
{
    m_workspace = std::move(workspace);
    m_sets.clear();
    m_sets.emplace_back(recipe, m_workspace);
}

void ResultHistory::choose(const Recipe &recipe)
{
    const auto known = std::ranges::find(m_sets, recipe, &Results::recipe);
    if (known != m_sets.end())
        m_sets.splice(m_sets.end(), m_sets, known);
    else
        m_sets.emplace_back(recipe, m_workspace);
    const Results *kept = before();
    for (auto set = m_sets.begin(); set != std::prev(m_sets.end());)
        set = &*set == kept || set->isRunning() ? std::next(set) : m_sets.erase(set);
}

} // namespace likeness::ui
