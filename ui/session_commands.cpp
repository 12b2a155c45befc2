#include "ui/session_commands.h"

#include "core/base/file.h"
#include "ui/util/convert.h"

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
    if (query.path.empty() && !query.bytes.empty())
        return {}; // pixels without a file
    SearchCommand command = search(session, query.id ? toPath(query.name) : query.path);
    if (!query.text.isEmpty()) {
        command.texts = {query.text.toStdString()};
        if (query.hasPicture())
            command.weights = {1, query.textWeight};
    }
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
