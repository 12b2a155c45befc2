#pragma once

#include "core/base/task.h"
#include "core/data/image.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace likeness {

/// Position of an image in its set; names and paths only at the edges.
using ImageId = std::int32_t;

struct ImageRef {
    std::string name; ///< relative to the folder of the set, '/' between parts, UTF-8
    std::filesystem::path path;
};

/// The image files under a folder, sorted by the bytes of their names. Immutable, cheap to copy, readable from any
/// thread.
class ImageSet {
public:
    ImageSet();
    /// Names of files with an image extension in `folder` and its sub-folders; nothing is opened. Hidden files and
    /// folders are skipped, links to folders are not followed; a folder that cannot be read becomes a problem. Throws
    /// Error{NotFound}.
    static ImageSet scan(const std::filesystem::path &folder, TaskContext &context = TaskContext::none());
    static ImageSet of(std::vector<ImageRef> images);

    std::span<const ImageRef> images() const { return m_data->images; }
    const ImageRef &operator[](ImageId id) const { return m_data->images[static_cast<std::size_t>(id)]; }
    ImageId size() const { return static_cast<ImageId>(m_data->images.size()); }
    bool empty() const { return m_data->images.empty(); }
    /// Copies of one set; another scan that found the same is another set.
    bool isSame(const ImageSet &other) const { return m_data == other.m_data; }
    std::optional<ImageId> find(std::string_view name) const;

private:
    struct Data {
        std::vector<ImageRef> images;
        std::unordered_map<std::string_view, ImageId> ids; // views into images
    };
    std::shared_ptr<const Data> m_data;
};

} // namespace likeness
