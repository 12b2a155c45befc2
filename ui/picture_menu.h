#pragma once

#include "ui/picture_source.h"
#include "ui/session.h"

#include <QMenu>
#include <QPointer>

namespace likeness::ui {

/// The one menu of a picture, wherever it is shown, and its keys: Space for the full screen, Alt+Return for its
/// properties. Listens to the whole program; what it cannot do itself is a signal.
class PictureMenu final : public QObject {
    Q_OBJECT

public:
    PictureMenu(Session &session, QWidget &window);
    /// For these pictures; the caller shows it.
    QMenu *make(const std::vector<Query> &pictures, QWidget *parent);

Q_SIGNALS:
    void searchWanted();  ///< the session has a new query
    void compareWanted(); ///< query and selected hit are those to be compared
    void matchWanted(const likeness::ui::Query &a, const likeness::ui::Query &b);
    void message(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void addSearches(QMenu &menu, const std::vector<Query> &pictures);
    void addPairs(QMenu &menu, const std::vector<Query> &pictures);
    void addFiles(QMenu &menu, const std::vector<Query> &pictures);
    void find(const Query &picture);
    void addToQuery(const Query &picture, double weight);
    void compare(const Query &query, const Query &hit);
    void view(QWidget *source, const Query &picture, bool region);
    void showProperties(const std::vector<Query> &pictures);
    void copyPicture(const Query &picture);
    bool handleKey(QWidget &widget, const QKeyEvent &event);

    Session &m_session;
    QWidget &m_window;
    QPointer<QWidget> m_source; ///< whose menu is open
};

} // namespace likeness::ui
