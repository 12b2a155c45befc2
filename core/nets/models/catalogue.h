#pragma once

#include "core/base/local_text.h"
#include "core/nets/models/download.h"
#include "core/nets/models/model_store.h"

#include <span>

namespace likeness {

/// A file of a published model.
struct CatalogueFile {
    std::string name, url;
    std::string sha256; ///< as far as its authors published it: whole, its first digits, or nothing
    std::int64_t bytes = 0;
};

/// A model that its authors publish (resources/models.json).
struct CatalogueEntry {
    std::string id, title;
    LocalText goodFor;
    int dimension = 0;
    bool text = false;
    std::string licence, source;      ///< `source` is the authors' page
    int resizePx = 0;                 ///< where the authors' preparation differs from the family's; 0: it does not
    std::vector<CatalogueFile> files; ///< weights first

    std::int64_t bytes() const;
};

std::span<const CatalogueEntry> catalogue();
/// Throws Error{NotFound} naming the nearest id.
const CatalogueEntry &catalogueEntry(const std::string &id);
/// Of a catalogue in the same form. Throws Error{Format}.
std::vector<CatalogueEntry> catalogueFromJson(const std::string &text);

struct FetchOptions {
    std::string mirror; ///< asked first, its authors' server where that fails; empty: none
    std::string proxy;  ///< as DownloadOptions
};

/// Downloads the files of a model, then imports them as any other; the progress of the download is in bytes. An
/// unfinished download stays in the store's folder for the next call. Throws as download() and ModelStore::import().
ModelCard fetchModel(const ModelStore &store, const CatalogueEntry &entry, const FetchOptions &options,
                     TaskContext &task);

} // namespace likeness
