#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>

class QAbstractButton;
class QAction;
class QShortcut;

namespace likeness::ui {

/// A key that the user can change.
struct KeyRow {
    QString id;      ///< in the settings
    QString context; ///< the page where it works; empty for everywhere
    QString text;    ///< what it does
    QKeySequence standard;
};

/// The keys of the window, as they are now: those of the settings over the standard ones. GUI thread only.
struct Shortcuts {
    /// From now on the user's keys are the object's; its keys so far are the standard ones.
    static void add(QAction &action, const char *id, const QString &context = {});
    static void add(QAbstractButton &button, const char *id, const QString &context);
    static void add(QShortcut &shortcut, const char *id, const QString &context, const QString &text);

    static QList<KeyRow> rows(); ///< of what is there now
    static QKeySequence keysOf(const KeyRow &row);
    static void setKeys(const KeyRow &row, const QKeySequence &keys); ///< stored, and in force at once
    /// What else the same keys do at the same place; empty where nothing does.
    static QString conflictOf(const KeyRow &row);
};

} // namespace likeness::ui
