#pragma once

#include "core/search/recipe.h"

#include <QObject>

namespace likeness::ui {

/// The shipped recipes and the user's own ones, as the pages offer them. Lives on the GUI thread.
class RecipeLibrary final : public QObject {
    Q_OBJECT

public:
    explicit RecipeLibrary(QObject *parent = nullptr);

    const std::vector<Recipe> &all() const { return m_all; }
    const Recipe *find(const std::string &id) const; ///< null where there is none
    bool isOwn(const std::string &id) const;
    /// Over an older one of the user's. Empty on success, else why not.
    QString save(const Recipe &recipe);
    QString remove(const std::string &id);

Q_SIGNALS:
    void changed();

private:
    void reload();

    std::vector<Recipe> m_all;
};

/// In the language of the program; the id where it has no title.
QString recipeTitle(const Recipe &recipe);

} // namespace likeness::ui
