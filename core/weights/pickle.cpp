// Opcodes: pickletools of CPython 3.12.
#include "core/weights/pickle.h"

#include "core/weights/pickle_machine.h"
#include "core/weights/readers.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace likeness {

namespace {

using Id = Pickle::Id;

class Reader {
public:
    Reader(std::span<const std::byte> bytes, const std::string &name) : m_bytes(bytes), m_name(name), m_machine(name) {}

    Pickle read()
    {
        while (!m_stopped)
            step(static_cast<std::uint8_t>(take(1)[0]));
        m_machine.result.bytesRead = m_at;
        return std::move(m_machine.result);
    }

private:
    std::span<const std::byte> take(std::uint64_t size)
    {
        if (size > m_bytes.size() - m_at)
            m_machine.fail();
        const auto part = m_bytes.subspan(m_at, size);
        m_at += size;
        return part;
    }
    template <class T> T number()
    {
        T value;
        std::memcpy(&value, take(sizeof value).data(), sizeof value);
        return value;
    }
    std::string text(std::uint64_t size)
    {
        const auto part = take(size);
        return {reinterpret_cast<const char *>(part.data()), part.size()};
    }
    std::string line()
    {
        const auto rest = m_bytes.subspan(m_at);
        const auto end = std::ranges::find(rest, std::byte{'\n'});
        if (end == rest.end())
            m_machine.fail();
        std::string result = text(static_cast<std::uint64_t>(end - rest.begin()));
        ++m_at;
        return result;
    }
    /// Little-endian two's complement; longer than 8 bytes only in PyTorch's magic number.
    void longInteger(std::uint64_t size)
    {
        const auto part = take(size);
        if (size > 8) {
            m_machine.push(Pickle::Opaque{});
            return;
        }
        std::int64_t value = size > 0 && (part[size - 1] & std::byte{0x80}) != std::byte{} ? -1 : 0;
        if (size > 0)
            std::memcpy(&value, part.data(), size);
        m_machine.push(value);
    }
    template <class T> void textNumber(std::string text)
    {
        if (!text.empty() && text.back() == 'L')
            text.pop_back();
        T value{};
        if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{})
            m_machine.fail();
        m_machine.push(value);
    }
    void step(std::uint8_t opcode);
    bool stepNumber(std::uint8_t opcode);
    bool stepText(std::uint8_t opcode);
    bool stepMemo(std::uint8_t opcode);
    bool stepContainer(std::uint8_t opcode);

    std::span<const std::byte> m_bytes;
    const std::string &m_name;
    PickleMachine m_machine;
    std::size_t m_at = 0;
    bool m_stopped = false;
};

bool Reader::stepNumber(std::uint8_t opcode)
{
    switch (opcode) {
    case 'N':
        m_machine.push(std::monostate{});
        return true;
    case 0x88:
    case 0x89:
        m_machine.push(opcode == 0x88);
        return true;
    case 'J':
        m_machine.push(std::int64_t{number<std::int32_t>()});
        return true;
    case 'K':
        m_machine.push(std::int64_t{number<std::uint8_t>()});
        return true;
    case 'M':
        m_machine.push(std::int64_t{number<std::uint16_t>()});
        return true;
    case 'I': {
        const std::string digits = line();
        if (digits == "00" || digits == "01")
            m_machine.push(digits == "01");
        else
            textNumber<std::int64_t>(digits);
        return true;
    }
    case 'L':
        textNumber<std::int64_t>(line());
        return true;
    case 'F':
        textNumber<double>(line());
        return true;
    case 'G': {
        std::uint64_t bits = __builtin_bswap64(number<std::uint64_t>());
        double value;
        std::memcpy(&value, &bits, sizeof value);
        m_machine.push(value);
        return true;
    }
    case 0x8a:
        longInteger(number<std::uint8_t>());
        return true;
    case 0x8b:
        longInteger(number<std::uint32_t>());
        return true;
    default:
        return false;
    }
}

bool Reader::stepText(std::uint8_t opcode)
{
    switch (opcode) {
    case 'X':
    case 'T':
    case 'B':
        m_machine.push(text(number<std::uint32_t>()));
        return true;
    case 0x8c:
    case 'U':
    case 'C':
        m_machine.push(text(number<std::uint8_t>()));
        return true;
    case 0x8d:
    case 0x8e:
        m_machine.push(text(number<std::uint64_t>()));
        return true;
    case 'V':
        m_machine.push(line());
        return true;
    case 'S': {
        const std::string quoted = line();
        if (quoted.size() < 2)
            m_machine.fail();
        m_machine.push(quoted.substr(1, quoted.size() - 2));
        return true;
    }
    default:
        return false;
    }
}

bool Reader::stepMemo(std::uint8_t opcode)
{
    const auto slotOfLine = [this] {
        const std::string digits = line();
        std::uint64_t slot = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), slot).ec != std::errc{})
            m_machine.fail();
        return slot;
    };
    switch (opcode) {
    case 'p':
        m_machine.remember(slotOfLine());
        return true;
    case 'q':
        m_machine.remember(number<std::uint8_t>());
        return true;
    case 'r':
        m_machine.remember(number<std::uint32_t>());
        return true;
    case 0x94:
        m_machine.rememberNext();
        return true;
    case 'g':
        m_machine.recall(slotOfLine());
        return true;
    case 'h':
        m_machine.recall(number<std::uint8_t>());
        return true;
    case 'j':
        m_machine.recall(number<std::uint32_t>());
        return true;
    default:
        return false;
    }
}

bool Reader::stepContainer(std::uint8_t opcode)
{
    switch (opcode) {
    case '(':
        m_machine.mark();
        return true;
    case '}':
        m_machine.push(Pickle::Dict{});
        return true;
    case ']':
    case ')':
        m_machine.push(Pickle::Sequence{});
        return true;
    case 't':
    case 'l':
        m_machine.push(Pickle::Sequence{m_machine.popToMark()});
        return true;
    case 'd': {
        const std::vector<Id> items = m_machine.popToMark();
        m_machine.push(Pickle::Dict{});
        m_machine.setItems(items);
        return true;
    }
    case 0x85:
    case 0x86:
    case 0x87:
        m_machine.tuple(opcode - 0x84u);
        return true;
    case 's': {
        const Id value = m_machine.pop(), key = m_machine.pop();
        m_machine.setItems({key, value});
        return true;
    }
    case 'u':
        m_machine.setItems(m_machine.popToMark());
        return true;
    case 'a':
        m_machine.appendItems({m_machine.pop()});
        return true;
    case 'e':
        m_machine.appendItems(m_machine.popToMark());
        return true;
    default:
        return false;
    }
}

void Reader::step(std::uint8_t opcode)
{
    if (stepNumber(opcode) || stepText(opcode) || stepMemo(opcode) || stepContainer(opcode))
        return;
    switch (opcode) {
    case 0x80:
        number<std::uint8_t>();
        break;
    case 0x95:
        number<std::uint64_t>();
        break;
    case 'c': {
        const std::string module = line(), name = line();
        m_machine.global(module, name);
        break;
    }
    case 0x93:
        m_machine.stackGlobal();
        break;
    case 'R':
        m_machine.reduce();
        break;
    case 0x81:
        m_machine.newObject();
        break;
    case 'b':
        m_machine.build();
        break;
    case 'Q':
        m_machine.persistentId();
        break;
    case '0':
        m_machine.pop();
        break;
    case '1':
        m_machine.popToMark();
        break;
    case '2':
        m_machine.pushAgain(m_machine.top());
        break;
    case '.':
        m_machine.result.root = m_machine.pop();
        m_stopped = true;
        break;
    default:
        throwDamaged(m_name,
                     {QT_TRANSLATE_NOOP("core", "its pickle has the instruction %1, which no file of weights needs: "
                                                "refused, nothing was run"),
                      {std::to_string(opcode)}});
    }
}

} // namespace

Pickle readPickle(std::span<const std::byte> bytes, const std::string &name)
{
    return Reader(bytes, name).read();
}

} // namespace likeness
