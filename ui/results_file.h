#pragma once

#include "ui/results.h"

#include <QString>

namespace likeness::ui {

// What a recipe answered to the queries of a folder, as bytes (CBOR, RFC 8949). It is only given back for the same
// pictures, by names, sizes and times of the files, and the same recipe.

std::string resultsToBytes(const QString &folder, const Workspace &workspace, const Results &results);
/// One place a query; nothing where they belong to something else. Throws nlohmann::json::exception for damaged ones.
std::optional<std::vector<std::optional<Answer>>> resultsFromBytes(std::span<const std::uint8_t> bytes,
                                                                   const QString &folder, const Workspace &workspace,
                                                                   const Recipe &recipe);

} // namespace likeness::ui
