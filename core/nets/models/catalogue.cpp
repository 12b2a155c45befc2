#include "core/nets/models/catalogue.h"

#include "core/base/file.h"
#include "core/base/folder_lock.h"
#include "core/base/params.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

namespace fs = std::filesystem;

namespace likeness {

extern const std::string_view catalogueText; // resources/models.json, made a literal by CMake

namespace {

CatalogueEntry entryFrom(const nlohmann::json &json)
{
    CatalogueEntry entry;
    entry.id = json.at("id").get<std::string>();
    entry.title = json.at("title").get<std::string>();
    entry.goodFor = LocalText::fromJson(json.at("good_for"));
    entry.dimension = json.at("dimension").get<int>();
    entry.text = json.at("text").get<bool>();
    entry.licence = json.at("licence").get<std::string>();
    entry.source = json.at("source").get<std::string>();
    entry.resizePx = json.value("resize_px", 0);
    for (const auto &file : json.at("files"))
        entry.files.push_back({file.at("name").get<std::string>(), file.at("url").get<std::string>(),
                               file.value("sha256", ""), file.at("bytes").get<std::int64_t>()});
    return entry;
}

/// Counts the bytes of all files, whichever is being fetched.
class WholeProgress final : public TaskContext {
public:
    WholeProgress(TaskContext &task, std::int64_t total) : m_task(task), m_total(total) {}
    bool isCancelled() const override { return m_task.isCancelled(); }
    void problem(const Problem &problem) override { m_task.problem(problem); }
    void progress(std::int64_t done, std::int64_t total) override
    {
        // What the server says replaces what the catalogue believed.
        m_task.progress(m_before + done, std::max(m_total - m_believed + total, m_before + done));
    }
    void next(std::int64_t before, std::int64_t believed)
    {
        m_before = before;
        m_believed = believed;
    }

private:
    TaskContext &m_task;
    std::int64_t m_total, m_before = 0, m_believed = 0;
};

/// On the way of an open connection anybody can change a file: only a whole checksum tells.
void requireSafeMirror(const CatalogueFile &file, const std::string &mirror)
{
    constexpr std::size_t wholeSha256 = 64;
    if (!mirror.starts_with("https://") && file.sha256.size() != wholeSha256)
        throw Error(ErrorKind::InvalidArgument,
                    QT_TRANSLATE_NOOP("core",
                                      "the mirror %1 is not encrypted, and no whole SHA-256 of %2 is published: "
                                      "it has to be an https address"),
                    {mirror, file.name});
}

void fetchFile(const CatalogueFile &file, const fs::path &to, const FetchOptions &options, TaskContext &task)
{
    const DownloadOptions how{options.proxy, file.sha256, file.bytes};
    if (!options.mirror.empty())
        try {
            requireSafeMirror(file, options.mirror);
            return download(mirrored(file.url, options.mirror), to, how, task);
        } catch (const Error &error) {
            task.problem({file.name, error.message()}); // shown; the authors' own server may have it
        }
    download(file.url, to, how, task);
}

} // namespace

std::int64_t CatalogueEntry::bytes() const
{
    std::int64_t sum = 0;
    for (const CatalogueFile &file : files)
        sum += file.bytes;
    return sum;
}

std::vector<CatalogueEntry> catalogueFromJson(const std::string &text)
{
    std::vector<CatalogueEntry> entries;
    try {
        const auto json = nlohmann::json::parse(text);
        for (const auto &entry : json.at("models"))
            entries.push_back(entryFrom(entry));
    } catch (const nlohmann::json::exception &error) {
        throw Error(ErrorKind::Format, QT_TRANSLATE_NOOP("core", "the catalogue of models is damaged: %1"),
                    {error.what()});
    }
    return entries;
}

std::span<const CatalogueEntry> catalogue()
{
    static const std::vector<CatalogueEntry> entries = catalogueFromJson(std::string(catalogueText));
    return entries;
}

const CatalogueEntry &catalogueEntry(const std::string &id)
{
    const auto all = catalogue();
    if (const auto found = std::ranges::find(all, id, &CatalogueEntry::id); found != all.end())
        return *found;
    std::vector<std::string> known;
    for (const CatalogueEntry &entry : all)
        known.push_back(entry.id);
    throw Error(ErrorKind::NotFound,
                QT_TRANSLATE_NOOP("core", "the catalogue has no model \"%1\"; the nearest is \"%2\""),
                {id, nearest(id, known)});
}

ModelCard fetchModel(const ModelStore &store, const CatalogueEntry &entry, const FetchOptions &options,
                     TaskContext &task)
{
    if (fs::exists(store.folder() / entry.id))
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "there is a model \"%1\" already"),
                    {entry.id});
    const fs::path folder = store.folder() / (".fetch-" + entry.id);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        throwUnwritable(folder, failed);
    const FolderLock lock(folder);             // one process at a time fetches
    if (fs::exists(store.folder() / entry.id)) // by who had the lock before
        throw Error(ErrorKind::InvalidArgument, QT_TRANSLATE_NOOP("core", "there is a model \"%1\" already"),
                    {entry.id});
    task.stage(QT_TRANSLATE_NOOP("core", "Downloading"), 1, 2, Unit::Bytes);
    WholeProgress progress(task, entry.bytes());
    std::int64_t before = 0;
    for (const CatalogueFile &file : entry.files) {
        const fs::path to = folder / file.name;
        progress.next(before, file.bytes);
        if (!fs::exists(to))
            fetchFile(file, to, options, progress);
        before += static_cast<std::int64_t>(fs::file_size(to));
    }
    task.stage(QT_TRANSLATE_NOOP("core", "Looking at the network"), 2, 2);
    ImportChoices choices;
    choices.resizePx = entry.resizePx;
    try {
        ModelCard card = store.import(folder / entry.files.front().name, entry.id, choices, task,
                                      {entry.licence, entry.source, true});
        fs::remove_all(folder, failed);
        return card;
    } catch (const Error &error) {
        if (error.kind() == ErrorKind::Format) // what is wrong stays wrong: the next try begins anew
            fs::remove_all(folder, failed);
        throw;
    }
}

} // namespace likeness
