#include "ui/widgets/model_details.h"

#include "ui/util/convert.h"
#include "ui/util/settings.h"

#include <QCoreApplication>
#include <QTextDocument>

namespace likeness::ui {

namespace {

class Text {
    Q_DECLARE_TR_FUNCTIONS(likeness::ui::ModelDetails)
};

QString row(const QString &name, const QString &html)
{
    return QStringLiteral("<tr><td style='padding-right:12px'><b>%1</b></td><td>%2</td></tr>").arg(name, html);
}

QString plainRow(const QString &name, const std::string &value)
{
    return row(name, toQString(value).toHtmlEscaped());
}

QString linkTo(const std::string &address)
{
    return QStringLiteral("<a href='%1'>%1</a>").arg(toQString(address).toHtmlEscaped());
}

QString preparationText(const Preprocessing &how)
{
    return how.squash ? Text::tr("squashed to %1 px").arg(how.cropPx)
                      : Text::tr("short side %1 px, centre %2 px").arg(how.resizePx).arg(how.cropPx);
}

QString unusedTensors(const std::vector<std::string> &unused)
{
    QStringList names;
    int counters = 0; // of batch norm, useful in training only
    for (const std::string &name : unused)
        if (name.ends_with("num_batches_tracked"))
            ++counters;
        else
            names << toQString(name).toHtmlEscaped();
    const int tensors = int(names.size());
    if (counters > 0)
        names << Text::tr("and %n counter(s) of batch norm", nullptr, counters);
    return QStringLiteral("<p>%1</p><p><small>%2</small></p>")
        .arg(Text::tr("%n tensor(s) of the file are not needed:", nullptr, tensors),
             names.join(QStringLiteral("<br>")));
}

QString checksumText(const CatalogueFile &file)
{
    if (file.sha256.empty())
        return Text::tr("no checksum published: what comes is not compared with anything");
    const bool whole = file.sha256.size() == 64;
    return (whole ? Text::tr("SHA-256 %1, checked")
                  : Text::tr("SHA-256 begins with %1, as much was published: checked"))
        .arg(toQString(file.sha256));
}

} // namespace

QString modelHtml(const ModelCard &card, const QString &readme)
{
    QString html = QStringLiteral("<h3>%1</h3><table>").arg(toQString(card.title).toHtmlEscaped());
    html +=
        row(Text::tr("File"), Text::tr("%1 (%2)").arg(toQString(card.source), toQString(card.format)).toHtmlEscaped());
    html += card.program.empty() ? plainRow(Text::tr("Names of"), card.library)
                                 : row(Text::tr("Runs as"), Text::tr("the program in its own file"));
    html += row(Text::tr("Preparation"), preparationText(card.preprocessing));
    html += row(Text::tr("Speed"),
                Text::tr("%1 ms an image on one thread when it was imported").arg(card.imageMs, 0, 'f', 1));
    if (!card.licence.empty())
        html += plainRow(Text::tr("Licence"), card.licence);
    if (!card.homepage.empty())
        html += row(Text::tr("Source"), linkTo(card.homepage));
    html += plainRow(Text::tr("Content"), card.hash) + QStringLiteral("</table>");
    for (const StoredMessage &note : card.notes)
        html += QStringLiteral("<p>%1</p>").arg(toQString(note.localised()).toHtmlEscaped());
    if (!card.unused.empty())
        html += unusedTensors(card.unused);
    if (!readme.isEmpty()) {
        QTextDocument document;
        document.setMarkdown(readme, QTextDocument::MarkdownNoHTML); // a stranger's: no pictures, no style
        html += QStringLiteral("<hr>") + document.toHtml();
    }
    return html;
}

QString modelHtml(const CatalogueEntry &entry)
{
    QString html =
        QStringLiteral("<h3>%1</h3><p>%2</p><table>")
            .arg(toQString(entry.title).toHtmlEscaped(), toQString(entry.goodFor.in(languageKey())).toHtmlEscaped());
    html += row(Text::tr("Dimension"), QString::number(entry.dimension));
    html += row(Text::tr("Texts"), entry.text ? Text::tr("also understands words") : Text::tr("images only"));
    html += plainRow(Text::tr("Licence"), entry.licence);
    html += row(Text::tr("Source"), linkTo(entry.source));
    for (const CatalogueFile &file : entry.files)
        html += row(Text::tr("File"), QStringLiteral("%1, %2<br><small>%3<br>%4</small>")
                                          .arg(toQString(file.name).toHtmlEscaped(), byteText(file.bytes),
                                               toQString(file.url).toHtmlEscaped(), checksumText(file)));
    return html + QStringLiteral("</table><p>%1</p>")
                      .arg(Text::tr("Download installs it. What has come stays when it is cancelled or the connection "
                                    "breaks; the next try goes on from there."));
}

} // namespace likeness::ui
