#include "ui/session.h"

#include "ui/util/convert.h"

#include <QLocale>
#include <QRegularExpression>

// The command lines that repeat what the window does.

namespace likeness::ui {

QString shellQuoted(const QString &text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(text).hasMatch())
        return text;
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QString Session::recipeArguments() const
{
    QString text = QStringLiteral(" --recipe ") + shellQuoted(toQString(m_baseRecipe.id));
    for (const std::string &assignment : overridesBetween(m_baseRecipe, m_recipe))
        text += QStringLiteral(" --set ") + shellQuoted(toQString(assignment));
    return text;
}

QString Session::searchCommand() const
{
    if (!m_workspace)
        return {};
    if (m_ranAll)
        return searchCommand({});
    if (m_query.path.empty() && !m_query.bytes.empty())
        return {}; // pixels without a file: a command line has nothing to name
    QString command = searchCommand(m_query.id ? toPath(m_query.name) : m_query.path);
    if (!m_query.text.isEmpty())
        command += QStringLiteral(" --text ") + shellQuoted(m_query.text);
    if (!m_query.text.isEmpty() && m_query.hasPicture())
        command += QStringLiteral(" --weight 1 --weight %1").arg(m_query.textWeight);
    return command;
}

QString Session::searchCommand(const std::filesystem::path &query) const
{
    QString text =
        QStringLiteral("likeness-cli search ") + shellQuoted(toQString(m_workspace->root)) + recipeArguments();
    text += QStringLiteral(" --top %1").arg(answersPerQuery);
    if (!query.empty())
        text += QStringLiteral(" --query ") + shellQuoted(toQString(query));
    return text;
}

QString Session::submitCommand(const QString &file, std::optional<double> threshold) const
{
    QString text = QStringLiteral("likeness-cli submit ") + shellQuoted(toQString(m_workspace->root)) +
                   recipeArguments() + QStringLiteral(" --out ") + shellQuoted(file);
    if (threshold)
        text += QStringLiteral(" --threshold ") + QString::number(*threshold, 'g', QLocale::FloatingPointShortest);
    return text;
}

} // namespace likeness::ui
