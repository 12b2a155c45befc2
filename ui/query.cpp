#include "ui/query.h"

#include "ui/util/convert.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace likeness::ui {

namespace {

QString joined(double weight)
{
    return weight < 0 ? QStringLiteral(" − ") : QStringLiteral(" + ");
}

} // namespace

Query Query::ofFile(const std::filesystem::path &file)
{
    return {toQString(file), std::nullopt, file};
}

Query Query::ofImage(const QImage &image, const QString &name)
{
    return {name, std::nullopt, {}, toPng(image)};
}

Query Query::ofText(const QString &text, double weight, Query picture)
{
    Query query = std::move(picture);
    query.id = std::nullopt; // the answer belongs to no query of the workspace
    query.text = text;
    query.textWeight = weight;
    const QString name =
        query.path.empty() ? QCoreApplication::translate("Query", "picture") : toQString(query.path.filename());
    query.name = query.hasPicture() ? name + joined(weight) + text : text;
    return query;
}

Query Query::ofParts(Query first, std::vector<Part> more)
{
    Query query = std::move(first);
    query.id = std::nullopt;
    query.name = QFileInfo(query.name).fileName();
    for (const Part &part : more)
        query.name += joined(part.weight) + part.name;
    query.more = std::move(more);
    return query;
}

std::vector<QueryPart> Query::parts() const
{
    std::vector<QueryPart> parts;
    if (hasPicture())
        parts.push_back({.image = path, .bytes = bytes});
    if (!text.isEmpty())
        parts.push_back({.text = text.toStdString(), .weight = textWeight});
    for (const Part &part : more)
        parts.push_back(
            {.image = part.path, .bytes = part.bytes, .text = part.text.toStdString(), .weight = part.weight});
    return parts;
}

} // namespace likeness::ui
