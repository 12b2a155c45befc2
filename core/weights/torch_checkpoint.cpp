// torch.save: a zip since 1.6, five pickles followed by the storages before; TorchScript is the same zip with code.
#include "core/weights/pickle.h"
#include "core/weights/readers.h"
#include "core/weights/zip_archive.h"

#include <algorithm>
#include <cstring>

namespace likeness {

namespace {

using Storages = std::function<std::span<const std::byte>(const Pickle::Storage &)>;
constexpr int mostDepth = 64;
constexpr std::size_t mostNameBytes = 1024;

/// Walks the containers and names what it finds as PyTorch's state_dict() would: keys joined by dots.
class Collector {
public:
    Collector(const Pickle &pickle, const Storages &storages, const std::string &file, WeightFile &weights)
        : m_pickle(pickle), m_storages(storages), m_file(file), m_weights(weights)
    {
    }

    void collect(Pickle::Id id, const std::string &name, int depth)
    {
        if (depth > mostDepth || name.size() > mostNameBytes || ++m_visits > 1'000'000)
            throwDamaged(m_file, {QT_TRANSLATE_NOOP("core", "its containers are nested too deep"), {}});
        if (const auto *tensor = m_pickle.get<Pickle::Tensor>(id))
            add(*tensor, name);
        else if (const auto *dict = m_pickle.get<Pickle::Dict>(id))
            for (const auto &[key, value] : dict->entries)
                collect(value, joined(name, key), depth + 1);
        else if (const auto *list = m_pickle.get<Pickle::Sequence>(id))
            for (std::size_t i = 0; i < list->items.size(); ++i)
                collect(list->items[i], name + (name.empty() ? "" : ".") + std::to_string(i), depth + 1);
    }

private:
    std::string joined(const std::string &name, Pickle::Id key) const
    {
        std::string part = "?";
        if (const auto *text = m_pickle.get<std::string>(key))
            part = *text;
        else if (const auto *number = m_pickle.get<std::int64_t>(key))
            part = std::to_string(*number);
        return name.empty() ? part : name + "." + part;
    }

    void add(const Pickle::Tensor &tensor, const std::string &name)
    {
        const auto *storage = m_pickle.get<Pickle::Storage>(tensor.storage);
        const auto bytes = m_storages(*storage);
        const auto available = static_cast<std::int64_t>(bytes.size() / bytesOf(storage->type));
        const std::int64_t count = checkedCount(tensor.shape, m_file, name);
        std::int64_t last = tensor.offset;
        bool good = tensor.strides.size() == tensor.shape.size() && tensor.offset >= 0 && tensor.offset <= available;
        for (std::size_t i = 0; good && i < tensor.shape.size(); ++i) {
            const std::int64_t steps = std::max<std::int64_t>(tensor.shape[i] - 1, 0);
            good = tensor.strides[i] >= 0 && (steps == 0 || tensor.strides[i] <= available / steps);
            last += good ? steps * tensor.strides[i] : 0;
        }
        // More elements than the storage has would be one number seen again and again: no model, but memory.
        if (!good || count > available || (count > 0 && last >= available))
            throwDamaged(m_file, {QT_TRANSLATE_NOOP("core", "tensor %1 reaches beyond its storage"), {name}});
        m_weights.tensors.push_back({name, storage->type, tensor.shape, tensor.strides,
                                     bytes.data() + tensor.offset * static_cast<std::int64_t>(bytesOf(storage->type))});
    }

    const Pickle &m_pickle;
    const Storages &m_storages;
    const std::string &m_file;
    WeightFile &m_weights;
    int m_visits = 0;
};

} // namespace

void readTorchZip(std::span<const std::byte> bytes, const std::string &name, WeightFile &file)
{
    const ZipArchive archive(bytes, name);
    const auto data = std::ranges::find_if(archive.entries, [](const auto &entry) {
        return entry.first.ends_with("/data.pkl") && entry.first.find('/') == entry.first.size() - 9;
    });
    if (data == archive.entries.end())
        throwDamaged(
            name, {QT_TRANSLATE_NOOP("core", "it is a zip archive, but not one of PyTorch: data.pkl is missing"), {}});
    const std::string folder = data->first.substr(0, data->first.size() - 8); // the stem at saving time, with its slash
    file.format =
        archive.entries.contains(folder + "constants.pkl") ? WeightFormat::TorchScript : WeightFormat::TorchZip;
    if (const auto order = archive.entries.find(folder + "byteorder"); order != archive.entries.end()) {
        const auto text = order->second.bytes;
        if (std::string_view(reinterpret_cast<const char *>(text.data()), text.size()) == "big")
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it was written by a big-endian machine"), {}});
    }
    const Pickle pickle = readPickle(archive.at(data->first), name);
    const Storages storages = [&](const Pickle::Storage &storage) {
        return archive.at(folder + "data/" + storage.key);
    };
    Collector(pickle, storages, name, file).collect(pickle.root, {}, 0);
}

void readTorchLegacy(std::span<const std::byte> bytes, const std::string &name, WeightFile &file)
{
    file.format = WeightFormat::TorchLegacy;
    std::size_t at = 0;
    const auto next = [&] {
        Pickle pickle = readPickle(bytes.subspan(at), name);
        at += pickle.bytesRead;
        return pickle;
    };
    next(); // the magic number
    next(); // the protocol
    next(); // sizes of types on the machine that wrote it
    const Pickle pickle = next();
    const Pickle keys = next();
    std::map<std::string, Pickle::Storage> known;
    for (const Pickle::Value &value : pickle.values)
        if (const auto *storage = std::get_if<Pickle::Storage>(&value))
            known.emplace(storage->key, *storage);
    std::map<std::string, std::span<const std::byte>> found;
    const auto *order = keys.get<Pickle::Sequence>(keys.root);
    for (const Pickle::Id id : order ? order->items : std::vector<Pickle::Id>()) {
        const auto *key = keys.get<std::string>(id);
        const auto storage = key ? known.find(*key) : known.end();
        std::int64_t count = -1;
        if (bytes.size() - at >= sizeof count)
            std::memcpy(&count, bytes.data() + at, sizeof count);
        at += sizeof count;
        const bool fits = storage != known.end() && count >= 0 && at <= bytes.size() &&
                          static_cast<std::uint64_t>(count) <= (bytes.size() - at) / bytesOf(storage->second.type);
        if (!fits)
            throwDamaged(name, {QT_TRANSLATE_NOOP("core", "it is cut short: storage %1 lies beyond its end"),
                                {key ? *key : std::string("?")}});
        const auto size = static_cast<std::size_t>(count) * bytesOf(storage->second.type);
        found[*key] = bytes.subspan(at, size);
        at += size;
    }
    const Storages storages = [&](const Pickle::Storage &storage) {
        const auto data = found.find(storage.key);
        if (data == found.end())
            throwDamaged(name,
                         {QT_TRANSLATE_NOOP("core", "it is cut short: storage %1 lies beyond its end"), {storage.key}});
        return data->second;
    };
    Collector(pickle, storages, name, file).collect(pickle.root, {}, 0);
}

} // namespace likeness
