#pragma once

#include "core/base/task.h"
#include "core/data/workspace.h"
#include "core/search/engine.h"

namespace likeness {

/// What the sheet of pictures says beside its pictures, in the language of the reader.
struct SheetTexts {
    std::string title, query, noSource;
};

/// Writes the best answers to every query: .csv (query, rank, source, score, margin, right), .json (the same, one
/// object a query), .html (a sheet of pictures that needs no other file: the query and its best answers, right ones
/// framed solid, wrong ones dotted). `right` is empty where the truth does not know the query. A picture that cannot be
/// read is a problem and an empty frame. Throws Error{InvalidArgument} for another extension, Error{Io}, Cancelled.
void exportResults(const std::filesystem::path &file, const Workspace &workspace, std::span<const QueryResult> results,
                   std::size_t best, const SheetTexts &texts, FeatureCache *cache, TaskContext &context);

} // namespace likeness
