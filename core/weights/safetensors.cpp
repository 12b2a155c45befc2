// The format: https://huggingface.co/docs/safetensors (8 bytes length, JSON header, data without holes).
#include "core/weights/readers.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

namespace likeness {

namespace {

constexpr std::uint64_t mostHeaderBytes = 100'000'000;

std::optional<ScalarType> typeNamed(const std::string &name)
{
    for (const ScalarType type : {ScalarType::F64, ScalarType::F32, ScalarType::F16, ScalarType::BF16, ScalarType::I64,
                                  ScalarType::I32, ScalarType::I16, ScalarType::I8, ScalarType::U8, ScalarType::Bool})
        if (name == nameOf(type))
            return type;
    return std::nullopt;
}

/// nlohmann keeps the last of two equal keys; a file with two is damaged or forged.
nlohmann::json parsedHeader(std::string_view text, const std::string &name)
{
    std::set<std::string> keys;
    std::string twice;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json &value) {
        if (event == nlohmann::json::parse_event_t::key && depth == 1 && !keys.insert(value.get<std::string>()).second)
            twice = value.get<std::string>();
        return depth < 8;
    };
    nlohmann::json header = nlohmann::json::parse(text, watch, false);
    if (!twice.empty())
        throwDamaged(name, {QT_TRANSLATE_NOOP("core", "tensor %1 is there twice"), {twice}});
    if (!header.is_object())
        throwDamaged(name, {QT_TRANSLATE_NOOP("core", "its header is no JSON object"), {}});
    return header;
}

std::vector<std::int64_t> wholeNumbers(const nlohmann::json &entry, const char *key, const std::string &file,
                                       const std::string &tensor)
{
    std::vector<std::int64_t> numbers;
    const auto found = entry.find(key);
    bool good = found != entry.end() && found->is_array() && found->size() <= 16;
    for (std::size_t i = 0; good && i < found->size(); ++i) {
        good = (*found)[i].is_number_unsigned() && (*found)[i].get<std::uint64_t>() < (std::uint64_t{1} << 62);
        if (good)
            numbers.push_back((*found)[i].get<std::int64_t>());
    }
    if (!good)
        throwDamaged(file, {QT_TRANSLATE_NOOP("core", "tensor %1 has no valid \"%2\""), {tensor, key}});
    return numbers;
}

struct Extent {
    std::int64_t begin, end;
    std::string tensor;
};

/// Offsets follow each other without holes and overlaps.
std::int64_t endOfData(std::vector<Extent> extents, const std::string &name)
{
    std::ranges::sort(extents, [](const Extent &a, const Extent &b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    std::int64_t end = 0;
    for (const Extent &extent : extents) {
        if (extent.begin < end)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "tensor %1 overlaps another one"), {extent.tensor}});
        if (extent.begin > end)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "there is a hole before tensor %1"), {extent.tensor}});
        end = extent.end;
    }
    return end;
}

} // namespace

void readSafetensors(std::span<const std::byte> bytes, const std::string &name, WeightFile &file)
{
    file.format = WeightFormat::Safetensors;
    std::uint64_t headerBytes = 0;
    std::memcpy(&headerBytes, bytes.data(), sizeof headerBytes);
    if (headerBytes > mostHeaderBytes || headerBytes > bytes.size() - 8)
        throwDamaged(name,
                     {QT_TRANSLATE_NOOP("core", "its header should have %1 bytes, which is too much for the file"),
                      {std::to_string(headerBytes)}});
    const std::string_view text(reinterpret_cast<const char *>(bytes.data()) + 8, headerBytes);
    const nlohmann::json header = parsedHeader(text, name);
    const auto data = bytes.subspan(8 + headerBytes);
    std::vector<Extent> extents;
    for (const auto &[key, entry] : header.items()) {
        if (key == "__metadata__") {
            if (entry.is_object())
                for (const auto &[said, value] : entry.items())
                    if (value.is_string())
                        file.metadata[said] = value.get<std::string>();
            continue;
        }
        const auto dtype = entry.is_object() ? entry.find("dtype") : entry.end();
        const auto type = entry.is_object() && dtype != entry.end() && dtype->is_string()
                              ? typeNamed(dtype->get<std::string>())
                              : std::nullopt;
        if (!type)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "tensor %1 has an unknown type"), {key}});
        WeightTensor tensor{key, *type, wholeNumbers(entry, "shape", name, key), {}, nullptr};
        const auto offsets = wholeNumbers(entry, "data_offsets", name, key);
        const auto need = checkedCount(tensor.shape, name, key) * static_cast<std::int64_t>(bytesOf(*type));
        if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] - offsets[0] != need)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "tensor %1 does not have the bytes that its shape %2 needs"),
                                {key, tensor.shapeText()}});
        if (offsets[1] > static_cast<std::int64_t>(data.size()))
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it is cut short: tensor %1 lies beyond its end"), {key}});
        tensor.strides = rowMajorStrides(tensor.shape);
        tensor.data = data.data() + offsets[0];
        extents.push_back({offsets[0], offsets[1], key});
        file.tensors.push_back(std::move(tensor));
    }
    const auto rest = static_cast<std::int64_t>(data.size()) - endOfData(std::move(extents), name);
    if (rest > 0)
        file.warnings.push_back(
            {QT_TRANSLATE_NOOP("core", "%1 bytes at the end belong to no tensor"), {std::to_string(rest)}});
}

} // namespace likeness
