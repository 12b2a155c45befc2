#include "ui/util/settings.h"

#include "ui/util/convert.h"

#include <QApplication>
#include <QCryptographicHash>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <nlohmann/json.hpp>

namespace likeness::ui {

namespace {

constexpr int mostRecent = 10;

QVariant read(const char *key, const QVariant &fallback)
{
    return QSettings().value(QString::fromLatin1(key), fallback);
}

void write(const char *key, const QVariant &value)
{
    QSettings().setValue(QString::fromLatin1(key), value);
}

void forgetFacts(const QString &folder)
{
    for (const char *key : {"folder_facts", "measured"}) {
        QVariantMap all = read(key, QVariantMap()).toMap();
        all.remove(folder);
        write(key, all);
    }
}

/// Figures belong to the stages and parameters that they were measured with.
QByteArray hashOf(const Recipe &recipe)
{
    const std::string text = recipe.toJson().dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    return QCryptographicHash::hash(QByteArray::fromStdString(text), QCryptographicHash::Md5).toHex();
}

} // namespace

QString Settings::language()
{
    return read("language", QString()).toString();
}
void Settings::setLanguage(const QString &language)
{
    write("language", language);
}
Theme Settings::theme()
{
    return Theme(qBound(0, read("theme", 0).toInt(), 2));
}
void Settings::setTheme(Theme theme)
{
    write("theme", int(theme));
}
int Settings::threads()
{
    return qBound(0, read("threads", 0).toInt(), 256);
}
void Settings::setThreads(int threads)
{
    write("threads", threads);
}
double Settings::cacheLimitGb()
{
    return qBound(0.1, read("cache_limit_gb", 4.0).toDouble(), 1000.0);
}
void Settings::setCacheLimitGb(double gigabytes)
{
    write("cache_limit_gb", gigabytes);
}
int Settings::thumbnailSidePx()
{
    return qBound(64, read("thumbnail_side", 128).toInt(), 384);
}
void Settings::setThumbnailSidePx(int side)
{
    write("thumbnail_side", side);
}
QStringList Settings::recentFolders()
{
    return read("recent_folders", QStringList()).toStringList();
}
bool Settings::compareAligned()
{
    return read("compare_aligned", false).toBool();
}
void Settings::setCompareAligned(bool aligned)
{
    write("compare_aligned", aligned);
}
bool Settings::comesBack()
{
    return read("comes_back", true).toBool();
}
void Settings::setComesBack(bool on)
{
    write("comes_back", on);
}
QString Settings::device()
{
    return read("device", QStringLiteral("cpu")).toString();
}
void Settings::setDevice(const QString &device)
{
    write("device", device);
}
QString Settings::proxy()
{
    return read("proxy", QString()).toString();
}
void Settings::setProxy(const QString &proxy)
{
    write("proxy", proxy);
}
QString Settings::mirror()
{
    return read("mirror", QString()).toString();
}
void Settings::setMirror(const QString &mirror)
{
    write("mirror", mirror);
}
QStringList Settings::indexFolders()
{
    return read("index_folders", QStringList()).toStringList();
}
void Settings::addIndexFolder(const QString &folder)
{
    QStringList folders = indexFolders();
    folders.removeAll(folder);
    folders.prepend(folder);
    write("index_folders", folders);
}
void Settings::removeIndexFolder(const QString &folder)
{
    QStringList folders = indexFolders();
    folders.removeAll(folder);
    write("index_folders", folders);
}
QString Settings::recipeId()
{
    return read("recipe", QString()).toString();
}
QString Settings::recipeChanges()
{
    return read("recipe_changes", QString()).toString();
}
void Settings::setRecipe(const Recipe &chosen, const Recipe &changed)
{
    write("recipe", toQString(chosen.id));
    write("recipe_changes", chosen == changed ? QString()
                                              : QString::fromStdString(changed.toJson().dump(
                                                    -1, ' ', false, nlohmann::json::error_handler_t::replace)));
}

void Settings::addRecentFolder(const QString &folder)
{
    QStringList folders = recentFolders();
    folders.removeAll(folder);
    folders.prepend(folder);
    write("recent_folders", QStringList(folders.mid(0, mostRecent)));
    for (const QString &forgotten : folders.mid(mostRecent))
        forgetFacts(forgotten);
}

void Settings::removeRecentFolder(const QString &folder)
{
    QStringList folders = recentFolders();
    folders.removeAll(folder);
    write("recent_folders", folders);
    forgetFacts(folder);
}

Settings::FolderFacts Settings::folderFacts(const QString &folder)
{
    const QVariantMap facts = read("folder_facts", QVariantMap()).toMap().value(folder).toMap();
    return {facts.value(QStringLiteral("pictures")).toInt(), facts.value(QStringLiteral("index")).toBool(),
            facts.value(QStringLiteral("recipe")).toString(), facts.value(QStringLiteral("first")).toStringList()};
}

void Settings::setFolderFacts(const QString &folder, const FolderFacts &facts)
{
    if (facts == folderFacts(folder))
        return;
    QVariantMap all = read("folder_facts", QVariantMap()).toMap();
    all.insert(folder, QVariantMap{{QStringLiteral("pictures"), facts.pictures},
                                   {QStringLiteral("index"), facts.isIndex},
                                   {QStringLiteral("recipe"), facts.recipe},
                                   {QStringLiteral("first"), facts.first}});
    write("folder_facts", all);
}

std::optional<Settings::Measured> Settings::measured(const QString &folder, const Recipe &recipe)
{
    const QVariantMap of = read("measured", QVariantMap()).toMap().value(folder).toMap();
    const QVariantList figures = of.value(toQString(recipe.id)).toList();
    if (figures.size() != 3 || figures[0].toByteArray() != hashOf(recipe))
        return std::nullopt;
    return Measured{figures[1].toDouble(), figures[2].toDouble()};
}

void Settings::setMeasured(const QString &folder, const Recipe &recipe, const Measured &measured)
{
    QVariantMap all = read("measured", QVariantMap()).toMap();
    QVariantMap of = all.value(folder).toMap();
    of.insert(toQString(recipe.id), QVariantList{hashOf(recipe), measured.acc1, measured.seconds});
    all.insert(folder, of);
    write("measured", all);
}

void applyLanguage(const QString &language)
{
    static QTranslator program, qt;
    QCoreApplication::removeTranslator(&program);
    QCoreApplication::removeTranslator(&qt);
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale);
    // A Latin default font leaves the choice of the Chinese one, and of its weight, to chance.
    static const QFont systemFont = QApplication::font();
    QFont font = systemFont;
    if (locale.language() == QLocale::Chinese)
        font.setFamilies({systemFont.family(), QStringLiteral("Noto Sans CJK SC")});
    QApplication::setFont(font);
    // English plurals for every language that we do not speak.
    if (program.load(locale, QStringLiteral("likeness"), QStringLiteral("_"), QStringLiteral(":/i18n")) ||
        program.load(QStringLiteral(":/i18n/likeness_en.qm")))
        QCoreApplication::installTranslator(&program);
    if (qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"),
                QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(&qt);
}

std::string languageKey()
{
    return QCoreApplication::translate("core", "en").toStdString();
}

} // namespace likeness::ui
