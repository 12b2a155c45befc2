#include "core/nets/run/whole_file_network.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/late_module.h"
#include "core/features/network_program.h"

#include <mutex>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

std::unique_ptr<NetworkProgram> makeTorchScriptProgram(const std::string &file)
{
    using Factory = NetworkProgram *(*)(const std::string &);
    static const auto factory = reinterpret_cast<Factory>(lateSymbol(
        "likeness_torch", "likenessMakeTorchScriptProgram", QT_TRANSLATE_NOOP("core", "networks cannot be used: %1")));
    return std::unique_ptr<NetworkProgram>(factory(file));
}

class Programs final : public Network {
public:
    Programs(std::string file, ProgramKind kind) : m_file(std::move(file)), m_kind(kind) { giveBack(take()); }

    NetworkOutput run(std::span<const float> images, int side, bool withMaps) const override
    {
        NetworkOutput output;
        const auto size = static_cast<std::size_t>(3 * side * side);
        for (std::size_t at = 0; at + size <= images.size(); at += size) {
            const int extents[] = {1, 3, side, side}; // many files take one image at a time only
            const cv::Mat input(4, extents, CV_32F, const_cast<float *>(images.data() + at));
            auto program = take();
            const std::vector<cv::Mat> results = program->run(input);
            giveBack(std::move(program));
            append(results, withMaps, output);
        }
        return output;
    }

    cv::Mat runText(std::span<const std::vector<int>>) const override { refuse(); }

private:
    [[noreturn]] void refuse() const
    {
        throw Error(ErrorKind::Format,
                    QT_TRANSLATE_NOOP("core", "%1 has no output that is a vector or a map of an image"), {m_file});
    }
    void append(const std::vector<cv::Mat> &results, bool withMaps, NetworkOutput &to) const
    {
        const cv::Mat *row = nullptr, *map = nullptr, *tokens = nullptr;
        for (const cv::Mat &result : results) {
            const cv::Mat **kind = result.dims == 2   ? &row
                                   : result.dims == 4 ? &map
                                   : result.dims == 3 ? &tokens
                                                      : nullptr;
            if (kind && !*kind && result.size[0] == 1 && result.total() > 0)
                *kind = &result;
        }
        cv::Mat vector;
        cv::Mat places; // one row each
        if (map) {
            const cv::Mat channels(map->size[1], map->size[2] * map->size[3], CV_32F, map->data);
            places = channels.t();
            to.mapSize = {map->size[3], map->size[2]};
        }
        if (row)
            vector = row->clone();
        else if (map)
            cv::reduce(places, vector, 0, cv::REDUCE_AVG);
        else if (tokens)
            vector = cv::Mat(1, tokens->size[2], CV_32F, tokens->data).clone();
        if (vector.empty() || (!to.vectors.empty() && vector.cols != to.vectors.cols))
            refuse();
        to.vectors.push_back(vector);
        if (withMaps && places.empty())
            throw Error(ErrorKind::Format,
                        QT_TRANSLATE_NOOP("core", "%1 gives no map with places: only its own pooling can be used"),
                        {m_file});
        if (withMaps)
            to.maps.push_back(places);
    }
    std::unique_ptr<NetworkProgram> take() const
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_idle.empty()) {
                auto program = std::move(m_idle.back());
                m_idle.pop_back();
                return program;
            }
        }
        return m_kind == ProgramKind::Onnx ? makeOnnxProgram(m_file) : makeTorchScriptProgram(m_file);
    }
    void giveBack(std::unique_ptr<NetworkProgram> program) const
    {
        const std::lock_guard lock(m_mutex);
        m_idle.push_back(std::move(program));
    }

    std::string m_file;
    ProgramKind m_kind;
    mutable std::mutex m_mutex;
    mutable std::vector<std::unique_ptr<NetworkProgram>> m_idle; ///< each thread that comes takes one or makes one
};

} // namespace

std::unique_ptr<Network> makeProgramNetwork(const std::filesystem::path &file, ProgramKind kind)
{
    return std::make_unique<Programs>(toUtf8(file), kind);
}

ProgramNetwork tryProgramNetwork(const std::filesystem::path &file, ProgramKind kind, const ModelConfig &config)
{
    std::vector<Preprocessing> candidates;
    if (config.preprocessing)
        candidates.push_back(*config.preprocessing);
    else
        for (const int side : {224, 256, 288, 320, 336, 384, 448, 518, 128, 64, 32})
            candidates.push_back(Preprocessing().atSize(side));
    for (const Preprocessing &how : candidates)
        try {
            auto network = makeProgramNetwork(file, kind);
            const std::vector<float> black(static_cast<std::size_t>(3 * how.cropPx * how.cropPx));
            network->run(black, how.cropPx, false);
            return {std::move(network), how};
        } catch (const Error &) {
            if (&how == &candidates.back())
                throw;
        }
    return {};
}

} // namespace likeness
