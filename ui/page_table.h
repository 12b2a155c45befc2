#pragma once

#include <span>

class QMetaObject;
class QWidget;

namespace likeness::ui {

class Session;
class ThumbnailProvider;

/// What a page is about; the sidebar shows them together.
enum class PageGroup { Start, Pictures, Methods, Networks };

/// A page of the window. A new page is its class and a row of the table.
struct PageRow {
    const QMetaObject *type; ///< its class, by which it is asked for
    PageGroup group;
    const char *icon;
    const char *name, *tip; ///< marked QT_TRANSLATE_NOOP("PageTable", ...)
    bool needsWorkspace;    ///< it has nothing to show without
    QWidget *(*make)(Session &, ThumbnailProvider &);
};

/// In the order of the sidebar, group by group; the first one is there when the window comes up.
std::span<const PageRow> pageTable();

} // namespace likeness::ui
