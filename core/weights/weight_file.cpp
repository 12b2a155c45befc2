#include "core/weights/weight_file.h"

#include "core/base/file.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>
#include <set>

namespace likeness {

namespace {

constexpr std::int64_t mostElements = std::int64_t{1} << 47;

template <class T> T at(const std::byte *data)
{
    T value;
    std::memcpy(&value, data, sizeof value);
    return value;
}

float halfToFloat(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000u) << 16, mantissa = half & 0x3ffu;
    std::uint32_t exponent = (half >> 10) & 0x1fu;
    if (exponent == 0)
        return (sign ? -1.f : 1.f) * static_cast<float>(mantissa) * 0x1p-24f;
    exponent = exponent == 31 ? 255 : exponent + 112;
    return std::bit_cast<float>(sign | exponent << 23 | mantissa << 13);
}

float valueAt(ScalarType type, const std::byte *data)
{
    switch (type) {
    case ScalarType::F64:
        return static_cast<float>(at<double>(data));
    case ScalarType::F32:
        return at<float>(data);
    case ScalarType::F16:
        return halfToFloat(at<std::uint16_t>(data));
    case ScalarType::BF16:
        return std::bit_cast<float>(static_cast<std::uint32_t>(at<std::uint16_t>(data)) << 16);
    case ScalarType::I64:
        return static_cast<float>(at<std::int64_t>(data));
    case ScalarType::I32:
        return static_cast<float>(at<std::int32_t>(data));
    case ScalarType::I16:
        return static_cast<float>(at<std::int16_t>(data));
    case ScalarType::I8:
        return static_cast<float>(at<std::int8_t>(data));
    default:
        return static_cast<float>(at<std::uint8_t>(data));
    }
}

bool startsWith(std::span<const std::byte> bytes, std::string_view text, std::size_t from = 0)
{
    return bytes.size() >= from + text.size() && std::memcmp(bytes.data() + from, text.data(), text.size()) == 0;
}

/// What people drop by mistake gets its own words.
[[noreturn]] void notWeights(std::span<const std::byte> bytes, const std::string &name)
{
    const auto text =
        std::string_view(reinterpret_cast<const char *>(bytes.data()), std::min<std::size_t>(512, bytes.size()));
    if (text.find("<html") != std::string_view::npos || text.find("<!DOCTYPE") != std::string_view::npos)
        throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it is a web page: the download went wrong"), {}});
    if (text.starts_with("version https://git-lfs"))
        throwDamaged(
            name, {QT_TRANSLATE_NOOP("core", "it is only a pointer of Git LFS: the file itself was not fetched"), {}});
    throwDamaged(
        name,
        {QT_TRANSLATE_NOOP("core", "it is no file of weights: neither safetensors nor PyTorch (zip or legacy)"), {}});
}

void readOne(const std::filesystem::path &path, WeightFile &file)
{
    auto map = std::make_shared<MappedFile>(path);
    const auto bytes = map->bytes();
    const std::string name = toUtf8(path);
    file.fileBytes += static_cast<std::int64_t>(bytes.size());
    file.maps.push_back(map);
    if (bytes.empty())
        throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it is empty"), {}});
    if (startsWith(bytes, "PK\x03\x04"))
        readTorchZip(bytes, name, file);
    else if (startsWith(bytes, "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"))
        readTorchLegacy(bytes, name, file);
    else if (startsWith(bytes, "{", 8))
        readSafetensors(bytes, name, file);
    else
        notWeights(bytes, name);
}

/// model.safetensors.index.json: which shard holds which tensor.
void readShards(const std::filesystem::path &index, WeightFile &file)
{
    const std::string name = toUtf8(index);
    const auto json = nlohmann::json::parse(readText(index), nullptr, false);
    const auto map = json.is_object() ? json.find("weight_map") : json.end();
    if (!json.is_object() || map == json.end() || !map->is_object())
        throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it has no \"weight_map\" of shards"), {}});
    std::set<std::string> shards;
    for (const auto &[tensor, shard] : map->items()) {
        const std::string text = shard.is_string() ? shard.get<std::string>() : std::string();
        if (text.empty() || std::filesystem::path(text).filename() != text)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "the shard \"%1\" is not a file beside it"), {text}});
        shards.insert(text);
    }
    for (const std::string &shard : shards)
        readOne(index.parent_path() / shard, file);
    std::set<std::string> found;
    for (const WeightTensor &tensor : file.tensors)
        found.insert(tensor.name);
    for (const auto &[tensor, shard] : map->items())
        if (!found.contains(tensor))
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "tensor %1 is in no shard"), {tensor}});
}

} // namespace

void throwDamaged(const std::string &name, const Message &reason)
{
    throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "%1 cannot be used: %2"), {name, reason});
}

std::int64_t checkedCount(const std::vector<std::int64_t> &shape, const std::string &file, const std::string &tensor)
{
    std::int64_t count = 1; // an empty axis does not excuse the others: strides are their products
    for (const std::int64_t extent : shape) {
        if (extent < 0 || extent > mostElements || (extent > 0 && count > mostElements / extent))
            throwDamaged(file, {QT_TRANSLATE_NOOP("core", "tensor %1 has an impossible size"), {tensor}});
        count *= std::max<std::int64_t>(extent, 1);
    }
    return std::ranges::find(shape, 0) == shape.end() ? count : 0;
}

std::vector<std::int64_t> rowMajorStrides(const std::vector<std::int64_t> &shape)
{
    std::vector<std::int64_t> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * std::max<std::int64_t>(shape[i], 1);
    return strides;
}

std::size_t bytesOf(ScalarType type)
{
    switch (type) {
    case ScalarType::F64:
    case ScalarType::I64:
        return 8;
    case ScalarType::F32:
    case ScalarType::I32:
        return 4;
    case ScalarType::F16:
    case ScalarType::BF16:
    case ScalarType::I16:
        return 2;
    default:
        return 1;
    }
}

const char *nameOf(ScalarType type)
{
    static constexpr const char *names[] = {"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"};
    return names[static_cast<std::size_t>(type)];
}

const char *nameOf(WeightFormat format)
{
    static constexpr const char *names[] = {"safetensors", "PyTorch", "PyTorch (legacy)", "TorchScript"};
    return names[static_cast<std::size_t>(format)];
}

std::int64_t WeightTensor::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t extent : shape)
        product *= extent;
    return product;
}

bool WeightTensor::isContiguous() const
{
    std::int64_t expected = 1;
    for (std::size_t i = shape.size(); i-- > 0;) {
        if (shape[i] != 1 && strides[i] != expected)
            return false;
        expected *= shape[i];
    }
    return true;
}

std::string WeightTensor::shapeText() const
{
    std::string text;
    for (const std::int64_t extent : shape)
        text += (text.empty() ? "" : "x") + std::to_string(extent);
    return text.empty() ? "scalar" : text;
}

std::vector<float> floatsOf(const WeightTensor &tensor)
{
    const auto count = static_cast<std::size_t>(tensor.count());
    std::vector<float> values(count);
    if (tensor.type == ScalarType::F32 && tensor.isContiguous()) {
        if (count > 0)
            std::memcpy(values.data(), tensor.data, count * sizeof(float));
        return values;
    }
    const auto size = static_cast<std::int64_t>(bytesOf(tensor.type));
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    std::int64_t offset = 0;
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = valueAt(tensor.type, tensor.data + offset * size);
        for (std::size_t axis = index.size(); axis-- > 0;) {
            offset += tensor.strides[axis];
            if (++index[axis] < tensor.shape[axis])
                break;
            offset -= index[axis] * tensor.strides[axis];
            index[axis] = 0;
        }
    }
    return values;
}

WeightFile readWeightFile(const std::filesystem::path &path)
{
    WeightFile file;
    if (path.extension() == ".json")
        readShards(path, file);
    else
        readOne(path, file);
    if (file.tensors.empty())
        throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "there is no tensor in it"), {}});
    std::ranges::sort(file.tensors, {}, &WeightTensor::name);
    const auto twin = std::ranges::adjacent_find(file.tensors, {}, &WeightTensor::name);
    if (twin != file.tensors.end())
        throwDamaged(toUtf8(path), {QT_TRANSLATE_NOOP("core", "tensor %1 is there twice"), {twin->name}});
    return file;
}

} // namespace likeness
