// An ONNX file as a network of images: floats in, floats out.
#include "core/base/error.h"
#include "core/features/network_program.h"
#include "core/onnx/onnx_runner.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <opencv2/core.hpp>

namespace likeness {

namespace {

cv::Mat floatsOf(const OnnxTensor &tensor)
{
    const int type = tensor.type == OnnxType::F32                                   ? CV_32F
                     : tensor.type == OnnxType::F64                                 ? CV_64F
                     : tensor.type == OnnxType::F16                                 ? CV_16F
                     : tensor.type == OnnxType::U8 || tensor.type == OnnxType::Bool ? CV_8U
                     : tensor.type == OnnxType::I8                                  ? CV_8S
                     : tensor.type == OnnxType::I16                                 ? CV_16S
                     : tensor.type == OnnxType::I32                                 ? CV_32S
                                                                                    : -1;
    const std::vector<int> extents(tensor.shape.begin(), tensor.shape.end());
    if (type < 0 || extents.size() < 2 || tensor.bytes.empty())
        return {};
    const cv::Mat there(static_cast<int>(extents.size()), extents.data(), type,
                        const_cast<std::byte *>(tensor.bytes.data()));
    cv::Mat floats;
    if (type == CV_16F)
        cv::convertFp16(there, floats);
    else
        there.convertTo(floats, CV_32F);
    return floats;
}

class OnnxProgram final : public NetworkProgram {
public:
    OnnxProgram(const std::string &file, bool bf16) : m_runner(makeOnnxRunner(file, bf16))
    {
        if (m_runner->inputs().size() != 1)
            throwDamaged(file, {QT_TRANSLATE_NOOP("core", "it takes %1 values, where a network of images takes one"),
                                {std::to_string(m_runner->inputs().size())}});
        const OnnxInput &input = m_runner->inputs()[0];
        m_type = input.type;
        if (m_type != OnnxType::F32 && m_type != OnnxType::F16 && m_type != OnnxType::U8)
            throwDamaged(file, {QT_TRANSLATE_NOOP("core", "it takes numbers of type %1, which are no images"),
                                {nameOf(m_type)}});
        if (input.shape.size() != 4 && !input.shape.empty())
            throwDamaged(file, {QT_TRANSLATE_NOOP("core", "its input has %1 axes; images have four"),
                                {std::to_string(input.shape.size())}});
        m_input.takesBytes = m_type == OnnxType::U8;
        m_input.takesBatches = input.shape.empty() || input.shape[0] < 0;
        if (input.shape.empty())
            return;
        m_channelsLast = input.shape[1] != 3 && input.shape[1] != 1 && (input.shape[3] == 3 || input.shape[3] == 1);
        const std::int64_t height = input.shape[m_channelsLast ? 1 : 2], width = input.shape[m_channelsLast ? 2 : 3];
        m_input.sidePx = height != width ? 0
                         : height < 0    ? -1
                                         : static_cast<int>(std::min<std::int64_t>(height, 1 << 16));
    }

    Input input() const override { return m_input; }
    std::vector<std::string> files() const override { return m_runner->files(); }

    std::vector<cv::Mat> run(const cv::Mat &input) const override
    {
        OnnxTensor tensor;
        tensor.type = m_type;
        tensor.shape.assign(input.size.p, input.size.p + 4);
        const auto bytes = std::make_shared<cv::Mat>(typed(m_channelsLast ? withChannelsLast(input) : input));
        if (m_channelsLast)
            tensor.shape = {tensor.shape[0], tensor.shape[2], tensor.shape[3], tensor.shape[1]};
        tensor.bytes = {reinterpret_cast<const std::byte *>(bytes->data), bytes->total() * bytes->elemSize()};
        tensor.memory = bytes;
        std::vector<cv::Mat> outputs;
        for (const OnnxTensor &output : m_runner->run(std::span(&tensor, 1)))
            if (cv::Mat floats = floatsOf(output); !floats.empty())
                outputs.push_back(std::move(floats));
        return outputs;
    }

private:
    static cv::Mat withChannelsLast(const cv::Mat &input)
    {
        const int n = input.size[0], channels = input.size[1], places = input.size[2] * input.size[3];
        const int extents[] = {n, input.size[2], input.size[3], channels};
        cv::Mat turned(4, extents, CV_32F);
        for (int i = 0; i < n; ++i) {
            const cv::Mat planes(channels, places, CV_32F, const_cast<float *>(input.ptr<float>(i)));
            cv::Mat pixels(places, channels, CV_32F, turned.ptr<float>(i));
            cv::transpose(planes, pixels);
        }
        return turned;
    }
    cv::Mat typed(const cv::Mat &floats) const
    {
        cv::Mat result = floats;
        if (m_type == OnnxType::U8)
            floats.convertTo(result, CV_8U, 255);
        else if (m_type == OnnxType::F16)
            cv::convertFp16(floats, result);
        return result;
    }

    std::unique_ptr<OnnxRunner> m_runner;
    OnnxType m_type = OnnxType::F32;
    Input m_input;
    bool m_channelsLast = false;
};

} // namespace

std::unique_ptr<NetworkProgram> makeOnnxProgram(const std::string &file, bool bf16)
{
    return std::make_unique<OnnxProgram>(file, bf16);
}

} // namespace likeness
