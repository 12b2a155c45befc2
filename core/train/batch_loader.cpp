#include "core/train/batch_loader.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <thread>

namespace likeness {

namespace {

constexpr std::size_t ahead = 3; ///< batches in the making

std::vector<int> orderOf(const TrainingImages &images, std::uint64_t seed, int epoch)
{
    std::vector<int> order(static_cast<std::size_t>(images.size()));
    std::iota(order.begin(), order.end(), 0);
    Random random = randomFor(seed ^ 0x0bde5ULL, static_cast<std::uint64_t>(epoch));
    shuffle(order, random);
    return order;
}

/// What the views of a batch are made from; those of its images can be made in any order by several threads.
class Draft {
public:
    Draft(const TrainingImages &images, const TrainingSettings &settings, std::int64_t step)
        : m_images(images), m_settings(settings)
    {
        const RunLength length = lengthOf(settings.plan, images.size());
        m_epoch = static_cast<int>(step / length.stepsAnEpoch);
        m_strength = strengthAt(settings.augmentation, step, length.steps);
        const auto seed = static_cast<std::uint64_t>(settings.plan.seed);
        const std::vector<int> order = orderOf(images, seed, m_epoch);
        const auto first =
            static_cast<std::size_t>(step % length.stepsAnEpoch) * static_cast<std::size_t>(settings.plan.batch);
        batch.order.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                           order.begin() + static_cast<std::ptrdiff_t>(first) + settings.plan.batch);
        Random random = randomFor(seed ^ 0xba7c4ULL, static_cast<std::uint64_t>(step));
        batch.images = settings.plan.batch;
        batch.views = settings.objective.usesHardNegatives() ? 3 : 2;
        batch.side = settings.network.sidePx;
        batch.shift = random.integer(0, 1 << 20);
        batch.seed = random.next();
        for (const int index : batch.order) {
            batch.ids.push_back(images.id(index, m_epoch));
            batch.classes.push_back(settings.objective.usesClasses() ? images.classOf(index) : batch.ids.back());
        }
        if (batch.views == 3)
            batch.hardIds.resize(batch.ids.size()); // found with the third views, which may take rendering
        const auto views = static_cast<std::size_t>(batch.views * batch.images);
        batch.pixels.resize(views * viewBytes());
        batch.traces.resize(views);
    }
    int images() const { return batch.images; }

    /// All views of one image: it is decoded once.
    void makeViews(int position)
    {
        const int index = batch.order[static_cast<std::size_t>(position)];
        const cv::Mat picture = m_images.picture(index, m_epoch);
        const View first = viewOf(picture, position);
        keep(first, position);
        // With dropout only both views are the same picture.
        keep(m_settings.objective.dropoutOnly() ? first : viewOf(picture, batch.images + position),
             batch.images + position);
        if (batch.views == 3) {
            const int similar = m_images.similarTo(index, m_epoch);
            batch.hardIds[static_cast<std::size_t>(position)] = m_images.id(similar, m_epoch);
            keep(viewOf(m_images.picture(similar, m_epoch), 2 * batch.images + position), 2 * batch.images + position);
        }
    }

    TrainingBatch batch;

private:
    View viewOf(const cv::Mat &picture, int drawn) const
    {
        Random random = randomFor(batch.seed, static_cast<std::uint64_t>(drawn));
        const int other = random.integer(0, m_images.size() - 1);
        return augmented(
            picture, [&] { return m_images.picture(other, m_epoch); }, m_settings.augmentation, m_strength, batch.side,
            random);
    }
    void keep(const View &view, int at)
    {
        copyView(view.pixels, batch.pixels.data() + static_cast<std::size_t>(at) * viewBytes());
        batch.traces[static_cast<std::size_t>(at)] = view.trace;
    }
    std::size_t viewBytes() const { return static_cast<std::size_t>(3 * batch.side * batch.side); }

    const TrainingImages &m_images;
    const TrainingSettings &m_settings;
    int m_epoch = 0;
    double m_strength = 1;
};

} // namespace

RunLength lengthOf(const TrainingPlan &plan, int images)
{
    const std::int64_t an = images / plan.batch;
    return {an, an * plan.epochs};
}

void copyView(const cv::Mat &view, std::uint8_t *pixels)
{
    const cv::Mat rgb(view.size(), CV_8UC3, pixels);
    cv::cvtColor(view, rgb, cv::COLOR_BGR2RGB);
}

cv::Mat squeezed(const cv::Mat &picture, int side)
{
    cv::Mat view;
    const bool smaller = picture.cols > side || picture.rows > side;
    cv::resize(picture, view, {side, side}, 0, 0, smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
    return view;
}

TrainingBatch batchOf(const TrainingImages &images, const TrainingSettings &settings, std::int64_t step)
{
    Draft draft(images, settings, step);
    for (int image = 0; image < draft.images(); ++image)
        draft.makeViews(image);
    return std::move(draft.batch);
}

struct BatchLoader::Impl {
    struct Work {
        explicit Work(const TrainingImages &images, const TrainingSettings &settings, std::int64_t step)
            : draft(images, settings, step)
        {
        }
        Draft draft;
        int begun = 0, done = 0;
    };

    Work *unfinished()
    {
        for (const auto &work : batches)
            if (work->begun < work->draft.images())
                return work.get();
        return nullptr;
    }

    void run(const std::stop_token &stop)
    {
        std::unique_lock lock(mutex);
        while (!stop.stop_requested() && !failure) {
            Work *work = unfinished();
            if (!work && batches.size() < ahead) {
                try {
                    batches.push_back(std::make_unique<Work>(images, settings, nextStep++));
                } catch (...) { // memory
                    failure = std::current_exception();
                    changed.notify_all();
                }
                continue;
            }
            if (!work) {
                changed.wait(lock, stop, [this] { return failure || batches.size() < ahead || unfinished(); });
                continue;
            }
            const int image = work->begun++;
            lock.unlock();
            std::exception_ptr failed;
            try {
                work->draft.makeViews(image);
            } catch (...) {
                failed = std::current_exception();
            }
            lock.lock();
            if (failed)
                failure = failed;
            if (++work->done == work->draft.images() || failure)
                changed.notify_all();
        }
    }

    const TrainingImages &images;
    TrainingSettings settings;
    std::int64_t nextStep;
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<std::unique_ptr<Work>> batches;
    std::exception_ptr failure;
    std::vector<std::jthread> threads{};
};

BatchLoader::BatchLoader(const TrainingImages &images, const TrainingSettings &settings, std::int64_t firstStep,
                         int threads)
    : m_impl(new Impl{images, settings, firstStep, {}, {}, {}, {}})
{
    for (int i = 0; i < std::max(1, threads); ++i)
        m_impl->threads.emplace_back([impl = m_impl.get()](const std::stop_token &stop) { impl->run(stop); });
}

BatchLoader::~BatchLoader()
{
    for (std::jthread &thread : m_impl->threads)
        thread.request_stop();
    m_impl->threads.clear();
}

TrainingBatch BatchLoader::next()
{
    std::unique_lock lock(m_impl->mutex);
    m_impl->changed.wait(lock, [this] {
        return m_impl->failure ||
               (!m_impl->batches.empty() && m_impl->batches.front()->done == m_impl->batches.front()->draft.images());
    });
    if (m_impl->failure)
        std::rethrow_exception(m_impl->failure);
    TrainingBatch batch = std::move(m_impl->batches.front()->draft.batch);
    m_impl->batches.pop_front();
    m_impl->changed.notify_all();
    return batch;
}

} // namespace likeness
