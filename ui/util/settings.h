#pragma once

#include "core/search/recipe.h"
#include "ui/util/theme.h"

#include <QStringList>

namespace likeness::ui {

/// What the program remembers between starts. Reads and writes the user's configuration at once; GUI thread only.
struct Settings {
    static QString language(); ///< "en", "zh_CN", or empty for the system's
    static void setLanguage(const QString &language);
    static Theme theme();
    static void setTheme(Theme theme);
    static int threads(); ///< 0: one for each core
    static void setThreads(int threads);
    static double cacheLimitGb();
    static void setCacheLimitGb(double gigabytes);
    static int thumbnailSidePx();
    static void setThumbnailSidePx(int side);
    static QStringList recentFolders();
    static void addRecentFolder(const QString &folder);
    static void removeRecentFolder(const QString &folder);
    /// What the start page shows of a folder without opening it.
    struct FolderFacts {
        int pictures = 0; ///< 0: not known
        bool isIndex = false;
        QString recipe{};    ///< id of the one that was searched with last; empty: none yet
        QStringList first{}; ///< paths of its first pictures
        bool operator==(const FolderFacts &) const = default;
    };
    /// What a recipe reached on all queries of a folder.
    struct Measured {
        double acc1 = 0, seconds = 0; ///< share of right first answers; of a query
    };
    static std::optional<Measured> measured(const QString &folder, const Recipe &recipe);
    static void setMeasured(const QString &folder, const Recipe &recipe, const Measured &measured);
    static FolderFacts folderFacts(const QString &folder);
    static void setFolderFacts(const QString &folder, const FolderFacts &facts);
    static bool compareAligned(); ///< the comparison lays the pair over each other by its homography
    static void setCompareAligned(bool aligned);
    static bool comesBack(); ///< to where the user was last time
    static void setComesBack(bool on);
    static QString device(); ///< of networks: "cpu" or "cuda"
    static void setDevice(const QString &device);
    static QString proxy(); ///< of downloads, as DownloadOptions has it; empty: the system's
    static void setProxy(const QString &proxy);
    static QString mirror(); ///< address that is asked before a model's own server; empty: none
    static void setMirror(const QString &mirror);
    static QStringList indexFolders(); ///< of indexes on disk, the latest first
    static void addIndexFolder(const QString &folder);
    static void removeIndexFolder(const QString &folder);
    static QString recipeId(); ///< the last chosen one; empty: none yet
    /// The recipe that was chosen last, with its changed parameters, as JSON; empty where none were changed.
    static QString recipeChanges();
    static void setRecipe(const Recipe &chosen, const Recipe &changed);
};

/// Installs the translators of the chosen language; the program's texts change at once.
void applyLanguage(const QString &language);
/// "en" or "zh", for texts that come in both.
std::string languageKey();

} // namespace likeness::ui
