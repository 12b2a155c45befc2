#pragma once

#include "core/search/feature_cache.h"

#include <QCache>
#include <QHash>
#include <QImage>
#include <QObject>
#include <QPixmap>
#include <QThreadPool>
#include <atomic>
#include <mutex>

namespace likeness::ui {

/// Thumbnails off the GUI thread. What was asked for last comes first; what is no longer wanted is dropped before it is
/// decoded. Used from the GUI thread only.
class ThumbnailProvider final : public QObject {
    Q_OBJECT

public:
    explicit ThumbnailProvider(std::shared_ptr<FeatureCache> cache, QObject *parent = nullptr);
    ~ThumbnailProvider() override;

    enum class State { Ready, Pending, Broken };
    struct Thumbnail {
        State state = State::Pending;
        QPixmap pixmap; ///< null unless ready
        QString error;  ///< why it is broken
    };
    /// At once; asks for it where it is not there yet. `sidePx` is in device pixels and rounded up to a cached level.
    Thumbnail thumbnail(const std::filesystem::path &path, int sidePx);
    /// Forgets what was asked for and not begun: the view has moved on.
    void dropPending();
    /// Forgets everything in memory; files may have changed.
    void clear();

Q_SIGNALS:
    /// Some thumbnails arrived; at most one signal a frame.
    void arrived();

private:
    struct Key {
        std::string path; ///< bytes as the system has them, which may be no UTF-8
        int side;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed)
        {
            return qHashMulti(seed, std::hash<std::string>()(key.path), key.side);
        }
    };
    struct Loaded {
        Key key;
        QImage image;
        QString error;
    };
    void work();
    void collect();

    std::shared_ptr<FeatureCache> m_cache;
    QCache<Key, QPixmap> m_pixmaps;
    QHash<Key, QString> m_broken;
    std::mutex m_mutex;        // guards what follows
    std::vector<Key> m_wanted; // the last one is next
    std::vector<Loaded> m_loaded;
    QHash<Key, bool> m_inFlight; // true: being decoded
    int m_workers = 0;
    bool m_signalled = false;
    std::atomic<bool> m_stopping = false;
    QThreadPool m_pool;
};

} // namespace likeness::ui
