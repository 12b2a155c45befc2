#pragma once

#include <span>

class QMetaObject;
class QWidget;

namespace likeness::ui {

class Session;
class ThumbnailProvider;

/// A page of the window. A new page is its class and a row of the table.
struct PageRow {
    const QMetaObject *type; ///< its class, by which it is asked for
    const char *icon;
    const char *name, *tip; ///< marked QT_TRANSLATE_NOOP("PageTable", ...)
    bool needsWorkspace;    ///< it has nothing to show without
    QWidget *(*make)(Session &, ThumbnailProvider &);
};

/// In the order of the sidebar; the first one is there when the window comes up.
std::span<const PageRow> pageTable();

} // namespace likeness::ui
