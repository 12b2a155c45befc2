#pragma once

#include "core/search/recipe_extractor.h"

#include <QImage>
#include <QString>
#include <optional>

namespace likeness::ui {

/// What is looked for: one of the workspace's queries, a file, pixels without a file, words, or a picture and words.
struct Query {
    QString name;
    std::optional<ImageId> id;         ///< in the workspace's queries
    std::filesystem::path path;        ///< empty for pixels
    std::vector<std::uint8_t> bytes{}; ///< PNG of pixels without a file
    QString text{};                    ///< words, alone or added to the picture
    double textWeight = 1;             ///< negative: the picture without them
    /// Another picture or text that is added, or taken away by a negative weight.
    struct Part {
        QString name{};
        std::filesystem::path path{};
        std::vector<std::uint8_t> bytes{};
        QString text{};
        double weight = 1;
        bool operator==(const Part &) const = default;
    };
    std::vector<Part> more{};
    bool hasPicture() const { return !path.empty() || !bytes.empty(); }
    bool isOnePicture() const { return hasPicture() && text.isEmpty() && more.empty(); }
    bool isNull() const { return !hasPicture() && text.isEmpty(); }
    bool operator==(const Query &) const = default;

    static Query ofFile(const std::filesystem::path &file);
    static Query ofImage(const QImage &image, const QString &name);
    /// Words alone, or with a picture (null for none).
    static Query ofText(const QString &text, double weight, Query picture);
    /// Several pictures and words together; the first one leads, and its weight is 1.
    static Query ofParts(Query first, std::vector<Part> more);
    /// As the engine takes them; they refer to this query.
    std::vector<QueryPart> parts() const;
};

} // namespace likeness::ui
