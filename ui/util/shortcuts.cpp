#include "ui/util/shortcuts.h"

#include <QAbstractButton>
#include <QAction>
#include <QPointer>
#include <QSettings>
#include <QShortcut>
#include <functional>

namespace likeness::ui {

namespace {

struct Bound {
    KeyRow row;
    QPointer<QObject> object;
    std::function<void(const QKeySequence &)> apply;
};

QList<Bound> &bound()
{
    static QList<Bound> all;
    return all;
}

QString settingOf(const QString &id)
{
    return QStringLiteral("shortcuts/") + id;
}

/// "Open Folder" of "&Open Folder…".
QString plain(QString text)
{
    return text.remove(QLatin1Char('&')).remove(QChar(0x2026));
}

void bind(QObject &object, const KeyRow &row, std::function<void(const QKeySequence &)> apply)
{
    bound().removeIf(
        [&](const Bound &one) { return !one.object || one.row.id == row.id; }); // the window was built anew
    bound() << Bound{row, &object, std::move(apply)};
    bound().constLast().apply(Shortcuts::keysOf(row));
}

} // namespace

void Shortcuts::add(QAction &action, const char *id, const QString &context)
{
    bind(action, {QString::fromLatin1(id), context, plain(action.text()), action.shortcut()},
         [&action](const QKeySequence &keys) { action.setShortcut(keys); });
}

void Shortcuts::add(QAbstractButton &button, const char *id, const QString &context)
{
    bind(button, {QString::fromLatin1(id), context, plain(button.text()), button.shortcut()},
         [&button](const QKeySequence &keys) { button.setShortcut(keys); });
}

void Shortcuts::add(QShortcut &shortcut, const char *id, const QString &context, const QString &text)
{
    bind(shortcut, {QString::fromLatin1(id), context, text, shortcut.key()},
         [&shortcut](const QKeySequence &keys) { shortcut.setKey(keys); });
}

QList<KeyRow> Shortcuts::rows()
{
    QList<KeyRow> rows;
    for (const Bound &one : bound())
        if (one.object)
            rows << one.row;
    return rows;
}

QKeySequence Shortcuts::keysOf(const KeyRow &row)
{
    const QVariant stored = QSettings().value(settingOf(row.id));
    return stored.isValid() ? QKeySequence(stored.toString(), QKeySequence::PortableText) : row.standard;
}

void Shortcuts::setKeys(const KeyRow &row, const QKeySequence &keys)
{
    if (keys == row.standard)
        QSettings().remove(settingOf(row.id));
    else
        QSettings().setValue(settingOf(row.id), keys.toString(QKeySequence::PortableText));
    for (const Bound &one : bound())
        if (one.object && one.row.id == row.id)
            one.apply(keys);
}

QString Shortcuts::conflictOf(const KeyRow &row)
{
    const QKeySequence keys = keysOf(row);
    for (const KeyRow &other : rows()) {
        const bool together = row.context.isEmpty() || other.context.isEmpty() || row.context == other.context;
        if (other.id != row.id && together && !keys.isEmpty() && keysOf(other) == keys)
            return other.text;
    }
    return {};
}

} // namespace likeness::ui
