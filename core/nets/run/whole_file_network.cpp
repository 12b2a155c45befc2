#include "core/nets/run/whole_file_network.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/late_module.h"

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

class WholeFileNetwork final : public Network {
public:
    WholeFileNetwork(std::string file, std::unique_ptr<NetworkProgram> program)
        : m_file(std::move(file)), m_program(std::move(program))
    {
    }

    NetworkOutput run(std::span<const float> images, int side, bool withMaps) const override
    {
        NetworkOutput output;
        const auto size = static_cast<std::size_t>(3 * side * side);
        const std::size_t count = images.size() / size, step = m_program->input().takesBatches ? count : 1;
        for (std::size_t at = 0; at < count; at += step) {
            const int extents[] = {static_cast<int>(step), 3, side, side};
            const cv::Mat input(4, extents, CV_32F, const_cast<float *>(images.data() + at * size));
            const std::vector<cv::Mat> results = m_program->run(input);
            for (std::size_t i = 0; i < step; ++i)
                append(resultsOf(results, static_cast<int>(i), static_cast<int>(step)), withMaps, output);
        }
        return output;
    }

    const NetworkProgram &program() const { return *m_program; }

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
    /// Those of one image of a batch.
    static std::vector<cv::Mat> resultsOf(const std::vector<cv::Mat> &all, int image, int count)
    {
        std::vector<cv::Mat> own;
        for (const cv::Mat &result : all) {
            if (result.dims < 2 || result.size[0] != count)
                continue;
            std::vector<int> extents(result.size.p, result.size.p + result.dims);
            extents[0] = 1;
            own.emplace_back(result.dims, extents.data(), CV_32F, const_cast<float *>(result.ptr<float>(image)));
        }
        return own;
    }

    std::string m_file;
    std::unique_ptr<NetworkProgram> m_program;
};

} // namespace

namespace {

std::unique_ptr<WholeFileNetwork> opened(const std::filesystem::path &file, ProgramKind kind, bool bf16)
{
    const std::string name = toUtf8(file);
    return std::make_unique<WholeFileNetwork>(name, kind == ProgramKind::Onnx ? makeOnnxProgram(name, bf16)
                                                                              : makeTorchScriptProgram(name));
}

/// What the file itself says of its images, as far as it does.
std::vector<Preprocessing> guesses(const NetworkProgram::Input &input)
{
    constexpr int largestPicturePx = 320; ///< of networks that take any size: as copies are best found
    Preprocessing how;
    if (input.takesBytes) {
        how.mean = {0, 0, 0};
        how.deviation = {1, 1, 1};
        how.squash = input.sidePx < 0;
    }
    if (input.sidePx != 0)
        return {how.atSize(input.sidePx > 0 ? input.sidePx : input.takesBytes ? largestPicturePx : how.cropPx)};
    std::vector<Preprocessing> all;
    for (const int side : {224, 256, 288, 320, 336, 384, 448, 518, 128, 64, 32})
        all.push_back(how.atSize(side));
    return all;
}

} // namespace

std::unique_ptr<Network> makeProgramNetwork(const std::filesystem::path &file, ProgramKind kind, bool bf16)
{
    return opened(file, kind, bf16);
}

ProgramNetwork tryProgramNetwork(const std::filesystem::path &file, ProgramKind kind, const ModelConfig &config)
{
    auto network = opened(file, kind, false);
    const std::vector<Preprocessing> candidates =
        config.preprocessing ? std::vector{*config.preprocessing} : guesses(network->program().input());
    for (const Preprocessing &how : candidates)
        try {
            const std::vector<float> black(static_cast<std::size_t>(3 * how.cropPx * how.cropPx));
            network->run(black, how.cropPx, false);
            const NetworkProgram &program = network->program();
            return {std::move(network), how, program.input(), program.files()};
        } catch (const Error &) {
            if (&how == &candidates.back())
                throw;
        }
    return {};
}

} // namespace likeness
