#include "core/weights/pickle_machine.h"

#include "core/weights/readers.h"

#include <algorithm>
#include <array>

namespace likeness {

enum class PickleMachine::Callable { Dict, Tensor, Parameter, Sequence, Opaque };

namespace {

constexpr std::size_t mostValues = 2'000'000; // some 150 MB; checkpoints of large networks have ten thousands

/// Names that may stand for themselves (types, not functions).
bool isPlainName(std::string_view name)
{
    static constexpr std::string_view plain[] = {"numpy.ndarray", "__builtin__.object", "builtins.object",
                                                 "torch.storage.UntypedStorage", "torch.storage.TypedStorage"};
    if (std::ranges::find(plain, name) != std::end(plain))
        return true;
    if (!name.starts_with("torch.") || name.find('.', 6) != std::string_view::npos)
        return name.starts_with("numpy.dtypes.");
    static constexpr std::string_view dtypes[] = {"float32", "float64", "float16", "bfloat16", "int64",  "int32",
                                                  "int16",   "int8",    "uint8",   "bool",     "strided"};
    return name.ends_with("Storage") || std::ranges::find(dtypes, name.substr(6)) != std::end(dtypes);
}

bool isScripted(std::string_view name)
{
    return name.starts_with("__torch__.");
}

std::optional<ScalarType> storageType(std::string_view global)
{
    static constexpr std::array<std::pair<std::string_view, ScalarType>, 11> known{{
        {"torch.DoubleStorage", ScalarType::F64},
        {"torch.FloatStorage", ScalarType::F32},
        {"torch.HalfStorage", ScalarType::F16},
        {"torch.BFloat16Storage", ScalarType::BF16},
        {"torch.LongStorage", ScalarType::I64},
        {"torch.IntStorage", ScalarType::I32},
        {"torch.ShortStorage", ScalarType::I16},
        {"torch.CharStorage", ScalarType::I8},
        {"torch.ByteStorage", ScalarType::U8},
        {"torch.storage.UntypedStorage", ScalarType::U8},
        {"torch.BoolStorage", ScalarType::Bool},
    }};
    const auto found = std::ranges::find(known, global, &std::pair<std::string_view, ScalarType>::first);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

} // namespace

std::optional<PickleMachine::Callable> PickleMachine::callableNamed(std::string_view name)
{
    static constexpr std::array<std::pair<std::string_view, Callable>, 22> known{{
        {"collections.OrderedDict", Callable::Dict},
        {"torch._utils._rebuild_tensor_v2", Callable::Tensor},
        {"torch._utils._rebuild_tensor", Callable::Tensor},
        {"torch._utils._rebuild_parameter", Callable::Parameter},
        {"torch._tensor._rebuild_from_type_v2", Callable::Opaque},
        {"torch.Size", Callable::Sequence},
        {"torch.jit._pickle.build_intlist", Callable::Sequence},
        {"torch.jit._pickle.build_doublelist", Callable::Sequence},
        {"torch.jit._pickle.build_boollist", Callable::Sequence},
        {"torch.jit._pickle.build_tensorlist", Callable::Sequence},
        {"torch.jit._pickle.restore_type_tag", Callable::Sequence},
        {"torch.device", Callable::Opaque},
        {"torch.serialization._get_layout", Callable::Opaque},
        {"argparse.Namespace", Callable::Opaque},
        {"copyreg._reconstructor", Callable::Opaque},
        {"copy_reg._reconstructor", Callable::Opaque},
        {"numpy.core.multiarray.scalar", Callable::Opaque},
        {"numpy._core.multiarray.scalar", Callable::Opaque},
        {"numpy.core.multiarray._reconstruct", Callable::Opaque},
        {"numpy._core.multiarray._reconstruct", Callable::Opaque},
        {"numpy.dtype", Callable::Opaque},
        {"_codecs.encode", Callable::Opaque},
    }};
    const auto found = std::ranges::find(known, name, &std::pair<std::string_view, Callable>::first);
    return found == known.end() ? std::nullopt : std::optional(found->second);
}

void PickleMachine::fail() const
{
    throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "its pickle is cut short or damaged"), {}});
}

void PickleMachine::refuse(const std::string &call) const
{
    throwDamaged(m_name,
                 {QT_TRANSLATE_NOOP("core", "it wants to call %1, which is no part of a model's weights: refused, "
                                            "nothing was run"),
                  {call}});
}

PickleMachine::Id PickleMachine::make(Pickle::Value value)
{
    if (result.values.size() >= mostValues)
        fail();
    result.values.push_back(std::move(value));
    return static_cast<Id>(result.values.size() - 1);
}

PickleMachine::Id PickleMachine::top() const
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
        fail();
    return m_stack.back();
}

PickleMachine::Id PickleMachine::pop()
{
    const Id id = top();
    m_stack.pop_back();
    return id;
}

std::vector<PickleMachine::Id> PickleMachine::popToMark()
{
    if (m_marks.empty())
        fail();
    std::vector<Id> items(m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back()), m_stack.end());
    m_stack.resize(m_marks.back());
    m_marks.pop_back();
    return items;
}

void PickleMachine::tuple(std::size_t count)
{
    std::vector<Id> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    push(Pickle::Sequence{std::move(items)});
}

void PickleMachine::setItems(const std::vector<Id> &items)
{
    if (items.size() % 2 != 0)
        fail();
    auto *dict = std::get_if<Pickle::Dict>(&at(top()));
    if (!dict)
        return; // attributes of something opaque
    for (std::size_t i = 0; i < items.size(); i += 2)
        dict->entries.emplace_back(items[i], items[i + 1]);
}

void PickleMachine::appendItems(const std::vector<Id> &items)
{
    auto *list = std::get_if<Pickle::Sequence>(&at(top()));
    if (!list)
        fail();
    list->items.insert(list->items.end(), items.begin(), items.end());
}

void PickleMachine::recall(std::uint64_t slot)
{
    const auto found = m_memo.find(slot);
    if (found == m_memo.end())
        fail();
    m_stack.push_back(found->second);
}

void PickleMachine::global(const std::string &module, const std::string &name)
{
    const std::string full = module + "." + name;
    if (!callableNamed(full) && !isPlainName(full) && !isScripted(full))
        refuse(full);
    push(Pickle::Global{full});
}

void PickleMachine::stackGlobal()
{
    const auto *name = result.get<std::string>(pop()), *module = result.get<std::string>(pop());
    if (!name || !module)
        fail();
    global(*module, *name);
}

std::int64_t PickleMachine::wholeNumber(Id id) const
{
    const auto *value = result.get<std::int64_t>(id);
    if (!value)
        fail();
    return *value;
}

std::vector<std::int64_t> PickleMachine::wholeNumbers(Id id) const
{
    const auto *sequence = result.get<Pickle::Sequence>(id);
    if (!sequence || sequence->items.size() > 16)
        fail();
    std::vector<std::int64_t> numbers;
    for (const Id item : sequence->items)
        numbers.push_back(wholeNumber(item));
    return numbers;
}

PickleMachine::Id PickleMachine::argument(const Pickle::Sequence &arguments, std::size_t i) const
{
    if (i >= arguments.items.size())
        fail();
    return arguments.items[i];
}

void PickleMachine::reduce()
{
    const Id argumentsId = pop();
    const auto *arguments = result.get<Pickle::Sequence>(argumentsId);
    const auto *function = result.get<Pickle::Global>(pop());
    if (!arguments || !function)
        fail();
    const auto kind = callableNamed(function->name);
    if (!kind)
        refuse(function->name);
    call(*kind, *arguments);
}

void PickleMachine::call(Callable kind, const Pickle::Sequence &arguments)
{
    switch (kind) {
    case Callable::Dict:
        push(Pickle::Dict{});
        break;
    case Callable::Tensor: {
        const Id storage = argument(arguments, 0);
        if (!result.get<Pickle::Storage>(storage))
            fail();
        push(Pickle::Tensor{storage, wholeNumber(argument(arguments, 1)), wholeNumbers(argument(arguments, 2)),
                            wholeNumbers(argument(arguments, 3))});
        break;
    }
    case Callable::Parameter:
    case Callable::Sequence:
        m_stack.push_back(argument(arguments, 0));
        break;
    case Callable::Opaque:
        push(Pickle::Opaque{});
        break;
    }
}

void PickleMachine::newObject()
{
    pop();
    const auto *type = result.get<Pickle::Global>(pop());
    if (!type)
        fail();
    if (isScripted(type->name) || type->name == "collections.OrderedDict")
        push(Pickle::Dict{});
    else
        push(Pickle::Opaque{});
}

/// Sets the state of an object: the attributes of a scripted module, ignored for all others.
void PickleMachine::build()
{
    const Id state = pop();
    auto *object = std::get_if<Pickle::Dict>(&at(top()));
    const auto *attributes = result.get<Pickle::Dict>(state);
    if (!object || !attributes || !object->entries.empty())
        return;
    m_copied += attributes->entries.size();
    if (m_copied > mostValues)
        fail();
    object->entries = attributes->entries;
}

void PickleMachine::persistentId()
{
    const auto *parts = result.get<Pickle::Sequence>(pop());
    const auto *word = parts && parts->items.size() >= 5 ? result.get<std::string>(parts->items[0]) : nullptr;
    if (!word || *word != "storage")
        fail();
    const auto *type = result.get<Pickle::Global>(parts->items[1]);
    const auto scalar = type ? storageType(type->name) : std::nullopt;
    if (!scalar)
        throwDamaged(m_name, {QT_TRANSLATE_NOOP("core", "it has numbers of the type %1, which is not supported"),
                              {type ? type->name : std::string("?")}});
    const auto *key = result.get<std::string>(parts->items[2]);
    const std::int64_t count = wholeNumber(parts->items[4]);
    if (!key || count < 0)
        fail();
    push(Pickle::Storage{*scalar, *key, count});
}

} // namespace likeness
