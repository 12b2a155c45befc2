#include "core/base/error.h"
#include "core/base/file.h"
#include "core/onnx/onnx_model.h"
#include "core/onnx/raw_data.h"
#include "core/weights/readers.h"

#include <cstring>
#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <limits>
#include <onnx/onnx_pb.h>
#include <set>
#include <stdexcept>

namespace likeness {

namespace {

constexpr std::size_t mostAxes = 16, mostMessageBytes = std::size_t{1} << 30;
constexpr int mostNesting = 32;

using onnx::TensorProto;

/// Numbers that protobuf has as a list, as the bytes of `Value`.
template <class Value, class List> OnnxTensor listed(const List &list)
{
    const auto values = std::make_shared<std::vector<Value>>();
    values->reserve(static_cast<std::size_t>(list.size()));
    for (const auto value : list)
        values->push_back(static_cast<Value>(value));
    OnnxTensor tensor;
    tensor.bytes = std::as_bytes(std::span(*values));
    tensor.memory = values;
    return tensor;
}

class Reader {
public:
    explicit Reader(const std::filesystem::path &path)
        : m_path(path), m_name(toUtf8(path)), m_map(std::make_shared<MappedFile>(path))
    {
    }

    OnnxModel model()
    {
        const auto proto = parsed<onnx::ModelProto>(OnnxMessage::Model);
        if (!proto.has_graph())
            refuse({QT_TRANSLATE_NOOP("core", "it holds no graph"), {}});
        OnnxModel model;
        for (const auto &set : proto.opset_import())
            if (isStandard(set.domain()))
                model.opset = static_cast<int>(std::min<std::int64_t>(set.version(), 1'000'000));
        if (model.opset < 1)
            refuse({QT_TRANSLATE_NOOP("core", "it does not say which operators it means (opset)"), {}});
        readGraph(proto.graph(), model);
        model.files.assign(m_files.begin(), m_files.end());
        return model;
    }

    OnnxTensor tensor() { return tensorOf(parsed<TensorProto>(OnnxMessage::Tensor)); }

private:
    [[noreturn]] void refuse(const Message &reason) const { throwDamaged(m_name, reason); }
    [[noreturn]] void refuseDamaged() const
    {
        refuse({QT_TRANSLATE_NOOP("core", "it is damaged, or no ONNX file"), {}});
    }
    static bool isStandard(const std::string &domain) { return domain.empty() || domain == "ai.onnx"; }

    template <class Proto> Proto parsed(OnnxMessage message) const
    {
        std::string small;
        try {
            small = withoutRawData(m_map->bytes(), message);
        } catch (const std::out_of_range &) {
            refuseDamaged();
        }
        if (small.size() > mostMessageBytes)
            refuse({QT_TRANSLATE_NOOP("core", "its description takes more than 1 GB"), {}});
        google::protobuf::io::ArrayInputStream stream(small.data(), static_cast<int>(small.size()));
        google::protobuf::io::CodedInputStream coded(&stream);
        coded.SetRecursionLimit(mostNesting);
        Proto proto;
        if (!proto.ParseFromCodedStream(&coded) || !coded.ConsumedEntireMessage())
            refuseDamaged();
        return proto;
    }

    void readGraph(const onnx::GraphProto &graph, OnnxModel &model)
    {
        if (graph.sparse_initializer_size() > 0)
            refuse({QT_TRANSLATE_NOOP("core", "it holds sparse tensors, which are not read"), {}});
        std::set<std::string> known;
        const auto give = [&](const std::string &name) {
            if (!known.insert(name).second)
                refuse({QT_TRANSLATE_NOOP("core", "the value \"%1\" is given twice"), {name}});
        };
        for (const auto &constant : graph.initializer()) {
            give(constant.name());
            model.constants[constant.name()] = tensorOf(constant);
        }
        for (const auto &input : graph.input())
            if (!model.constants.contains(input.name())) { // before IR 4 constants were listed as inputs, too
                give(input.name());
                model.inputs.push_back(inputOf(input));
            }
        for (const auto &proto : graph.node()) {
            OnnxNode node = nodeOf(proto);
            for (const std::string &input : node.inputs)
                if (!input.empty() && !known.contains(input))
                    refuse({QT_TRANSLATE_NOOP("core", "%1 takes the value \"%2\", which nothing before it gives"),
                            {node.label(), input}});
            for (const std::string &output : node.outputs)
                if (!output.empty())
                    give(output);
            model.nodes.push_back(std::move(node));
        }
        for (const auto &output : graph.output()) {
            if (!known.contains(output.name()))
                refuse({QT_TRANSLATE_NOOP("core", "nothing gives its output \"%1\""), {output.name()}});
            model.outputs.push_back(output.name());
        }
        if (model.outputs.empty())
            refuse({QT_TRANSLATE_NOOP("core", "it has no output"), {}});
    }

    OnnxInput inputOf(const onnx::ValueInfoProto &proto) const
    {
        OnnxInput input{proto.name(), OnnxType::None, {}};
        if (!proto.type().has_tensor_type())
            refuse({QT_TRANSLATE_NOOP("core", "its input \"%1\" is no tensor"), {proto.name()}});
        input.type = typeOf(proto.type().tensor_type().elem_type());
        for (const auto &dimension : proto.type().tensor_type().shape().dim())
            input.shape.push_back(dimension.has_dim_value() && dimension.dim_value() > 0 ? dimension.dim_value() : -1);
        return input;
    }

    static OnnxType typeOf(int type)
    {
        return type > 0 && type <= static_cast<int>(OnnxType::BF16) ? static_cast<OnnxType>(type) : OnnxType::None;
    }

    OnnxNode nodeOf(const onnx::NodeProto &proto) const
    {
        OnnxNode node{proto.op_type(),
                      proto.name(),
                      {proto.input().begin(), proto.input().end()},
                      {proto.output().begin(), proto.output().end()},
                      {}};
        if (!isStandard(proto.domain()))
            refuse({QT_TRANSLATE_NOOP("core", "%1 belongs to \"%2\", not to the operators of ONNX"),
                    {node.label(), proto.domain()}});
        for (const auto &attribute : proto.attribute())
            node.attributes[attribute.name()] = attributeOf(attribute, node);
        return node;
    }

    OnnxAttribute attributeOf(const onnx::AttributeProto &proto, const OnnxNode &node) const
    {
        if (proto.has_g() || proto.graphs_size() > 0)
            refuse({QT_TRANSLATE_NOOP("core", "%1 runs a graph of its own, which is not done here"), {node.label()}});
        if (!proto.ref_attr_name().empty() || proto.has_sparse_tensor())
            refuse({QT_TRANSLATE_NOOP("core", "the attribute \"%1\" of %2 is of a kind that is not read"),
                    {proto.name(), node.label()}});
        OnnxAttribute attribute;
        attribute.number = static_cast<double>(proto.f());
        attribute.integer = proto.i();
        attribute.text = proto.s();
        attribute.numbers.assign(proto.floats().begin(), proto.floats().end());
        attribute.integers.assign(proto.ints().begin(), proto.ints().end());
        attribute.texts.assign(proto.strings().begin(), proto.strings().end());
        if (proto.has_t())
            attribute.tensor = std::make_shared<OnnxTensor>(tensorOf(proto.t()));
        return attribute;
    }

    OnnxTensor tensorOf(const TensorProto &proto) const
    {
        const std::string &name = proto.name();
        const OnnxType type = typeOf(proto.data_type());
        if (bytesOf(type) == 0 && type != OnnxType::Text)
            refuse({QT_TRANSLATE_NOOP("core", "the tensor \"%1\" has a type that is not read"), {name}});
        OnnxTensor tensor = type == OnnxType::Text ? OnnxTensor() : numbersOf(proto, type);
        tensor.type = type;
        tensor.shape.assign(proto.dims().begin(), proto.dims().end());
        std::int64_t bytes = static_cast<std::int64_t>(bytesOf(type));
        bool fits = tensor.shape.size() <= mostAxes;
        for (const std::int64_t extent : tensor.shape)
            fits = fits && extent >= 0 && !__builtin_mul_overflow(bytes, extent, &bytes);
        if (!fits)
            refuse({QT_TRANSLATE_NOOP("core", "the tensor \"%1\" has an impossible shape"), {name}});
        if (bytes != static_cast<std::int64_t>(tensor.bytes.size()))
            refuse({QT_TRANSLATE_NOOP("core", "the tensor \"%1\" has %2 bytes where its shape needs %3"),
                    {name, std::to_string(tensor.bytes.size()), std::to_string(bytes)}});
        return tensor;
    }

    OnnxTensor numbersOf(const TensorProto &proto, OnnxType type) const
    {
        if (proto.has_data_location() && proto.data_location() == TensorProto::EXTERNAL)
            return outside(proto);
        if (proto.has_raw_data()) {
            RawPlace place;
            if (proto.raw_data().size() != sizeof place)
                refuseDamaged();
            std::memcpy(&place, proto.raw_data().data(), sizeof place);
            OnnxTensor tensor;
            tensor.bytes = m_map->bytes().subspan(place.offset, place.size);
            tensor.memory = m_map;
            return tensor;
        }
        switch (type) {
        case OnnxType::F32:
        case OnnxType::Complex64:
            return listed<float>(proto.float_data());
        case OnnxType::F64:
        case OnnxType::Complex128:
            return listed<double>(proto.double_data());
        case OnnxType::I64:
            return listed<std::int64_t>(proto.int64_data());
        case OnnxType::U64:
            return listed<std::uint64_t>(proto.uint64_data());
        case OnnxType::U32:
            return listed<std::uint32_t>(proto.uint64_data());
        case OnnxType::I32:
            return listed<std::int32_t>(proto.int32_data());
        case OnnxType::I16:
        case OnnxType::U16:
        case OnnxType::F16:
        case OnnxType::BF16:
            return listed<std::uint16_t>(proto.int32_data());
        default:
            return listed<std::uint8_t>(proto.int32_data());
        }
    }

    /// Numbers in another file of the same folder.
    OnnxTensor outside(const TensorProto &proto) const
    {
        std::string location;
        std::uint64_t offset = 0, length = std::numeric_limits<std::uint64_t>::max();
        for (const auto &entry : proto.external_data()) {
            if (entry.key() == "location")
                location = entry.value();
            else if (entry.key() == "offset")
                offset = wholeNumber(entry.value(), proto.name());
            else if (entry.key() == "length")
                length = wholeNumber(entry.value(), proto.name());
        }
        const auto refuseOutside = [&] {
            refuse({QT_TRANSLATE_NOOP("core", "the numbers of \"%1\" are said to lie in \"%2\", outside of its folder"),
                    {proto.name(), location}});
        };
        const std::filesystem::path relative = location;
        if (relative.empty() || relative.is_absolute())
            refuseOutside();
        std::error_code failed;
        const auto folder = std::filesystem::weakly_canonical(std::filesystem::absolute(m_path).parent_path(), failed);
        const auto file = std::filesystem::weakly_canonical(folder / relative, failed); // links are followed
        if (const auto inside = file.lexically_relative(folder); inside.empty() || *inside.begin() == "..")
            refuseOutside();
        m_files.insert(relative.lexically_normal().generic_string());
        auto &map = m_outside[file];
        if (!map)
            map = std::make_shared<MappedFile>(file);
        const auto bytes = map->bytes();
        if (offset > bytes.size() ||
            (length != std::numeric_limits<std::uint64_t>::max() && length > bytes.size() - offset))
            refuse({QT_TRANSLATE_NOOP("core", "the numbers of \"%1\" lie beyond the end of \"%2\""),
                    {proto.name(), location}});
        OnnxTensor tensor;
        tensor.bytes = bytes.subspan(offset, std::min<std::uint64_t>(length, bytes.size() - offset));
        tensor.memory = map;
        return tensor;
    }
    std::uint64_t wholeNumber(const std::string &text, const std::string &tensor) const
    {
        if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string::npos)
            refuse(
                {QT_TRANSLATE_NOOP("core", "the place of the numbers of \"%1\" is no number: \"%2\""), {tensor, text}});
        return std::stoull(text);
    }

    std::filesystem::path m_path;
    std::string m_name;
    std::shared_ptr<const MappedFile> m_map;
    mutable std::map<std::filesystem::path, std::shared_ptr<const MappedFile>> m_outside;
    mutable std::set<std::string> m_files; ///< the same, as they are named
};

} // namespace

OnnxModel readOnnx(const std::filesystem::path &path)
{
    return Reader(path).model();
}

OnnxTensor readOnnxTensor(const std::filesystem::path &path)
{
    return Reader(path).tensor();
}

} // namespace likeness
