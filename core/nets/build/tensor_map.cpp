#include "core/nets/build/tensor_map.h"

#include "core/base/file.h"
#include "core/weights/readers.h"

#include <nlohmann/json.hpp>
#include <opencv2/core.hpp>
#include <ostream>

namespace likeness {

WeightFile viewOf(const TensorMap &tensors)
{
    WeightFile file;
    for (const auto &[name, tensor] : tensors)
        file.tensors.push_back({name, ScalarType::F32, tensor.shape, rowMajorStrides(tensor.shape),
                                reinterpret_cast<const std::byte *>(tensor.values.data())});
    return file;
}

Parameters parametersNamedAsIn(const WeightFile &file)
{
    Parameters parameters;
    for (const WeightTensor &tensor : file.tensors)
        parameters[tensor.name] = {{&tensor}, false};
    return parameters;
}

TensorMap copyOf(const Parameters &parameters)
{
    TensorMap tensors;
    for (const auto &[name, parameter] : parameters)
        tensors[name] = {parameter.shape(), parameter.values()};
    return tensors;
}

void writeSafetensors(const std::filesystem::path &path, const TensorMap &tensors,
                      const std::map<std::string, std::string> &metadata, bool half)
{
    const std::size_t width = half ? 2 : 4;
    nlohmann::ordered_json header;
    header["__metadata__"] = metadata;
    std::size_t offset = 0;
    for (const auto &[name, tensor] : tensors) {
        const std::size_t end = offset + tensor.values.size() * width;
        header[name] = {{"dtype", half ? "F16" : "F32"}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // the data begins at a multiple of eight, as the format asks
    const std::uint64_t length = text.size();
    writeFileAside(path, [&](std::ostream &out) {
        out.write(reinterpret_cast<const char *>(&length), sizeof length);
        out << text;
        for (const auto &[name, tensor] : tensors) {
            if (tensor.values.empty())
                continue;
            const cv::Mat whole(1, static_cast<int>(tensor.values.size()), CV_32F,
                                const_cast<float *>(tensor.values.data()));
            cv::Mat stored = whole;
            if (half)
                whole.convertTo(stored, CV_16F);
            out.write(stored.ptr<char>(), static_cast<std::streamsize>(tensor.values.size() * width));
        }
    });
}

TensorMap readTensors(const WeightFile &file)
{
    TensorMap tensors;
    for (const WeightTensor &tensor : file.tensors)
        tensors[tensor.name] = {tensor.shape, floatsOf(tensor)};
    return tensors;
}

} // namespace likeness
