// The wire format: https://protobuf.dev/programming-guides/encoding
#include "core/onnx/raw_data.h"

#include <cstring>
#include <optional>
#include <stdexcept>

namespace likeness {

namespace {

using Bytes = std::span<const std::byte>;

enum class Wire { Varint = 0, Fixed64 = 1, Length = 2, Fixed32 = 5 };

struct Field {
    std::uint64_t number = 0;
    Wire wire = Wire::Varint;
    Bytes whole, content; ///< with its tag; what its length covers
};

class Fields {
public:
    explicit Fields(Bytes message) : m_message(message) {}
    bool next(Field &field)
    {
        if (m_at == m_message.size())
            return false;
        const std::size_t begin = m_at;
        const std::uint64_t tag = varint();
        field.number = tag >> 3;
        field.wire = static_cast<Wire>(tag & 7);
        field.content = {};
        switch (field.wire) {
        case Wire::Varint:
            varint();
            break;
        case Wire::Fixed64:
            take(8);
            break;
        case Wire::Fixed32:
            take(4);
            break;
        case Wire::Length:
            field.content = take(varint());
            break;
        default:
            throw std::out_of_range("wire type");
        }
        field.whole = m_message.subspan(begin, m_at - begin);
        return true;
    }

private:
    Bytes take(std::uint64_t count)
    {
        if (count > m_message.size() - m_at)
            throw std::out_of_range("length");
        m_at += count;
        return m_message.subspan(m_at - count, count);
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = std::to_integer<std::uint64_t>(take(1)[0]);
            value |= (byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        throw std::out_of_range("number");
    }

    Bytes m_message;
    std::size_t m_at = 0;
};

/// What a field of a message holds, if weights can lie below it.
std::optional<OnnxMessage> below(OnnxMessage message, std::uint64_t field)
{
    switch (message) {
    case OnnxMessage::Model:
        return field == 7 ? std::optional(OnnxMessage::Graph) : std::nullopt;
    case OnnxMessage::Graph:
        return field == 1   ? std::optional(OnnxMessage::Node)
               : field == 5 ? std::optional(OnnxMessage::Tensor)
                            : std::nullopt;
    case OnnxMessage::Node:
        return field == 5 ? std::optional(OnnxMessage::Attribute) : std::nullopt;
    case OnnxMessage::Attribute:
        return field == 5 ? std::optional(OnnxMessage::Tensor) : std::nullopt;
    case OnnxMessage::Tensor:
        break;
    }
    return std::nullopt;
}

bool isComment(OnnxMessage message, std::uint64_t field)
{
    switch (message) {
    case OnnxMessage::Model:
    case OnnxMessage::Node:
        return field == 6;
    case OnnxMessage::Graph:
        return field == 10;
    case OnnxMessage::Attribute:
        return field == 13;
    case OnnxMessage::Tensor:
        return field == 12;
    }
    return false;
}

void appendVarint(std::uint64_t value, std::string &to)
{
    for (; value >= 0x80; value >>= 7)
        to.push_back(static_cast<char>((value & 0x7f) | 0x80));
    to.push_back(static_cast<char>(value));
}

void appendField(std::uint64_t number, std::string_view content, std::string &to)
{
    appendVarint(number << 3 | static_cast<std::uint64_t>(Wire::Length), to);
    appendVarint(content.size(), to);
    to.append(content);
}

std::string reduced(Bytes file, Bytes part, OnnxMessage message)
{
    constexpr std::uint64_t rawData = 9;
    std::string result;
    Fields fields(part);
    for (Field field; fields.next(field);) {
        const bool isLength = field.wire == Wire::Length;
        const auto inner = isLength ? below(message, field.number) : std::nullopt;
        if (inner) {
            appendField(field.number, reduced(file, field.content, *inner), result);
        } else if (isLength && message == OnnxMessage::Tensor && field.number == rawData) {
            const RawPlace place{static_cast<std::uint64_t>(field.content.data() - file.data()), field.content.size()};
            appendField(rawData, {reinterpret_cast<const char *>(&place), sizeof place}, result);
        } else if (!isLength || !isComment(message, field.number)) {
            result.append(reinterpret_cast<const char *>(field.whole.data()), field.whole.size());
        }
    }
    return result;
}

} // namespace

std::string withoutRawData(std::span<const std::byte> file, OnnxMessage message)
{
    return reduced(file, file, message);
}

} // namespace likeness
