#include "ui/models/thumbnail_provider.h"

#include "core/search/preview.h"
#include "ui/util/convert.h"

#include <QTimer>

namespace likeness::ui {

namespace {

constexpr int memoryLimitKb = 96 * 1024;        // of pixmaps: some 400 of 256 px
constexpr std::size_t mostWaiting = 96;         // decoded, but not yet pixmaps
constexpr int levels[] = {128, 256, 512, 1024}; // stored sizes: a slider between them reads no original again

int levelFor(int sidePx)
{
    for (const int level : levels)
        if (level >= sidePx)
            return level;
    return levels[std::size(levels) - 1];
}

} // namespace

ThumbnailProvider::ThumbnailProvider(std::shared_ptr<FeatureCache> cache, QObject *parent)
    : QObject(parent), m_cache(std::move(cache)), m_pixmaps(memoryLimitKb)
{
    m_pool.setMaxThreadCount(qMax(1, QThread::idealThreadCount()));
    m_pool.setThreadPriority(QThread::LowPriority);
}

ThumbnailProvider::~ThumbnailProvider()
{
    m_stopping = true;
    m_pool.waitForDone();
}

ThumbnailProvider::Thumbnail ThumbnailProvider::thumbnail(const std::filesystem::path &path, int sidePx)
{
    const Key key{path.string(), levelFor(sidePx)};
    if (const QPixmap *pixmap = m_pixmaps.object(key))
        return {State::Ready, *pixmap, {}};
    if (const auto broken = m_broken.constFind(key); broken != m_broken.cend())
        return {State::Broken, {}, *broken};
    const std::lock_guard lock(m_mutex);
    if (!m_inFlight.contains(key)) {
        m_inFlight.insert(key, false);
        m_wanted.push_back(key);
        if (m_workers < m_pool.maxThreadCount()) {
            ++m_workers;
            m_pool.start([this] { work(); });
        }
    }
    return {State::Pending, {}, {}};
}

void ThumbnailProvider::dropPending()
{
    const std::lock_guard lock(m_mutex);
    for (const Key &key : m_wanted)
        m_inFlight.remove(key);
    m_wanted.clear();
}

void ThumbnailProvider::clear()
{
    dropPending();
    m_pixmaps.clear();
    m_broken.clear();
}

void ThumbnailProvider::work()
{
    while (true) {
        Loaded loaded;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping || m_wanted.empty()) {
                --m_workers; // under the same lock: what is asked for from now on starts a worker
                break;
            }
            loaded.key = m_wanted.back();
            m_wanted.pop_back();
            m_inFlight[loaded.key] = true;
        }
        try {
            loaded.image = toQImage(previewImage(loaded.key.path, loaded.key.side, m_cache.get()));
        } catch (const Error &error) {
            loaded.error = toQString(error.message());
        } catch (const std::exception &error) {
            loaded.error = QString::fromUtf8(error.what());
        }
        const std::lock_guard lock(m_mutex);
        // Decoding from the cache outruns the GUI thread while the view flies by: what has waited longest is out of
        // sight.
        if (m_loaded.size() >= mostWaiting) {
            m_inFlight.remove(m_loaded.front().key);
            m_loaded.erase(m_loaded.begin());
        }
        m_loaded.push_back(std::move(loaded));
        if (!m_signalled) {
            m_signalled = true;
            QMetaObject::invokeMethod(
                this, [this] { QTimer::singleShot(16, this, &ThumbnailProvider::collect); }, Qt::QueuedConnection);
        }
    }
    if (m_cache)
        m_cache->flush(); // without the lock that painting takes: the database may be busy for seconds
}

void ThumbnailProvider::collect()
{
    constexpr std::size_t mostAtOnce = 12; // making pixmaps belongs to the GUI thread: a few a frame
    std::vector<Loaded> loaded;
    bool more = false;
    {
        const std::lock_guard lock(m_mutex);
        const std::size_t count = std::min(mostAtOnce, m_loaded.size());
        loaded.assign(std::make_move_iterator(m_loaded.begin()),
                      std::make_move_iterator(m_loaded.begin() + qsizetype(count)));
        m_loaded.erase(m_loaded.begin(), m_loaded.begin() + qsizetype(count));
        more = !m_loaded.empty();
        m_signalled = more;
        for (const Loaded &one : loaded)
            m_inFlight.remove(one.key);
    }
    for (const Loaded &one : loaded) {
        if (one.image.isNull()) {
            m_broken.insert(one.key, one.error);
            continue;
        }
        auto *pixmap = new QPixmap(QPixmap::fromImage(one.image));
        m_pixmaps.insert(one.key, pixmap, qMax(1, pixmap->width() * pixmap->height() * 4 / 1024));
    }
    Q_EMIT arrived();
    if (more)
        QTimer::singleShot(16, this, &ThumbnailProvider::collect);
}

} // namespace likeness::ui
