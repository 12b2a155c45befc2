#include "ui/session_commands.h"

#include "core/base/file.h"
#include "ui/util/convert.h"

#include <algorithm>

namespace likeness::ui {

namespace {

/// The recipe of the session, as it was chosen and what was changed in it.
template <class Command> Command withRecipe(const Session &session)
{
    Command command;
    command.workspace = toUtf8(session.workspace()->root);
    command.recipe = session.baseRecipe().id;
    command.overrides = overridesBetween(session.baseRecipe(), session.recipe());
    return command;
}

SearchCommand search(const Session &session, const std::filesystem::path &query)
{
    auto command = withRecipe<SearchCommand>(session);
    command.top = answersPerQuery;
    if (!query.empty())
        command.queries = {toUtf8(query)};
    return command;
}

} // namespace

QString searchCommand(const Session &session)
{
    const Query &query = session.query();
    if (!session.hasWorkspace())
        return {};
    if (session.ranAll())
        return searchCommand(session, {});
    const auto hasNoFile = [](const auto &part) { return part.path.empty() && !part.bytes.empty(); };
    if (hasNoFile(query) || std::ranges::any_of(query.more, hasNoFile))
        return {};
    SearchCommand command = search(session, query.id ? toPath(query.name) : query.path);
    std::vector<double> textWeights; // they stand behind those of the pictures
    if (query.hasPicture())
        command.weights = {1};
    if (!query.text.isEmpty()) {
        command.texts = {query.text.toStdString()};
        textWeights = {query.textWeight};
    }
    for (const Query::Part &part : query.more) {
        (part.text.isEmpty() ? command.queries : command.texts)
            .push_back(part.text.isEmpty() ? toUtf8(part.path) : part.text.toStdString());
        (part.text.isEmpty() ? command.weights : textWeights).push_back(part.weight);
    }
    command.weights.insert(command.weights.end(), textWeights.begin(), textWeights.end());
    if (command.queries.size() + command.texts.size() < 2)
        command.weights = {};
    return toQString(printed(command));
}

QString searchCommand(const Session &session, const std::filesystem::path &query)
{
    return toQString(printed(search(session, query)));
}

QString submitCommand(const Session &session, const QString &file, std::optional<double> threshold)
{
    auto command = withRecipe<SubmitCommand>(session);
    command.out.path = file.toStdString();
    command.threshold = threshold;
    return toQString(printed(command));
}

} // namespace likeness::ui
