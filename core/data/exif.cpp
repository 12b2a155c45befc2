#include "core/data/exif.h"

#include "core/base/error.h"

#include <exiv2/exiv2.hpp>
#include <mutex>
#include <nlohmann/json.hpp>

namespace likeness {

namespace {

struct Wanted {
    const char *key, *label;
};

constexpr Wanted wanted[] = {
    {"Exif.Image.Make", QT_TRANSLATE_NOOP("core", "Maker")},
    {"Exif.Image.Model", QT_TRANSLATE_NOOP("core", "Camera")},
    {"Exif.Photo.LensModel", QT_TRANSLATE_NOOP("core", "Lens")},
    {"Exif.Photo.DateTimeOriginal", QT_TRANSLATE_NOOP("core", "Taken")},
    {"Exif.Image.DateTime", QT_TRANSLATE_NOOP("core", "Changed by a program")},
    {"Exif.Photo.ExposureTime", QT_TRANSLATE_NOOP("core", "Exposure")},
    {"Exif.Photo.FNumber", QT_TRANSLATE_NOOP("core", "Aperture")},
    {"Exif.Photo.ISOSpeedRatings", QT_TRANSLATE_NOOP("core", "ISO")},
    {"Exif.Photo.FocalLength", QT_TRANSLATE_NOOP("core", "Focal length")},
    {"Exif.Photo.Flash", QT_TRANSLATE_NOOP("core", "Flash")},
    {"Exif.Image.Orientation", QT_TRANSLATE_NOOP("core", "Orientation")},
    {"Exif.GPSInfo.GPSLatitude", QT_TRANSLATE_NOOP("core", "Latitude")},
    {"Exif.GPSInfo.GPSLongitude", QT_TRANSLATE_NOOP("core", "Longitude")},
    {"Exif.Image.Software", QT_TRANSLATE_NOOP("core", "Software")},
    {"Exif.Image.Artist", QT_TRANSLATE_NOOP("core", "Artist")},
    {"Exif.Image.Copyright", QT_TRANSLATE_NOOP("core", "Copyright")},
};

constexpr std::size_t longestValue = 200; // bytes: a description, not a document

/// Tags are bytes of strangers: what is no UTF-8 or no text is left out.
std::string shown(const std::string &value)
{
    const nlohmann::json bytes(value.substr(0, longestValue));
    auto text =
        nlohmann::json::parse(bytes.dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore)).get<std::string>();
    std::erase_if(text, [](unsigned char c) { return c < ' '; });
    const auto last = text.find_last_not_of(' ');
    return last == std::string::npos ? std::string() : text.substr(0, last + 1);
}

} // namespace

std::vector<ExifField> exifOf(const std::filesystem::path &picture)
{
    static std::mutex mutex; // Exiv2 reads XMP with tables of the whole process
    const std::lock_guard lock(mutex);
    std::vector<ExifField> fields;
    try {
        Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
        const auto image = Exiv2::ImageFactory::open(picture.string());
        if (image.get() == nullptr)
            return fields;
        image->readMetadata();
        const Exiv2::ExifData &data = image->exifData();
        for (const Wanted &one : wanted) {
            const auto found = data.findKey(Exiv2::ExifKey(one.key));
            if (found == data.end())
                continue;
            if (std::string value = shown(found->print(&data)); !value.empty())
                fields.push_back({one.label, std::move(value)});
        }
    } catch (const std::exception &) { // a picture without, or with damaged ones
    }
    return fields;
}

} // namespace likeness
