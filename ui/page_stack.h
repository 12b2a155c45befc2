#pragma once

#include <QStackedWidget>

namespace likeness::ui {

class Session;
class ThumbnailProvider;

/// The pages of pageTable(), each asked for by its class. The first is there at once; the others are built at first
/// use, so that the window is up before.
class PageStack final : public QStackedWidget {
    Q_OBJECT

public:
    PageStack(Session &session, ThumbnailProvider &thumbnails);

    template <class Page> Page &page() { return static_cast<Page &>(page(Page::staticMetaObject)); }
    QWidget &page(const QMetaObject &type);
    void show(const QMetaObject &type);
    template <class Page> bool isShown() const { return currentIndex() == rowOf(Page::staticMetaObject); }
    bool areBuilt() const { return count() > 1; }
    void buildOthers();

Q_SIGNALS:
    void built(); ///< all pages are there

private:
    static int rowOf(const QMetaObject &type);
    void add(int row);

    Session &m_session;
    ThumbnailProvider &m_thumbnails;
};

} // namespace likeness::ui
